"""What was observed: the published series of `seeds/history`, and how far a simulated series is from them.

The model never reads these files while it runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np

from model import tables

CATEGORIES = ("feature", "tv", "commercial", "other")
FIT_YEARS = (2015, 2016, 2017, 2018, 2019, 2021, 2022)  # 2020 apart: what was shut is an input
HELD_BACK = (2023, 2024)  # reported, never tuned to
# The restart ceilings of shocks.yaml were read from these quarters of shoot days, so they are no evidence.
NO_EVIDENCE = ("2020Q1", "2020Q2", "2020Q3", "2020Q4", "2021Q1")
_PUBLISHED_AS = {"tv_total": "tv"}


@cache
def monthly_jobs() -> dict[str, float]:
    """Published payroll jobs of NAICS 512 in Los Angeles by month, as 2015-01."""
    return {row["month"]: float(row["value"]) for row in tables.rows("history/la_payroll_jobs.csv")}


@cache
def us_unemployment() -> dict[str, float]:
    """Published US unemployment rate of NAICS 512 by month, a share; not seasonally adjusted."""
    return {row["month"]: float(row["value"]) / 100.0 for row in tables.rows("history/us_unemployment.csv")}


@cache
def quarterly_shoot_days() -> dict[str, dict[str, float]]:
    """FilmLA's shoot days by category ("all" for the total) and quarter, as 2017Q1."""
    found: dict[str, dict[str, float]] = {name: {} for name in (*CATEGORIES, "all")}
    for row in tables.rows("history/shoot_days.csv"):
        category = _PUBLISHED_AS.get(row["category"], row["category"])
        if row["frequency"] == "quarterly" and category in found:
            found[category][row["period"]] = float(row["shoot_days"])
    return {name: dict(sorted(values.items())) for name, values in found.items()}


def error(
    model: Mapping[str, float], observed: Mapping[str, float], periods: Iterable[str] | None = None
) -> float | None:
    """Mean absolute error over mean observed, of the periods both have (and that are in ``periods``); None
    where there is none.
    """
    both = [each for each in observed if each in model]
    if periods is not None:
        wanted = set(periods)
        both = [each for each in both if each in wanted]
    if not both:
        return None
    of_model = np.array([model[each] for each in both])
    of_world = np.array([observed[each] for each in both])
    return float(np.abs(of_model - of_world).mean() / of_world.mean())


def months_of(years: Iterable[int]) -> list[str]:
    """The months of some years, as 2015-01."""
    return [f"{year}-{month:02d}" for year in years for month in range(1, 13)]


def quarters_of_fit() -> list[str]:
    """The quarters over which shoot days are compared: those of the fit years that are evidence."""
    return [
        f"{year}Q{quarter}"
        for year in FIT_YEARS
        for quarter in range(1, 5)
        if f"{year}Q{quarter}" not in NO_EVIDENCE
    ]


def fit_of_jobs(model: Mapping[str, float]) -> dict[str, object]:
    """Errors of simulated monthly payroll jobs: by year, over the fit years, and over those held back."""
    observed = monthly_jobs()
    by_year = {
        year: error(model, observed, months_of([year])) for year in sorted({int(m[:4]) for m in observed})
    }
    return {
        "by_year": {str(year): value for year, value in by_year.items() if value is not None},
        "fit_years": error(model, observed, months_of(FIT_YEARS)),
        "held_back": error(model, observed, months_of(HELD_BACK)),
    }


def fit_of_shoot_days(model: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float | None]]:
    """Errors of simulated shoot days by category, over the fit years and over those held back."""
    held_back = [f"{year}Q{quarter}" for year in HELD_BACK for quarter in range(1, 5)]
    return {
        name: {
            "fit_years": error(model.get(name, {}), observed, quarters_of_fit()),
            "held_back": error(model.get(name, {}), observed, held_back),
        }
        for name, observed in quarterly_shoot_days().items()
    }
