"""The model's ensembles as forecasts of the published series, beside the simple ones and in rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.forecasting.ensemble import CONDITIONAL, Ensemble, as_published
from experiments.forecasting.forecast import Forecast
from experiments.forecasting.forecast_rows import rows
from experiments.forecasting.series import JOBS, MONTHS, NAMES, SHOOT_DAYS, month, number
from experiments.history import CATEGORIES
from experiments.runners import history
from model.measures import fixed_staff

MODEL = "model"
QUARTER = 3  # months


def dates(series: str, first: str, last: str) -> tuple[str, ...]:
    """Months from ``first`` to ``last``; of quarters the first months of those that lie inside."""
    if series == JOBS:
        return tuple(month(n) for n in range(number(first), number(last) + 1))
    begins = -(-number(first) // QUARTER) * QUARTER
    return tuple(month(n) for n in range(begins, number(last) + 1, QUARTER) if n + QUARTER - 1 <= number(last))


def names_in_runs(series: str, when: Sequence[str]) -> list[str]:
    """What runs have at these dates, as names of their numbers; the total of shoot days is added up by the runs."""
    if series == JOBS:
        return [f"{history.JOBS}.{each}" for each in when]
    category = SHOOT_DAYS[series]
    return [f"{history.DAYS}.{category}.{each[:4]}Q{number(each) % MONTHS // QUARTER + 1}" for each in when]


def everything(first: str, last: str) -> list[str]:
    """The names of all numbers that forecasts of this span are made from."""
    return [name for series in NAMES for name in names_in_runs(series, dates(series, first, last))]


def of_model(ensemble: Ensemble, series: str, when: Sequence[str], seed: int = 0) -> Forecast:
    """The model's forecast of one series as it would be published, with the error that the fit allows.

    The total of shoot days is the sum of its categories, each with its own error. Staff outside the model stays at its
    last known number where nothing later is known.
    """
    conditional = ensemble.origin.kind == CONDITIONAL
    if series == "shoot_days_all":
        parts = [of_model(ensemble, f"shoot_days_{each}", when, seed).ensemble for each in CATEGORIES]
        members = np.sum(parts, axis=0)
    else:
        group = history.JOBS if series == JOBS else f"{history.DAYS}.{SHOOT_DAYS[series]}"
        wanted = names_in_runs(series, when)
        found = np.stack([ensemble.numbers[each] for each in wanted], axis=1)
        whole = np.stack([values for values in ensemble.numbers.values()], axis=1)
        found = found[np.isfinite(whole).all(axis=1)]  # the same members in every series
        if series == JOBS and not conditional:
            found = found + _staff_of_later(ensemble.origin.year, when)
        members = as_published(found, group, seed + NAMES.index(series))
    return Forecast(MODEL, series, f"{ensemble.origin.year}-12", tuple(when), members, conditional)


def _staff_of_later(year: int, when: Sequence[str]) -> np.ndarray:
    """What takes the staff outside the model, which runs count as it came to be, back to the last month of ``year``."""
    staff = fixed_staff()
    last = staff[max(staff)]
    return staff.get(f"{year}-{MONTHS}", last) - np.array([staff.get(each, last) for each in when])


def rows_of(ensembles: Sequence[Ensemble], first: str, last: str, seed: int = 0) -> list[dict[str, Any]]:
    """All series of all kinds as rows."""
    found = []
    for ensemble in ensembles:
        for series in NAMES:
            when = dates(series, first, last)
            if when:
                found += rows(ensemble.origin.kind, series, when, of_model(ensemble, series, when, seed).ensemble)
    return found
