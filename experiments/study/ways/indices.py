"""What the headline turns on: Sobol indices, or Morris's elementary effects as a quick screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from experiments.study import plan
from experiments.study.designs import Sobol, coordinates
from experiments.study.plan import Row
from experiments.study.session import Session
from experiments.study.ways.compared import about_factor


def answer(session: Session, beside: Path | None) -> dict[str, Any]:
    """Indices of every factor for the headline; each scenario of the study is one analysis, the first is shown."""
    study, design = session.study, session.study.design
    names = [each.name for each in study.factors]
    where = coordinates(design, study.factors, study.seed)
    rows = plan.rows(study, plan.points_at(study, where))
    session.run(rows)
    mine = [row for row in rows if row.scenario == rows[0].scenario]
    numbers, values = mean_by_point(mine, session.values(mine))
    if isinstance(design, Sobol):
        from experiments.analysis.sensitivity import sobol

        found = sobol(names, numbers, values, design.base).plain()
        ranked = _sobol(study.factors, found)
        title = "Total Sobol indices: share of the variance that goes with a factor, interactions included"
    else:
        from experiments.analysis.sensitivity import morris

        found = morris(names, where, numbers, values).plain()
        ranked = _morris(study.factors, found)
        title = "Elementary effects: mean size of the change when a factor crosses its range"
    return {
        "indices": {"kind": design.kind, "title": title, "ranked": ranked, "caution": found["caution"],
                    "used": found["used"], "dropped": found["dropped"]},
        "factors": [about_factor(each) for each in study.factors],
    }


def mean_by_point(rows: Sequence[Row], values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(numbers of the points, mean over futures at each); a point of which any run failed is NaN."""
    numbers = np.array(sorted({row.point for row in rows}), int)
    at = {number: k for k, number in enumerate(numbers.tolist())}
    place = np.array([at[row.point] for row in rows], int)
    sums = np.bincount(place, values, numbers.size)
    return numbers, sums / np.bincount(place, minlength=numbers.size)


def _row(each: Any, **more: Any) -> dict[str, Any]:
    return {"name": each.name, "label": each.label, "unit": each.unit, "kind": each.kind, **more}


def _sobol(factors: Sequence[Any], found: dict[str, Any]) -> list[dict[str, Any]]:
    ranked = [
        _row(each, value=found["total"][k], low=found["total_low"][k], high=found["total_high"][k],
             share=found["total"][k], first=found["first"][k], first_low=found["first_low"][k],
             first_high=found["first_high"][k])
        for k, each in enumerate(factors)
    ]  # fmt: skip
    return sorted(ranked, key=lambda row: -row["value"])


def _morris(factors: Sequence[Any], found: dict[str, Any]) -> list[dict[str, Any]]:
    total = sum(found["mu_star"]) or 1.0
    ranked = [
        _row(each, value=found["mu_star"][k], low=found["low"][k], high=found["high"][k],
             share=found["mu_star"][k] / total, mu=found["mu"][k], sigma=found["sigma"][k])
        for k, each in enumerate(factors)
    ]  # fmt: skip
    return sorted(ranked, key=lambda row: -row["value"])
