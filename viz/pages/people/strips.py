"""A life as strips: what is drawn where, in parts of five years that stand side by side or one below the other.

Everything is placed in percent of a part's width, so that a strip is drawn anew at any width while patterns, lines and
letters keep their size. What a worker does is told by height, outline and pattern, never by color alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from model.calendar import monday, week_of
from viz.pages.people.marks import Mark
from viz.pages.people.words import day, span_says, weeks_say, what_says
from viz.spells import CALL, Spell

WEEKS_IN_PART = 261  # five years
NEAR = 5.0  # percent of a part's width within which marks share one number


@dataclass(frozen=True)
class Piece:
    """One spell inside a part: its look, and where it lies in percent."""

    look: str
    at: float
    width: float
    says: str


@dataclass(frozen=True)
class Strip:
    """A part of one world's life."""

    world: str  # model or against, which is also its color
    pieces: Sequence[Piece]
    marks: Sequence[tuple[float, str]]  # where, and the numbers of the marks in the list below
    says: str


@dataclass(frozen=True)
class Part:
    """Some years of both worlds."""

    first: int
    end: int
    years: Sequence[tuple[float, int, str]]  # where each year begins, the year, and the address of its first week
    strips: Sequence[Strip]
    now: float | None  # where the week of the timeline is

    @property
    def says(self) -> str:
        """Its span in words."""
        return span_says(self.first, self.end)


def look(spell: Spell) -> str:
    """How a spell is drawn: a call on a title made with AI is hatched."""
    return "ai" if spell.what == CALL and spell.ai else spell.what


def parts(lives: Sequence[tuple[str, str, Sequence[Spell], Sequence[Mark]]], begin: int, end: int, week: int,
          address: Callable[[int], str]) -> list[Part]:
    """The strips of lives, (world, its name, spells, marks) each, from ``begin`` to ``end``."""
    many = max(1, round((end - begin) / WEEKS_IN_PART))
    edges = [begin + (end - begin) * at // many for at in range(many + 1)]
    found = []
    for first, last in zip(edges, edges[1:], strict=False):
        strips = [_strip(*life, first, last) for life in lives]
        inside = first <= week < last
        found.append(Part(first, last, _years(first, last, address), strips,
                          _percent(week + 0.5, first, last) if inside else None))
    return found


def _strip(world: str, name: str, spells: Sequence[Spell], marks: Sequence[Mark], first: int, end: int) -> Strip:
    pieces = []
    for spell in spells:
        low, high = max(spell.first, first), min(spell.end, end)
        if low < high:
            at = _percent(low, first, end)
            says = f"{what_says(spell)}, {span_says(spell.first, spell.end)}, {weeks_say(spell.weeks)}"
            pieces.append(Piece(look(spell), at, round(_percent(high, first, end) - at, 3), says))
    on_call = sum(min(each.end, end) - max(each.first, first) for each in spells
                  if each.what == CALL and each.first < end and each.end > first)
    says = f"{name}, {span_says(first, end)}: on a call in {on_call} of {end - first} weeks."
    numbered = [(mark.week, at + 1) for at, mark in enumerate(marks) if first <= mark.week < end]
    return Strip(world, pieces, _shared([(_percent(week, first, end), number) for week, number in numbered]), says)


def _shared(numbered: Sequence[tuple[float, int]]) -> list[tuple[float, str]]:
    """Marks that lie close together share one label, 2–4, where the first of them is."""
    groups: list[tuple[float, list[int]]] = []
    for at, number in numbered:
        if groups and at - groups[-1][0] < NEAR:
            groups[-1][1].append(number)
        else:
            groups.append((at, [number]))
    return [(at, str(them[0]) if len(them) == 1 else f"{them[0]}–{them[-1]}") for at, them in groups]


def _years(first: int, end: int, address: Callable[[int], str]) -> list[tuple[float, int, str]]:
    begins = []
    for year in range(monday(first).year, monday(end - 1).year + 1):
        week = week_of(day(year)) + (monday(week_of(day(year))) < day(year))
        if first <= week < end:
            begins.append((_percent(week, first, end), year, address(week)))
    return begins


def _percent(week: float, first: int, end: int) -> float:
    return round(100.0 * (week - first) / (end - first), 3)
