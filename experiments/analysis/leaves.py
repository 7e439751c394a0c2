"""Where something holds, by a small classification tree: every leaf a region anybody can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.analysis.boxes import Box, Data, box, data
from experiments.analysis.given import package, whole
from experiments.analysis.results import Result

LEAST_SHARE = 0.02  # of the points a leaf keeps at least
LEAST_POINTS = 5


@dataclass(frozen=True)
class Leaves(Result):
    """Leaves of the tree, densest first; together they hold every point once.

    Quasi-p values of their limits are those of a box of the same limits. `base_rate` is the share of all points at
    which it holds.
    """

    leaves: tuple[Box, ...]
    base_rate: float
    points: int
    missing: int
    note: str


def cart(
    coordinates: Any, holds: Any, names: Sequence[str], categorical: set[str] | frozenset[str] = frozenset(),
    depth: int = 3, seed: int = 1,
) -> Leaves:  # fmt: skip
    """Leaves of a classification tree of small depth, as limits with coverage and density.

    Shapes, units and errors as in `prim`; categories are asked about one at a time. A leaf keeps at least five
    points and 2 % of all. Source: Breiman, Friedman, Olshen and Stone (1984), Classification and regression
    trees; for scenario discovery: Lempert, Bryant and Bankes (2008), Comparing algorithms for scenario discovery.
    """
    given = data(coordinates, holds, names, categorical)
    whole(depth, "The depth", 1)
    columns, asked = _columns(given)
    tree = package("sklearn.tree").DecisionTreeClassifier(
        max_depth=depth, min_samples_leaf=max(LEAST_POINTS, int(LEAST_SHARE * len(given.x))),
        random_state=whole(seed, "The seed", 0),
    ).fit(columns, given.holds).tree_  # fmt: skip
    found: list[Box] = []
    _walk(given, tree, asked, 0, {}, found)
    found.sort(key=lambda leaf: (-leaf.density, -leaf.coverage))
    note = ""
    if given.holds.all() or not given.holds.any():
        note = f"It holds at {'every' if given.holds.all() else 'no'} point, so nothing is to be told apart."
    return Leaves(tuple(found), float(given.holds.mean()), len(given.x), given.missing, note)


def _columns(given: Data) -> tuple[np.ndarray, list[tuple[int, float | None]]]:
    """Columns the tree may split, and for each its input and the category it asks about (None for a number)."""
    columns, asked = [], []
    for place, kind in enumerate(given.kinds):
        values = given.x[:, place]
        for category in np.unique(values) if kind == "category" else (None,):
            columns.append(values if category is None else values == category)
            asked.append((place, category))
    return np.column_stack(columns).astype(float), asked


def _walk(given: Data, tree: Any, asked: list, node: int, faces: dict, found: list[Box]) -> None:
    """Leaves below a node, each with the limits on the way to it."""
    if tree.children_left[node] == tree.children_right[node]:
        found.append(box(given, faces))
        return
    place, category = asked[tree.feature[node]]
    at = float(tree.threshold[node])
    if category is None:
        # Thresholds lie between points, so none is in both.
        below, above = {**faces, (place, "high"): at}, {**faces, (place, "low"): at}
    else:
        here = faces.get((place, "values"), frozenset(np.unique(given.x[:, place]).tolist()))
        below = {**faces, (place, "values"): here - {category}}
        above = {**faces, (place, "values"): frozenset({category})}
    _walk(given, tree, asked, int(tree.children_left[node]), below, found)
    _walk(given, tree, asked, int(tree.children_right[node]), above, found)
