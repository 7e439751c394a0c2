"""What the one who gives out cases knows of whoever runs them."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from experiments.batch.case import Case
from experiments.batch.execute import Record


class Ended(NamedTuple):
    """A case that ended: with a record, or without one because its process ``died``, in words."""

    case: Case
    record: Record | None
    died: str = ""


class Engine(Protocol):
    """Runs cases. Every case that is submitted ends once, in any order."""

    def slots(self) -> int:
        """How many cases it can run at a time."""

    def submit(self, case: Case) -> None:
        """Take a case on; returns at once where others do the work."""

    def ended(self, seconds: float) -> list[Ended]:
        """Those that have ended since the last call; waits up to ``seconds`` for the first."""

    def stop(self) -> None:
        """Let go of everything; what still runs is given up."""
