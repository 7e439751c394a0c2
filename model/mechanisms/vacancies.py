"""Vacancies: what the calls of productions at work need and do not have."""

from __future__ import annotations

import numpy as np

from model.kernels import fetch, index, maker
from model.state.board_rows import TITLES_AHEAD, fetch_calls


@maker
def post(titles, calls, order):
    """Open calls in order of green-light, (n, 2) int32 of production row and craft; halted ones post nothing."""
    crafts = calls.shape[1]
    posted = np.empty((order.size * crafts + 1, 2), np.int32)
    n = 0
    for o in range(order.size):
        later = order[min(o + TITLES_AHEAD, order.size - 1)]
        fetch(titles, later)
        fetch_calls(calls, later)
        row = index(order[o])
        if titles[row].halted != 0:
            continue
        for c in range(crafts):
            posted[n, 0] = row  # written always, kept only if open: no branch to guess wrong
            posted[n, 1] = c
            n += calls[row, c].need > calls[row, c].filled
    return posted[:n].copy()


@maker
def count_open(calls, posted):
    """Vacancies by craft, int64: how many people the ``posted`` calls still lack."""
    open_by_craft = np.zeros(calls.shape[1], np.int64)
    for p in range(posted.shape[0]):
        row, c = index(posted[p, 0]), index(posted[p, 1])
        open_by_craft[c] += calls[row, c].need - calls[row, c].filled
    return open_by_craft


@maker
def list_vacancies(titles, calls, posted, open_by_craft, rates):
    """One entry per vacancy, sorted by craft and then by green-light.

    ``rates`` (kind, craft) cents per day. Returns ``first`` (crafts + 1,) where each craft's vacancies begin,
    and per vacancy ``rows`` int32, the production, ``pay`` int64, cents per day, and ``where`` uint8, the district.
    """
    crafts = open_by_craft.size
    first = np.zeros(crafts + 1, np.int64)
    for c in range(crafts):
        first[c + 1] = first[c] + open_by_craft[c]
    at = first[:crafts].copy()
    rows = np.empty(first[crafts], np.int32)
    pay = np.empty(first[crafts], np.int64)
    where = np.empty(first[crafts], np.uint8)
    for p in range(posted.shape[0]):
        row, c = index(posted[p, 0]), index(posted[p, 1])
        for _ in range(calls[row, c].need - calls[row, c].filled):
            rows[at[c]] = row
            pay[at[c]] = int(rates[titles[row].kind, c] * titles[row].pay)
            where[at[c]] = titles[row].district
            at[c] += 1
    return first, rows, pay, where
