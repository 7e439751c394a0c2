"""In this process, one after another: for looking closely at a run, not for protection from it."""

from __future__ import annotations

from experiments.batch.case import Case
from experiments.batch.engines.protocol import Ended
from experiments.batch.execute import execute


class Here:
    """Runs each case when it is asked what has ended."""

    def __init__(self) -> None:
        self._waiting: list[Case] = []

    def slots(self) -> int:
        """One."""
        return 1

    def submit(self, case: Case) -> None:
        """Put it in line."""
        self._waiting.append(case)

    def ended(self, seconds: float) -> list[Ended]:
        """The next in line, run now."""
        if not self._waiting:
            return []
        case = self._waiting.pop(0)
        return [Ended(case, execute(case.runner, case.id, case.asks))]

    def stop(self) -> None:
        """Nothing runs between calls."""
        self._waiting.clear()
