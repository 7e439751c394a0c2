"""The page: sections in their order, each only if the answer has what it takes."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from experiments.page.page import CONFIG, environment, in_script, version_of_package
from experiments.page.sheet import KINDS, Cell, Sheet
from experiments.study.report import accounts, compared, told, turns
from experiments.study.report.blocks import Section
from experiments.study.report.crossing import surface
from experiments.study.report.front import front
from experiments.study.report.indices import indices
from experiments.study.report.words import Comparisons, Names
from model.digest import model_digest

MOST_CARRIED = 4 << 20  # bytes of an answer that the page carries as a download
LONGEST_MESSAGE = 300


def report(found: dict[str, Any], out: Path) -> str:
    """The whole page as text. Every number in it is one of the answer, of the plan, or of the model's own tables."""
    from plotly.offline import get_plotlyjs

    study, runs = found["study"], found["runs"]
    manifest = told.manifest_of(out)
    version, model = version_of_package(), manifest.get("model") or model_digest()
    made = [make() for make in makers(found, manifest, version, model)]
    sections = [each for several in made for each in several if each is not None]
    head = [f"Call Sheet {version}, model {model}, study {study.get('name', '')}, seed {study.get('seed')}, "
            f"scale {study.get('scale')}, {runs['total']} runs, {runs['failed']} failed"]
    return environment().get_template("study.html.j2").render(
        summary={"scenario": f"study_{study.get('name', '')}"}, head=head, title=study["title"],
        question=study["question"], answer=found.get("answer", ""), version=version, model=model, study=study,
        runs=runs, failures=failures(runs), sections=sections,
        kinds=KINDS, plotly=get_plotlyjs(), config=in_script(CONFIG),
        carried=carried(found),
        figures=in_script({chart.id: chart.figure for section in sections for chart in section.charts}),
    )  # fmt: skip


def makers(found: dict[str, Any], manifest: dict[str, Any], version: str, model: str
           ) -> list[Callable[[], Sequence[Section | None]]]:
    """What makes each section, in their order, so that one that cannot be made need not cost the others."""
    names = Names(found)
    these = Comparisons(found, names)
    return [
        lambda: [compared.difference(these)],
        lambda: [compared.cost(these)],
        lambda: [compared.crafts(these)],
        lambda: [accounts.crew_weeks(these)],
        lambda: [accounts.saved_dollar(these)],
        lambda: turns.spread(found, names),
        lambda: [indices(found)],
        lambda: [surface(found, names)],
        lambda: [front(found, names)],
        lambda: [told.verdicts(found)],
        lambda: [told.validation(found["study"])],
        lambda: [told.settings(names)],
        lambda: [told.again(found, names, manifest, model, version)],
        lambda: [told.citation(version, model)],
    ]


def failures(runs: dict[str, Any]) -> Sheet | None:
    """The runs that failed and what each said."""
    rows = [[Cell(str(each.get("case", ""))[:12]), Cell(str(each.get("kind") or "")),
             Cell(str(each.get("message") or "")[:LONGEST_MESSAGE])] for each in runs.get("failures") or ()]
    if not rows:
        return None
    rest = runs["failed"] - len(rows)
    more = f", the first {len(rows)} of {runs['failed']}" if rest > 0 else ""
    return Sheet("failures", f"Runs that failed{more}", ["run", "kind", "what happened"], rows)


def carried(found: dict[str, Any]) -> str:
    """The answer as a download that the page carries, unless it is too large for that."""
    text = json.dumps(found, ensure_ascii=False).encode()
    return "" if len(text) > MOST_CARRIED else f"data:application/json;base64,{base64.b64encode(text).decode()}"
