"""Run a study from its definition to its answer and report; given again it goes on where it was."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from experiments.batch.coordinator import Limits
from experiments.batch.engines.choose import engine
from experiments.batch.folder import Folder
from experiments.study import session as files
from experiments.study.definition import Study
from experiments.study.session import Headline, Session, save_study, write_manifest
from experiments.study.ways import Answer, way
from experiments.terminal.console import plain_json
from model import atomic
from model.errors import CallSheetError

SHOWN_FAILURES = 20


def run(study: Study, beside: Path | None, out: Path, engine_name: str, workers: int, limits: Limits,
        progress: Callable[[Any, Headline], None] | None = None, again: bool = False,
        only_look: bool = False) -> Answer:
    """The answer of a study; everything is in ``out``. With ``again`` runs that failed are tried once more, with
    ``only_look`` nothing is run.
    """
    folder, started = Folder(out), time.time()
    with folder.owned():
        if again:
            folder.retry()
        study, beside = save_study(out, study, beside)
        session = Session(
            study, folder, lambda: engine(engine_name, workers, study.run_limit), limits, progress, only_look
        )
        try:
            found = way(study.design.kind)(session, beside)
        finally:
            session.batch.close()
            if not only_look:
                write_manifest(out, study, session, engine_name, started)
        found = whole(study, folder, session.rows, found)
        if only_look and found["runs"]["missing"] == found["runs"]["total"]:
            raise CallSheetError(
                f"None of the runs in {out.name} belongs to this version of the model and its data. Its answer and "
                "report stay as they are; `callsheet study run` makes the runs anew beside the old ones."
            )
        keep(out, found)
    return found


def whole(study: Study, folder: Folder, rows: list[Any], found: Answer) -> Answer:
    """An answer with what every report says: the study, how many runs, what failed."""
    from experiments.study.said import answer_sentence

    mine = {row.case.id for row in rows}
    failures = [each for each in folder.failures() if each["case"] in mine]
    found = {
        "study": study.model_dump(mode="json"),
        "headline": vars(study.looked_at[0]),
        "runs": {"total": len(mine), "failed": len(failures),
                 "missing": sum(not folder.has(case) and case not in folder.failed for case in mine),
                 "failures": [{key: each.get(key) for key in ("case", "kind", "message")}
                              for each in failures[:SHOWN_FAILURES]]},
        **found,
    }  # fmt: skip
    return plain_json({**found, "answer": answer_sentence(study, found)})


def keep(out: Path, found: Answer) -> None:
    """Write answer.json and the report; of the claims their own JSON and page, too."""
    from experiments.study.report import report

    if found.get("verdicts"):
        from experiments.claims.outputs import write_outputs

        write_outputs(out, found["verdicts"], manifest=False)

    text = json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False)
    atomic.write_file(out / files.ANSWER, text + "\n")
    atomic.write_file(out / files.REPORT, report(found, out))
