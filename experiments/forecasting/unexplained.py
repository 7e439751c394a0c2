"""Orders that no driver explains: how they may wander, and what the observed series say they were until a day.

The state of the market at the start of a forecast is conditioned, never its output: each member of an ensemble gets a
path of unexplained orders and runs twice, with it and with its mirror image, on the same chance. What the two differ
by is the answer of the market. With it the path of every member is moved to where what it expected beforehand and what
was observed balance (randomized maximum likelihood, Oliver, He and Reynolds 1996), and it is run again from 2015 with
its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from experiments.analysis.chance import normals
from experiments.calibration.declared import declared
from experiments.calibration.observed import Observation, allowed, errors
from experiments.runners.history import DAYS, JOBS
from model.mechanisms.demand import GROUPS, START
from model.parameters import Params

BEFORE, AFTER = 1.0, 3.5  # years from a number to the knots that move it: the next one after it, and those before it
_PERIODS = {12: 0.5 / 12, 4: 0.5 / 4, 1: 0.5}
_RIDGE = 0.02  # of what a knot's own spread explains: of paths that look alike none gets all of an answer


def names() -> tuple[str, ...]:
    """The parameters that hold the paths."""
    return tuple(f"unexplained.{group}" for group in GROUPS)


def knots() -> np.ndarray:
    """Decimal years at which a path has a value of its own."""
    return START + np.arange(len(Params.load()[names()[0]]))


def _news() -> tuple[float, float]:
    """Share of a path that is left a year later, and standard deviation of what comes new in a year."""
    about = declared()["unexplained"]
    return about["lasts"], about["spread"] * np.sqrt(1.0 - about["lasts"] ** 2)


def wander(members: int, seed: int) -> np.ndarray:
    """Paths before anything was observed, (members, groups, knots), log points: they begin at zero in 2015."""
    lasts, step = _news()
    news = step * normals((members, len(GROUPS), len(knots())), "unexplained", seed)
    paths = np.zeros_like(news)
    for k in range(1, paths.shape[2]):
        paths[:, :, k] = lasts * paths[:, :, k - 1] + news[:, :, k]
    return paths


def expected(until: float) -> np.ndarray:
    """Covariance of a group's path at the knots up to ``until``, (knots, knots), before anything was observed."""
    lasts, step = _news()
    n = np.count_nonzero(knots() <= until)
    reach = np.tril(lasts ** np.maximum(0, np.arange(n)[:, None] - np.arange(n)))
    reach[:, 0] = 0.0  # every path begins at zero
    return step**2 * reach @ reach.T


def ahead(paths: np.ndarray, before: np.ndarray, until: float) -> np.ndarray:
    """Paths that were moved up to ``until`` (decimal year), continued with the news that they had before."""
    lasts, _ = _news()
    found = paths.copy()
    for k in np.flatnonzero(knots() > until):
        news = before[:, :, k] - lasts * before[:, :, k - 1]
        found[:, :, k] = lasts * found[:, :, k - 1] + news
    return found


def telling(looked_at: Sequence[Observation]) -> list[Observation]:
    """Those numbers that tell of orders: jobs and shoot days. Shares say where titles go, not how many there are."""
    return [each for each in looked_at if each.group == JOBS or each.group.startswith(DAYS)]


def answers(paths: np.ndarray, with_them: np.ndarray, mirrored: np.ndarray, looked_at: Sequence[Observation],
            until: float) -> np.ndarray:
    """What a path that is one log point higher does to each number, (observations, groups, knots up to ``until``).

    ``with_them`` and ``mirrored`` (members, observations) what the runs of ``paths`` and of their mirror images have.
    Least squares over members, of knots that lie near enough to the number; halves of differences have no chance of
    their own but that of events which one path has and its mirror image has not.
    """
    half = 0.5 * (with_them - mirrored)
    n = np.count_nonzero(knots() <= until)
    found = np.zeros((len(looked_at), paths.shape[1], n))
    for j, each in enumerate(looked_at):
        later = _middle(each) - knots()[:n]
        near = np.flatnonzero((later >= -BEFORE) & (later <= AFTER) & (np.arange(n) > 0))
        if near.size:
            own = paths[:, :, near].reshape(len(paths), -1)
            square = own.T @ own
            square += _RIDGE * np.diag(np.diag(square))
            found[j][:, near] = np.linalg.solve(square, own.T @ half[:, j]).reshape(-1, near.size)
    return found


def moved(paths: np.ndarray, found: np.ndarray, wanted: np.ndarray, answer: np.ndarray,
          looked_at: Sequence[Observation], until: float, seed: int) -> np.ndarray:
    """Paths, (members, groups, knots), under which the numbers ``found``, (members, observations), come near to those
    observed, as far as three errors allow: that of the fit; by how much members differ in a number for other reasons
    than their paths, which are chance and parameters; and how far a path may lie from what was expected. A number that
    is mostly chance so tells little of orders. Knots after ``until`` are left to `ahead`.
    """
    groups, n = paths.shape[1], answer.shape[2]
    flat = answer.reshape(len(looked_at), groups * n)
    other = (found - paths[:, :, :n].reshape(len(paths), -1) @ flat.T).var(axis=0)
    prior = np.kron(np.eye(groups), expected(until))
    gain = prior @ flat.T @ np.linalg.inv(flat @ prior @ flat.T + allowed(looked_at) + np.diag(other))
    gap = wanted + errors(looked_at, len(paths), "observed", seed) - found
    out = paths.copy()
    out[:, :, :n] += (gap @ gain.T).reshape(-1, groups, n)
    return out


def _middle(observation: Observation) -> float:
    """Decimal year of the middle of the period of a number."""
    per_year = round(observation.time / observation.year)
    return (observation.time - (1 if per_year > 1 else 0)) / per_year + _PERIODS[per_year]


def settings(path: np.ndarray) -> Mapping[str, Any]:
    """One member's path, (groups, knots), as settings of a scenario."""
    about = Params.load().about(names()[0])
    low, high = about.range
    return {name: [round(float(v), 6) for v in np.clip(row, low, high)]
            for name, row in zip(names(), path, strict=True)}
