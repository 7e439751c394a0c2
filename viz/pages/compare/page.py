"""The page that compares, put together."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from experiments.answer import wording
from experiments.page.page import version_of_package
from experiments.study.report import blocks
from experiments.study.report.blocks import Section
from model import measures
from model.digest import model_digest
from model.errors import CallSheetError
from viz.digests import Digests
from viz.fragments import Fragment, render
from viz.fragments import sections as as_sections
from viz.pages.claims import shipped
from viz.pages.compare import flows, money, over_time, threshold, who, words
from viz.pages.compare.view import CompareView, link_from
from viz.parts.links import Link
from viz.view import POSTERIOR, TIME, WAYS


def page(found: Digests, view: CompareView, link: Link | None = None, surface: Section | None = None) -> Fragment:
    """The page. ``link`` builds addresses; ``surface`` is the break-even in words and figure if it is known."""
    if not found.compared:
        raise CallSheetError("There is no other world to compare with. Choose one.")
    if view.by not in WAYS:
        raise CallSheetError(f"There is no view {view.by[:40]}. Choose {', '.join(WAYS)}.")
    link = link or link_from(view)
    about = words.about(found, view)
    head = [f"Call Sheet {version_of_package()}, model {model_digest()}, {about}"]
    again = _again(found, view, about)
    return (_top(found, view, link) + _body(found, view, link, head, about)
            + _rest(view, surface) + again)


def _top(found: Digests, view: CompareView, link: Link) -> Fragment:
    """Question, answer, notices, tabs and choosers."""
    one = words.measure_shown(found, view)
    said = words.notices(found, view)
    price = None if found.identical else words.job_year(found, view)
    known = measures.measures()
    return render(
        "compare.html.j2", title=view.title, name=view.scenario.name,
        against=view.there, question=view.scenario.question,
        answer=words.headline(found, view), price=price, notices=said,
        tabs=[(label, link(by="" if way == TIME else way, sort=""), way == view.by) for way, label in WAYS.items()],
        choices=[(name, wording.label(known[name]), known[name].unit)
                 for name in found.first.measures if name in known],
        chosen=one, hidden=_hidden(link(measure="")), action=urlsplit(link()).path, by=view.by, link=link, view=view,
        many=len(found) > 1, report=link("report", band=view.band, market=POSTERIOR if view.drawn else ""),
        drawn=view.drawn, market=link(market="" if view.drawn else POSTERIOR),
    )  # fmt: skip


def _hidden(address: str) -> list[tuple[str, str]]:
    """What a form has to carry along beside the measure."""
    return parse_qsl(urlsplit(address).query)


def _body(found: Digests, view: CompareView, link: Link, head: list[str], about: str) -> Fragment:
    if view.by == "craft":
        return _crafts(found, view, link, head)
    if view.by == "experience":
        return _people(found, view, link, head)
    shown = {"time": over_time.sections, "flows": flows.sections, "money": money.sections}[view.by](found, view)
    return as_sections(shown, view.file_name, about, contents=False)


def _crafts(found: Digests, view: CompareView, link: Link, head: list[str]) -> Fragment:
    table = who.craft_grid(found, view, link)
    drawn = who.craft_chart(found, view, table.sheet)
    return render("grid.html.j2", {} if view.table else {drawn.id: drawn.figure}, id="crafts", title="By craft",
                  said=who.crafts_said(found), chart=None if view.table else drawn, grid=table, head=head,
                  summary={"scenario": view.file_name}, footer=words.footer(found, view), futures=len(found))


def _people(found: Digests, view: CompareView, link: Link, head: list[str]) -> Fragment:
    shown = Fragment("")
    for at, (short, title, drawn, table) in enumerate(who.people_grids(found, view, link)):
        shown += render("grid.html.j2", {} if view.table else {drawn.id: drawn.figure}, id=short, title=title,
                        said=who.everyone_said(found) if at == 0 else "", chart=None if view.table else drawn,
                        grid=table, head=head, summary={"scenario": view.file_name},
                        footer=words.footer(found, view), futures=len(found))
    if shown.html:
        return shown
    return as_sections([Section("experience", "By experience", [blocks.text(who.everyone_said(found))])],
                       view.file_name, words.about(found, view), contents=False)


def _rest(view: CompareView, surface: Section | None) -> Fragment:
    if surface is None or view.by != "time":
        return Fragment("")
    return maps(surface, view.file_name, threshold.OF_THEIR_OWN)


def maps(surface: Section, file_name: str, apart: str = "") -> Fragment:
    """Where work neither grows nor shrinks, in words and figure, with what it was made from and, where the page shows
    futures beside it, that these stand ``apart``.
    """
    answer = shipped()
    section = threshold.with_source(surface, answer, apart)
    return as_sections([section], file_name, threshold.about(answer), contents=False)


def _again(found: Digests, view: CompareView, about: str) -> Fragment:
    """The command that gives the same figures, with a page of its own to keep or to print."""
    asks = replace(view.scenario, futures=1 + max(each.future for each in found))
    told = wording.command(asks, {"against": view.against.name, "posterior": found.drawn})
    section = Section("again", "Run it again, or keep it", [
        blocks.text("This command gives the same figures, as JSON and as one page that needs no network:"),
        blocks.code(f"{told} --out result"),
    ])
    return as_sections([section], view.file_name, about, contents=False)
