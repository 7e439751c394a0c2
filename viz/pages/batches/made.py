"""How the results were made: plan, seed, sessions, code and data; and what failed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from experiments.page.sheet import Cell, Sheet, number
from experiments.study.definition import Study
from experiments.study.report import blocks
from experiments.study.report.blocks import Section
from viz.marked import marked
from viz.pages.batches.table import DONE, FAILED, Runs
from viz.pages.of_model import stale_said

LONGEST, MOST_SESSIONS, MOST_FAILURES = 300, 200, 500
_ENGINES = {"local": "processes of one machine", "here": "one process", "None": ""}
_SAID = (("model", "Model digest"), ("git", "Commit"), ("python", "Python"), ("engine", "Engine"),
         ("system", "System"), ("processor", "Processor"), ("started", "Started"), ("ended", "Ended"))


def made(study: Study, runs: Runs, manifest: dict[str, Any]) -> Section:
    """The plan and the manifest."""
    design = study.design.model_dump(mode="json")
    points = len(set(runs.columns["point"].values.tolist())) if len(runs) else 0
    futures = len(set(runs.columns["future"].values.tolist())) if len(runs) else 0
    plan = [("Design", design.get("kind", "")), ("Seed", str(study.seed)), ("Scale", f"{study.scale:g}"),
            ("Runs planned", f"{len(runs):,}, at {points:,} points in {futures:,} futures"),
            ("Done", f"{runs.states.count(DONE):,}"), ("Failed", f"{runs.states.count(FAILED):,}")]
    manifest = shared(manifest)
    known = [(label, str(manifest[name])[:LONGEST]) for name, label in _SAID if manifest.get(name)]
    section = Section("made", "Plan and manifest", [blocks.heading("Plan"), blocks.pairs(plan)])
    section.blocks += [blocks.heading("Manifest")]
    section.blocks += [blocks.pairs(known)] if known else [
        blocks.text("There is no manifest yet: it is written when a session of runs ends.")
    ]
    if stale := stale_said(str(manifest.get("model") or "")):
        section.blocks.append(blocks.notice(stale))
    sessions = _sessions(manifest)
    if sessions is not None:
        section.blocks.append(blocks.table(sessions))
    text = json.dumps(study.model_dump(mode="json"), indent=1, ensure_ascii=False)
    return Section(section.id, section.title, [*section.blocks, blocks.heading("The study as it was asked"),
                                               blocks.code(text[:20_000])])


def shared(manifest: dict[str, Any]) -> dict[str, Any]:
    """A manifest as visitors may see it: the address of a scheduler is the server's own business."""
    held = {**manifest, "engine": _engine(manifest.get("engine"))} if "engine" in manifest else dict(manifest)
    if isinstance(held.get("sessions"), list):
        held["sessions"] = [{**each, "engine": _engine(each.get("engine"))}
                            for each in held["sessions"] if isinstance(each, dict)]
    return held


def _engine(given: Any) -> str:
    return _ENGINES.get(str(given), "a Dask scheduler")


def _sessions(manifest: dict[str, Any]) -> Sheet | None:
    held = manifest.get("sessions")
    if not isinstance(held, list):
        return None
    rows = []
    for each in held[:MOST_SESSIONS]:
        if isinstance(each, dict):
            words = [Cell(str(each.get(name) or "")[:80]) for name in ("started", "ended", "engine")]
            counts = [_count(each.get(name)) for name in ("runs", "failed", "tried_again", "cpu_seconds")]
            rows.append([*words, *counts, Cell(str(each.get("model") or "")[:12])])
    columns = ["started", "ended", "engine", "runs", "failed", "tried again", "processor seconds", "model"]
    return Sheet("sessions", "Sessions in which runs were made", columns, rows) if rows else None


def _count(value: Any) -> Cell:
    plain = isinstance(value, (int, float)) and not isinstance(value, bool)
    return number(value) if plain else Cell("")


def failed(failures: Sequence[dict[str, Any]]) -> Section | None:
    """Runs that failed with what each said."""
    if not failures:
        return None
    rows = [[Cell(str(each.get("case") or "")[:12]), Cell(str(each.get("kind") or "")[:60]),
             Cell(str(each.get("message") or "")[:LONGEST])] for each in failures[:MOST_FAILURES]]
    more = f", the first {MOST_FAILURES} of {len(failures):,}" if len(failures) > MOST_FAILURES else ""
    return Section("failed", "Runs that failed", [
        blocks.text(f"{len(failures):,} run{'s' if len(failures) > 1 else ''} failed and "
                    f"{'are' if len(failures) > 1 else 'is'} left out of every figure."),
        blocks.table(Sheet("failed", f"Runs that failed{more}", ["run", "kind", "what happened"], rows)),
        blocks.small(marked("`callsheet study retry FOLDER` tries them again; `callsheet study show FOLDER RUN` shows "
                            "one.")),
    ])  # fmt: skip
