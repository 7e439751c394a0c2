"""What a claim's number turns on: shares of the variance of its rank by what is not known, and by luck.

Where verdicts name single parameters, this says how much of all the spread comes from AI, from the market and from
chance. Groups of parameters are exchanged as wholes in a Saltelli design, so the posterior moves as it was drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from experiments.analysis.sensitivity import Sobol, sobol, sobol_points
from experiments.claims import unknowns
from experiments.claims.runs import Task
from model.errors import CallSheetError

READ_OFF = ("C3", "C7", "C8", "C10", "C11")  # claims that need the worlds without AI and with all of it, and no other
LUCK, FUTURE, DRAW = "luck", "future", "posterior draw"
FUTURES = 1 << 20
PART_OF_SCALE = 0.25  # runs are many; a smaller market has more luck, which the page says
BUYERS = "how buyers answer savings"
_GROUPS = {
    "ai_tasks": "tasks and tools", "ai_adoption": "adoption by studios", "ai_producer": "the producer and its capital",
    "ai_providers": "clouds", "ai_people": "people and training", "ai_firms": BUYERS, "green_light": BUYERS,
    "ai_budget": "budgets, places and quality", "ai_places": "budgets, places and quality",
    "ai_quality": "budgets, places and quality",
}  # fmt: skip
Ask = Callable[[Sequence[Task]], list[dict[str, Any] | None]]


def columns() -> dict[str, str]:
    """What the design moves, with the group of each: chance, which posterior draw, and every other parameter."""
    found = {FUTURE: LUCK, DRAW: unknowns.SPOKEN}
    for name in unknowns.unknowns():
        kind = unknowns.source(name)
        if kind == unknowns.AI or name in unknowns.ANSWERS_TO_SAVINGS:
            found[name] = _GROUPS[name.partition(".")[0]]
        elif kind == unknowns.SILENT:
            found[name] = unknowns.SILENT
    return found


def groups() -> dict[str, list[str]]:
    """The parameters of each group, in the order of the design."""
    found: dict[str, list[str]] = {}
    for name, group in columns().items():
        found.setdefault(group, []).append(name)
    return found


def runs(base: int) -> int:
    """How many runs share out variance, from the ``base`` of the design; 0 for none."""
    return (len(groups()) + 2) * base


def task(row: Mapping[str, float], measures: Sequence[str], scale: float, seed: int) -> Task:
    """What one row of the design asks."""
    draws = len(unknowns.shipped_draws())
    draw = unknowns.of_draw(min(int(row[DRAW] * draws), draws - 1))
    others = {name: u for name, u in row.items() if name not in (FUTURE, DRAW)}
    future = int(row[FUTURE] * (FUTURES - 1))
    return Task(tuple(measures), seed, future, scale, unknowns.at(draw | others))


def measured(base: int, measures: Sequence[str], scale: float, seed: int, ask: Ask) -> dict[str, dict[str, Any]]:
    """Shares for each claim: rows of groups, largest in all first. ``base`` a power of two; :func:`runs` says how
    many runs are asked for. A claim that too few runs gave a number for is left out.
    """
    inputs = columns()
    design = sobol_points(list(inputs), base, seed, groups=list(inputs.values()))
    rows = [task(dict(zip(inputs, each, strict=True)), measures, scale * PART_OF_SCALE, seed) for each in design]
    results = ask(rows)
    found = {}
    for name in measures:
        numbers = [None if each is None else each[name]["value"] for each in results]
        values = ranks([np.nan if each is None else each for each in numbers])
        try:
            indices = sobol(list(groups()), np.arange(len(values)), values, base, seed=seed)
        except CallSheetError:
            continue
        found[name] = {"base": base, "runs": len(values), "scale": scale * PART_OF_SCALE, "used": indices.used,
                       "caution": indices.caution,
                       "rows": _rows(indices)}
    return found


def ranks(numbers: Sequence[float]) -> np.ndarray:
    """Ranks from 0 to 1, NaN where there is no number. A claim's number has tails: a single far point would
    otherwise be all of its variance.
    """
    from scipy.stats import rankdata

    values = np.array(numbers, float)
    found = rankdata(values, nan_policy="omit")
    return (found - 1.0) / max(1, np.isfinite(values).sum() - 1)


def _rows(found: Sobol) -> list[dict[str, Any]]:
    held, rows = groups(), []
    for k, name in enumerate(found.names):
        rows.append({
            "group": name, "parameters": 0 if name == LUCK else
            len(unknowns.shipped_draws()[0]) if name == unknowns.SPOKEN else len(held[name]),
            "alone": float(found.first[k]), "alone_low": float(found.first_low[k]),
            "alone_high": float(found.first_high[k]), "total": float(found.total[k]),
            "total_low": float(found.total_low[k]), "total_high": float(found.total_high[k]),
        })  # fmt: skip
    return sorted(rows, key=lambda row: -row["total"])
