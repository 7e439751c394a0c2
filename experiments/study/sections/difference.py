"""The one figure of a comparison: how the work differs month by month, with its band over futures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.runners.worlds import AGAINST, MONTH
from experiments.statistics import HIGH, LOW
from experiments.study.results import Results

SERIES = "crew_weeks"
A_YEAR = 12


def by_month(results: Results, cases: Sequence[str]) -> dict[str, Any] | None:
    """Crew-weeks of the twelve months up to each, less the other world's and over them: mean over futures, 80 % of
    them, and the share of futures that lie above zero. None where no months were kept.
    """
    mine, other = (results.series(cases, name) for name in (SERIES, f"{AGAINST}{SERIES}"))
    months = results.series(cases, MONTH)
    if mine.shape != other.shape or mine.size == 0 or mine.shape[1] < A_YEAR or not months.size:
        return None
    a, b = (np.apply_along_axis(np.convolve, 1, each, np.ones(A_YEAR), "valid") for each in (mine, other))
    change = a / b - 1.0
    labels = np.datetime64("1970-01") + months[0, A_YEAR - 1 :].astype(int)
    low, high = np.percentile(change, [LOW, HIGH], axis=0)
    return {
        "months": [str(each) for each in labels],
        "mean": change.mean(axis=0).tolist(),
        "q10": low.tolist(),
        "q90": high.tolist(),
        "above": (change > 0).mean(axis=0).tolist(),
        "futures": int(change.shape[0]),
    }
