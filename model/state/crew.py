"""The crew: everyone who ever worked in the market, as columns and as Mesa agents at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from model.calendar import NEVER
from model.errors import CallSheetError
from model.state.columns import Column
from model.state.crew_set import CrewSet
from model.state.roll import Roll
from model.state.row_agent import Cell, RowAgent, vectorized
from model.tables import crafts
from model.vocabulary import Status

__all__ = ["Crew", "CrewSet", "CrewWorker", "vectorized"]


class Crew(Roll):
    """The workers, attached or not. Leavers keep their row: a life is a slice, and chance stays aligned.

    Kernels take the columns; people take sets and views: ``crew.attached.agg("savings", np.sum)``,
    ``crew.worker(17).wage``.
    """

    craft = Column(np.uint8, "code", 0, "Craft, as the row of the table of crafts", apart=True)
    district = Column(np.uint8, "code", 0, "District of Los Angeles the worker lives in", apart=True)
    entered = Column(np.int16, "week", 0, "Week of entry into the market; negative means before the start")
    talent = Column(np.float32, "score from 0 to 1", 0.5, "Constant quality that skill builds on")
    status = Column(np.uint8, "code", Status.IDLE, "Out of the market, idle, or on call", apart=True)
    since = Column(np.int16, "week", 0, "Week in which the present call began, or the spell without one")
    call = Column(np.int32, "row", -1, "Row of the call answered; -1 for none")
    next = Column(np.int32, "row", -1, "Row of the next worker on the same call, a linked list; -1 ends it", apart=True)
    wage = Column(np.int32, "cents per day", 0, "Daily wage of the current or last call")
    days = Column(np.uint8, "days", 0, "Days a week on the present or last call")
    broke = Column(np.int16, "week", NEVER, "First week without savings if no call comes before")
    lessons = Column(np.int32, "days", 0, "Days' worth of practice taught by veterans")
    ring = Column(np.uint8, "code", 0, "Place in the ring of contacts that is overwritten next")
    living = Column(np.int32, "cents per week", 0, "Cost of living")
    savings = Column(np.int64, "cents", 0, "Savings, never below nothing")
    settled = Column(np.int16, "week", 0, "First week of which the row's money and hours are not settled yet")
    days_worked = Column(np.int32, "days", 0, "Days on calls in the whole career")
    hours_now = Column(np.int16, "hours", 0, "Paid hours in the running half-year")
    hours_before = Column(np.int16, "hours", 0, "Paid hours in the half-year before")
    insured = Column(np.uint8, "flag", 0, "Whether the health plan covers the worker")
    benefit_weeks = Column(np.int16, "weeks", 0, "Weeks of unemployment benefit left")
    spell_wage = Column(
        np.int32, "cents per day", 0, "Daily wage of the last call, on which the benefit is reckoned"
    )

    ai_days = Column(np.int32, "days", 0, "Days of practice with AI tools, as far as they were not stale in ai_week")
    ai_week = Column(np.int16, "week", 0, "Week in which ai_days was last written")

    end_calls: Callable[[np.ndarray], None] | None = None  # set by the market, which knows the calls
    take_in: Callable[[slice], None] | None = None  # set by the market, whose accounts count everyone

    def leave(self, rows: np.ndarray) -> None:
        """Let workers leave the market, their calls ended first. ``rows``: integer array."""
        if self.end_calls is not None:
            self.end_calls(np.atleast_1d(np.asarray(rows)))
        self.status[rows] = Status.OUT
        super().leave(rows)

    def may_set(self, name: str) -> None:
        """Raises a sentence if the column is one that a market keeps, whose accounts would not close."""
        if self.take_in is not None and name in _KEPT:
            raise CallSheetError(f"The column {name} is kept by the market, week by week. Take workers out of it with "
                                 "remove(); what else they have and earn can be set.")

    def joined(self, rows: slice) -> None:
        """Workers who were made by hand join the market."""
        if self.take_in is not None:
            self.take_in(rows)

    def attached_mask(self) -> np.ndarray:
        """For each row whether the worker is attached to the market."""
        return self.status != Status.OUT

    def is_attached(self, row: int) -> bool:
        """Whether the worker of a row is attached to the market."""
        return self.status.item(row) != _OUT


_OUT = int(Status.OUT)
_KEPT = ("uid", "status", "call", "next", "since", "settled", "ring")


class CrewWorker(RowAgent):
    """One worker: a view of a row of the model's crew as a ``mesa.Agent``.

    ``CrewWorker(model, wage=30_000)`` takes a new row into use; ``crew.worker(row)`` and every set give views
    of the rows there are. Every column is an attribute. Subclasses may add methods, properties and
    attributes.
    """

    __slots__ = ()

    @property
    def craft_name(self) -> str:
        """The craft as people say it."""
        return crafts().labels[self.craft]

    @property
    def status_name(self) -> str:
        """The status as people say it: out, idle, on call."""
        return Status(self.status).name.lower().replace("_", " ")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.unique_id}: {self.status_name}>"


Crew.worker_type, CrewWorker.roll_type = CrewWorker, Crew
for _column in Crew.columns.values():
    setattr(CrewWorker, _column.name, Cell(_column.name, f"{_column.meaning} ({_column.unit})."))
