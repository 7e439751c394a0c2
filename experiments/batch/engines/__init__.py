"""Where cases are run: here, in processes of this machine, or on a Dask cluster; all by the same four calls."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from experiments.batch.case import Case
from experiments.batch.execute import Record
from model.errors import CallSheetError

LOCAL, HERE = "local", "here"


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


def engine(name: str, workers: int, run_limit: float) -> Engine:
    """An engine by the name a person gives: `local`, `here`, or the address of a Dask scheduler.

    ``run_limit`` is how long one run may take, in seconds of wall time.
    """
    if name == LOCAL:
        from experiments.batch.engines.local import Local

        return Local(workers, run_limit)
    if name == HERE:
        from experiments.batch.engines.here import Here

        return Here()
    if "://" in name:
        from experiments.batch.engines.cluster import Cluster

        return Cluster(name, run_limit)
    raise CallSheetError(
        f"--engine is {name[:80]!r}, but must be local, here, or the address of a Dask scheduler such as "
        "tcp://127.0.0.1:8786."
    )
