"""Scenarios against the same other, at one point or at several: paired differences with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from experiments.study import plan
from experiments.study.designs import Paired, Table, coordinates
from experiments.study.plan import Point, Row
from experiments.study.sections import accounts, cost, difference, estimates
from experiments.study.session import Session

A_BLOCK = 10  # futures that are added at a time


def answer(session: Session, beside: Path | None) -> dict[str, Any]:
    """A comparison for every scenario and point, in the order of the plan."""
    study = session.study
    if isinstance(study.design, Table):
        points = plan.points_in(study, beside)
    else:
        points = plan.points_at(study, coordinates(study.design, study.factors, study.seed))
    rows = _run(session, points)
    groups = by_comparison(rows)
    several = len(groups) * len(study.looked_at)
    found = {
        "comparisons": [compare(session, group, several) for group in groups],
        "factors": [about_factor(each) for each in study.factors],
    }
    wanted = study.design.precision if isinstance(study.design, Paired) else None
    if wanted is not None:
        found["precision"] = {"half_width": wanted.half_width, "most": wanted.most,
                              "reached": _known_well_enough(session, groups)}
    return found


def _known_well_enough(session: Session, groups: Sequence[Sequence[Row]]) -> bool:
    """Whether the headline of every comparison is known as well as the design asks."""
    from experiments.analysis.paired import enough

    return all(enough(session.values(group), session.study.design.precision.half_width) for group in groups)


def _run(session: Session, points: Sequence[Point]) -> list[Row]:
    """All futures at once, or block by block until the headline is known well enough."""
    study, design = session.study, session.study.design
    if not isinstance(design, Paired) or design.precision is None:
        rows = plan.rows(study, points)
        session.run(rows)
        return rows
    rows: list[Row] = []
    while len(rows) < design.precision.most * len(study.scenarios) * len(points):
        first = len(rows) // (len(study.scenarios) * len(points))
        futures = range(first, min(first + (A_BLOCK if first else design.futures), design.precision.most))
        rows += plan.rows(study, points, futures)
        session.run(rows)
        if _known_well_enough(session, by_comparison(rows)):
            break
    return rows


def by_comparison(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of one scenario and point together, future by future."""
    groups: dict[tuple[str, int], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.scenario, row.point), []).append(row)
    return [sorted(group, key=lambda row: row.future) for group in groups.values()]


def compare(session: Session, group: Sequence[Row], several: int) -> dict[str, Any]:
    """One scenario at one point: every outcome, crafts, accounts, the difference by month, and what it costs."""
    study = session.study
    cases = [row.case.id for row in group]
    found: dict[str, Any] = {
        "scenario": group[0].scenario,
        "point": group[0].point,
        "values": dict(group[0].values),
        "futures": len(group),
        "outcomes": estimates.outcomes(session.results, cases, study.looked_at, several),
    }
    if study.runner == "worlds" and study.against is not None:
        found |= {
            "crafts": estimates.crafts(session.results, cases),
            "crew_weeks": accounts.crew_weeks(session.results, cases),
            "saved_dollar": accounts.saved_dollar(session.results, cases),
            "difference": difference.by_month(session.results, cases),
            "cost": cost.per_job_year(session.results, cases),
        }
    return found


def about_factor(each: Any) -> dict[str, Any]:
    """A factor as the report shows it."""
    return {"name": each.name, "label": each.label, "unit": each.unit, "role": each.role, "kind": each.kind,
            "low": each.low, "high": each.high, "values": list(each.values)}
