"""Working lives read from the event logs of two worlds: what a worker did, week by week, in each of them.

A worker attached in April 2026 has the same row, talent, craft and home in every world, so that two lives can be laid
side by side. The log says when a worker was hired, by which title, went home, left, came back and finished a course;
pay, savings and the health plan are not in it (see ``experiments.life_weeks``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from experiments.people import SAME_AT_FIRST, WEEKS_A_YEAR, groups_of
from model.recording import Recording
from model.scenario import Scenario
from model.state import events as event_log
from model.tables import kinds
from model.vocabulary import HIRES, SEPARATIONS, Event, Status
from model.world import WORLDS_PART
from viz.lives_index import Index, index_of

CALL, SEARCH, COURSE, OUT = "call", "search", "course", "out"
TURN = np.dtype([("week", np.int32), ("what", np.uint8), ("uid", np.int64)])
_AFTER = {**dict.fromkeys(HIRES, CALL), **dict.fromkeys(SEPARATIONS, SEARCH), Event.EXIT: OUT, Event.RETURN: SEARCH,
          Event.ENTRY: SEARCH}  # what a worker does from the week of an event on


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


class World:
    """One recording as lives."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        self.begin = max(recording.first_week, WORLDS_PART)
        self.end = recording.first_week + recording.weeks
        self.workers = recording.tables["workers"]

    @cached_property
    def index(self) -> Index:
        """Where each worker's events stand."""
        return index_of(self.recording)

    @cached_property
    def scenario(self) -> Scenario:
        """What was run."""
        return Scenario(**self.recording.manifest["scenario"])

    @cached_property
    def course_weeks(self) -> int:
        """Weeks that a course takes in this world."""
        return self.scenario.params().ai_people.retraining_weeks

    @cached_property
    def _ends(self) -> np.ndarray:
        """Where in the log each week's events end."""
        return np.cumsum(self.recording.series["events_per_week"], dtype=np.int64)

    @cached_property
    def _titles(self) -> np.ndarray:
        """The books of titles in order of identity, each title as it was last written down."""
        books = self.recording.tables["titles"]
        return books[np.argsort(books["uid"], kind="stable")]

    def turns(self, row: int) -> np.ndarray:
        """What happened to a worker from April 2026 on: (week, what, title) in order of time."""
        places = self.index.of(row)
        found = np.empty(places.size, TURN)
        found["what"], found["uid"], _ = event_log.unpack(np.asarray(self.recording.events[places]))
        found["week"] = self.recording.first_week + np.searchsorted(self._ends, places, side="right")
        return found[found["week"] >= self.begin]

    def at(self, row: int) -> np.void | None:
        """The record of a worker attached in April 2026, None for anyone else."""
        place = int(np.searchsorted(self.workers["row"], row))
        there = place < self.workers.size and self.workers["row"][place] == row
        return self.workers[place] if there else None

    def title(self, uid: int) -> tuple[str, bool | None]:
        """Kind of a title in words and whether it is made with AI; ("", None) for one that no book holds."""
        books = self._titles
        place = int(np.searchsorted(books["uid"], uid, side="right")) - 1
        if place < 0 or books["uid"][place] != uid:
            return "", None
        return kinds().labels[books["kind"][place]], bool(books["ai"][place])

    def spells(self, row: int) -> tuple[Spell, ...]:
        """The life of a worker attached in April 2026, as spells without a gap from then to the end.

        What a worker did at first follows from the first event; where there is none, from days worked since.
        """
        turns, person = self.turns(row), self.at(row)
        first = Event(int(turns["what"][0])) if turns.size else None
        works = first in SEPARATIONS if first is not None else person is not None and person["days_after"] > 0
        title = int(turns["uid"][0]) if works and turns.size else 0
        open_spell = (self.begin, CALL if works else SEARCH, title, None)
        found: list[Spell] = []
        for week, what, uid in turns.tolist():
            event = Event(what)
            if event not in _AFTER:
                continue
            self._close(found, open_spell, week, event)
            open_spell = (week, _AFTER[event], uid if event in HIRES else 0, event)
        self._close(found, open_spell, self.end, None)
        courses = [int(turn["week"]) for turn in turns if turn["what"] == Event.RETRAINED]
        return with_courses(found, [(week - self.course_weeks, week) for week in courses])

    def _close(self, found: list[Spell], spell: tuple[int, str, int, Event | None], week: int, event: Event | None
               ) -> None:
        first, what, title, began = spell
        if week > first:
            kind, ai = self.title(title) if title else ("", None)
            found.append(Spell(first, week - first, what, title, kind, ai, began, event))

    @cached_property
    def weeks_on_call(self) -> np.ndarray:
        """Weeks on calls from April 2026 to the end, int64, of each record of ``workers``; every event looked at once.

        A call lasts from the week of its hire to that of its separation. Who separates more often than they are hired
        was on a call at first; who is on one at the end, works to the end.
        """
        recording, n = self.recording, int(self.workers["row"].max(initial=-1)) + 1
        from_here = int(self._ends[self.begin - recording.first_week - 1]) if self.begin > recording.first_week else 0
        what, _, row = event_log.unpack(np.asarray(recording.events[from_here:]))
        per_week = recording.series["events_per_week"][self.begin - recording.first_week :]
        week = np.repeat(np.arange(self.begin, self.end, dtype=np.float64), per_week)
        ours = row < n
        hired = ours & (what <= max(HIRES))
        left = ours & (what >= min(SEPARATIONS)) & (what <= max(SEPARATIONS))
        sums = [np.bincount(row[which], week[which], minlength=n)[self.workers["row"]] for which in (left, hired)]
        counts = [np.bincount(row[which], minlength=n)[self.workers["row"]] for which in (left, hired)]
        last = self.workers["status_after"] == Status.ON_CALL
        at_first = last + counts[0] - counts[1]
        return (sums[0] - sums[1] + last * self.end - at_first * self.begin).astype(np.int64)


class Lives:
    """Two worlds, or one, of the same people; ``notice`` says in a sentence why two cannot be compared."""

    def __init__(self, mine: Recording, other: Recording | None = None) -> None:
        self.mine = World(mine)
        self.notice = _why_not(mine, other)
        self.other = World(other) if other is not None and not self.notice else None

    @property
    def worlds(self) -> Sequence[World]:
        """This world, and the other one if they can be compared."""
        return (self.mine,) if self.other is None else (self.mine, self.other)

    @property
    def workers(self) -> np.ndarray:
        """Those attached in April 2026, by row; the same people in both worlds."""
        return self.mine.workers

    @cached_property
    def groups(self) -> dict[tuple[str, str], tuple[str, np.ndarray]]:
        """Label and places among ``workers`` of each craft, quarter of experience and home, by (kind, name)."""
        return {group: (label, members) for group, label, members in groups_of(self.workers)}

    @property
    def begin(self) -> int:
        """The week in which lives begin to be told."""
        return self.mine.begin

    @property
    def end(self) -> int:
        """The first week that is no longer told."""
        return self.mine.end

    @property
    def years(self) -> float:
        """Years told."""
        return (self.end - self.begin) / WEEKS_A_YEAR

    @cached_property
    def weeks_a_year(self) -> tuple[np.ndarray, np.ndarray | None]:
        """Weeks on calls a year of each record of ``workers``, here and in the other world."""
        here = self.mine.weeks_on_call / self.years
        return here, None if self.other is None else self.other.weeks_on_call / self.years


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


def _why_not(mine: Recording, other: Recording | None) -> str:
    if other is None:
        return "Nothing is compared here: choose a second world to see the same person live twice."
    if not mine.tables["workers"].size:
        return "This recording ends before April 2026, when worlds part; nobody is followed in it."
    if (mine.first_week + mine.weeks, mine.scale) != (other.first_week + other.weeks, other.scale):
        return "The two worlds do not end in the same week or are not of the same size, so their people are not compared."
    a, b = mine.tables["workers"], other.tables["workers"]
    if not np.array_equal(a[SAME_AT_FIRST], b[SAME_AT_FIRST]):
        return ("The two worlds differ before April 2026, so that the people attached then are not the same and are not "
                "compared person by person.")
    if other.events is None:
        return "The other world was kept without its event log; run it again with the log kept to compare lives."
    return ""
