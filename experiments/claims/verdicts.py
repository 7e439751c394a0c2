"""From numbers to verdicts, by the rules fixed beforehand: luck within a point, ignorance over the points.

At one point a claim *holds* when even the 10th percentile of futures reaches its threshold and *fails* when even the
90th does not; in between neither is said. A doubt judged by its worst tenth holds when the 90th percentile is above
the threshold and fails otherwise. Over the points the claim holds or fails when 90 % of them do; else it depends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from experiments.claims.declared import WORST_TENTH, Claim

HOLDS, FAILS, BETWEEN, UNKNOWN = "holds", "fails", "between", "unknown"
DEPENDS, CANNOT_TELL, NO_THRESHOLD = "depends on", "cannot tell", "no threshold"
MATTERS, MATTERS_NOT = "matters", "does not matter"
ENOUGH = 0.9  # share of points
ENOUGH_FUTURES = 5  # of a point, to tell its own luck
FEWEST_POINTS = 10  # fewer cannot tell nine tenths from all
LOW, HIGH = 10, 90


@dataclass(frozen=True)
class Spread:
    """A number over futures; ``agreeing`` have the sign of the mean. All None where no future gave one."""

    mean: float | None
    q10: float | None
    q90: float | None
    agreeing: int
    futures: int

    def plain(self) -> dict[str, Any]:
        """As the JSON has it."""
        return {"mean": self.mean, "q10": self.q10, "q90": self.q90, "futures_agreeing": self.agreeing}


def spread(values: Sequence[float | None]) -> Spread:
    """Mean, percentiles and agreement of one number a future; what is not a number is left out."""
    known = np.array([each for each in values if each is not None and isfinite(each)], float)
    if not known.size:
        return Spread(None, None, None, 0, 0)
    low, high = np.percentile(known, [LOW, HIGH])
    mean = float(known.mean())
    return Spread(mean, float(low), float(high), int(np.sum(np.sign(known) == np.sign(mean))), int(known.size))


def at_point(values: Sequence[float | None], futures: Sequence[int], middle: Sequence[float | None],
             tail: bool = False) -> Spread:
    """The spread at a parameter point. With fewer than five futures of its own its luck is that of the middle: both
    share their chance, so the middle's numbers are moved by the mean difference in the futures that both have.
    A ``tail``, such as the worst tenth, is not borrowed: rare events do not move with the mean, so that fewer futures
    cannot tell it.
    """
    own = spread(values)
    if own.futures >= ENOUGH_FUTURES or own.mean is None:
        return own
    if tail:
        return Spread(own.mean, None, None, own.agreeing, own.futures)
    known = [(value, middle[future]) for value, future in zip(values, futures, strict=True)
             if value is not None and isfinite(value) and future < len(middle)]
    moved = [value - other for value, other in known if other is not None and isfinite(other)]
    if not moved:
        return own
    luck = spread([None if each is None else each + float(np.mean(moved)) for each in middle])
    return Spread(own.mean, luck.q10, luck.q90, luck.agreeing, own.futures)


def stands(claim: Claim, found: Spread) -> str:
    """How a claim stands at one point: holds, fails, between, or unknown where no future gave a number."""
    if found.q10 is None or found.q90 is None:
        return UNKNOWN
    border = claim.border
    if claim.judged == WORST_TENTH:
        return HOLDS if found.q90 > border else FAILS
    low, high = (found.q10, found.q90) if claim.toward == "up" else (-found.q90, -found.q10)
    border = border if claim.toward == "up" else -border
    if claim.judged == "reach" and low >= border:
        return HOLDS
    if claim.judged == "none" and low > border:
        return HOLDS
    return FAILS if high < border else BETWEEN


def verdict(claim: Claim, points: Sequence[str]) -> str:
    """The verdict over parameter points, each as :func:`stands` found it."""
    if not claim.has_verdict:
        return NO_THRESHOLD
    known = [each for each in points if each != UNKNOWN]
    if len(known) < FEWEST_POINTS:
        return CANNOT_TELL
    holding, failing = known.count(HOLDS) / len(known), known.count(FAILS) / len(known)
    matters = claim.judged == WORST_TENTH
    if holding >= ENOUGH:
        return MATTERS if matters else HOLDS
    if failing >= ENOUGH:
        return MATTERS_NOT if matters else FAILS
    return DEPENDS
