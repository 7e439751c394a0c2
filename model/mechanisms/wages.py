"""Scale, overscale when crews are short, offers to a person, and what a person would refuse."""

from __future__ import annotations

import numpy as np
from numba import njit

PER_MILLE = 1000
NEARLY_NONE = 0.01  # vacancies per searcher: keeps a craft without any from an endless logarithm


def overscale_next(overscale: np.ndarray, tightness: np.ndarray, usual: np.ndarray, slope: float,
                   usual_overscale: float, speed: float, ceiling: float) -> np.ndarray:
    """Pay above scale follows how short a craft is of people, slowly. Equation 9.

    Arrays are per craft: ``overscale`` (share of scale), ``tightness`` = vacancies per searcher, ``usual`` its
    slow-moving norm. Returns the next week's overscale, within [0, ``ceiling``].
    """
    target = usual_overscale + slope * np.log((tightness + NEARLY_NONE) / (usual + NEARLY_NONE))
    return np.clip(overscale + speed * (target - overscale), 0.0, ceiling)


def day_rates(scale: np.ndarray, tier: np.ndarray, overscale: np.ndarray) -> np.ndarray:
    """Cents per day that a call pays before personal premium, (kind, craft), int64. Equation 8.

    ``scale`` cents per day by craft; ``tier`` of the kind's contract relative to full scale.
    """
    return np.rint(tier[:, None] * (scale * (1.0 + overscale))[None, :]).astype(np.int64)


@njit(inline="always")
def offer(rate, skill, new_craft, now):
    """Cents per day offered to a person of ``skill``, never below the call's rate. Equation 10.

    In a craft that is new to them the premium for skill shrinks by the newcomer's discount, to nothing at most:
    a call's rate is scale or above, and nobody is hired below scale.
    """
    wage = rate * (1.0 + now.premium * skill) * (1.0 - now.new_craft * new_craft)
    return max(int(wage), rate)


@njit(inline="always")
def reservation(spell_wage, idle_weeks, broke, now):
    """Cents per day below which a person waits: the last wage, given up week by week. Equation 16."""
    keep = now.first_ask - now.patience * idle_weeks - now.empty_purse * broke  # no branch to guess wrong
    return int(spell_wage * max(keep, now.patience_floor))


@njit(inline="always")
def per_mille(amount, rate):
    """``rate`` per mille of an ``amount`` of whole cents or days, neither below zero, rounded down.

    Through a real number, exact below 2**53, since processors divide those eight at once, and whole numbers slowly.
    """
    return int(amount * rate / PER_MILLE)


@njit(inline="always")
def made_up(wage, spell_wage, now):
    """Cents per day that wage insurance adds to a ``wage`` below the last one: part of the loss."""
    return per_mille(max(0, spell_wage - wage), now.wage_insurance)
