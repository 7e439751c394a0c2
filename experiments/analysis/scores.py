"""Which inputs tell results apart, from whatever points there are: scores of extra trees beside one of pure chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.analysis.chance import uniforms
from experiments.analysis.given import column, distinct, package, same_length, table, whole
from experiments.analysis.results import Result
from model.errors import CallSheetError

FEWEST = 20
TREES = 50
LEAST_LEAF = 5  # points in a leaf, as EMA workbench takes for regression; less would learn the noise


@dataclass(frozen=True)
class Scores(Result):
    """Share of the explained variation that goes to each input, shape (inputs,), mean over forests.

    `low` and `high` are the least and the largest over forests. `floor` is the largest score that an input of pure
    chance reached; `above` says which inputs have a mean above it. Below the floor nothing is told apart.
    """

    names: tuple[str, ...]
    score: np.ndarray
    low: np.ndarray
    high: np.ndarray
    floor: float
    above: np.ndarray
    points: int
    missing: int


def scores(coordinates: Any, values: Any, names: Sequence[str], seed: int = 1, forests: int = 20) -> Scores:
    """Feature scores for given data, with an input of pure chance among them.

    `coordinates` has shape (points, inputs), any units; `values` (points,) any unit, truth values are taken as 0
    and 1, NaN leaves its point out. Each of the `forests` has a chance input of its own; scores with it add up to 1.
    They rank inputs and have no unit; correlated inputs share theirs. With twenty forests an input that does nothing
    comes out above the floor in 5 to 8 % of cases (measured with six and ten inputs, 60 to 400 points); the mean of
    a chance input would let a third of them through. Raises CallSheetError for fewer than 20 known
    points. Source: Geurts, Ernst and Wehenkel (2006), Extremely randomized trees; as in Kwakkel (2017), The
    Exploratory Modeling Workbench; the chance input after Kursa and Rudnicki (2010), Feature selection with Boruta.
    """
    names = distinct(names)
    x, y = table(coordinates, len(names)), column(values, "The values")
    same_length(x, y, "points", "values")
    whole(forests, "The number of forests", 1)
    seed = whole(seed, "The seed", 0)
    known = ~np.isnan(y)
    x, y, k = x[known], y[known], len(names)
    if len(x) < FEWEST:
        raise CallSheetError(f"{len(x)} points are known; scores need at least {FEWEST}. Run more points.")
    missing = int((~known).sum())
    if np.ptp(y) == 0.0:  # nothing varies, so nothing explains it
        nothing = np.zeros(k)
        return Scores(names, nothing, nothing, nothing, 0.0, np.zeros(k, bool), len(x), missing)
    trees = package("sklearn.ensemble").ExtraTreesRegressor
    found = np.array([
        trees(
            n_estimators=TREES, max_features=max(1, round((k + 1) / 3)), min_samples_leaf=LEAST_LEAF,
            random_state=seed * forests + number,
        ).fit(np.column_stack([x, uniforms(len(x), seed * forests + number)]), y).feature_importances_
        for number in range(forests)
    ])  # fmt: skip
    mine, floor = found[:, :k], float(found[:, k].max())
    score = mine.mean(axis=0)
    return Scores(names, score, mine.min(axis=0), mine.max(axis=0), floor, score > floor, len(x), missing)
