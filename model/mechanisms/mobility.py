"""Who gives up, who comes back, who quits, who comes new: the workforce changes slowly, at its margins.

A worker takes stock every fourth week, a leaver every eighth, in turns by row, so that a week touches a
quarter of the workforce.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from model import rng
from model.kernels import AHEAD, fetch, index, kernel, maker
from model.mechanisms.answering import FROM_HEAD, leave_call
from model.mechanisms.income import broke_week, settle, weekly_benefit
from model.state.call_lists import whom_they_follow
from model.state.events import note
from model.state.in_kernels import Board, People
from model.vocabulary import Event, Status, Stream

_OUT, _IDLE, _ON_CALL = int(Status.OUT), int(Status.IDLE), int(Status.ON_CALL)
_STATUSES = len(Status)
_EXIT, _RETURN, _QUIT, _ENTRY = int(Event.EXIT), int(Event.RETURN), int(Event.QUIT), int(Event.ENTRY)
_STREAM = int(Stream.TAKE_STOCK)
EVERY, LEAVERS_EVERY = 4, 8  # weeks between two looks
_LEAVERS_TURNS = LEAVERS_EVERY // EVERY
LEAST_MOOD, MOST_MOOD = 0.25, 2.0  # bounds on how far tightness draws newcomers, relative to usual
MOST_CHANGE = 0.15  # share of workers who can change course at one look, at most: spares the rest the look


@njit(inline="always")
def exit_hazard(idle_weeks, broke, insured, covered, days_worked, now):
    """Chance per four weeks that an idle worker leaves the market for now. Equation 19."""
    hazard = now.exit_base + now.exit_spell * idle_weeks
    if broke:
        hazard *= now.exit_broke
    if covered and not insured:
        hazard *= now.exit_uninsured
    if days_worked >= now.veteran_days:
        hazard *= now.exit_experience
    return min(hazard, MOST_CHANGE)


def take_stock(people: People, board: Board, tightness: np.ndarray, terms: np.ndarray, log: np.ndarray
               ) -> tuple[int, int, int]:
    """Quits, exits and returns of the workers whose turn it is this week. Equation 36.

    ``tightness`` (crafts,) vacancies per searcher relative to usual, which brings leavers back. Their spell without a
    call goes on while they are gone: who comes back has forgotten as much, and asks for as little, as it is long.
    Returns (quits, exits, returns).
    """
    rows, luck = _list_turns(people.status, people.uid, tightness, terms)
    before = _whom_quitters_follow(people, board.calls, rows)
    return _decide(people, board, rows, luck, before, tightness, terms, log)


@maker
def _list_turns(status, uid, tightness, terms):
    """Rows (n,) of those whose turn it is and who may change course, and their luck, (n,) in [0, 1).

    Nine in ten have luck by which they stay, whatever their record says, so that it need not be looked up.
    """
    now = terms[0]
    first = now.week % EVERY
    luck = rng.uniforms_of_every(rng.key(now.seed, _STREAM, now.week), uid, first, EVERY)
    most = np.full((_LEAVERS_TURNS, _STATUSES), MOST_CHANGE)  # by turn and status
    most[:, _ON_CALL], most[:, _OUT] = now.quit, 0.0
    most[-(now.week // EVERY) % _LEAVERS_TURNS, _OUT] = min(MOST_CHANGE, now.back * tightness.max())
    rows = np.empty(luck.size, np.int64)
    n = 0
    for turn in range(luck.size):
        i, u = first + turn * EVERY, luck[turn]
        rows[n], luck[n] = i, u  # written always, kept only if true: no branch to guess wrong
        n += u < most[turn % _LEAVERS_TURNS, status[index(i)]]
    return rows[:n].copy(), luck[:n].copy()


@maker
def _whom_quitters_follow(people, calls, rows):
    """Of those in ``rows`` who are on a call and will quit, who comes before them on its list, (n,) int32.

    Quitters stand anywhere on long lists: finding them was most of what taking stock took.
    """
    quitting, heads = np.empty(rows.size, np.int32), np.empty(rows.size, np.int32)
    before = np.full(rows.size, FROM_HEAD, np.int32)
    where = np.empty(rows.size, np.int32)
    crafts = calls.shape[1]
    n = 0
    for r in range(rows.size):
        i = index(rows[r])
        if people.status[i] == _ON_CALL:
            call = people.records[i].call
            where[n], quitting[n], heads[n] = r, i, calls[call // crafts, call % crafts].head
            n += 1
    found = whom_they_follow(people.following, heads[:n], quitting[:n])
    for q in range(n):
        before[where[q]] = found[q]
    return before


@kernel
def _decide(people, board, rows, luck, before, tightness, terms, log):
    """The decisions of those in ``rows``; ``before`` whom quitters follow on the list of their call."""
    now = terms[0]
    week, status, craft = now.week, people.status, people.craft
    crafts = board.calls.shape[1]
    quits = 0
    exits = 0
    returns = 0
    for n in range(rows.size):
        fetch(people.records, rows[min(n + AHEAD, rows.size - 1)])
        i, u = index(rows[n]), luck[n]
        w = people.records[i]
        if status[i] == _IDLE:
            hazard = exit_hazard(week - w.since, week >= w.broke, w.insured != 0, now.covered[craft[i]] != 0,
                                 w.days_worked, now)
            if u < hazard:
                settle(people, i, week, now, log)
                status[i] = _OUT
                note(log, _EXIT, 0, i)
                exits += 1
        elif status[i] == _ON_CALL:
            call = w.call
            leave_call(people, board, i, call // crafts, call % crafts, before[n], _QUIT, now, log)
            quits += 1
        elif week - w.since <= now.back_weeks and u < now.back * tightness[craft[i]]:
            w.settled = week
            w.broke = broke_week(week, w.savings, int(w.benefit_weeks),
                                 weekly_benefit(int(w.spell_wage), now), int(w.living), now.saved)
            status[i] = _IDLE
            note(log, _RETURN, 0, i)
            returns += 1
    return quits, exits, returns


def entrants(attached: np.ndarray, unfilled: np.ndarray, tightness: np.ndarray, rate: float, answer: float,
             luck: np.ndarray) -> np.ndarray:
    """New workers by craft this week, int64: a steady stream, and an answer to calls left open. Equation 20.

    ``attached`` workers the craft usually has, ``unfilled`` vacancies that this week left, ``tightness`` relative to
    usual, ``rate`` newcomers per attached worker and week, ``answer`` newcomers per unfilled vacancy, ``luck``
    in [0, 1) rounds up or down.
    """
    expected = attached * rate * np.clip(tightness, LEAST_MOOD, MOST_MOOD) + unfilled * answer
    return np.floor(expected + luck).astype(np.int64)


@kernel
def note_entries(first, last, log):
    """Write the entry of rows ``first`` to ``last`` - 1 into the log."""
    for i in range(first, last):
        note(log, _ENTRY, 0, i)
