"""What is written down about every title, for the two accounts: crew-weeks by craft, and cents by line."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

TWELFTHS = 12  # of a crew-week: four effects that multiply are shared out over their 24 orders in these
SIXTHS = 6  # of a cent: three effects over their six orders

BOOK = np.dtype([  # of one craft on one title; crew-weeks in Los Angeles, the split in twelfths of one
    ("shadow", np.int32),  # planned, had the title been made the traditional way
    ("planned", np.int32),  # people called times weeks of the stages entered
    ("displacement", np.int32),
    ("compression", np.int32),
    ("location", np.int32),
    ("scope", np.int32),
    ("new_tasks", np.int32),
    ("active", np.int32),  # people called in weeks that counted for the schedule, up to the present stage
    ("open", np.int32),  # posts that stayed empty in such weeks
    ("held", np.int32),  # people on call in weeks that did not count
])  # worked is what was active, without the open posts, and what was held


TITLE = np.dtype([  # a title in a year's books
    ("uid", np.int64), ("kind", np.uint8), ("place", np.uint8), ("firm", np.int16), ("owner", np.int16),
    ("ai", np.uint8), ("year", np.int16)])
CELL = np.dtype([  # a craft on it; ``title`` counts the titles of the recording, from 0
    ("title", np.int32), ("craft", np.uint8), ("shadow", np.int32), ("planned", np.int32), ("active", np.int32),
    ("worked", np.int32), ("open", np.int32), ("held", np.int32)])
EFFECT = np.dtype([  # the same where AI is used: effects in twelfths of a crew-week
    ("title", np.int32), ("craft", np.uint8), ("displacement", np.int32), ("compression", np.int32),
    ("location", np.int32), ("scope", np.int32), ("new_tasks", np.int32)])


class Line(IntEnum):
    """Lines of the saved dollar: what each adds to the saving of a title (a cost is negative)."""

    PEOPLE_REPLACED = 0
    DAYS_NOT_PAID = 1
    TIME_COSTS = 2
    COMPUTE_LIST = 3
    COMPUTE_SUBSIDY = 4
    NEW_CREW = 5
    REWORK = 6
    DISRUPTION = 7
    PAY_RATES = 8
    INCENTIVE = 9
    PLACE = 10
    ABOVE_LINE_FINANCE = 11
    SCOPE = 12


BUDGET = np.dtype([  # of one title that uses AI; cents, the lines in sixths of one
    ("lines", np.int64, len(Line)),
    ("shadow", np.int64),  # what the stages entered so far would have cost the traditional way
    ("spent", np.int64),  # what they cost, booked week by week
    ("weekly", np.int64),  # cost of a week of the present stage
    ("held", np.int64),  # cost of a week in which the crew is held and nothing is made
    ("idle", np.int64),  # cost of a week in which it is sent home, but for those who work on off set
    ("levy", np.int64),  # of a week of the present stage, what goes to a levy on compute
    ("levied", np.int64),  # what went to it so far
    ("shoot_weeks", np.int16),
    ("shadow_shoot_weeks", np.int16),
])

FINISHED = np.dtype([  # the closed account of a delivered title that used AI
    ("uid", np.int64), ("kind", np.uint8), ("place", np.uint8), ("firm", np.int16), ("maker", np.int16),
    ("week", np.int16), ("ai", np.uint8), ("lines", np.int64, len(Line)), ("shadow", np.int64), ("spent", np.int64),
    ("incentive", np.int64), ("incentive_shadow", np.int64),
    ("shoot_weeks", np.int16), ("shadow_shoot_weeks", np.int16),
    ("rest", np.int64),  # cents of the budget that no line touches
])

PRODUCER = np.dtype([  # one AI-first producer
    ("entered", np.int32),  # week, or NEVER
    ("active", np.int8),
    ("backed", np.int8),  # its provider still stands behind it
    ("next_round", np.int32),
    ("failed", np.int32),  # week, or NEVER
    ("cash", np.int64),  # cents raised and not spent
    ("earned", np.int64),  # cents that titles brought in and that are not spent
    ("belief", np.float64),  # saving that investors believe in, share of a budget
    ("raised", np.int64),
    ("spent_raised", np.int64),  # cents on titles out of capital
    ("spent_earned", np.int64),
])

PROVIDER = np.dtype([  # one cloud
    ("lost", np.float64),  # share of this week's dependent work that stood still
    ("back", np.int32),  # week in which it works again after a withdrawal or a breach
    ("since", np.int32),  # week in which that standstill began
    ("why", np.uint8),  # which of the two, as a code of call_board
    ("steps", np.int32),  # releases so far
    ("outages", np.int32),
    ("withdrawals", np.int32),
    ("breaches", np.int32),
])

COURSE = np.dtype([  # one worker who asked to be retrained
    ("row", np.int32), ("asked", np.int16), ("ends", np.int16)])  # ends: week, NEVER while waiting for a place



def empty(dtype: np.dtype, *shape: int) -> np.ndarray:
    """Records in which nothing is written yet."""
    return np.zeros(shape, dtype)


def roomier(records: np.ndarray, rows: int) -> np.ndarray:
    """The same records with room for ``rows`` productions at least."""
    if rows <= records.shape[0]:
        return records
    grown = np.zeros((max(rows, 2 * records.shape[0]), *records.shape[1:]), records.dtype)
    grown[: records.shape[0]] = records
    return grown
