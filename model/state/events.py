"""The log of a week: the running ledger of money and time, then every change of a worker's status.

The log is one int64 array, so that kernels take one argument: ``log[0]`` is where the next event goes, the
next entries are the ledger, events follow. An event packs what happened (4 bits), the identity of the
production (35 bits) and the worker's row (24 bits); eight bytes. Weeks are not stored: the recording keeps how
many events each week had.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numba import njit

ROW_BITS, UID_BITS = 24, 35
MAX_WORKERS = 1 << ROW_BITS
_WHAT_SHIFT = ROW_BITS + UID_BITS


class Entry(IntEnum):
    """Lines of the running ledger: places in the log (cents unless said otherwise)."""

    GROSS_PAY = 1
    TAX = 2
    BENEFITS = 3
    SPENT = 4
    SAVED = 5
    ENDOWED = 6  # savings with which entrants arrive
    HOURS = 7  # paid hours
    DAYS = 8  # days on a call
    SWITCHED = 9  # hires into another craft, a count
    INSURED = 10  # of the benefits, what wage insurance paid
    CREDIT = 11  # California credit allotted to titles, paid by the public as all below
    CREDIT_IN_LA = 12  # of it, to titles shot in Los Angeles
    COURSES = 13  # places in courses, as far as a grant pays them
    LEVY = 14  # levy on compute, which the public takes in


OF_WORKERS = slice(1, Entry.CREDIT)  # lines of what workers have: booked when a row is settled, ENDOWED on entry


FIRST_EVENT = 16  # place in the log of a week's first event


def empty_log(events: int) -> np.ndarray:
    """A log with room for ``events`` events."""
    log = np.zeros(FIRST_EVENT + events, np.int64)
    log[0] = FIRST_EVENT
    return log


@njit(inline="always")
def note(log, what, uid, row):
    """Write one event: ``what`` an Event code, ``uid`` a production (0 for none), ``row`` a worker row."""
    log[log[0]] = (what << _WHAT_SHIFT) | (uid << ROW_BITS) | row
    log[0] += 1


def unpack(events: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(what, production uid, worker row) of packed events, each an int64 array of the same length."""
    what = events >> _WHAT_SHIFT
    uid = (events >> ROW_BITS) & ((1 << UID_BITS) - 1)
    return what, uid, rows(events)


def rows(events: np.ndarray) -> np.ndarray:
    """Worker row of packed events, an int64 array of the same length."""
    return events & (MAX_WORKERS - 1)
