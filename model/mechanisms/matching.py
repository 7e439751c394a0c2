"""Each vacancy with an applicant takes one of them; the others go home and try again next week."""

from __future__ import annotations

import numpy as np

from model.kernels import AHEAD, fetch, index, kernel, maker
from model.mechanisms.answering import answer_call
from model.state.in_kernels import Board, People
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


def hire(people: People, board: Board, chosen: np.ndarray, searchers: np.ndarray, wages: np.ndarray,
         first: np.ndarray, rows: np.ndarray, days: np.ndarray, terms: np.ndarray, log: np.ndarray) -> int:
    """Put the ``chosen`` on their calls. ``days`` (kind, craft) a week; returns hires."""
    filled, craft, who, wage = _filled(chosen, searchers, wages, first)
    _put_on_calls(people, board, who, wage, rows[filled], craft, days, terms, log)
    return who.size


@maker
def _filled(chosen, searchers, wages, first):
    """Of the vacancies that were filled, (n,) each: which they are, their craft, who takes them and at what wage.

    Looked up in loops that wait for nothing, so that the hires know early whose record they need.
    """
    filled, n = np.empty(chosen.size + 1, np.int32), 0
    for v in range(chosen.size):
        filled[n] = v  # written always, kept only if true: no branch to guess wrong
        n += chosen[v] >= 0
    filled = filled[:n].copy()
    craft, who, wage = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int32)
    c = 0
    for h in range(n):
        while filled[h] >= first[c + 1]:
            c += 1
        craft[h] = c
    for h in range(n):
        who[h] = searchers[index(chosen[index(filled[h])])]
    for h in range(n):
        wage[h] = wages[index(chosen[index(filled[h])])]
    return filled, craft, who, wage


@kernel
def _put_on_calls(people, board, who, wage, rows, craft, days, terms, log):
    """Each of ``who`` on the call of a craft on the production in ``rows``, in this order."""
    now = terms[0]
    for h in range(who.size):
        later = who[min(h + AHEAD, who.size - 1)]
        fetch(people.records, later)
        fetch(people.contacts, later)
        soon = min(h + AHEAD // 2, who.size - 1)
        head = board.calls[index(rows[soon]), index(craft[soon])].head
        if head >= 0:
            fetch(people.records, head)
            fetch(people.contacts, head)
        row, c = index(rows[h]), index(craft[h])
        per_week = days[board.titles[row].kind, c]
        answer_call(people, board, index(who[h]), row, c, int(wage[h]), per_week, _OPEN_CALL, now, log)
