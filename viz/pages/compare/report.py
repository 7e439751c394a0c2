"""The comparison on the screen as one page that stands alone: its sentences, charts and tables, to keep or print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from experiments.answer.settings import settings_of
from experiments.answer.wording import command
from experiments.page import sheets
from experiments.page.page import CONFIG, in_script, version_of_package
from experiments.page.sheet import KINDS
from experiments.study.report import blocks, told
from experiments.study.report.blocks import Section
from model.digest import model_digest
from viz.digests import Digests
from viz.fragments import environment
from viz.pages.claims import shipped
from viz.pages.compare import money, over_time, threshold, who, words
from viz.pages.compare.view import CompareView, link_from

_ELSEWHERE = ("Which assumptions move an answer most is worked out by runs of their own: callsheet study list shows "
              "those that come with the program, and the page of claims says for eleven questions what their verdicts "
              "turn on.")
NOT_VARIED = f"Every parameter is held at one value here, so the spread above is luck alone. {_ELSEWHERE}"
OF_AI_NOT_VARIED = ("What the past speaks of differs from future to future here, so the spread above is luck and what "
                    f"is not known of the market; of AI every parameter is held at one value. {_ELSEWHERE}")


def file_name(view: CompareView, made: date) -> str:
    """What the report's file is called: both scenarios, whether something was set otherwise, and the day."""
    return f"callsheet_{view.file_name}_{made.isoformat()}.html"


def report(found: Digests, view: CompareView, surface: Section | None = None) -> str:
    """The whole page as text; ``surface`` is what is known of other values of the parameters, where it is."""
    from plotly.offline import get_plotlyjs

    view = replace(view, table=False, sort="")
    about, version = words.about(found, view), version_of_package()
    shown = sections(found, view, surface)
    price = None if found.identical else words.job_year(found, view)
    return environment().get_template("report.html.j2").render(
        title=view.title, against=view.there,
        question=view.scenario.question, answer=words.headline(found, view), price=price,
        notices=words.notices(found, view), sections=shown, version=version, model=str(found.first.head["model"]),
        head=[f"Call Sheet {version}, model {model_digest()}, {about}"], found=found, kinds=KINDS,
        summary={"scenario": view.file_name}, plotly=get_plotlyjs(),
        config=in_script(CONFIG), figures=in_script({one.id: one.figure for each in shown for one in each.charts}),
    )  # fmt: skip


def sections(found: Digests, view: CompareView, surface: Section | None) -> list[Section]:
    """What the page holds below its answer, in its order."""
    footer, model = words.footer(found, view), str(found.first.head["model"])
    one = words.measure_shown(found, view)
    grid = who.craft_grid(found, view, link_from(view))
    held = OF_AI_NOT_VARIED if found.drawn else NOT_VARIED
    varied = (threshold.with_source(surface, shipped()) if surface
              else Section("sensitivity", "Which assumptions move it", [blocks.text(held)]))
    every = [
        Section("difference", "How they differ over time", [
            blocks.chart(over_time.difference(found, view, one)), blocks.small(f"{one.label}: {one.definition}."),
            blocks.small(footer)]),
        Section("crafts", "By craft", [
            blocks.text(who.crafts_said(found)), blocks.table(grid.sheet),
            *(blocks.small(each) for each in grid.sheet.notes)]),
        over_time.why(found, view, footer), money.job_years(found), varied, told.validation({"runner": "worlds"}),
        settings(view), again(found, view, model), told.citation(version_of_package(), model),
    ]  # fmt: skip
    return [each for each in every if each is not None]


def settings(view: CompareView) -> Section:
    """What each world sets otherwise than the baseline, with kind and source."""
    worlds = (("scenario", view.scenario), ("against", view.against))
    tables = [sheets.settings(rows, f"settings_{key}", f"What “{world.title or world.name}” sets otherwise")
              for key, world in worlds if (rows := settings_of(world))]
    nothing = blocks.text("Nothing: every parameter, rule and dated shock is the baseline's.")
    return Section("settings", "What differs from the baseline", [blocks.table(each) for each in tables] or [nothing])


def again(found: Digests, view: CompareView, model: str) -> Section:
    """The command that gives the same figures, and what they come from."""
    asks = replace(view.scenario, futures=1 + max(each.future for each in found))
    return Section("again", "Run it again", [
        blocks.code(command(asks, {"against": view.against.name, "posterior": found.drawn})),
        blocks.small("The same command, seed and model digest give the same figures."),
        blocks.pairs([("Version", f"Call Sheet {version_of_package()}"), ("Model digest", model),
                      ("Seed", str(view.scenario.seed)), ("Futures", str(len(found))),
                      ("Scale", f"{found.first.scale:g}")]),
    ])  # fmt: skip
