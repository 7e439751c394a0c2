"""One life week by week: what the event log does not hold is simulated again, from the nearest checkpoint.

The log says when a worker was hired, went home, left and came back. Wage, savings, skill and coverage follow
exactly by running the same weeks again, since chance has no memory.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date

from model.calendar import monday
from model.errors import CallSheetError
from model.scenario import Scenario
from model.simulate import build
from model.state.state import State
from model.tables import crafts
from model.vocabulary import Status


@dataclass(frozen=True)
class Week:
    """How a worker stood at the end of a week. Money in cents."""

    week: int
    date: date
    status: str
    craft: str
    production: int  # identity of the title worked on, 0 for none
    wage: int  # a day, present or last
    savings: int
    days_worked: int
    insured: bool

    def plain(self) -> dict:
        """As JSON knows it."""
        return {**asdict(self), "date": self.date.isoformat()}


def follow(scenario: Scenario, row: int, first: int, last: int, future: int = 0, use_checkpoints: bool = True
           ) -> list[Week]:
    """The life of the worker of ``row`` in weeks ``first`` to ``last`` - 1 of one future of a scenario.

    Raises a sentence for weeks outside the scenario and for a row that nobody has yet at the end.
    """
    if not scenario.first_week <= first < last <= scenario.end_week:
        raise CallSheetError(f"Weeks {first} to {last} are not inside the scenario {scenario.name}, which runs from "
                             f"{scenario.first_week} to {scenario.end_week}.")
    market = build(replace(scenario, start=monday(first)), future, use_checkpoints=use_checkpoints)
    life = []
    for _ in range(first, last):
        market.step()
        market.settle()
        if row < market.state.crew.count:
            life.append(_stands(market.state, row))
    if not life or row < 0:
        raise CallSheetError(f"No worker has the row {row} by week {last}; rows go from 0 to "
                             f"{market.state.crew.count - 1:,}.")
    return life


def _stands(state: State, row: int) -> Week:
    crew, title = state.crew, state.crew.call[row] // state.calls.shape[1]
    return Week(
        week=state.week - 1,
        date=monday(state.week - 1),
        status=Status(int(crew.status[row])).name.lower(),
        craft=crafts().names[crew.craft[row]],
        production=int(state.productions.uid[title]) if crew.call[row] >= 0 else 0,
        wage=int(crew.wage[row]),
        savings=int(crew.savings[row]),
        days_worked=int(crew.days_worked[row]),
        insured=bool(crew.insured[row]),
    )
