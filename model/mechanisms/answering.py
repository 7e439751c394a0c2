"""Answering a call and leaving it: the two ways a worker's row and a call change together."""

from __future__ import annotations

from numba import uint64

from model import rng
from model.kernels import helper, index
from model.mechanisms.income import broke_week, settle, weekly_benefit
from model.mechanisms.skills import lessons_of, practice_kept
from model.state.events import Entry, note
from model.state.state import CONTACTS
from model.vocabulary import Event, Status, Stream

_IDLE, _ON_CALL = int(Status.IDLE), int(Status.ON_CALL)
_SWITCHED, _QUIT = int(Entry.SWITCHED), int(Event.QUIT)
_REWIRING = int(Stream.REWIRING)
FROM_HEAD = -1  # who comes before a worker on the list of their call is not known
_TRIES = 64  # looks for a stranger of the craft; a craft is never so rare that this fails often


@helper
def _stranger(people, knower, known, now):
    """A worker of the same craft as ``known``, picked blindly: what a contact is worth without acquaintance."""
    craft = people.craft
    k = rng.key(now.seed, _REWIRING, now.week) ^ uint64(people.uid[known])
    for attempt in range(_TRIES):
        u = rng.uniform(k, uint64(people.uid[knower]) * uint64(_TRIES) + uint64(attempt))
        j = int(u * craft.size)
        if craft[j] == craft[known]:
            return j
    return known


@helper
def remember(people, knower, known, now):
    """Write ``known`` into the ring of contacts of ``knower``, over the oldest, unless already there.

    Equation 33.
    """
    if now.rewiring > 0.0:
        k = rng.key(now.seed, _REWIRING, now.week) ^ uint64(people.uid[known])
        if rng.uniform(k, people.uid[knower]) < now.rewiring:
            known = _stranger(people, knower, known, now)
    ring = people.contacts[knower]
    there = False
    for place in range(CONTACTS):  # no early end: the whole ring is one comparison of the processor
        there |= ring[place] == known
    if there:
        return
    w = people.records[knower]
    at = w.ring
    ring[at] = known
    w.ring = at + 1 if at + 1 < now.contacts else 0


@helper
def answer_call(people, board, i, row, c, wage, days, how, now, log):
    """Worker ``i`` joins the call of craft ``c`` on production ``row`` from this week on, at ``wage`` a day.

    The first to join is the head of department. Whoever joins later and the head get to know each other.
    """
    week, following = now.week, people.following
    settle(people, i, week, now, log)
    if people.craft[i] != c:
        people.craft[i] = c
        log[_SWITCHED] += 1
    w, call = people.records[i], board.calls[row, c]
    people.status[i] = _ON_CALL
    w.since = week
    w.call = row * board.calls.shape[1] + c
    w.wage = wage
    w.days = days
    if call.head < 0:
        call.head = i
        following[i] = -1
    else:
        head = index(call.head)
        following[i] = following[head]
        following[head] = i
        remember(people, head, i, now)
        remember(people, i, head, now)
    call.filled += 1
    call.pay += wage * days
    note(log, how, board.titles[row].uid, i)


@helper
def unlink(following, call, i, before):
    """Take worker ``i`` out of the list of a call; the next in the list takes over as head.

    ``before``: who came just before them when that was last looked up, or FROM_HEAD. If it is somebody else by now,
    the list is walked from its head.
    """
    if call.head == i:
        call.head = following[i]
    else:
        last = index(before if before >= 0 else call.head)
        if following[last] != i:
            last = index(call.head)
        while following[last] != i:
            last = index(following[last])
        following[last] = following[i]
    following[i] = -1


@helper
def leave_call(people, board, i, row, c, before, why, now, log):
    """Worker ``i`` leaves the call with the end of last week and is idle from this one; whoever did not quit claims.

    ``before`` is a hint for :func:`unlink`.
    """
    week = now.week
    settle(people, i, week, now, log)
    w, call = people.records[i], board.calls[row, c]
    if call.head != i:
        head = people.records[index(call.head)]
        head_days = head.days_worked + (week - head.settled) * int(head.days)  # as if settled, without settling
        w.lessons += lessons_of(week - w.since, int(w.days), w.days_worked, head_days, now)
    if board.titles[row].ai != 0:  # whoever works on a title made with AI learns its tools
        w.ai_days = int(practice_kept(w.ai_days, week - w.ai_week, now)) + (week - w.since) * int(w.days)
        w.ai_week = week
    unlink(people.following, call, i, before)
    call.filled -= 1
    call.pay -= int(w.wage) * int(w.days)
    people.status[i] = _IDLE
    w.since = week
    w.call = -1
    w.spell_wage = w.wage
    w.benefit_weeks = 0 if why == _QUIT else now.benefit_weeks
    w.broke = broke_week(week, w.savings, int(w.benefit_weeks), weekly_benefit(int(w.spell_wage), now),
                         int(w.living), now.saved)
    note(log, why, board.titles[row].uid, i)
