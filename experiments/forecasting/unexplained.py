"""Orders that no driver explains: how they may wander, and what the observed series say they were until a day.

The state of the market at the start of a forecast is conditioned, never its output: each member of an ensemble gets a
path of unexplained orders, the paths are moved towards what the observed jobs and shoot days call for, and the member
is run again from 2015 with its own. This is an ensemble smoother with several smaller steps (Emerick and Reynolds
2013), with weight only where orders and work lie close in time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from experiments.analysis.chance import normals
from experiments.calibration.declared import declared, groups
from experiments.calibration.observed import Observation
from model.mechanisms.demand import GROUPS, START
from model.parameters import Params

STEPS = 2  # of the smoother; each takes in the same numbers with as many times their error variance
BEFORE, AFTER = 0.5, 2.5  # years: work is moved by orders that were made this much earlier, and hardly by others
_PERIODS = {12: 0.5 / 12, 4: 0.5 / 4, 1: 0.5}
_MOST_SHARE = 0.995  # of the ensemble's spread in numbers that is kept; the rest is noise of few members


def names() -> tuple[str, ...]:
    """The parameters that hold the paths."""
    return tuple(f"unexplained.{group}" for group in GROUPS)


def knots() -> np.ndarray:
    """Decimal years at which a path has a value of its own."""
    return START + np.arange(len(Params.load()[names()[0]]))


def wander(members: int, seed: int) -> np.ndarray:
    """Paths before anything was observed, (members, groups, knots), log points: they begin at zero in 2015."""
    about = declared()["unexplained"]
    lasts, step = about["lasts"], about["spread"] * np.sqrt(1.0 - about["lasts"] ** 2)
    news = step * normals((members, len(GROUPS), len(knots())), "unexplained", seed)
    paths = np.zeros_like(news)
    for k in range(1, paths.shape[2]):
        paths[:, :, k] = lasts * paths[:, :, k - 1] + news[:, :, k]
    return paths


def ahead(paths: np.ndarray, before: np.ndarray, until: float) -> np.ndarray:
    """Paths that were moved up to ``until`` (decimal year), continued with the news that they had before."""
    lasts, found = declared()["unexplained"]["lasts"], paths.copy()
    for k in np.flatnonzero(knots() > until):
        news = before[:, :, k] - lasts * before[:, :, k - 1]
        found[:, :, k] = lasts * found[:, :, k - 1] + news
    return found


def moved(paths: np.ndarray, found: np.ndarray, wanted: np.ndarray, looked_at: Sequence[Observation], until: float,
          seed: int, steps: int = STEPS) -> np.ndarray:
    """One step of the smoother: paths, (members, groups, knots), that bring the numbers ``found``, (members,
    observations), nearer to those observed. Knots after ``until`` are left to `ahead`.
    """
    error = np.array([groups()[each.group].noise for each in looked_at]) * np.sqrt(steps)
    wished = wanted + error * normals(found.shape, "observed", seed)
    spread, gap = (found - found.mean(axis=0)) / error, (wished - found) / error
    times, dof, out = np.array([_middle(each) for each in looked_at]), len(paths) - 1, paths.copy()
    for k in np.flatnonzero(knots() <= until):
        weight = np.sqrt(_near(times - knots()[k]))  # a number further off counts as if its error were larger
        near = weight > 0.0
        if not near.any():
            continue
        _, strength, modes = np.linalg.svd(spread[:, near] * weight[near], full_matrices=False)
        kept = np.append(True, (np.cumsum(strength**2) <= _MOST_SHARE * (strength**2).sum())[1:])
        strength, modes = strength[kept], modes[kept]
        own = paths[:, :, k] - paths[:, :, k].mean(axis=0)  # (members, groups)
        alike = own.T @ (spread[:, near] * weight[near] @ modes.T) / dof  # covariance with each mode
        gain = alike / (strength**2 / dof + 1.0)
        out[:, :, k] += (gap[:, near] * weight[near] @ modes.T) @ gain.T
    return out


def _middle(observation: Observation) -> float:
    """Decimal year of the middle of the period of a number."""
    per_year = round(observation.time / observation.year)
    return (observation.time - (1 if per_year > 1 else 0)) / per_year + _PERIODS[per_year]


def _near(later: np.ndarray) -> np.ndarray:
    """Weight of numbers that come some years after orders: 1 within reach, falling to 0 over a year beyond it."""
    beyond = np.maximum(np.maximum(-BEFORE - later, later - AFTER), 0.0)
    return np.maximum(0.0, 1.0 - beyond)


def settings(path: np.ndarray) -> Mapping[str, Any]:
    """One member's path, (groups, knots), as settings of a scenario."""
    about = Params.load().about(names()[0])
    low, high = about.range
    return {name: [round(float(v), 6) for v in np.clip(row, low, high)]
            for name, row in zip(names(), path, strict=True)}
