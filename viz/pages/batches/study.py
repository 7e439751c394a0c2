"""One study of the server's folder: how far it is, its report section by section, and its runs."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.batch.folder import Folder
from experiments.page.page import version_of_package
from experiments.study.report.blocks import Section
from experiments.study.report.page import carried
from experiments.study.report.told import manifest_of
from experiments.study.session import cases_in, study_in
from model.errors import CallSheetError, nearest, sentences
from viz.fragments import Fragment, render
from viz.marked import marked
from viz.pages.batches.answers import answer_in
from viz.pages.batches.browse import browsed, point_of
from viz.pages.batches.made import failed, made, shared
from viz.pages.batches.places import place_of
from viz.pages.batches.query import query_of
from viz.pages.batches.sections import UNKNOWN, report_sections
from viz.pages.batches.state import state_of
from viz.pages.batches.table import runs_of
from viz.pages.of_model import stale_said
from viz.parts.links import plain_link

RUNS = "runs"
MOST_SAID = 300  # letters of what a failed run said


def shown(root: Path | None, name: str, section: str = "", point: int | str | None = None,
          asked: Mapping[str, str] | None = None) -> Fragment:
    """A study by its name in the listing. ``section`` is one of its report, or runs, failed or made; ``point`` a point
    whose runs are looked at; ``asked`` holds ``sort``, ``by``, ``page`` and the ranges of :mod:`query`.
    """
    try:
        place = place_of(root, name)
        return _shown(place, name, section, point, asked or {})
    except (CallSheetError, OSError) as trouble:
        words = str(trouble) if isinstance(trouble, CallSheetError) else "The folder of the study cannot be read."
        return render("batches_refused.html.j2", trouble=marked(words))


def _shown(place: Path, name: str, wanted: str, point: int | str | None, asked: Mapping[str, str]) -> Fragment:
    study, folder, manifest, said = study_in(place), Folder(place), manifest_of(place), []
    state = state_of(place, folder)
    found = _answer(place, said)
    model = str(manifest.get("model") or "")[:64]
    sections = [] if found is None else report_sections(found, manifest, model or UNKNOWN)
    planned = set(cases_in(place))
    failures = [each for each in folder.failures() if each["case"] in planned]
    own = [Section(RUNS, "Points and runs"), *([each] if (each := failed(failures)) else []),
           Section("made", "Plan and manifest")]
    by_id = {each.id: each for each in (*sections, *own)}
    if wanted and wanted not in by_id:
        said.append(sentences(f"This study has no section {wanted[:40]!r}.", nearest(wanted, by_id)))
        wanted = ""
    chosen = by_id[wanted or (RUNS if point is not None else next(iter(by_id)))]
    context: dict[str, Any] = {"table": None, "point": None}
    if chosen.id == RUNS:
        words = {each["case"]: str(each["message"])[:MOST_SAID] for each in failures}
        context |= _browsed(folder, study, name, point, asked, words, said)
    elif chosen.id == "made":
        chosen = made(study, runs_of(folder, study), manifest)
    head = [f"Call Sheet {version_of_package()}, model {model or UNKNOWN}, study {study.name}, seed {study.seed}, "
            f"scale {study.scale:g}, {state.said}"]
    tabs = [(each.title, plain_link("batches", study=name, section=each.id), each.id == chosen.id)
            for each in by_id.values()]
    stale = stale_said(model)
    return render("batches_study.html.j2", {chart.id: chart.figure for chart in chosen.charts}, study=study, name=name,
                  state=state, answer=(found or {}).get("answer", ""), said=[marked(each) for each in said], tabs=tabs,
                  section=chosen, stale=stale, model=model, head=head, summary={"scenario": f"study_{study.name}"},
                  carried=carried(found) if found else "",
                  manifest=_json_uri(shared(manifest)), definition=_json_uri(study.model_dump(mode="json")), **context)


def _answer(place: Path, said: list[str]) -> dict[str, Any] | None:
    try:
        return answer_in(place)
    except CallSheetError as trouble:
        said.append(str(trouble))
        return None


def _browsed(folder: Folder, study: Any, name: str, point: int | str | None, asked: Mapping[str, str],
             failures: dict[str, str], said: list[str]) -> dict[str, Any]:
    """The table of runs, or the runs of one point."""
    try:
        runs = runs_of(folder, study)
    except CallSheetError as trouble:
        said.append(str(trouble))
        return {}
    query = query_of(asked, runs)
    said += query.said
    one = None
    if point is not None and str(point) != "":
        text = str(point)
        number = int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else -1
        one = point_of(runs, number, failures)
        if one is None:
            said.append(f"This study has no point {text[:20]!r}.")
    table = browsed(runs, query, name)
    return {"table": table, "point": one, "back": query.address(name, page=table["page"])}


def _json_uri(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=1, default=str).encode()
    return f"data:application/json;base64,{base64.b64encode(text).decode()}"
