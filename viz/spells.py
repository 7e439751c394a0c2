"""Spells of a working life: on a call, searching, in a course, out of the market."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.vocabulary import Event

CALL, SEARCH, COURSE, OUT = "call", "search", "course", "out"


@dataclass(frozen=True)
class Spell:
    """Weeks in a row in which a worker did one thing; weeks count from January 2015."""

    first: int
    weeks: int
    what: str  # CALL, SEARCH, COURSE or OUT
    title: int = 0  # identity of the title of a call, 0 for none or not known
    kind: str = ""  # of that title, in words; empty where it is not known
    ai: bool | None = None  # whether the title is made with AI, None where it is not known
    began: Event | None = None  # what began and what ended it, where that is in the log
    ended: Event | None = None

    @property
    def end(self) -> int:
        """The first week after it."""
        return self.first + self.weeks


def with_courses(spells: Sequence[Spell], courses: Sequence[tuple[int, int]]) -> tuple[Spell, ...]:
    """Spells of searching cut where a course (first week, first week after it) lies in them."""
    found: list[Spell] = []
    for spell in spells:
        inside = [(max(first, spell.first), end) for first, end in courses
                  if spell.what == SEARCH and first < spell.end and spell.first < end <= spell.end]
        at, began = spell.first, spell.began
        for first, end in inside:
            if first > at:
                found.append(Spell(at, first - at, SEARCH, began=began))
            found.append(Spell(first, end - first, COURSE, ended=Event.RETRAINED))
            at, began = end, Event.RETRAINED
        if not inside:
            found.append(spell)
        elif at < spell.end:
            found.append(Spell(at, spell.end - at, SEARCH, began=began, ended=spell.ended))
    return tuple(found)


def searches(spells: Sequence[Spell]) -> list[int]:
    """Weeks of each time without a call but in the market, courses included: whoever learns goes on looking."""
    found, before = [], ""
    for spell in spells:
        if spell.what in (SEARCH, COURSE):
            if before in (SEARCH, COURSE):
                found[-1] += spell.weeks
            else:
                found.append(spell.weeks)
        before = spell.what
    return found
