"""Divisions of a studio: each makes some of its titles and remembers the heads of department it worked with."""

from __future__ import annotations

from numba import njit, uint64

from model import rng

_EVENLY = uint64(0)  # no chance of a world: a title is of the same division in all of them


@njit(inline="always")
def division_of(title, divisions):
    """Which of a studio's ``divisions``, from 0, makes the title of this identity: each as many. Equation 70."""
    return int(rng.uniform(_EVENLY, title) * divisions)


@njit(inline="always")
def known_head(known_heads, title, c):
    """Head of department of craft ``c`` with whom the division that makes a title worked last; -1 for nobody."""
    return known_heads[title.firm, division_of(title.uid, known_heads.shape[1]), c]


def divisions_in(of_whole: int, scale: float) -> int:
    """Divisions of each studio in a market of ``scale``, so that one makes as many titles a year as in the whole."""
    return max(1, round(of_whole * scale))
