"""Each vacancy with an applicant takes one of them; the others go home and try again next week."""

from __future__ import annotations

import numpy as np

from model.kernels import AHEAD, fetch, kernel, maker
from model.mechanisms.answering import answer_call
from model.vocabulary import Event

_APPLICANT = (1 << 31) - 1
_OPEN_CALL = int(Event.HIRED_FROM_OPEN_CALL)


@maker
def choose(target, rank, vacancies):
    """Index of the applicant that each vacancy takes, int64 of length ``vacancies``, -1 where nobody applied.

    ``target`` and ``rank`` per applicant as from ``apply_to_open_call``; the highest rank is taken, and among
    equals the last. Equation 18.
    """
    best = np.full(vacancies + 1, -1, np.int64)  # rank and applicant in one number, so that one look compares both
    for s in range(target.size):
        v = target[s]  # who waits applies to entry -1, the last, which nobody reads: no branch to guess wrong
        best[v] = max(best[v], (np.int64(rank[s]) << 31) | s)
    for v in range(vacancies):
        if best[v] >= 0:
            best[v] &= _APPLICANT
    return best[:vacancies]


@kernel
def hire(people, board, chosen, searchers, wages, first, rows, days, terms, log):
    """Put the chosen on their calls. ``days`` (kind, craft) a week; returns hires."""
    now = terms[0]
    hired = 0
    c = 0
    for v in range(chosen.size):
        while v >= first[c + 1]:
            c += 1
        later = min(v + AHEAD, chosen.size - 1)
        if chosen[later] >= 0:
            fetch(people.records, searchers[chosen[later]])
            fetch(people.contacts, searchers[chosen[later]])
        soon = min(v + AHEAD // 2, chosen.size - 1)
        head = board.calls[rows[soon], c].head
        if head >= 0:
            fetch(people.records, head)
            fetch(people.contacts, head)
        s = chosen[v]
        if s < 0:
            continue
        row = rows[v]
        per_week = days[board.titles[row].kind, c]
        answer_call(people, board, searchers[s], row, c, int(wages[s]), per_week, _OPEN_CALL, now, log)
        hired += 1
    return hired
