"""Where a title is made: habit, cost net of incentives, and room on the stages of Los Angeles.

And where in the county its work there is done, which decides how far its crew has to travel.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cache

import numpy as np
from numba import uint64

from model import calendar, rng
from model.kernels import maker
from model.tables import HOME, districts, places, rows
from model.vocabulary import Stream

_STREAM = int(Stream.PLACE)


@cache
def incentive_paths() -> tuple[list[int], np.ndarray]:
    """Weeks in which a program changes, and the share of a budget that each place returns, (changes + 1, places).

    Nothing at home, where it must be won. Before its first listed date a program is taken to have been the same.
    """
    paths = {place: sorted((calendar.first_week_from(date.fromisoformat(row["from"])), float(row["effective"]))
                           for row in rows("incentives.csv") if row["place"] == name)
             for place, name in enumerate(places().names) if name not in HOME}
    changes = sorted({week for path in paths.values() for week, _ in path})
    shares = np.zeros((len(changes) + 1, places().n))
    for place, path in paths.items():
        shares[:, place] = path[0][1]
        for week, share in path:
            shares[bisect_right(changes, week):, place] = share
    return changes, shares


def incentives(week: int) -> np.ndarray:
    """Share of a budget that each place's program returns in a week; 0 at home, where it must be won."""
    changes, shares = incentive_paths()
    return shares[bisect_right(changes, week)].copy()


def cost_ratios(cost: np.ndarray, drift: np.ndarray, years: float, drift_scale: float) -> np.ndarray:
    """Cost of the same title before incentives by place, Los Angeles = 1, ``years`` after January 2015."""
    return cost * (1.0 + drift * drift_scale) ** years


def net_ratios(cost: np.ndarray, returned: np.ndarray, reach: np.ndarray) -> np.ndarray:
    """Cost net of incentives, (kind, place): ``returned`` share of a budget, ``reach`` share of a kind's titles.

    Equation 27.
    """
    return cost[None, :] * (1.0 - reach[:, None] * returned[None, :])


def appeal(habit: np.ndarray, net: np.ndarray, net_then: np.ndarray, sensitivity: float,
           crowding: np.ndarray) -> np.ndarray:
    """Logit utility of a place for a kind, (kind, place): habit, and cost relative to that of 2015. Equation 4.

    ``habit`` shares in 2015 without a credit; ``net``, ``net_then`` net costs now and in 2015; ``crowding``
    (kind, place) what full stages take off.
    """
    return np.log(np.maximum(habit, 1e-12)) - sensitivity * np.log(net / net_then) - crowding


@maker
def distastes(uid, n_places, seed):
    """What each title holds against each place, (titles, places), permanent and the same in every world.

    Gumbel with the sign turned, so that the shares of places are those of a logit.
    """
    k = rng.key(seed, _STREAM, 0)
    against = np.empty((uid.size, n_places))
    for t in range(uid.size):
        for place in range(n_places):
            u = rng.uniform(k, uint64(uid[t]) * uint64(16) + uint64(place))
            against[t, place] = np.log(-np.log(u + 1e-18) + 1e-18)
    return against


@maker
def choose_place(kind, utility, against):
    """The place of the highest appeal to each title, uint8. Equation 28.

    ``kind`` (titles,), ``utility`` (kind, place), ``against`` (titles, places) from :func:`distastes`.
    """
    chosen = np.zeros(kind.size, np.uint8)
    for t in range(kind.size):
        best = -1.0e300
        for place in range(utility.shape[1]):
            value = utility[kind[t], place] - against[t, place]
            if value > best:
                best = value
                chosen[t] = place
    return chosen


def district_of(uid: np.ndarray, seed: int) -> np.ndarray:
    """The district in which a title's work in Los Angeles is done, one code each, the same in every world.

    ``uid`` (titles,) int64. Stages, offices and locations are where they have long been, so districts have fixed shares
    of the titles; those shot elsewhere do what they leave in Los Angeles in a district, too.
    """
    return rng.in_shares(districts().work_up_to, rng.uniforms(seed, int(Stream.DISTRICT), 0, uid))
