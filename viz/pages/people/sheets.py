"""The tables of a life: both worlds summed up, year by year, and every spell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.answer.people import WEEKS_A_YEAR
from experiments.page.sheet import Cell, Sheet, number
from model.calendar import monday
from model.tables import crafts
from model.vocabulary import Status
from viz.pages.people.marks import Detail
from viz.pages.people.words import BEGAN, WHAT, WORKED_OUT, date_says
from viz.spells import CALL, OUT, Spell, searches


@dataclass(frozen=True)
class Told:
    """One world's life with its name: spells, the record at the end, and the weeks with their money, once known."""

    world: str  # model or against
    name: str
    spells: Sequence[Spell]
    person: np.void
    detail: Detail

    @property
    def titles(self) -> int:
        """Different titles worked on."""
        return len({spell.title for spell in self.spells if spell.what == CALL})

    def weeks(self, what: str) -> int:
        """Weeks of one kind of spell."""
        return sum(spell.weeks for spell in self.spells if spell.what == what)

    @property
    def searches(self) -> list[int]:
        """Weeks of each search, courses included."""
        return searches(self.spells)


AT_THE_END = {Status.OUT: "out of the market", Status.IDLE: "searching", Status.ON_CALL: "on a call"}
Measure = Callable[[Told, float], tuple[float | int | str | None, str]]  # (life, years) → value, unit


def _of_detail(value: Callable[[Sequence[dict[str, Any]]], float], a_year: bool = False, unit: str = "USD") -> Measure:
    """A measure from the weeks with their money; None until they are worked out."""

    def measure(life: Told, years: float) -> tuple[float | None, str]:
        return None if life.detail is None else value(life.detail) / (years if a_year else 1.0), unit

    return measure


MEASURES: dict[str, Measure] = {
    "days on calls a year": lambda life, years: (int(life.person["days_after"]) / years, "days"),
    "weeks on calls a year": lambda life, years: (life.weeks(CALL) / years, "weeks"),
    "different titles worked on": lambda life, years: (life.titles, ""),
    "spells of searching": lambda life, years: (len(life.searches), ""),
    "longest search, weeks": lambda life, years: (max(life.searches, default=0), ""),
    "weeks out of the market": lambda life, years: (life.weeks(OUT), ""),
    "pay a year before tax": _of_detail(lambda weeks: sum(week["gross"] for week in weeks) / 100, a_year=True),
    "benefits a year": _of_detail(lambda weeks: sum(week["benefits"] for week in weeks) / 100, a_year=True),
    "years covered by a health plan": _of_detail(
        lambda weeks: sum(week["insured"] for week in weeks) / WEEKS_A_YEAR, unit="years"),
    "savings at the end": _of_detail(lambda weeks: weeks[-1]["savings"] / 100),
    "craft at the end": lambda life, years: (crafts().labels[life.person["craft_after"]], ""),
    "at the end": lambda life, years: (AT_THE_END[Status(int(life.person["status_after"]))], ""),
    "health plan at the end": lambda life, years: ("covered" if life.person["insured_after"] else "not covered", ""),
}  # fmt: skip


def summary(lives: Sequence[Told], years: float) -> Sheet:
    """Each measure in both worlds."""
    rows = [[Cell(name), *(_cell(*measure(life, years)) for life in lives)] for name, measure in MEASURES.items()]
    since = date_says(lives[0].spells[0].first)
    return Sheet("life", f"The life in {years:.0f} years from {since}; dollars of the day",
                 ["measure", *(life.name for life in lives)], rows)


def by_year(lives: Sequence[Told], begin: int, end: int) -> Sheet:
    """Weeks on calls, pay and weeks covered by the health plan in each calendar year."""
    years = np.array([monday(week).year for week in range(begin, end)])
    columns, values = ["year"], []
    for life in lives:
        columns += [f"{what}, {life.name}" for what in ("weeks on calls", "pay", "weeks with a health plan")]
        on_call = np.zeros(end - begin)
        for spell in life.spells:
            if spell.what == CALL:
                on_call[spell.first - begin : spell.end - begin] = 1
        values.append((on_call, *(_column(life.detail, name) for name in ("gross", "insured"))))
    rows = []
    for year in np.unique(years):
        row = [Cell(str(year))]
        for on_call, gross, insured in values:
            row.append(number(int(on_call[years == year].sum())))
            row.append(Cell(WORKED_OUT) if gross is None else number(float(gross[years == year].sum()) / 100, "USD"))
            row.append(Cell(WORKED_OUT) if insured is None else number(int(insured[years == year].sum())))
        rows.append(row)
    return Sheet("life_by_year", "The life year by year; the first and the last year are not whole", columns, rows)


def spells(life: Told) -> Sheet:
    """Every spell of one world."""
    rows = []
    for spell in life.spells:
        ai = {None: "–", True: "with AI", False: "without AI"}[spell.ai] if spell.what == CALL else ""
        began = "" if spell.began is None else BEGAN[spell.began]
        rows.append([_date(spell.first), _date(spell.end - 1), number(spell.weeks),
                     Cell(WHAT[spell.what]), Cell(spell.kind or ("not known" if spell.what == CALL else "")), Cell(ai),
                     Cell(began)])
    return Sheet(f"spells_{life.world}", f"Spells, {life.name}; weeks by their Mondays",
                 ["from", "to", "weeks", "what", "title", "made", "why"], rows,
                 ["Courses are those that were finished: one given up for a call leaves no trace in the log."])


def _date(week: int) -> Cell:
    return Cell(date_says(week), filed=monday(week).isoformat())


def _column(detail: Detail, name: str) -> np.ndarray | None:
    return None if detail is None else np.array([week[name] for week in detail], float)


def _cell(value: float | int | str | None, unit: str) -> Cell:
    if value is None:
        return Cell(WORKED_OUT)
    if isinstance(value, str):
        return Cell(value)
    if unit in ("weeks", "years"):
        return Cell(f"{value:.1f}", value)
    return number(value, unit)
