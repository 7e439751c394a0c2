"""The maps of where work neither grows nor shrinks, as another page reads them: which worlds, and from which runs."""

from __future__ import annotations

import re
from dataclasses import replace

from experiments.claims.amount import SURFACE_FUTURES
from experiments.page.sheet import Sheet
from experiments.study.report import blocks
from experiments.study.report.blocks import Section
from model.errors import sentences
from viz.pages.claims import ClaimsAnswer
from viz.pages.claims.worlds import worlds

OF_THEIR_OWN = "The maps are runs of their own, not the futures above."
_WORLD = re.compile(r"\bW\d\b")


def with_source(surface: Section, answer: ClaimsAnswer, apart: str = "") -> Section:
    """The section with what it calls its worlds and, below it, what it was made from; as it is where it has no map.

    ``apart`` says what else the page shows that the maps are not made from.
    """
    named = worlds_said(surface)
    if not named:
        return surface
    return replace(surface, blocks=[*surface.blocks, blocks.small(sentences(named, source_said(answer), apart))])


def worlds_said(surface: Section) -> str:
    """What the numbers of worlds in its tables stand for."""
    spoken = {number for sheet in _sheets(surface) for number in _WORLD.findall(sheet.caption)}
    return " ".join(f"{world.number} is “{world.title}” ({world.name})."
                    for world in worlds() if world.number in spoken)


def source_said(answer: ClaimsAnswer) -> str:
    """What the maps were made from."""
    return f"Source: {about(answer)}. The page of claims has more in C3."


def about(answer: ClaimsAnswer) -> str:
    """What was run for the maps, for the first line of their files."""
    futures = min(SURFACE_FUTURES, answer.design["futures"])
    return (f"the study of the claims, made {answer.made} with model {answer.model[:12]}, seed "
            f"{answer.design['seed']}, {futures} futures in each cell, scale {answer.design['scale']:g}")


def _sheets(surface: Section) -> list[Sheet]:
    folded = [each.body[1] for each in surface.blocks if each.form == "folded"]
    return [*folded, *(each.body for each in surface.blocks if each.form == "table"),
            *(chart.sheet for chart in surface.charts)]
