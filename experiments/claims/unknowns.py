"""What is not known: the parameters that points differ in, and a Latin hypercube over their legal ranges.

A point is given by coordinates from 0 to 1, as `experiments.study.factors` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from experiments.study.factors import value_at
from experiments.study.held import HELD
from model.parameter import Parameter
from model.parameters import Params

GROUPS = ("ai_",)


@cache
def unknowns() -> dict[str, Parameter]:
    """Every parameter that points differ in, by name."""
    params = Params.load()
    return {
        name: params.about(name)
        for name in params.names()
        if name.startswith(GROUPS) and name not in HELD and params.about(name).range[0] < params.about(name).range[1]
    }


def latin_hypercube(points: int, seed: int) -> np.ndarray:
    """Coordinates from 0 to 1, (points, unknowns): each parameter is spread evenly over its own range."""
    from scipy.stats import qmc

    return qmc.LatinHypercube(len(unknowns()), rng=seed).random(points)


def at(coordinates: Mapping[str, float]) -> dict[str, Any]:
    """The legal values at some coordinates, by name; a point as settings of a scenario."""
    return {name: value_at(unknowns()[name], float(u)) for name, u in coordinates.items()}


def point(row: np.ndarray) -> dict[str, Any]:
    """The settings of one row of the hypercube."""
    return at(dict(zip(unknowns(), row, strict=True)))
