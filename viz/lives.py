"""Working lives read from the event logs of two worlds: what a worker did, week by week, in each of them.

A worker attached in April 2026 has the same row, talent, craft and home in every world, so that two lives can be laid
side by side. The log says when a worker was hired, by which title, went home, left, came back and finished a course;
pay, savings and the health plan are not in it (see ``experiments.lives.week_by_week``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from experiments.answer.people import SAME_AT_FIRST, WEEKS_A_YEAR, groups_of
from model.calendar import monday
from model.recording import Recording
from model.scenario import Scenario
from model.state import events as event_log
from model.tables import kinds
from model.vocabulary import HIRES, SEPARATIONS, Event, Status
from model.world import WORLDS_PART
from viz.lives_index import Index, index_of
from viz.spells import CALL, OUT, SEARCH, Spell, with_courses

AT_ONCE = 1 << 19  # events looked at together, which bounds memory
TURN = np.dtype([("week", np.int32), ("what", np.uint8), ("uid", np.int64)])
_AFTER = {**dict.fromkeys(HIRES, CALL), **dict.fromkeys(SEPARATIONS, SEARCH), Event.EXIT: OUT, Event.RETURN: SEARCH,
          Event.ENTRY: SEARCH}  # what a worker does from the week of an event on
_SIGN = np.zeros(16)  # of an event: ends a call, begins one, neither
_SIGN[list(SEPARATIONS)], _SIGN[list(HIRES)] = 1.0, -1.0


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

    @cached_property
    def _uids(self) -> np.ndarray:
        """Their identities, side by side, so that a search need not copy them first."""
        return np.ascontiguousarray(self._titles["uid"])

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
        place = int(np.searchsorted(self._uids, uid, side="right")) - 1
        if place < 0 or self._uids[place] != uid:
            return "", None
        book = self._titles[place]
        return kinds().labels[book["kind"]], bool(book["ai"])

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
        n, weeks = int(self.workers["row"].max(initial=-1)) + 1, np.arange(self.begin, self.end)
        per_week = self.recording.series["events_per_week"][weeks - self.recording.first_week]
        sums, calls = np.zeros(n), np.zeros(n)
        end = self._ends[-1]
        at = end - int(per_week.sum())
        for some in np.array_split(np.arange(weeks.size), max(1, int(end - at) // AT_ONCE)):
            many = int(per_week[some].sum())
            what, _, row = event_log.unpack(np.asarray(self.recording.events[at : at + many]))
            sign = np.where(row < n, _SIGN[what], 0.0)
            row = np.minimum(row, n - 1)
            calls += np.bincount(row, sign, minlength=n)
            sums += np.bincount(row, sign * np.repeat(weeks[some], per_week[some]), minlength=n)
            at += many
        last = self.workers["status_after"] == Status.ON_CALL
        at_first = last + calls[self.workers["row"]]
        return (sums[self.workers["row"]] + last * self.end - at_first * self.begin).astype(np.int64)


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
    def since(self) -> str:
        """The month in which lives begin to be told."""
        return f"{monday(self.begin):%B %Y}"

    @property
    def nobody(self) -> str:
        """Why nobody can be followed, in a sentence; "" where somebody can."""
        if not self.workers.size:
            return "This recording ends before April 2026, when worlds part; nobody is followed in it."
        if self.mine.recording.events is None:
            return ("This recording was kept without its event log, so no life can be read from it. Run it again with "
                    "the log kept.")
        return ""

    @property
    def years(self) -> float:
        """Years told."""
        return (self.end - self.begin) / WEEKS_A_YEAR

    @cached_property
    def weeks_a_year(self) -> tuple[np.ndarray, np.ndarray | None]:
        """Weeks on calls a year of each record of ``workers``, here and in the other world."""
        here = self.mine.weeks_on_call / self.years
        return here, None if self.other is None else self.other.weeks_on_call / self.years


def _why_not(mine: Recording, other: Recording | None) -> str:
    if other is None:
        return "Nothing is compared here: choose a second world to see the same person live twice."
    if (mine.first_week + mine.weeks, mine.scale) != (other.first_week + other.weeks, other.scale):
        return ("The two worlds do not end in the same week or are not of the same size, so that their people are not "
                "compared.")
    a, b = mine.tables["workers"], other.tables["workers"]
    if not np.array_equal(a[SAME_AT_FIRST], b[SAME_AT_FIRST]):
        return ("The two worlds differ before April 2026, so that the people attached then are not the same and cannot "
                "be compared person by person.")
    if other.events is None:
        return "The other world was kept without its event log; run it again with the log kept to compare lives."
    return ""
