"""What a difference between two worlds is, future by future, how sure one may be, and how many futures it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.analysis.given import between, column, whole
from experiments.analysis.results import Result
from model.errors import CallSheetError

LEVEL = 0.95
LOW, HIGH = 10, 90  # percentiles over futures
MOST = 10_000_000  # pairs nobody will ever run


@dataclass(frozen=True)
class Estimate(Result):
    """A mean difference with its t interval; all but the counts are in the unit of the differences.

    `se`, `low` and `high` are NaN (None in plain form) where only one pair is known. `agreeing` counts pairs
    with the sign of the mean, `missing` those left out because a run failed.
    """

    mean: float
    se: float
    low: float
    high: float
    n: int
    agreeing: int
    q10: float
    q90: float
    missing: int = 0
    level: float = LEVEL


def estimate(differences: Any, level: float = LEVEL) -> Estimate:
    """The mean of paired differences, one a future, with the interval of Student's t.

    `differences` has shape (futures,), any unit; NaN is left out and counted. Raises CallSheetError if nothing
    is left. Source: Student (1908), The probable error of a mean; Law and Kelton, Simulation Modeling and
    Analysis, on paired t intervals under common random numbers.
    """
    between(level, 0.0, 1.0, "The confidence level")
    values, missing = _known(differences)
    mean, n = float(values.mean()), values.size
    se = float(values.std(ddof=1) / np.sqrt(n)) if n > 1 else float("nan")
    half = _t(level, n) * se
    low, high = np.percentile(values, [LOW, HIGH])
    return Estimate(
        mean=mean, se=se, low=mean - half, high=mean + half, n=n,
        agreeing=int(np.count_nonzero(np.sign(values) == np.sign(mean))),
        q10=float(low), q90=float(high), missing=missing, level=level,
    )  # fmt: skip


def needed(differences: Any, half_width: float, level: float = LEVEL) -> int:
    """How many more pairs until the half width of the interval is at most `half_width`, if the spread stays.

    Differences of shape (futures,) and the half width are in the same unit. 0 means none. Raises CallSheetError
    with fewer than two known pairs. Source: Stein (1945), A two-sample test for a linear hypothesis whose power
    is independent of the variance.
    """
    between(level, 0.0, 1.0, "The confidence level")
    between(half_width, 0.0, np.inf, "The half width")
    values, _ = _known(differences, least=2)
    spread = float(values.std(ddof=1))

    def narrow(n: int) -> bool:
        return _t(level, n) * spread <= half_width * np.sqrt(n)

    low, high = values.size, values.size
    while not narrow(high) and high < MOST:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if narrow(middle) else (middle, high)
    return high - values.size


def enough(differences: Any, half_width: float, least: int = 10, level: float = LEVEL) -> bool:
    """Whether to stop adding futures: at the first look at which t times the standard error is within the target.

    Shapes and units as in `needed`; fewer than `least` known pairs are never enough. Looking repeatedly is
    slightly optimistic, since one stops sooner where the spread happens to come out small: with normal differences,
    a target of 0.5 standard deviations and a look after every pair, the 95 % interval at the stop covers the truth
    in 94 % from 10 pairs on, in 92 % from 5 on and in 88 % from 2 on (0.4 to 0.6: 93 to 94, 92, and 88 to 89 %).
    Source: Chow and Robbins (1965), On the asymptotic theory of fixed-width sequential confidence intervals for
    the mean.
    """
    between(level, 0.0, 1.0, "The confidence level")
    between(half_width, 0.0, np.inf, "The half width")
    whole(least, "The least number of pairs", 2)
    values = column(differences, "The differences")
    values = values[~np.isnan(values)]
    n = values.size
    return n >= least and bool(_t(level, n) * values.std(ddof=1) <= half_width * np.sqrt(n))


def _known(differences: Any, least: int = 1) -> tuple[np.ndarray, int]:
    """The differences that are numbers, and how many are not."""
    values = column(differences, "The differences")
    known = values[~np.isnan(values)]
    if known.size < least:
        raise CallSheetError(
            f"Of {values.size} differences {known.size} {'is a number' if known.size == 1 else 'are numbers'}; "
            f"at least {least} must be. Run more futures, or look at why they failed."
        )
    return known, values.size - known.size


def _t(level: float, n: int) -> float:
    """Student's t for a two-sided interval of n values; NaN for one."""
    from scipy.special import stdtrit

    return float(stdtrit(n - 1, 0.5 + level / 2)) if n > 1 else float("nan")
