"""The headline: where C3 = 0 lies over how buyers' spend answers the saving and how much the tools can do.

Three slices by the new AI work for each crew-week displaced. On each the announcement is a region of its own: the
cells in which the producer's titles save the announced 30 % or more. In a cell tools stay as they are for all ten
years, so that the middle of all parameters, where they get better, lies on no slice: how far it is from the border is
found along a row of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.claims.declared import claim
from model.parameters import Params

ACROSS, UP, SLICE = "ai_firms.spend_pull", "ai_tasks.capability", "ai_tasks.new_tasks"
WITH_UP = "ai_tasks.capability_ceiling"  # what tools can do now and come to do are moved together
AXES = (ACROSS, SLICE, UP)
ACROSS_AT = (-1.3, -0.65, 0.0, 0.65, 1.3)
UP_AT = (0.15, 0.55, 0.95)
SLICE_AT = (0.0, 0.5, 1.2)


def cells() -> list[dict[str, float]]:
    """The settings of every cell: slice by slice, within it row by row."""
    return [
        {ACROSS: across, UP: up, WITH_UP: up, SLICE: part}
        for part in SLICE_AT
        for up in UP_AT
        for across in ACROSS_AT
    ]


def through_the_middle() -> list[dict[str, float]]:
    """The settings of the row along which only buyers' answer moves and all else stands at its middle."""
    return [{ACROSS: across} for across in ACROSS_AT]


def surface(means: Sequence[dict[str, float | None]], row: Sequence[Sequence[float | None]]) -> dict[str, Any]:
    """The surface from means over futures of ``value`` and ``saving``, one a cell in the order of :func:`cells`, and
    from ``value`` in each future along :func:`through_the_middle`.
    """
    shape = (len(SLICE_AT), len(UP_AT), len(ACROSS_AT))
    grids = {
        name: np.array([float("nan") if each.get(name) is None else each[name] for each in means], float).reshape(shape)
        for name in ("value", "saving")
    }
    promised = grids["saving"] >= claim("C1").border
    params = Params.load()
    return {
        "across": {"parameter": ACROSS, "label": params.about(ACROSS).label, "at": list(ACROSS_AT),
                   "now": params[ACROSS]},
        "up": {"parameter": UP, "label": "Share of exposed tasks that the tools do well", "at": list(UP_AT),
               "now": params[UP]},
        "slices": [
            {
                "parameter": SLICE,
                "label": params.about(SLICE).label,
                "at": part,
                "work": grids["value"][k].tolist(),
                "saving": grids["saving"][k].tolist(),
                "announced": promised[k].tolist(),
                "zero_at": [crossing(ACROSS_AT, row) for row in grids["value"][k]],
            }
            for k, part in enumerate(SLICE_AT)
        ],
        "middle": _border(row, params[ACROSS]),
        "cells_above_zero": int(np.sum(grids["value"] > 0)),
        "cells_announced": int(np.sum(promised)),
        "cells": int(np.prod(shape)),
    }


def _border(row: Sequence[Sequence[float | None]], now: float) -> dict[str, Any]:
    """Where the mean of futures along a row is zero, how far that is from ``now``, and where it is in each future."""
    values = np.array([[np.nan if each is None else each for each in futures] for futures in row], float)
    whole = values[:, np.isfinite(values).all(axis=0)]  # a future that lacks a run would bend the row
    means = whole.mean(axis=1) if whole.size else np.full(len(ACROSS_AT), np.nan)
    zero = crossing(ACROSS_AT, means)
    return {
        "row": means.tolist(), "zero_at": zero, "distance": None if zero is None else zero - now,
        "zeros": [crossing(ACROSS_AT, future) for future in whole.T],
    }  # fmt: skip


def crossing(at: Sequence[float], values: Sequence[float]) -> float | None:
    """Where a row first crosses zero upwards, between its cells in proportion; None if it does not."""
    for k in range(len(at) - 1):
        a, b = values[k], values[k + 1]
        if a < 0 <= b:
            return float(at[k] + (at[k + 1] - at[k]) * (-a) / (b - a))
    return None
