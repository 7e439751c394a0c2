"""Processes of this machine; nothing has to be started first."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Future, wait

from pebble import ProcessPool

from experiments.batch.case import Case
from experiments.batch.engines.pool import open_pool, outcome, schedule, usable
from experiments.batch.engines.protocol import Ended


class Local:
    """``workers`` processes; ``run_limit`` seconds a run."""

    def __init__(self, workers: int, run_limit: float) -> None:
        self._workers, self._run_limit = workers, run_limit
        self._pool: ProcessPool | None = None  # opened by the first case, which says what has to be loaded
        self._running: dict[Future, Case] = {}

    def slots(self) -> int:
        """One case a process."""
        return self._workers

    def submit(self, case: Case) -> None:
        """Give it to the pool."""
        if not usable(self._pool):
            self._pool = open_pool(self._workers, case.runner)
        self._running[schedule(self._pool, case, self._run_limit)] = case

    def ended(self, seconds: float) -> list[Ended]:
        """Those that are done."""
        done, _ = wait(self._running, timeout=seconds, return_when=FIRST_COMPLETED)
        return [Ended(self._running.pop(each), *outcome(each, self._run_limit)) for each in done]

    def stop(self) -> None:
        """End the processes."""
        if self._pool:
            self._pool.stop()
            self._pool.join()
