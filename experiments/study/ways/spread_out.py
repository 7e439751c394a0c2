"""Over what is not known: how far the headline spreads, what tells its values apart, and where a promise holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from experiments.statistics import HIGH, LOW
from experiments.study import plan
from experiments.study.definition import Study
from experiments.study.designs import coordinates
from experiments.study.outcomes import outcome
from experiments.study.session import Session
from experiments.study.ways.compared import about_factor
from experiments.study.ways.indices import mean_by_point

FEWEST = 20  # points from which anything about their shares can be said


def answer(session: Session, beside: Path | None) -> dict[str, Any]:
    """The spread over a Latin hypercube of the first scenario, with feature scores and scenario discovery."""
    study, design = session.study, session.study.design
    where = coordinates(design, study.factors, study.seed)
    points = plan.points_at(study, where)
    rows = plan.turns(study, points) if design.futures == 1 else plan.rows(study, points)
    session.run(rows)
    mine = [row for row in rows if row.scenario == rows[0].scenario]
    _, values = mean_by_point(mine, session.values(mine))
    found = {"headline": _spread(values), "values": values.tolist(), "holds": None, "scores": None, "prim": None,
             "cart": None,
             "points": [{"point": each.number, "values": dict(each.values), "value": value}
                        for each, value in zip(points, values.tolist(), strict=True)]}
    known = int(np.isfinite(values).sum())
    if known >= FEWEST:
        from experiments.analysis.scores import scores

        found["scores"] = scores(where, values, [each.name for each in study.factors]).plain()
    if study.holds is not None:
        judged = outcome(study.runner, study.holds.outcome, study.against is not None)
        _, measured = mean_by_point(mine, session.values(mine, judged))
        found |= _discovered(study, where, holds(study, measured))
    return {"spread": found, "factors": [about_factor(each) for each in study.factors]}


def _spread(values: np.ndarray) -> dict[str, Any]:
    there = values[np.isfinite(values)]
    if not there.size:
        return {"points": 0, "mean": None, "median": None, "q10": None, "q90": None}
    low, median, high = np.percentile(there, [LOW, 50, HIGH])
    return {"points": int(there.size), "mean": float(there.mean()), "median": float(median), "q10": float(low),
            "q90": float(high)}


def holds(study: Study, values: np.ndarray) -> np.ndarray:
    """1 where the promise holds, 0 where not, NaN where the runs failed."""
    rule = study.holds
    assert rule is not None
    yes = values >= rule.at_least if rule.at_least is not None else values <= rule.at_most
    return np.where(np.isfinite(values), yes, np.nan)


def _discovered(study: Study, where: np.ndarray, held: np.ndarray) -> dict[str, Any]:
    rule = study.holds
    assert rule is not None
    bound = f"at least {rule.at_least:g}" if rule.at_least is not None else f"at most {rule.at_most:g}"
    found: dict[str, Any] = {"holds": {"outcome": rule.outcome, "rule": bound, "points": int(np.nansum(held)),
                                       "known": int(np.isfinite(held).sum())}}
    if np.isfinite(held).sum() < FEWEST:
        return found
    from experiments.analysis.discovery import cart, prim

    names = [each.name for each in study.factors]
    found["prim"], found["cart"] = prim(where, held, names).plain(), cart(where, held, names).plain()
    found["box"] = [_limit(study, each) for each in found["prim"]["chosen"]["limits"]]
    return found


def _limit(study: Study, limit: dict[str, Any]) -> dict[str, Any]:
    """A limit of the box in the factor's own unit."""
    each = next(factor for factor in study.factors if factor.name == limit["name"])
    ends = {end: None if limit[end] is None else each.at(limit[end]) for end in ("low", "high")}
    return {**limit, "label": each.label, "unit": each.unit, "value_low": ends["low"], "value_high": ends["high"]}
