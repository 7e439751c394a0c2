"""Lives in words: spells, spans of weeks, and the sentence of the week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from experiments.answer.people import WEEKS_A_YEAR
from experiments.answer.wording import uncapitalized
from experiments.lives.week_by_week import LEARNS, WAITS
from model.calendar import monday
from model.tables import crafts
from model.vocabulary import Event
from viz.spells import CALL, COURSE, OUT, SEARCH, Spell

WEEKS_A_MONTH = WEEKS_A_YEAR / 12
MONTHS_TO_YEARS = 24  # from here on savings are told in years
WORKED_OUT = "being worked out"
WHAT = {CALL: "On a call", SEARCH: "Searching", COURSE: "In a course", OUT: "Out of the market"}
BEGAN = {Event.HIRED_BY_REFERRAL: "called by someone known", Event.HIRED_FROM_OPEN_CALL: "from an open call",
         Event.WRAP: "the work was done", Event.LAYOFF: "sent home", Event.QUIT: "quit", Event.EXIT: "gave up",
         Event.RETURN: "came back", Event.RETRAINED: "finished a course"}


def day(year: int) -> date:
    """The first day of a year."""
    return date(year, 1, 1)


def date_says(week: int) -> str:
    """The Monday of a week as 4 Mar 2030."""
    at = monday(week)
    return f"{at.day} {at:%b %Y}"


def span_says(first: int, end: int) -> str:
    """A span of weeks by its first week and its last."""
    return date_says(first) if end - first == 1 else f"{date_says(first)} to {date_says(end - 1)}"


def title_says(spell: Spell) -> str:
    """The title of a call: kind, and whether AI is used in making it."""
    if not spell.kind:
        return "title not known"
    return uncapitalized(spell.kind) + (" made with AI" if spell.ai else "")


def what_says(spell: Spell) -> str:
    """What a worker does in a spell."""
    return f"{WHAT[spell.what]}, {title_says(spell)}" if spell.what == CALL else WHAT[spell.what]


def weeks_say(weeks: int) -> str:
    """1 week, 2 weeks."""
    return f"{weeks} week" if weeks == 1 else f"{weeks} weeks"


def dollars(cents: float) -> str:
    """Whole dollars."""
    return f"${cents / 100:,.0f}"


def spell_at(spells: Sequence[Spell], week: int) -> Spell | None:
    """The spell that holds a week."""
    return next((spell for spell in spells if spell.first <= week < spell.end), None)


def week_says(spell: Spell, at: int, week: dict[str, Any] | None) -> str:
    """How a worker stands in week ``at``: what for how long, what is asked or earned, savings, health plan."""
    if week is None:
        return f"{_does(spell, at, None)}. Pay, savings and the health plan are {WORKED_OUT}."
    money = {CALL: _earns, SEARCH: _asks, COURSE: _asks, OUT: lambda week: ""}[spell.what](week)
    parts = [_does(spell, at, week), money, _cover(week), f"health plan: {plan_says(week)}"]
    return "; ".join(part for part in parts if part) + "."


def plan_says(week: dict[str, Any]) -> str:
    """Whether the health plan covers a worker; some crafts have none."""
    if week["insured"]:
        return "covered"
    has_one = crafts().covered[crafts().names.index(week["craft"])]
    return "not covered" if has_one else "none in this craft"


def months(savings: int, living: int) -> float:
    """Months of usual living that savings pay for. Cents, and cents a week."""
    return savings / max(1, living) / WEEKS_A_MONTH


def _does(spell: Spell, at: int, week: dict[str, Any] | None) -> str:
    since = week["since"] if week and spell.what != COURSE else spell.first
    known = week is not None or spell.began is not None or spell.what == COURSE  # else it began before the telling
    weeks = f" for {weeks_say(at - since + 1)}{'' if known else ' or more'}"
    if spell.what == CALL:
        return f"on a call{weeks}, {title_says(spell)}"
    if spell.what == SEARCH:
        course = week["course"] if week else None
        more = {WAITS: ", waiting for a place in a course", LEARNS: ", in a course in AI work"}.get(course, "")
        return f"searching{weeks}{more}"
    return f"in a course in AI work{weeks}, and searching" if spell.what == COURSE else f"out of the market{weeks}"


def _earns(week: dict[str, Any]) -> str:
    return f"{dollars(week['wage'])} a day, {week['days']} days a week (scale {dollars(week['scale'])})"


def _asks(week: dict[str, Any]) -> str:
    if week["asks"] <= 0:
        return "would accept any pay"
    return f"would accept {dollars(week['asks'])} a day (scale {dollars(week['scale'])})"


def _cover(week: dict[str, Any]) -> str:
    if week["savings"] <= 0:
        return "no savings left"
    covered = months(week["savings"], week["living"])
    if covered >= MONTHS_TO_YEARS:
        return f"savings cover {covered / 12:.1f} years"
    return f"savings cover {covered:.1f} months"
