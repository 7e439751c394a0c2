"""The fitted model once more with chance that no fit has seen: how far off it is where it was fitted, and where not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from experiments import history
from experiments.calibration.runs import Runs
from experiments.runners.history import DAYS, JOBS

END_OF_HISTORY = "2025-01-06"  # holds the last week of 2024
SPANS = {"fitted": history.FIT_YEARS, "held_back": history.HELD_BACK}
BEFORE_PICKETS, YEAR_BEFORE = ("2023-04", "2022-04")  # the last payroll weeks without pickets, and a year earlier


def check(runs: Runs, draws: Sequence[Mapping[str, Any]], futures: Sequence[int], scale: float, seed: int
          ) -> dict[str, Any]:
    """Errors of jobs and shoot days by span of years: of the median over draws, and of single runs in the middle."""
    cases = runs.at(draws, futures, until=END_OF_HISTORY, scale=scale, seed=seed)
    jobs = history.monthly_jobs()
    found: dict[str, Any] = {"runs": len(cases), JOBS: _errors(runs, cases, JOBS, jobs, _months())}
    for category, observed in history.quarterly_shoot_days().items():
        found[f"{DAYS}.{category}"] = _errors(runs, cases, f"{DAYS}.{category}", observed, _quarters())
    found["fall_before_pickets"] = _fall(runs, cases, jobs)
    return found


def _months() -> dict[str, list[str]]:
    return {span: history.months_of(years) for span, years in SPANS.items()}


def _quarters() -> dict[str, list[str]]:
    held = [f"{year}Q{quarter}" for year in history.HELD_BACK for quarter in range(1, 5)]
    return {"fitted": history.quarters_of_fit(), "held_back": held}


def _errors(runs: Runs, cases: Sequence[str], prefix: str, observed: Mapping[str, float],
            spans: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """By span, over mean observed: mean absolute error of the median run and of a usual run, and the mean gap."""
    found = {}
    for span, wanted in spans.items():
        periods = [each for each in wanted if each in observed]
        names = [f"{prefix}.{each}" for each in periods]
        numbers = runs.numbers(cases, names)
        of_runs = np.stack([numbers[name] for name in names], axis=1)
        of_runs = of_runs[np.isfinite(of_runs).all(axis=1)]
        world = np.array([observed[each] for each in periods])
        gaps, middle = of_runs - world, np.median(of_runs, axis=0) - world
        found[span] = {
            "of_median": float(np.abs(middle).mean() / world.mean()),
            "of_a_run": float(np.median(np.abs(gaps).mean(axis=1)) / world.mean()),
            "bias": float(middle.mean() / world.mean()),
            "periods": len(periods),
        }
    return found


def _fall(runs: Runs, cases: Sequence[str], jobs: Mapping[str, float]) -> dict[str, float]:
    """Change of jobs over the year before the first picket: published, and in the runs."""
    names = [f"{JOBS}.{YEAR_BEFORE}", f"{JOBS}.{BEFORE_PICKETS}"]
    before, after = (runs.numbers(cases, names)[name] for name in names)
    change = after / before - 1.0
    low, middle, high = np.nanquantile(change, [0.1, 0.5, 0.9])
    return {"published": jobs[BEFORE_PICKETS] / jobs[YEAR_BEFORE] - 1.0, "low": float(low), "middle": float(middle),
            "high": float(high)}
