"""Tasks of the claims put to a batch of runs, and their results taken back in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from experiments.batch.case import Case
from experiments.claims.measures import SURFACE
from experiments.claims.runs import Task
from experiments.runners.claims import ask
from experiments.study.plan import Row
from experiments.study.session import Session

Result = dict[str, Any]


class Asked:
    """What the study of the claims runs its tasks with."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._points: dict[str, int] = {}

    def results(self, tasks: Sequence[Task]) -> list[Result | None]:
        """The result of each task in their order; None for one that failed. Points are run future by future, so that
        the world they are compared with is at hand; the middle comes first and brings the histories, and what is only
        drawn comes last.
        """
        rows = [self._row(task) for task in tasks]
        self.session.run(sorted(rows, key=_turn))
        found = self.session.results.details([row.case.id for row in rows])
        return [found.get(row.case.id) for row in rows]

    def _row(self, task: Task) -> Row:
        """Tasks of the same settings are one point of the plan."""
        case = Case("claims", ask(task))
        settings = repr(sorted(task.settings.items()))
        point = self._points.setdefault(settings, len(self._points))
        return Row("+".join(task.measures), point, task.future, dict(task.settings), case)

    @property
    def failed(self) -> list[str]:
        """A sentence for each run that failed."""
        mine = {row.case.id for row in self.session.rows}
        return [each["message"] for each in self.session.folder.failures() if each["case"] in mine]


def _turn(row: Row) -> tuple[bool, bool, int]:
    return bool(row.values), row.scenario == SURFACE, row.future if row.values else 0
