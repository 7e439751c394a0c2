"""The head of a page: its heading, what is compared, how many edits there are, and notices."""

from __future__ import annotations

from dataclasses import replace

from model.scenario import Scenario
from viz import url
from viz.fragments import Fragment, render
from viz.view import COMPARE, PAGES, PEOPLE, SIMULATE, Notice, View

WITH_STRIP = (SIMULATE, COMPARE, PEOPLE)
HEADINGS = {SIMULATE: "Watch it happen", COMPARE: "What difference does it make?", PEOPLE: "One life, twice",
            "method": "Says who?", "claims": "What was claimed, and what the model finds", "batches": "Batches of runs"}


def head(view: View, notices: list[Notice], said: str, stop: str = "") -> Fragment:
    """The head of a page but the start, whose heading is its question. ``stop`` is where no more is run."""
    scenarios = [(each, Scenario.named(each).title) for each in Scenario.names()]
    return render(
        "strip.html.j2", heading=HEADINGS.get(view.page, PAGES[view.page]), view=view, notices=notices, said=said,
        stop=stop, strip=view.page in WITH_STRIP, scenarios=scenarios, other=view.other, page=view.page,
        reset=url.write(replace(view, edits={})),
        simulate=url.write(view.at(SIMULATE)), compare=url.write(view.at(COMPARE)), people=url.write(view.at(PEOPLE)),
        median=url.write(view.at(PEOPLE, pick="median", **_group(view))),
        levers=f"{url.write(view.at(SIMULATE))}#levers",
    )  # fmt: skip


def _group(view: View) -> dict[str, str]:
    """The group whose lives are looked at."""
    return {key: view.extra[key] for key in ("craft", "home", "experience") if key in view.extra}


def notices(found: list[Notice]) -> Fragment:
    """Notices alone."""
    return render("notices.html.j2", notices=found)
