"""The way to work: a call far from home is worth less than its wage, one nearby more.

Nobody pays for the hours between home and the gate, and people give up pay to be spared them. What lies beyond the
usual way is weighed at a share of the wage [dot-travel-time]: it changes whether a worker comes, never what is paid.
Calls then go to people who live nearer, without anyone asking where they live.
"""

from __future__ import annotations

import numpy as np
from numba import njit

EARTH = 3958.8  # mean radius, miles
MINUTES = 60.0  # of an hour
WAYS = 2  # there and back


def minutes_one_way(latitude: np.ndarray, longitude: np.ndarray, speed: float, detour: float, spread: float
                    ) -> np.ndarray:
    """Minutes from every district to every other, (districts, districts), symmetric. Equation 64.

    ``latitude`` and ``longitude`` (districts,) degrees of their middles; ``speed`` miles per hour on roads that are
    ``detour`` times as long as the great circle. Addresses are scattered over a district, so that two of the same are
    ``spread`` miles apart (root mean square), and the squares of that and of the way between middles add up.
    """
    north, east = np.radians(latitude), np.radians(longitude)
    half_north, half_east = (0.5 * (angle[:, None] - angle[None, :]) for angle in (north, east))
    around = np.cos(north)[:, None] * np.cos(north)[None, :]
    straight = 2.0 * EARTH * np.arcsin(np.sqrt(np.sin(half_north) ** 2 + around * np.sin(half_east) ** 2))
    return np.hypot(straight, spread) * detour / speed * MINUTES


def share_of_pay(minutes: np.ndarray, usual: float, value_of_time: float, day_hours: np.ndarray) -> np.ndarray:
    """What the way to work beyond a usual one costs, as a share of a day's pay, (crafts, home, work). Equation 65.

    ``minutes`` one way, (home, work); ``usual`` minutes one way, for which usual pay makes up; ``value_of_time`` share
    of the wage at which an hour of travel is valued; ``day_hours`` (crafts,) paid hours of a day, in which the wage is
    earned. Below zero for a shorter way than usual.
    """
    hours = WAYS * (minutes - usual) / MINUTES
    return value_of_time * hours[None, :, :] / day_hours[:, None, None]


@njit(inline="always")
def worth_of_wage(wage, commute):
    """Whole cents a day that a ``wage`` is worth where the way to it costs the share ``commute`` of it. Equation 66."""
    return int(wage * (1.0 - commute))  # whole, like what it is compared with: no branch to guess wrong
