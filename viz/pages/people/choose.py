"""Whom to follow: the middle of a group, one of the hardest hit, a worker by number, or another like one.

Nothing here is left to chance: the same address shows the same person.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.answer.people import MIDDLE, TENTH, at_rank
from model.errors import nearest, shown
from model.vocabulary import Event
from viz.lives import Lives
from viz.pages.people.view import HARDEST, LIKE, MEDIAN, ROW, PeopleView

NO_ROW = 1 << 24  # every row is below it
KINDS_OF_GROUP = {"craft": "craft", "home": "district", "experience": "experience"}  # key of the view → kind of group


@dataclass(frozen=True)
class Chosen:
    """A place among those attached in April 2026, the pick that led there, and what has to be said about it."""

    place: int
    pick: str
    notices: tuple[str, ...] = ()


def choose(lives: Lives, view: PeopleView) -> Chosen:
    """Who is followed, among those of a recording in which someone is (see ``Lives.nobody``)."""
    notices = list(view.notices)
    needed = {ROW: "who", LIKE: "like"}.get(view.pick, "")
    notices += [f"{key} is {shown(text)}, but must be a whole number; it is left aside."
                for key, text in view.unread.items() if key != needed]
    if view.pick == ROW:
        place = _place(lives, view.row, view.unread.get(needed), notices)
        if place is not None:
            return Chosen(place, ROW, tuple(notices))
    if view.pick == LIKE:
        place = _place(lives, view.like, view.unread.get(needed), notices)
        if place is not None:
            return Chosen(_another(lives, place, view.nth, notices), LIKE, tuple(notices))
    members = _group(lives, view, notices)
    here = lives.workers[members]
    there = lives.other.workers[members] if lives.other else _without_days(here)
    hardest = view.pick == HARDEST
    at = at_rank(there, here, TENTH if hardest else MIDDLE)
    return Chosen(int(members[at]), HARDEST if hardest else MEDIAN, tuple(notices))


def like(lives: Lives, place: int) -> np.ndarray:
    """Places of all others of the same craft: of the same home first, then by how near their days on calls are."""
    workers = lives.workers
    me = workers[place]
    same = np.flatnonzero(workers["craft"] == me["craft"])
    same = same[same != place]
    apart = np.abs(workers["days"][same].astype(np.int64) - int(me["days"]))
    elsewhere = workers["district"][same] != me["district"]
    return same[np.lexsort((same, apart, elsewhere))]


def _another(lives: Lives, place: int, nth: int, notices: list[str]) -> int:
    others = like(lives, place)
    if not others.size:
        notices.append("Nobody else has this craft.")
        return place
    return int(others[(nth - 1) % others.size])


def numbers(lives: Lives) -> tuple[int, int]:
    """The lowest number of those who can be followed, and the highest."""
    rows = lives.workers["row"]
    return int(rows[0]), int(rows[-1])


def _place(lives: Lives, row: int | None, unread: str | None, notices: list[str]) -> int | None:
    """Place of a worker by number, or None with a sentence that says why not; ``unread`` was given in its place."""
    rows = lives.workers["row"]
    least, most = numbers(lives)
    allowed = (f"Those attached in {lives.since} have numbers from {least:,} to {most:,}. "
               "The one in the middle is shown instead.")
    if row is None:
        given = "No worker's number was given." if unread is None else (
            f"The worker's number is {shown(unread)}, but must be a whole number.")
        notices.append(f"{given} {allowed}")
        return None
    place = int(np.searchsorted(rows, row))
    if place < rows.size and rows[place] == row:
        return place
    if row < NO_ROW and (turns := lives.mine.turns(row)).size and turns["what"][0] == Event.ENTRY:
        notices.append(f"Worker {row:,} came new after {lives.since}. Who comes new, and when, differs between worlds, "
                       f"so that this life exists in one world only and cannot be told twice. {allowed}")
    elif row < most:
        notices.append(f"Worker {row:,} had left the market before {lives.since} and is not followed. {allowed}")
    else:
        notices.append(f"There is no worker {row:,} in {lives.since}. {allowed}")
    return None


def _group(lives: Lives, view: PeopleView, notices: list[str]) -> np.ndarray:
    """Places of those who are in every group asked for; a group that does not exist, or is empty, is said and left."""
    members = np.arange(lives.workers.size)
    for key, kind in KINDS_OF_GROUP.items():
        name = getattr(view, key)
        if not name:
            continue
        if (kind, name) not in lives.groups:
            names = [each for of, each in lives.groups if of == kind]
            hint = nearest(name, names)
            notices.append(f"Nobody is of {key} {shown(name)}; everyone is looked at instead. {hint}".strip())
            continue
        narrower = np.intersect1d(members, lives.groups[kind, name][1], assume_unique=True)
        if narrower.size:
            members = narrower
        else:
            notices.append(f"Nobody in this group is of {key} {lives.groups[kind, name][0]}; it was left aside.")
    return members


def _without_days(workers: np.ndarray) -> np.ndarray:
    """With nothing to compare, ranks are those of days on calls."""
    other = workers.copy()
    other["days_after"] = 0
    return other
