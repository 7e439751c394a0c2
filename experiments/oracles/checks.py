"""A check as a row: what was expected, what was found, how far apart they may be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Check = dict[str, Any]


def check(oracle: str, expected: float, found: float, tolerance: float) -> Check:
    """One row of ``callsheet verify``; what is not a number never passes."""
    passed = bool(abs(found - expected) <= tolerance)
    return {
        "oracle": oracle,
        "expected": float(expected),
        "found": float(found),
        "tolerance": float(tolerance),
        "passed": passed,
    }


def farthest(
    oracle: Callable[..., str], expected: np.ndarray, found: np.ndarray, tolerance: np.ndarray | float
) -> Check:
    """Of many values the one that lies farthest off, measured in its tolerance; arrays of one shape.

    ``oracle`` takes the place of that value in the arrays and says what it is.
    """
    tolerance = np.broadcast_to(tolerance, expected.shape)
    distance = np.abs(found - expected) / tolerance
    at = np.unravel_index(int(np.argmax(np.where(np.isnan(distance), np.inf, distance))), expected.shape)
    return check(oracle(*(int(i) for i in at)), expected[at], found[at], tolerance[at])
