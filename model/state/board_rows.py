"""Rows of the board of productions as they lie in memory: which are free, and asking for one ahead of its use."""

from __future__ import annotations

import numpy as np

from model.kernels import LINE, fetch, helper, maker
from model.state.call_board import CALL
from model.vocabulary import Stage

_DELIVERED = int(Stage.DELIVERED)
TITLES_AHEAD = 6  # titles between asking for the calls of one and using them
_TOGETHER = LINE // CALL.itemsize  # calls that come from memory at once


@helper
def fetch_calls(calls, row):
    """Ask memory for all calls of a production, as :func:`model.kernels.fetch` does for one."""
    board = calls[row]
    for c in range(0, calls.shape[1], _TOGETHER):
        fetch(board, c)


@helper
def fetch_books(books, row):
    """The same of the books of a production, of which a craft's fill half a line or more."""
    pages = books[row]
    for c in range(books.shape[1]):
        fetch(pages, c)


@maker
def free_rows(titles, n):
    """Rows of delivered titles, int64, the lowest first, ``n`` at most."""
    rows, found = np.empty(n, np.int64), 0
    for row in range(titles.size):
        if found == n:
            break
        if titles[row].stage == _DELIVERED:
            rows[found] = row
            found += 1
    return rows[:found].copy()
