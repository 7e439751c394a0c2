"""Where a noisy function crosses a level: which points to run next, and the surface that comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.analysis.chance import space_filling
from experiments.analysis.emulator import Emulator, fit
from experiments.analysis.given import column, whole
from experiments.analysis.results import Result
from model.errors import CallSheetError

CANDIDATES = 1024
STRADDLE_Z = 1.96
UNSURE = (0.05, 0.95)  # probabilities between which a point may be on either side


@dataclass(frozen=True)
class Crossing(Result):
    """The surface over two inputs, the others held. Arrays of shape (size, size) have the first input along rows.

    `mean` and `sd` are in the unit of the values, `above` is the probability of lying above the level. `line` holds
    points (first, second) of the surface, shape (points, 2), in no order, empty where nothing crosses. Near it,
    `error` is the mean standard deviation (unit of the values), `offset` the median distance by which the line may
    be off, one standard deviation, in widths of the unit cube (both None without a line). `unsure` is the share of
    the grid that may be on either side.
    """

    axes: tuple[int, int]
    at: np.ndarray
    level: float
    first: np.ndarray
    second: np.ndarray
    mean: np.ndarray
    sd: np.ndarray
    above: np.ndarray
    line: np.ndarray
    error: float | None
    offset: float | None
    unsure: float


def first(k: int, n: int, seed: int) -> np.ndarray:
    """Points to begin with, shape (n, k) in the unit cube: scrambled Sobol if n is a power of two, else a Latin
    hypercube. Raises CallSheetError for counts below one. Sources in `chance.space_filling`.
    """
    return space_filling(n, k, seed)


def next_points(
    coordinates: Any, values: Any, noise: Any, count: int, seed: int, level: float = 0.0
) -> np.ndarray:
    """The next batch to run, shape (count, k): where the function may cross the level and is not yet known well.

    `coordinates` has shape (points, k) in the unit cube, `values` (points,) any unit, `noise` the standard error of
    each value, one for all, or None. Each point has the largest 1.96 sd - |mean - level| among 1024 candidates,
    with the sd as it will be once the points chosen before it are run; that keeps a batch apart. Another seed gives
    other candidates: take a new one for each batch. Raises what `emulator.fit` raises. Source: Bryan et al. (2005),
    Active learning for identifying function level boundaries.
    """
    whole(count, "The number of points", 1)
    if count > CANDIDATES:
        raise CallSheetError(f"The number of points is {count}; at most {CANDIDATES} can be chosen at once.")
    model = fit(coordinates, values, noise, folds=0)
    new = space_filling(CANDIDATES, len(model.lengths), seed)
    mean, _ = model.predict(new)
    left = model.covariance(new)
    to_come = _typical(noise) ** 2 + model.noise**2
    chosen: list[int] = []
    for _ in range(count):
        straddle = STRADDLE_Z * np.sqrt(np.maximum(np.diag(left), 0.0)) - np.abs(mean - level)
        straddle[chosen] = -np.inf
        best = int(np.argmax(straddle))
        chosen.append(best)
        # What one more value there would leave unknown everywhere; its variance does not depend on what it will be.
        shared = left[:, best].copy()
        left = left - np.outer(shared, shared) / max(shared[best] + to_come, np.finfo(float).tiny)
    return new[chosen]


def crossing(
    emulator: Emulator, axes: Sequence[int], at: Any, level: float = 0.0, size: int = 41
) -> Crossing:
    """Where an emulator crosses a level, over two of its inputs with the others held at `at`.

    `axes` are the places of the two inputs, `at` a coordinate for every input, shape (k,) (those of the two are not
    used), `size` the points of the grid along each. Raises CallSheetError for axes or coordinates that are none.
    Source of the probability: Chevalier et al. (2014), Fast parallel kriging-based stepwise uncertainty reduction.
    """
    from scipy.special import ndtr

    k = len(emulator.lengths)
    held = column(at, "The coordinates held")
    if held.size != k or not ((held >= 0.0) & (held <= 1.0)).all():
        raise CallSheetError(f"The coordinates held are {held.tolist()}; {k} numbers from 0 to 1 are allowed.")
    pair = tuple(int(axis) for axis in axes)
    if len(pair) != 2 or pair[0] == pair[1] or not all(0 <= axis < k for axis in pair):
        raise CallSheetError(f"The axes are {pair}; two different whole numbers from 0 to {k - 1} are allowed.")
    steps = np.linspace(0.0, 1.0, whole(size, "The size of the grid", 3))
    points = np.tile(held, (size * size, 1))
    points[:, pair[0]], points[:, pair[1]] = (each.ravel() for each in np.meshgrid(steps, steps, indexing="ij"))
    mean, sd = (each.reshape(size, size) for each in emulator.predict(points))
    above = ndtr((mean - level) / np.maximum(sd, np.finfo(float).tiny))
    line = _line(mean - level, steps)
    error = offset = None
    if len(line):
        on = np.tile(held, (len(line), 1))
        on[:, pair] = line
        _, near = emulator.predict(on)
        slopes = np.hypot(*np.gradient(mean, steps, steps))
        cells = np.rint(line * (size - 1)).astype(int)
        slope = np.maximum(slopes[cells[:, 0], cells[:, 1]], np.finfo(float).tiny)
        error, offset = float(near.mean()), float(np.median(near / slope))
    unsure = float(((above > UNSURE[0]) & (above < UNSURE[1])).mean())
    return Crossing(pair, held, float(level), steps, steps, mean, sd, above, line, error, offset, unsure)


def _line(height: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """Points where the height changes sign along an edge of the grid, by straight lines between its corners."""
    found = []
    for axis in (0, 1):
        heights = np.moveaxis(height, axis, 0)
        low, high = heights[:-1], heights[1:]
        along, across = np.nonzero((low < 0.0) != (high < 0.0))
        share = low[along, across] / (low[along, across] - high[along, across])
        moving = steps[along] + share * (steps[1] - steps[0])
        pair = (moving, steps[across]) if axis == 0 else (steps[across], moving)
        found.append(np.column_stack(pair))
    return np.concatenate(found)


def _typical(noise: Any) -> float:
    """The standard error a new value will have: the median of those so far."""
    if noise is None:
        return 0.0
    errors = np.asarray(noise, float).ravel()
    errors = errors[~np.isnan(errors)]
    return float(np.median(errors)) if errors.size else 0.0
