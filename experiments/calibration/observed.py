"""The published numbers a fit is held against, as one vector, and the errors it allows the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from experiments import history
from experiments.analysis.chance import normals
from experiments.calibration.declared import LOG_POINTS, Group, groups, last_fit_year
from experiments.runners.history import DAYS, JOBS, LA_SHARE, OCCUPANCY
from model import tables

FIRST_YEAR = 2015
_PERCENT = 100.0
_RELEASED_AFTER = 1  # years from green-light to release, the model's and the published year of a share


@dataclass(frozen=True)
class Observation:
    """One published number. ``name`` is also the name of what a run has in its place; ``value`` is in logs where the
    group's errors are; ``time`` counts periods of the group.
    """

    name: str
    group: str
    year: int
    time: int
    value: float


@cache
def observations(last_year: int | None = None, first_year: int = FIRST_YEAR) -> tuple[Observation, ...]:
    """What is fitted, from ``first_year`` up to ``last_year`` (by default that of the fit), in a fixed order."""
    last = last_fit_year() if last_year is None else last_year
    found: list[Observation] = []
    for group in groups().values():
        for name, year, time, value in _published(group):
            fitted = group.years is None or year in group.years or year > last_fit_year()
            if fitted and first_year <= year <= last:
                found.append(Observation(name, group.name, year, time, value))
    return tuple(found)


def _published(group: Group) -> list[tuple[str, int, int, float]]:
    """(name in a run, year, period, value) of every number of a group that is evidence."""
    if group.name == JOBS:
        return [(f"{JOBS}.{month}", int(month[:4]), 12 * int(month[:4]) + int(month[5:]), float(np.log(jobs)))
                for month, jobs in history.monthly_jobs().items()]
    kind, _, category = group.name.partition(".")
    if kind == DAYS:
        return [(f"{DAYS}.{category}.{quarter}", int(quarter[:4]), 4 * int(quarter[:4]) + int(quarter[5]),
                 float(np.log(days)))
                for quarter, days in history.quarterly_shoot_days()[category].items()
                if quarter not in history.NO_EVIDENCE]
    if group.name == OCCUPANCY:
        return [(f"{OCCUPANCY}.{year}", year, year, value)
                for year, value in _yearly("history/stages.csv", "occupancy_pct").items()]
    return [(f"{LA_SHARE}.{year - _RELEASED_AFTER}", year, year, value)
            for year, value in _yearly("history/la_share.csv", "la_share_scripted_pct").items()]


def _yearly(table: str, metric: str) -> dict[int, float]:
    return {int(row["period"]): float(row["value"]) / _PERCENT
            for row in tables.rows(table) if row["metric"] == metric and row["period"].isdecimal()}


def values(looked_at: Sequence[Observation]) -> np.ndarray:
    """The published values, (observations,)."""
    return np.array([each.value for each in looked_at])


def of_runs(numbers: Mapping[str, np.ndarray], looked_at: Sequence[Observation]) -> np.ndarray:
    """What runs have in their place, (runs, observations), in the same units; NaN where a run failed."""
    columns = []
    for each in looked_at:
        column = np.asarray(numbers[each.name], float)
        if groups()[each.group].unit == LOG_POINTS:
            column = np.log(np.maximum(column, 1.0))  # no month or quarter is without a single job or day
        columns.append(column)
    return np.stack(columns, axis=1)


def tolerance(looked_at: Sequence[Observation]) -> np.ndarray:
    """Standard deviation of the error that the fit allows each observation, noise and misfit together."""
    return np.array([np.hypot(groups()[each.group].noise, groups()[each.group].misfit) for each in looked_at])


def errors(looked_at: Sequence[Observation], draws: int, *words: object) -> np.ndarray:
    """Errors as the fit allows them, (draws, observations): independent noise, and misfit that lasts within a group.
    The same words give the same errors.
    """
    found = np.zeros((draws, len(looked_at)))
    for name, mine, covariance in _by_group(looked_at):
        root = np.linalg.cholesky(covariance)
        found[:, mine] = normals((draws, len(mine)), "errors", name, *words) @ root.T
    return found


def allowed(looked_at: Sequence[Observation]) -> np.ndarray:
    """Covariance of these errors, (observations, observations)."""
    found = np.zeros((len(looked_at), len(looked_at)))
    for _, mine, covariance in _by_group(looked_at):
        found[np.ix_(mine, mine)] = covariance
    return found


def independent(looked_at: Sequence[Observation]) -> np.ndarray:
    """How much of an independent number each observation is worth, (observations,): errors that last within a group
    leave of its n numbers n² / Σ|ρ|.
    """
    found = np.ones(len(looked_at))
    for _, mine, covariance in _by_group(looked_at):
        sd = np.sqrt(np.diag(covariance))
        found[mine] = len(mine) / np.abs(covariance / np.outer(sd, sd)).sum()
    return found


def _by_group(looked_at: Sequence[Observation]) -> Iterator[tuple[str, list[int], np.ndarray]]:
    """Each group with the places of its observations and the covariance of their errors."""
    for name, group in groups().items():
        mine = [k for k, each in enumerate(looked_at) if each.group == name]
        if mine:
            yield name, mine, covariance(group, np.array([looked_at[k].time for k in mine], float))


def covariance(group: Group, times: np.ndarray) -> np.ndarray:
    """Covariance of a group's errors at some periods, (periods, periods): noise, and misfit that dies down."""
    alike = 0.5 ** (np.abs(times[:, None] - times[None, :]) / group.half_life)
    return group.misfit**2 * alike + group.noise**2 * np.eye(len(times))
