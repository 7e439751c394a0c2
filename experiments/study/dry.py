"""A study looked at before it is run: how many runs, how long, how much room. No result is written; the histories of
the runs it times stay in the cache, where the study finds them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from experiments.answer.wording import duration
from experiments.batch.execute import execute
from experiments.batch.folder import Folder
from experiments.study import plan
from experiments.study.definition import Study
from experiments.study.designs import Paired, Policy, Surface, Table, coordinates
from experiments.study.plan import Point, Row
from model.errors import CallSheetError

PILOTS = 2
A_CHUNKED_BYTE = 0.25  # of a run's own file, once it is in a chunk (measured on runs of ten years with months)
_FIRST_SHOWN = 3


def dry(study: Study, beside: Path | None, place: Path, workers: int) -> dict[str, Any]:
    """Runs asked for, found and left; wall time from two timed runs; bytes on disk; the sentence that says so."""
    rows, more = first_rows(study, beside)
    there = Folder(place)
    left = [row for row in rows if not there.has(row.case.id)]
    pilots = [execute(row.case.runner, row.case.id, row.case.asks) for row in left[:: max(1, len(left) - 1)][:PILOTS]]
    failed = next((each["message"] for each in pilots if not each["ok"]), None)
    if failed:
        raise CallSheetError(f"A first run fails: {failed}")
    each = sum(pilot["seconds"] for pilot in pilots) / len(pilots) if pilots else 0.0
    size = max((len(json.dumps(pilot)) for pilot in pilots), default=0) * A_CHUNKED_BYTE
    total = len({row.case.id for row in rows})
    told = {
        "timed": len(pilots), "histories": study.runner != "function",
        "study": study.name, "runs": total, "found": total - len({row.case.id for row in left}),
        "left": len({row.case.id for row in left}), "later_rounds": more, "seconds_a_run": each,
        "seconds": each * (len(left) + more) / workers, "bytes": size * (total + more), "workers": workers,
        "first": [{"scenario": row.scenario, "point": row.point, "future": row.future, "case": row.case.id}
                  for row in rows[:_FIRST_SHOWN]],
    }  # fmt: skip
    return {**told, "said": _said(told)}


def first_rows(study: Study, beside: Path | None) -> tuple[list[Row], int]:
    """(the rows that are known beforehand, about how many more a design that looks where to go next will ask for)."""
    design = study.design
    if study.runner == "claims":
        return _of_claims(study)
    if isinstance(design, Surface):
        from experiments.analysis.surface import first

        points = plan.points_at(study, first(len(study.factors), design.start, study.seed))
        return plan.rows(study, points), (design.points - design.start) * design.futures * len(study.scenarios)
    if isinstance(design, Policy):
        point = plan.points_at(study, coordinates(design, study.factors, study.seed))[0]
        some = plan.rows(study, [point], range(2))
        return some, design.mixes * design.states + design.finalists * design.fresh - len(some)
    points = plan.points_in(study, beside) if isinstance(design, Table) else (
        plan.points_at(study, coordinates(design, study.factors, study.seed)) or [Point(0, {})])
    if design.kind == "lhs" and design.futures == 1:
        return plan.turns(study, points), 0
    most = design.precision.most if isinstance(design, Paired) and design.precision else 0
    return plan.rows(study, points), max(0, most - design.futures) * len(study.scenarios)


def _of_claims(study: Study) -> tuple[list[Row], int]:
    from experiments.batch.case import Case
    from experiments.claims.amount import BORDER_FUTURES
    from experiments.claims.declared import chosen
    from experiments.claims.runs import STAGES, Task
    from experiments.runners.claims import ask

    design = study.design
    names = tuple(name for name in chosen(design.claims) if name != STAGES)
    rows = [Row("middle", 0, future, {}, Case("claims", ask(Task(names, study.seed, future, study.scale))))
            for future in range(design.futures)]
    return rows, study.size() - len(rows) + 12 * BORDER_FUTURES


def _said(told: dict[str, Any]) -> str:
    more = f" and about {told['later_rounds']:,} that follow from what they say" if told["later_rounds"] else ""
    counted = f"{told['study']}: {told['runs']:,} runs{more}; {told['found']:,} are there already."
    if not told["timed"]:
        return f"{counted} None of those known beforehand is left to run. No result was written."
    measured = f"measured on {told['timed']}" + told["histories"] * (
        " with its history" if told["timed"] == 1 else " with their histories")
    seconds = f"{told['seconds_a_run']:.2g}" if told["seconds_a_run"] < 1 else f"{told['seconds_a_run']:.1f}"
    workers = "1 worker" if told["workers"] == 1 else f"{told['workers']} workers"
    return (
        f"{counted} A run takes {seconds} s, {measured}, so with {workers} about "
        f"{duration(told['seconds'])}. Results take about {told['bytes'] / 1e6:,.1f} MB. No result was "
        "written."
    )
