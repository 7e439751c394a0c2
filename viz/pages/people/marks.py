"""Turns of a life that are marked on its strip: leaving, coming back, courses, another craft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from experiments.answer.wording import uncapitalized
from experiments.lives.week_by_week import LEARNS, NO_COURSE
from model.tables import AI_CRAFT, crafts
from model.vocabulary import Event
from viz.spells import COURSE, OUT, Spell

Detail = Sequence[dict[str, Any]] | None  # the weeks of a life as JSON, see experiments.lives.week_by_week.LifeWeek


@dataclass(frozen=True)
class Mark:
    """Something that happened, in the week in which it did."""

    week: int
    says: str


def label(craft: str) -> str:
    """A craft in words, as it stands inside a sentence."""
    return uncapitalized(crafts().labels[crafts().names.index(craft)])


def moves(detail: Detail, craft: str) -> list[tuple[int, str]]:
    """Changes of craft, from a first ``craft``: the week in which each is known, and the craft from then on."""
    weeks = detail or ()
    before = [craft, *(week["craft"] for week in weeks)]
    return [(week["week"], week["craft"]) for week, last in zip(weeks, before, strict=False) if week["craft"] != last]


def marks(spells: Sequence[Spell], detail: Detail, craft: str) -> list[Mark]:
    """In order of time, from a first ``craft``. Changes of craft other than by a course, and courses given up, are
    known from ``detail``.
    """
    found = []
    for spell in spells:
        if spell.what == OUT:
            found.append(Mark(spell.first, "leaves the market"))
            if spell.ended == Event.RETURN:
                found.append(Mark(spell.end, "comes back"))
        elif spell.what == COURSE:
            found.append(Mark(spell.first, "begins a course in AI work"))
            found.append(Mark(spell.end, f"finishes the course and belongs to {label(AI_CRAFT)}"))
    known = {mark.week for mark in found if mark.says.startswith("finishes")}
    courses = [(spell.first, spell.end) for spell in spells if spell.what == COURSE]
    found += [Mark(week, f"is hired in another craft, {label(name)}") for week, name in moves(detail, craft)
              if week not in known]
    weeks = [{"course": NO_COURSE}, *(detail or ())]
    for before, after in zip(weeks, weeks[1:], strict=False):
        week = after["week"]
        finished = any(first <= week <= end for first, end in courses)
        if before["course"] != LEARNS == after["course"] and not finished:
            found.append(Mark(week, "begins a course in AI work"))
        if before["course"] == LEARNS != after["course"] and not finished and after["status"] == "on_call":
            found.append(Mark(week, "gives the course up for a call"))
    return sorted(found, key=lambda mark: mark.week)
