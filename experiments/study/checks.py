"""Whether a folder still holds what was written, and whether running again gives the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from experiments.batch import chunks
from experiments.batch.case import Case, canonical
from experiments.batch.execute import execute
from experiments.batch.folder import CHUNKS, Folder
from experiments.study.results import Results
from experiments.study.session import asks_of, study_in


def verify(place: Path, again: int) -> dict[str, Any]:
    """Trouble with chunks and with runs that are in none yet, a sentence each; and of ``again`` runs, evenly over the
    plan, those that differ now.
    """
    study_in(place)
    paths = sorted((place / CHUNKS).glob("*.parquet"))
    trouble = [said for said in (chunks.trouble_with(path) for path in paths) if said]
    loose, broken = (0, []) if trouble else _loose(Folder(place))  # no folder can be read with a chunk that cannot
    trouble = trouble or broken or _misnamed(place)
    repeated = _repeat(place, again) if again and not trouble else []
    trouble += [each["said"] for each in repeated if not each["same"]]
    told = {"chunks": len(paths), "loose": loose, "repeated": len(repeated), "trouble": trouble, "sound": not trouble}
    return {**told, "said": _said(told)}


def _loose(folder: Folder) -> tuple[int, list[str]]:
    """How many finished runs are in no chunk yet, and a sentence for each of whose file that cannot be told."""
    cases = folder.loose()
    broken = [case for case in cases if folder.spooled(case) is None]
    broken = sorted(set(broken) & set(Folder(folder.path).loose()))  # a run that went into a chunk meanwhile is fine
    return len(cases), [f"The file of run {case[:12]} does not hold what was written: it is run anew by the next "
                        "`callsheet study run`." for case in broken]


def _misnamed(place: Path) -> list[str]:
    """Runs of the plan whose name does not follow from what they were asked."""
    asked = [(case, Case(runner, asks)) for runner, case, asks in asks_of(place)]
    folder_code = {case: code for path in Folder(place).chunk_files() for case, code in chunks.codes_in(path).items()}
    wrong = [case for case, held in asked if case in folder_code and held.id_by(folder_code[case]) != case]
    return [f"{len(wrong)} runs of the plan were asked something else than their names say, such as {wrong[0][:12]}."
            ] if wrong else []


def _repeat(place: Path, count: int) -> list[dict[str, Any]]:
    folder = Folder(place)
    results, found = Results(folder), []
    cases = [(runner, case, asks) for runner, case, asks in asks_of(place) if folder.has(case)]
    for runner, case, asks in cases[:: max(1, len(cases) // count)][:count]:
        record = execute(runner, case, asks)
        kept = results.numbers([case], record.get("numbers", {}))
        new = {name: np.nan if value is None else value for name, value in record.get("numbers", {}).items()}
        differ = [name for name, value in new.items() if not np.array_equal([value], kept[name], equal_nan=True)]
        same_detail = canonical(record.get("detail") or {}) == canonical(results.details([case]).get(case) or {})
        differ += [] if same_detail or not record["ok"] else ["its detail"]
        said = f"Run {case[:12]} gives other numbers now: {', '.join(differ[:5])}." if differ else ""
        said = said or ("" if record["ok"] else f"Run {case[:12]} fails now: {record['message']}")
        found.append({"case": case, "same": not said, "said": said})
    return found


def _said(told: dict[str, Any]) -> str:
    if told["trouble"]:
        return "\n".join(told["trouble"])
    more = f"; {told['repeated']} runs were run again and are the same to the last bit" if told["repeated"] else ""
    loose = f" and {told['loose']} single runs" if told["loose"] else ""
    return f"All {told['chunks']} files{loose} hold what was written{more}."
