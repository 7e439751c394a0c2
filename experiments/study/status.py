"""How far a study is, from what lies in its folder."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from experiments.batch.folder import Folder
from experiments.study.definition import Study
from experiments.study.session import ANSWER, MANIFEST, cases_in, study_in

SHOWN = 10


def status(place: Path) -> dict[str, Any]:
    """Runs planned so far, done and failed, the failures by what they say, and whether there is an answer."""
    study = study_in(place)
    folder = Folder(place)
    planned = set(cases_in(place))
    done = sum(folder.has(case) for case in planned)
    failures = [each for each in folder.failures() if each["case"] in planned]
    told = {
        "study": study.name, "planned": len(planned), "done": done, "failed": len(failures),
        "left": len(planned) - done - len(failures), "answered": _answered(place, study),
        "failures": [{key: each.get(key) for key in ("case", "kind", "message")} for each in failures],
        "manifest": _manifest(place / MANIFEST),
    }  # fmt: skip
    return {**told, "said": _said(told)}


def _answered(place: Path, study: Study) -> bool:
    """Whether the answer that is there is that of this study, as it now stands."""
    try:
        held = json.loads((place / ANSWER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(held, dict) and held.get("study") == study.model_dump(mode="json")


def _manifest(path: Path) -> dict[str, Any] | None:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _said(told: dict[str, Any]) -> str:
    lines = [f"{told['study']}: {told['done']:,} of {told['planned']:,} runs planned so far are done, "
             f"{told['failed']} failed, {told['left']:,} {'is' if told['left'] == 1 else 'are'} left."]
    by_message = Counter(each["message"] for each in told["failures"])
    lines += [f"  failed {'once' if count == 1 else f'{count} times'}: {message}"
              for message, count in by_message.most_common(SHOWN)]
    lines += [f"  {each['case'][:12]}" for each in told["failures"][:SHOWN]]
    if told["failed"]:
        lines.append("`callsheet study retry` tries them again; `callsheet study show FOLDER RUN` shows one.")
    lines.append("It has been answered." if told["answered"] else "It has not been answered yet.")
    return "\n".join(lines)
