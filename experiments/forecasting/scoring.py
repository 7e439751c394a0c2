"""How good forecasts were: sharpness and honesty in one number (CRPS), errors, coverage, and who was better.

Everything is said twice where it matters: for all dates, and for those outside the months when the pandemic shut
production (SHUT), which no forecast from the series could have seen. Sources: Gneiting and Raftery (2007), Strictly
proper scoring rules, prediction, and estimation; Ferro (2014), Fair scores for ensemble forecasts; Kuensch (1989),
The jackknife and the bootstrap for general stationary observations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from experiments.analysis.given import column
from experiments.analysis.results import Result
from experiments.forecasting.forecast import places
from experiments.forecasting.forecast_rows import OF_A_SAMPLE
from experiments.forecasting.series import SHUT, touches
from experiments.statistics import wilson
from model.errors import CallSheetError

LEVELS = (50, 80, 90)  # percent; central intervals
ALL, OPEN = "all", "open"  # strata: every date, or those outside SHUT
BLOCK_MONTHS = 6  # errors half a year apart are taken as unrelated
LEVEL = 90  # percent, of the interval of a difference
DRAWS = 2000


@dataclass(frozen=True)
class Coverage(Result):
    """How many observed values lay in the central interval of ``level`` percent, with Wilson's 95 % interval.

    Neighboring dates err together, so the interval is narrower than the doubt.
    """

    level: int
    inside: int
    n: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Score(Result):
    """A forecast over the dates of a stratum. ``crps`` in the unit of the series; ``mae_percent`` the mean absolute
    error of the median in percent of the mean observed.

    NaN (None in plain form) where the stratum holds no date.
    """

    stratum: str
    n: int
    crps: float
    mae_percent: float
    coverage: tuple[Coverage, ...]


@dataclass(frozen=True)
class Paired(Result):
    """Mean CRPS of the first forecast less that of the second on the same dates: below zero, the first is better.

    ``low`` and ``high`` bound it at ``level`` percent; NaN where the dates do not fill two blocks.
    """

    stratum: str
    n: int
    difference: float
    low: float
    high: float
    level: int = LEVEL


def crps(observed: np.ndarray, ensemble: np.ndarray) -> np.ndarray:
    """Fair continuous ranked probability score at each date, (dates,), in the unit of the series; less is better.

    ``ensemble`` is (members, dates), as though drawn from the forecast; NaN where nothing was observed.
    """
    import scoringrules  # takes seconds

    observed, ensemble = _given(observed, ensemble)
    seen = np.isfinite(observed)
    found = np.full(len(observed), np.nan)
    if seen.any():
        members = np.ascontiguousarray(ensemble[:, seen].T)
        found[seen] = scoringrules.crps_ensemble(observed[seen], members, estimator="fair")
    return found


def coverage(observed: np.ndarray, ensemble: np.ndarray, level: int) -> Coverage:
    """How often the central interval of ``level`` percent, ends counted in, held the observed value."""
    observed, ensemble = _given(observed, ensemble)
    seen = np.isfinite(observed)
    ends = [50 - level / 2, 50 + level / 2]
    low, high = np.percentile(ensemble[:, seen], ends, axis=0, method=OF_A_SAMPLE)
    inside, n = int(np.count_nonzero((low <= observed[seen]) & (observed[seen] <= high))), int(seen.sum())
    return Coverage(level, inside, n, inside / n if n else np.nan, *wilson(inside, n))


def mae_percent(observed: np.ndarray, ensemble: np.ndarray) -> float:
    """Mean absolute error of the median in percent of the mean observed."""
    observed, ensemble = _given(observed, ensemble)
    seen = np.isfinite(observed)
    if not seen.any():
        return np.nan
    off = np.abs(np.median(ensemble[:, seen], axis=0) - observed[seen])
    return float(100.0 * off.mean() / observed[seen].mean())


def stratum(dates: Sequence[str], per_year: int, which: str, window: tuple[str, str] = SHUT) -> np.ndarray:
    """Which dates belong to a stratum, bool: ALL, or OPEN for those that share no month with the window."""
    if which not in (ALL, OPEN):
        raise CallSheetError(f"There is no stratum {which!r}; choose {ALL} or {OPEN}.")
    return np.ones(len(dates), bool) if which == ALL else ~touches(dates, per_year, window)


def score(dates: Sequence[str], per_year: int, observed: np.ndarray, ensemble: np.ndarray, which: str = ALL) -> Score:
    """All scores of a forecast over the dates of a stratum; dates without an observed value are left out.

    ``dates`` are months, as 2022-12 (a quarter's first); ``per_year`` is 12 or 4; ``observed`` (dates,) and
    ``ensemble`` (members, dates) are in the same unit.
    """
    observed, ensemble = _given(observed, ensemble)
    if len(dates) != len(observed):
        raise CallSheetError(f"There are {len(dates)} dates but {len(observed)} observed values; hand in one for each.")
    at = stratum(dates, per_year, which) & np.isfinite(observed)
    seen, members = observed[at], ensemble[:, at]
    return Score(
        stratum=which,
        n=int(at.sum()),
        crps=float(crps(seen, members).mean()) if at.any() else np.nan,
        mae_percent=mae_percent(seen, members),
        coverage=tuple(coverage(seen, members, level) for level in LEVELS),
    )


def paired(dates: Sequence[Sequence[str]], per_year: int, first: Sequence[np.ndarray], second: Sequence[np.ndarray],
           which: str = ALL, draws: int = DRAWS) -> Paired:
    """Which of two forecasts was better, by their CRPS on the same dates, with a moving-block bootstrap interval.

    Each argument holds one entry for each origin, and ``first`` and ``second`` are what `crps` returns. Half a year
    of consecutive dates is drawn at a time, never across two origins or a gap, with replacement; the draws are always
    the same. Dates that one of the two does not have are left out. Origins whose dates overlap are not independent.
    """
    if not len(dates) == len(first) == len(second):
        raise CallSheetError(
            f"There are {len(dates)} lists of dates, but {len(first)} and {len(second)} of scores; hand in one for "
            "each origin."
        )
    runs = []
    for when, one, other in zip(dates, first, second, strict=True):
        off = column(one, "The first scores") - column(other, "The second scores")
        runs += _without_gaps(off, stratum(when, per_year, which) & np.isfinite(off))
    values = np.concatenate([*runs, np.zeros(0)])
    mean = float(values.mean()) if values.size else np.nan
    block = max(1, BLOCK_MONTHS * per_year // 12)
    blocks = np.array([run[i:i + block] for run in runs for i in range(len(run) - block + 1)]).reshape(-1, block)
    if values.size < 2 * block or len(blocks) < 2:
        return Paired(which, values.size, mean, np.nan, np.nan)
    drawn = places((draws, -(-values.size // block)), len(blocks), "paired", str(values.size))
    means = blocks[drawn].reshape(draws, -1)[:, :values.size].mean(axis=1)
    # Dates near the ends of a run lie in fewer blocks; what that moves is taken off (Lahiri 2003, Resampling Methods).
    low, high = np.percentile(means + mean - blocks.mean(), [50 - LEVEL / 2, 50 + LEVEL / 2])
    return Paired(which, values.size, mean, float(low), float(high))


def _without_gaps(values: np.ndarray, kept: np.ndarray) -> list[np.ndarray]:
    """The stretches of consecutive values that are kept, in order."""
    places_kept = np.flatnonzero(kept)
    return [values[each] for each in np.split(places_kept, np.flatnonzero(np.diff(places_kept) > 1) + 1) if each.size]


def _given(observed: np.ndarray, ensemble: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both as float arrays that belong together; observed values may be NaN, members may not."""
    observed, ensemble = column(observed, "The observed values"), np.asarray(ensemble, float)
    if ensemble.ndim != 2 or ensemble.shape[1] != len(observed) or len(ensemble) < 2:
        raise CallSheetError(
            f"The ensemble has shape {ensemble.shape}; (members, {len(observed)}) with at least two members is allowed."
        )
    if not np.isfinite(ensemble).all():
        bad = int(np.count_nonzero(~np.isfinite(ensemble)))
        raise CallSheetError(f"The ensemble holds {bad} values that are not finite numbers. Look at its runs.")
    return observed, ensemble
