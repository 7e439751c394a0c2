"""One run of a study, by the beginning of its name."""

from __future__ import annotations

import json
import string
from pathlib import Path
from typing import Any

from experiments.batch.folder import Folder
from experiments.study.results import Results
from experiments.study.session import ASKS, plan_in, study_in
from model.errors import CallSheetError

CASE, FEWEST = "case", 4  # characters


def one_run(place: Path, beginning: str) -> dict[str, Any]:
    """Where it stands in the plan, what it was asked, and its numbers or why it failed."""
    study_in(place)
    wanted = beginning.strip().lower()
    if len(wanted) < FEWEST or not set(wanted) <= set(string.hexdigits):
        raise CallSheetError(f"The run {beginning[:40]!r} is no name: give at least {FEWEST} of its hex digits.")
    rows = [row for row in plan_in(place) if row["case"].startswith(wanted)]
    cases = sorted({row["case"] for row in rows})
    if len(cases) != 1:
        what = f"{len(cases)} runs begin" if cases else "No run begins"
        raise CallSheetError(f"{what} with {wanted[:32]} in {place.name}. `callsheet study status` lists failures.")
    folder = Folder(place)
    failure = next((each for each in folder.failures() if each["case"] == cases[0]), None)
    results = Results(folder)
    fresh = None if folder.in_chunk(cases[0]) or not folder.has(cases[0]) else folder.spooled(cases[0])
    names = fresh["numbers"] if fresh else results.columns()
    read = results.numbers(cases, names) if folder.has(cases[0]) else {}
    told = {
        "case": cases[0],
        "rows": rows,
        "numbers": {name: float(values[0]) for name, values in read.items() if values[0] == values[0]},
        "detail": results.details(cases).get(cases[0]) if folder.has(cases[0]) else None,
        "failure": failure,
    }
    return {**told, "said": _said(told)}


def _said(told: dict[str, Any]) -> str:
    first = {name: value for name, value in told["rows"][0].items() if value is not None and name not in (CASE, ASKS)}
    lines = [f"run {told['case']}", *(f"  {name}: {value}" for name, value in first.items())]
    if told["failure"]:
        lines += [f"It failed: {told['failure']['message']}", str(told["failure"].get("trace") or "").strip()]
        if told["failure"].get("asks"):
            lines.append("It was asked: " + json.dumps(told["failure"]["asks"]))
    elif told["numbers"]:
        lines += [f"  {name} = {value:,.6g}" for name, value in told["numbers"].items()]
    else:
        lines.append("It has not been run yet.")
    return "\n".join(lines)
