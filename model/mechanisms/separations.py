"""Wraps when the work is done, layoffs when a production is stopped: the last to join are the first to go."""

from __future__ import annotations

import numpy as np

from model.kernels import AHEAD, fetch, index, kernel, maker
from model.mechanisms.answering import FROM_HEAD, leave_call
from model.mechanisms.divisions import division_of
from model.state.board_rows import TITLES_AHEAD, fetch_calls
from model.state.call_lists import last_to_join
from model.state.in_kernels import Board, People
from model.vocabulary import Event, Stage, Status

_WRAP, _LAYOFF, _QUIT = int(Event.WRAP), int(Event.LAYOFF), int(Event.QUIT)
_OUT, _ON_CALL, _DELIVERED = int(Status.OUT), int(Status.ON_CALL), int(Stage.DELIVERED)


def end_calls(people: People, board: Board, order: np.ndarray, known_heads: np.ndarray, kept: np.ndarray,
              terms: np.ndarray, log: np.ndarray) -> tuple[int, int]:
    """Send home whoever a call no longer needs: all on delivery, most on a halt, the surplus at a change of stage.

    ``order`` the production rows, oldest green-light first; ``kept`` (crafts,) the share of a craft's people who work
    on while the production is stopped. Returns (wrapped, laid off). Equation 31.
    """
    who, whence = _list_leavers(board.titles, board.calls, people.following, order, known_heads, kept)
    return _send_home(people, board, who, whence, terms, log)


@maker
def _list_leavers(titles, calls, following, order, known_heads, kept):
    """Whom the calls no longer need, in the order in which they go: workers (n,), production row and craft (n, 2).

    The lists are walked first and by themselves, in an array small enough for the near caches: in the records of the
    workers a walk would wait at every step.
    """
    changed, changes = np.empty(order.size, np.int32), 0  # within a stage nobody is too many
    for o in range(order.size):
        title = titles[index(order[o])]
        if title.anew != 0 or title.halted != 0 or title.stage == _DELIVERED:
            changed[changes] = order[o]
            changes += 1
    ending = np.empty((changes * calls.shape[1], 2), np.int32)
    heads = np.empty(ending.shape[0], np.int32)
    up_to = np.empty(heads.size + 1, np.int32)  # leavers of the calls before each that ends or shrinks
    ends, up_to[0] = 0, 0
    for m in range(changes):
        fetch_calls(calls, changed[min(m + TITLES_AHEAD, changes - 1)])
        row = index(changed[m])
        title = titles[row]
        stopped = title.halted != 0
        delivered = title.stage == _DELIVERED
        title.anew = 0
        for c in range(calls.shape[1]):
            call = calls[row, c]
            keep = 0 if delivered else int(call.need * kept[c] + 0.5) if stopped else int(call.need)
            if call.filled <= keep:
                continue
            fetch(following, call.head)
            if keep == 0 and not stopped:
                known_heads[title.firm, division_of(title.uid, known_heads.shape[1]), c] = call.head
            ending[ends, 0], ending[ends, 1], heads[ends] = row, c, call.head
            up_to[ends + 1] = up_to[ends] + call.filled - keep
            ends += 1
    who = last_to_join(following, heads[:ends], up_to[:ends + 1])
    whence = np.empty((who.size, 2), np.int32)
    for e in range(ends):
        for n in range(up_to[e], up_to[e + 1]):
            whence[n, 0], whence[n, 1] = ending[e, 0], ending[e, 1]
    return who, whence


@kernel
def _send_home(people, board, who, whence, terms, log):
    """Workers ``who`` leave the calls ``whence``. Returns (wrapped, laid off)."""
    now = terms[0]
    laid_off = 0
    for n in range(who.size):
        later = who[min(n + AHEAD, who.size - 1)]
        fetch(people.records, later)
        fetch(people.following, later)
        row, c = index(whence[n, 0]), index(whence[n, 1])
        stopped = board.titles[row].halted != 0
        why = _LAYOFF if stopped else _WRAP
        leave_call(people, board, index(who[n]), row, c, FROM_HEAD, why, now, log)
        laid_off += stopped
    return who.size - laid_off, laid_off


@kernel
def dismiss(people, board, rows, terms, log):
    """End the calls of the workers in ``rows`` who are on one, as when they are taken out of the market by hand.

    Returns how many were on a call and how many were attached.
    """
    now = terms[0]
    crafts = board.calls.shape[1]
    on_call = 0
    attached = 0
    for r in range(rows.size):
        i = rows[r]
        if people.status[i] == _ON_CALL:
            call = people.records[i].call
            leave_call(people, board, i, call // crafts, call % crafts, FROM_HEAD, _QUIT, now, log)
            on_call += 1
        if people.status[i] != _OUT:
            attached += 1
    return on_call, attached
