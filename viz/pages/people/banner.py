"""Who is followed and why, and a life in a sentence."""

from __future__ import annotations

from typing import Any

from experiments.answer.wording import uncapitalized
from model.tables import crafts, rows
from viz.lives import Lives
from viz.pages.people.choose import KINDS_OF_GROUP
from viz.pages.people.marks import label, moves
from viz.pages.people.sheets import Told
from viz.pages.people.view import HARDEST, LIKE, MEDIAN, PeopleView
from viz.pages.people.words import WORKED_OUT, date_says, weeks_say
from viz.spells import CALL, OUT


def who(lives: Lives, place: int) -> dict[str, Any]:
    """The banner's words: number, craft, home, experience."""
    person = lives.workers[place]
    a_year = lives.mine.scenario.params().population.career_days
    years, days = int(person["days"]) / a_year, int(person["days"])
    homes = [each["label"] for each in rows("districts.csv")]
    quarter = next((label for (kind, _), (label, members) in lives.groups.items()
                    if kind == "experience" and place in members), "")
    quarter = uncapitalized(quarter) + ("" if "experienced" in quarter else " by experience")
    return {
        "number": f"{int(person['row']):,}", "craft": uncapitalized(crafts().labels[person["craft"]]),
        "home": homes[person["district"]], "days": f"{days:,}", "quarter": quarter,
        "years": _long(years),
        "begins": date_says(lives.begin),
    }


def _long(years: float) -> str:
    """How long, in whole years, or in months below one; behind the word about."""
    many, unit = (years, "year") if years >= 1 else (12 * years, "month")
    if round(many) == 0:
        return "a month or less"
    return f"{many:.0f} {unit}{'s' if round(many) != 1 else ''}"


def why(lives: Lives, view: PeopleView, pick: str) -> str:
    """Why this one is shown."""
    groups = [lives.groups[kind, name][0] for key, kind in KINDS_OF_GROUP.items()
              if (name := getattr(view, key)) and (kind, name) in lives.groups]
    among = f"the group ({'; '.join(groups)})" if groups else f"all who were attached in {lives.since}"
    days = "days on calls" if lives.other is None else "days on calls against themselves in the other world"
    if pick == LIKE:
        return (f"Number {view.nth:,} of those like worker {view.like:,}: of the same craft, first those who live in "
                "the same place, and of these first those with as much experience.")
    if pick == HARDEST:
        whom = "has fewer" if lives.other is None else "loses more"
        return f"One in ten of {among} {whom} {days} than this one."
    if pick == MEDIAN:
        return f"The one in the middle of {among}, by {days}."
    return "Chosen by number."


def life_says(life: Told, craft: str) -> str:
    """A strip in a sentence, for everyone and for those who do not see it; ``craft`` is that at the start."""
    calls = [spell for spell in life.spells if spell.what == CALL]
    on_call, with_ai = life.weeks(CALL), sum(spell.weeks for spell in calls if spell.ai)
    total = sum(spell.weeks for spell in life.spells)
    text = f"On a call in {on_call} of {total} weeks, in {len(calls)} call{'s' if len(calls) != 1 else ''}"
    text = text if calls else f"Never on a call in {total} weeks"
    text += f"; {with_ai} of these weeks on titles made with AI" if with_ai else ""
    if life.searches:
        times = "once" if len(life.searches) == 1 else f"{len(life.searches)} times"
        text += f"; searching {times}, {weeks_say(max(life.searches))} at the longest"
    out = life.weeks(OUT)
    text += f"; out of the market for {weeks_say(out)}" if out else ""
    return f"{text}{_crafts_say(life, craft)}."


def _crafts_say(life: Told, craft: str) -> str:
    """Every change of craft with its week; before the weeks are known, the craft at the end alone."""
    changes = moves(life.detail, craft)
    last = crafts().names[life.person["craft_after"]]
    if changes:
        return "; the craft changes " + ", then ".join(f"to {label(name)} in the week of {date_says(week)}"
                                                       for week, name in changes)
    if last != craft and life.detail is None:
        return f"; the craft at the end is {label(last)}, and the week in which it changes is {WORKED_OUT}"
    return ""
