"""What became of the people: how those of April 2026 stand at the end of each year, and of the whole recording."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.calendar import NEVER
from model.kernels import kernel
from model.vocabulary import Status

if TYPE_CHECKING:  # who only reads recordings needs no market, and not the libraries under it
    from model.state.in_kernels import People
    from model.state.state import State

WORKERS = np.dtype([  # who was attached when the worlds parted; rows are those of the crew
    ("row", np.int32), ("craft", np.uint8), ("district", np.uint8), ("veteran", np.uint8),
    ("days", np.int32),  # days on calls in the career until then
    ("days_after", np.int32), ("craft_after", np.uint8), ("status_after", np.uint8), ("insured_after", np.uint8)])
FLOW = np.dtype([("year", np.int16), ("craft", np.uint8), ("to", np.uint8), ("workers", np.int32)])
STOCK = np.dtype([  # of a craft at the end of a year, attached workers
    ("year", np.int16), ("craft", np.uint8), ("workers", np.int32), ("apprentices", np.int32), ("skill", np.float64),
    ("lessons", np.int64), ("practised", np.int32)])  # skill: sum; practised: have worked with AI tools
MADE = np.dtype([  # what was made in a year: mean skill of those on calls, share done by AI, and how well
    ("year", np.int16), ("skill", np.float64), ("automated", np.float64), ("capability", np.float64)])
_OUT = int(Status.OUT)
DESTINATIONS = ("same", "ai", "other", "retraining", "out", "left_la")
SAME, AI, OTHER, COURSE, OUT, LEFT = range(len(DESTINATIONS))


class Cohort:
    """The attached of one week, followed to the end of a recording."""

    def __init__(self, state: State, veteran_days: int) -> None:
        crew = state.crew
        rows = np.flatnonzero(crew.status != Status.OUT)
        self.workers = np.zeros(rows.size, WORKERS)
        self.workers["row"] = rows
        for name in ("craft", "district"):
            self.workers[name] = getattr(crew, name)[rows]
        self.workers["days"] = crew.days_worked[rows]
        self.workers["veteran"] = crew.days_worked[rows] >= veteran_days

    def stand(self, state: State, year: int, ai_craft: int, back_weeks: int) -> np.ndarray:
        """Where the cohort is at the end of a year, by craft at the start: rows of FLOW."""
        learning = np.zeros(state.crew.count, bool)
        learning[state.course["row"][state.course["ends"] != NEVER]] = True
        counts = np.zeros((state.scale_cents.size, len(DESTINATIONS)), np.int64)
        _stand(self.workers, state.people, learning, ai_craft, state.week - back_weeks, counts)
        flows = np.zeros(counts.size, FLOW)
        flows["year"], flows["workers"] = year, counts.ravel()
        flows["craft"], flows["to"] = np.divmod(np.arange(counts.size), len(DESTINATIONS))
        return flows

    def finish(self, state: State) -> np.ndarray:
        """The cohort with how each stands at the end."""
        crew, rows = state.crew, self.workers["row"]
        self.workers["days_after"] = crew.days_worked[rows] - self.workers["days"]
        self.workers["craft_after"], self.workers["status_after"] = crew.craft[rows], crew.status[rows]
        self.workers["insured_after"] = crew.insured[rows]
        return self.workers


@kernel
def _stand(cohort: np.ndarray, people: People, learning: np.ndarray, ai_craft: int, left_before: int,
           counts: np.ndarray) -> None:
    """Count the ``cohort`` by craft at the start and where they are; whose last call ended before a week has left."""
    for n in range(cohort.size):
        worker = cohort[n]
        i, craft = worker.row, people.craft[worker.row]
        to = SAME if craft == worker.craft else AI if craft == ai_craft else OTHER
        if people.status[i] == _OUT:
            to = LEFT if people.records[i].since < left_before else OUT
        elif learning[i]:
            to = COURSE
        counts[worker.craft, to] += 1


def stock(state: State, year: int, skill: np.ndarray, veteran_days: int) -> np.ndarray:
    """Workers, apprentices and skill by craft at the end of a year: rows of STOCK. ``skill`` by row of the crew."""
    people = state.people
    rows = np.zeros(state.scale_cents.size, STOCK)
    rows["year"], rows["craft"] = year, np.arange(rows.size)
    _take_stock(people.records, people.status, people.craft, skill, veteran_days, rows)
    return rows


@kernel
def _take_stock(crew: np.ndarray, status: np.ndarray, craft: np.ndarray, skill: np.ndarray, veteran_days: int,
                rows: np.ndarray) -> None:
    """Add everyone attached to the row of their craft."""
    for i in range(status.size):
        if status[i] == _OUT:
            continue
        w, row = crew[i], rows[craft[i]]
        row.workers += 1
        row.apprentices += w.days_worked < veteran_days
        row.skill += skill[i]
        row.lessons += w.lessons
        row.practised += w.ai_days > 0
