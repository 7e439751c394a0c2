"""What drivers may do after the last figure that is known: a forecast holds it, and says how far that may be off.

Buyers' orders have gone up or down by a tenth a year ever since they were counted, mostly the same way for years, and
a forecast that holds the last count is as wrong as they move. So every member's orders leave it, as far as the counts
known by then went in one year and in three. All kinds go as the counts do, one to one, though features follow spending
less than that, and unscripted titles more.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from experiments.analysis.chance import normals
from model.mechanisms.demand import GROUPS, published

COUNTS = ("us_scripted_series_fx", "us_original_series_luminate")  # of series by year of release
BY_ORDERS = "us_original_series_by_orders"  # stands for releases of the year after the orders
LONG = 3  # years, as far as forecasts go
FOLLOW = ("scripted", "unscripted")  # groups whose orders follow counts or spending; no driver moves the others


def _counts(known_until: float) -> list[tuple[np.ndarray, np.ndarray]]:
    """Years and values of each count known by a decimal year, oldest first."""
    scripted, originals = (published(name, known_until) for name in COUNTS)
    years, ordered = published(BY_ORDERS, known_until + 1.0)
    if originals[0].size:
        new = years > originals[0][-1]
        originals = np.append(originals[0], years[new]), np.append(originals[1], ordered[new])
    return [scripted, originals]


class Pace(NamedTuple):
    """How far orders may go in a year, log points: ``drift`` one way for all years, and ``step`` from year to year."""

    drift: float
    step: float


def pace(known_until: float) -> Pace:
    """The pace of the counts known by a decimal year, from how far they went over one year and over three.

    A variance of drift² h² + step² h after h years meets the mean square of both. The mean change is left in it: who
    holds the last figure is off by that, too. Years between two counts are bridged by a straight line in logs.
    """
    logs = [np.interp(np.arange(years[0], years[-1] + 1), years, np.log(values))
            for years, values in _counts(known_until) if years.size]
    one, long = (np.concatenate([each[h:] - each[:-h] for each in logs if each.size > h]) for h in (1, LONG))
    near, far = (one**2).mean(), (long**2).mean()
    drift = np.clip((far - LONG * near) / (LONG**2 - LONG), 0.0, near)
    return Pace(float(np.sqrt(drift)), float(np.sqrt(near - drift)))


def last_known(known_until: float = np.inf) -> float:
    """Decimal year up to which orders are known from the counts: the start of the last year that one of them has."""
    return max(float(years[-1]) for years, _ in _counts(known_until) if years.size)


def walk(members: int, knots: np.ndarray, known: float, pace: Pace, seed: int) -> np.ndarray:
    """Log points of orders relative to holding the last figure, (members, groups, knots): zero up to ``known``.

    ``knots`` decimal years with a value of their own. Groups in `FOLLOW` go together, for the same buyers pay.
    """
    later = knots > known
    steps = np.where(later, pace.step * normals((members, len(knots)), "drivers", seed), 0.0)
    drift = pace.drift * normals((members, 1), "drift of drivers", seed)
    path = drift * np.maximum(0.0, knots - known) + steps.cumsum(axis=1)
    return path[:, None, :] * np.isin(list(GROUPS), FOLLOW)[None, :, None]
