"""The headline: where C3 = 0 lies over how buyers' spend answers the saving and how much the tools can do.

Three slices by the new AI work for each crew-week displaced. On each the announcement is a region of its own: the
cells in which the producer's titles save the announced 30 % or more.
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


def surface(means: Sequence[dict[str, float | None]]) -> dict[str, Any]:
    """The surface from means over futures of ``value`` and ``saving``, one a cell in the order of :func:`cells`."""
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
        "middle": _through_the_middle(grids["value"], params),
        "cells_above_zero": int(np.sum(grids["value"] > 0)),
        "cells_announced": int(np.sum(promised)),
        "cells": int(np.prod(shape)),
    }


def _through_the_middle(work: np.ndarray, params: Params) -> dict[str, Any]:
    """Across the surface with tools and new work as now: the row, where it is zero, and how far that is from now."""
    k = int(np.argmin(np.abs(np.array(SLICE_AT) - params[SLICE])))
    row = [float(np.interp(params[UP], UP_AT, work[k, :, j])) for j in range(len(ACROSS_AT))]
    zero = crossing(ACROSS_AT, row)
    return {
        "slice": SLICE_AT[k], "up": params[UP], "row": row, "zero_at": zero,
        "distance": None if zero is None else zero - params[ACROSS],
    }  # fmt: skip


def crossing(at: Sequence[float], values: Sequence[float]) -> float | None:
    """Where a row first crosses zero upwards, between its cells in proportion; None if it does not."""
    for k in range(len(at) - 1):
        a, b = values[k], values[k + 1]
        if a < 0 <= b:
            return float(at[k] + (at[k + 1] - at[k]) * (-a) / (b - a))
    return None
