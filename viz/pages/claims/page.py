"""The page of the claims as HTML: all of them as cards, or one with everything that shows why."""

from __future__ import annotations

from typing import Any

from experiments.claims import sheets
from experiments.claims.declared import claims
from experiments.claims.evidence import SURFACE, evidence, surface
from experiments.claims.page import command
from experiments.claims.wording import GLYPHS, overview, points_said, turns_said
from experiments.page.page import version_of_package
from experiments.study.report import blocks
from experiments.study.report.blocks import Block, Section
from model.errors import nearest, sentences
from viz.fragments import Fragment, render
from viz.marked import marked
from viz.pages.claims import said, worlds
from viz.pages.claims.answer import ClaimsAnswer
from viz.pages.claims.chips import Word, in_table, stated
from viz.pages.claims.links import leads
from viz.pages.of_model import stale_said
from viz.parts.links import plain_link

WHOSE = (("claim", "What the company claims"), ("doubt", "What the article doubts"))
TROUBLE = (KeyError, TypeError, ValueError, IndexError, AttributeError, ZeroDivisionError, OverflowError)


def page(answer: ClaimsAnswer, claim: str = "") -> Fragment:
    """All claims at a glance, or one of them by its id."""
    wanted = claim.strip().upper()[:40]
    rows = {row["id"]: row for row in answer.claims}
    if wanted in rows:
        return _one(answer, rows[wanted])
    if not wanted:
        return _all(answer, "")
    return _all(answer, sentences(f"There is no claim {claim.strip()[:40]} in this answer.", nearest(wanted, rows)))


def _all(answer: ClaimsAnswer, missing: str) -> Fragment:
    cards = [_card(answer, row) for row in answer.claims]
    groups = [(f"{kind}s", title, [each for each in cards if each["row"]["kind"] == kind]) for kind, title in WHOSE]
    return _rendered("claims_overview.html.j2", answer, {}, missing=missing, overall=overview(answer.found),
                     groups=[each for each in groups if each[2]], verdicts=in_table(sheets.verdicts(answer.found)),
                     command=command(answer.found))


def _card(answer: ClaimsAnswer, row: dict[str, Any]) -> dict[str, Any]:
    """What the overview says of one claim."""
    detail = answer.details[row["id"]]
    return {
        "row": {**row, "statement": stated(row["statement"]), "who": detail["who"], "word": Word(detail["verdict"])},
        "url": plain_link("claims", c=row["id"]),
        "number": said.number_said(row, detail, row["measured"]["mean"]),
        "of": worlds.named(detail["number"]),
        "apart": said.apart_from_compare(row),
        "luck": said.luck_said(row, detail),
        "points": points_said(row, detail),
        "bar": said.shares(row),
        "turns": said.turn_said(row, detail),
        "links": leads(row, detail),
    }


def _one(answer: ClaimsAnswer, row: dict[str, Any]) -> Fragment:
    section = Section(row["id"], f"{row['id']} · {stated(row['statement'])}", _shown(row, answer.details[row["id"]]))
    order = [each["id"] for each in answer.claims]
    around = [(each, GLYPHS[answer.details[each]["verdict"]], Word(answer.details[each]["verdict"]),
               plain_link("claims", c=each)) for each in order]
    figures = {chart.id: chart.figure for chart in section.charts}
    return _rendered("claims_one.html.j2", answer, figures, section=section, card=_card(answer, row), around=around,
                     all=plain_link("claims"))


def _shown(row: dict[str, Any], detail: dict[str, Any]) -> list[Block]:
    """The finding, luck and not knowing apart, then what shows why; a sentence where the file lacks it."""
    unknown = sentences(points_said(row, detail), turns_said(row, detail["judged"]))
    found = [blocks.sure(sentences(detail["finding"], said.luck_said(row, detail, span=False)), unknown)]
    try:
        return [*found, *evidence({**row, "measure": stated(row["measure"]), "rule": stated(row["rule"])}, detail)]
    except TROUBLE:
        return [*found, blocks.notice(marked("What shows why cannot be drawn: this answer does not hold what this "
                                             "version expects. Make it anew with `callsheet claims`."))]


def _rendered(template: str, answer: ClaimsAnswer, figures: dict[str, Any], **context: Any) -> Fragment:
    design = answer.design
    head = [f"Call Sheet {version_of_package()}, model {answer.model}, claims, seed {design['seed']}, "
            f"{design['futures']} futures, {design['points']} points with {design['each']} each, "
            f"scale {design['scale']}, made {answer.made}"]
    return render(template, figures, summary={"scenario": "claims"}, head=head, glyphs=GLYPHS, design=design,
                  made=answer.made, model=answer.model, stale=stale_said(answer.model), worlds=worlds.worlds(),
                  **context)


def surface_of_c3(answer: ClaimsAnswer) -> Section:
    """Where work neither grows nor shrinks, with the region of the announcement and its table; for other pages."""
    title, detail = SURFACE, answer.details.get("C3")
    if not detail or not detail.get("surface"):
        missing = f"This answer does not hold C3 ({claims()['C3'].statement.rstrip('.')}). Run `callsheet claims`."
        return Section("break-even", title, [blocks.notice(marked(missing))])
    stale = [blocks.notice(stale_said(answer.model))] if answer.stale else []
    return Section("break-even", title, [*stale, *surface(detail)])
