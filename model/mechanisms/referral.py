"""Heads of department call people they have worked with; contacts form only through shared productions.

A division of a studio that has no head of department yet first calls the one it worked with last.
"""

from __future__ import annotations

from numba import njit, uint64

from model import rng
from model.kernels import AHEAD, fetch, helper, index, kernel
from model.mechanisms.answering import answer_call
from model.mechanisms.commute import worth_of_wage
from model.mechanisms.divisions import known_head
from model.mechanisms.skills import skill
from model.mechanisms.wages import made_up, offer, reservation
from model.vocabulary import Event, Status, Stream

_IDLE, _REFERRED = int(Status.IDLE), int(Event.HIRED_BY_REFERRAL)
_STREAM = int(Stream.REFERRAL)


@njit(inline="always")
def wage_if_enough(fit, new_craft, rate, commute, last, least, now):
    """Wage of someone of skill ``fit`` on a call, or 0 if it is worth less to them than ``least``, cents a day.

    ``last`` is what they were paid last; ``rate``, ``commute`` as for :func:`wage_if_content`.
    """
    wage = offer(rate, fit, new_craft, now)
    worth = worth_of_wage(wage, commute) + made_up(wage, last, now)
    return wage if worth >= least else 0


@njit(inline="always")
def wage_if_content(w, fit, own, c, rate, commute, now):
    """Wage of worker ``w`` (a crew record, of craft ``own``, of skill ``fit``) on a call of craft ``c``, or 0.

    ``rate`` cents a day before their personal premium, ``commute`` the share of it that the way there costs
    beyond a usual one; 0 if they decline and wait. The wage is what is paid, however far they come.
    """
    least = reservation(w.spell_wage, now.week - w.since, now.week >= w.broke, now)
    return wage_if_enough(fit, own != c, rate, commute, w.spell_wage, least, now)


@njit(inline="always")
def would_come(w, own, c, rate, commute, now):
    """The same for a worker whose skill is not yet known."""
    fit = skill(w.talent, w.days_worked, w.lessons, now.week - w.since, now)
    return wage_if_content(w, fit, own, c, rate, commute, now)


@helper
def _wage_by_phone(people, j, c, district, rate, commute, key, now):
    """Wage of worker ``j`` (-1 for none) on a call of craft ``c`` in ``district``; 0 if they are not free, not of the
    craft, not reached, or not content.
    """
    if j < 0:
        return 0
    i = index(j)
    if people.status[i] != _IDLE or people.craft[i] != c:
        return 0
    fetch(people.records, i)
    fetch(people.contacts, i)
    if rng.uniform(key, people.uid[i]) >= now.reach:
        return 0
    return would_come(people.records[i], c, c, rate, commute[c, people.home[i], district], now)


@helper
def _first_to_ask(board, known_heads, posted, p):
    """The head of department of a posted call, or if it has none whom the division worked with last; -1 for nobody."""
    row, c = index(posted[p, 0]), index(posted[p, 1])
    title, head = board.titles[row], board.calls[row, c].head
    return head if head >= 0 else known_head(known_heads, title, c)


@kernel
def call_known_crew(people, board, known_heads, posted, rates, days, commute, terms, log):
    """Fill vacancies by phone before they are posted openly. Equation 32.

    ``commute`` (craft, home, work) the share of a day's pay that the way costs;
    ``posted`` (n, 2) int32: production row and craft of each open call, in order of green-light; ``rates`` and ``days``
    are (kind, craft); ``known_heads`` (firm, division, craft) worker rows. Of a call's vacancies the head of department
    tries to fill the share ``referral`` (rounded by chance) from the ring of contacts, newest first: whoever is free,
    of the craft, reached (``reach``) and content with the wage for where it is. Returns the number hired.
    """
    now = terms[0]
    k = rng.key(now.seed, _STREAM, now.week)
    hired = 0
    for p in range(posted.shape[0]):
        later = min(p + AHEAD, posted.shape[0] - 1)
        next_head = _first_to_ask(board, known_heads, posted, later)
        if next_head >= 0:
            fetch(people.records, next_head)
            fetch(people.contacts, next_head)
        row, c = index(posted[p, 0]), index(posted[p, 1])
        title, call = board.titles[row], board.calls[row, c]
        me = uint64(title.uid) * uint64(32) + uint64(c)
        quota = int(now.referral * (call.need - call.filled) + rng.uniform(k, me))
        if quota == 0:
            continue
        rate, per_week = int(rates[title.kind, c] * title.pay), days[title.kind, c]
        if call.head < 0:
            j = known_head(known_heads, title, c)
            wage = _wage_by_phone(people, j, c, title.district, rate, commute, k ^ me, now)
            if wage > 0:
                answer_call(people, board, index(j), row, c, wage, per_week, _REFERRED, now, log)
                hired += 1
                quota -= 1
        if call.head < 0:
            continue
        head = index(call.head)
        place = int(people.records[head].ring)
        for _ in range(now.contacts):
            if quota == 0:
                break
            place = place - 1 if place > 0 else now.contacts - 1  # no remainder: dividing takes longer
            j = people.contacts[head, place]
            wage = _wage_by_phone(people, j, c, title.district, rate, commute, k ^ me, now)
            if wage > 0:
                answer_call(people, board, index(j), row, c, wage, per_week, _REFERRED, now, log)
                hired += 1
                quota -= 1
    return hired
