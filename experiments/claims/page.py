"""The page of the claims: one HTML file that needs no network; each claim with its verdict, charts and tables."""

from __future__ import annotations

from typing import Any

from experiments.claims import sheets
from experiments.claims.declared import claims
from experiments.claims.evidence import evidence
from experiments.claims.wording import GLYPHS, overview, points_said, turns_said
from experiments.page.page import CONFIG, environment, in_script, version_of_package
from experiments.page.sheet import KINDS
from experiments.study.report import blocks
from experiments.study.report.blocks import Section
from model.digest import model_digest
from model.errors import sentences


def page(found: dict[str, Any]) -> str:
    """The whole page as text. Every number in it is one of the JSON or of the details."""
    from plotly.offline import get_plotlyjs

    design, version = found["design"], version_of_package()
    entries = [_entry(row, found["details"][row["id"]]) for row in found["claims"]]
    drawn = [chart for entry in entries for chart in entry["section"].charts]
    head = [f"Call Sheet {version}, model {model_digest()}, claims, seed {design['seed']}, "
            f"{design['futures']} futures, {design['points']} points with {design['each']} each, "
            f"scale {design['scale']}"]
    return environment().get_template("claims.html.j2").render(
        summary={"scenario": "claims"}, head=head, version=version, model=model_digest(), design=design,
        answer=overview(found), verdicts=sheets.verdicts(found), entries=entries, kinds=KINDS, glyphs=GLYPHS,
        command=command(found), plotly=get_plotlyjs(), config=in_script(CONFIG),
        figures=in_script({each.id: each.figure for each in drawn}),
    )  # fmt: skip


def _entry(row: dict[str, Any], detail: dict[str, Any]) -> dict[str, Any]:
    """What the page says of one claim."""
    shown = Section(row["id"], row["statement"], [
        blocks.sure(detail["finding"], sentences(points_said(row, detail), turns_said(row, detail["judged"]))),
        *evidence(row, detail),
    ])  # fmt: skip
    return {**row, "who": claims()[row["id"]].who, "word": detail["verdict"], "section": shown}


def command(found: dict[str, Any]) -> str:
    """The command that gives the same numbers again."""
    design = found["design"]
    words = [f"callsheet claims --futures {design['futures']} --points {design['points']} --each {design['each']} "
             f"--scale {design['scale']} --seed {design['seed']}"]
    if design.get("shares"):
        words.append(f"--shares {design['shares']}")
    if len(found["claims"]) < len(claims()):
        words += [f"--claim {row['id']}" for row in found["claims"]]
    return " ".join(words)
