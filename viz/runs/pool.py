"""The worker processes: started once, told by pipes, and started anew when one dies.

A pool of a library ends a process to stop its job; here a process keeps its compiled model and drops the job between
two weeks, and takes turns between jobs (see ``worker.py``).
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import threading
from collections.abc import Callable
from pathlib import Path

from viz.runs import worker

_log = logging.getLogger("callsheet")


class Pool:
    """``workers`` processes; each takes up to ``watched`` watched jobs at a time, and one that is not."""

    def __init__(self, workers: int, watched: int, root: Path, limit: int, memory: int) -> None:
        self.count, self.watched = workers, watched
        self._given = (root, limit, memory)
        self._context = multiprocessing.get_context("spawn")
        self._pipes: list = [None] * workers
        self._processes: list = [None] * workers
        self._holds: list[dict[int, bool]] = [{} for _ in range(workers)]  # number → watched
        self._stopping = False
        self._lock = threading.Lock()

    def start(self, said: Callable[[int, tuple], None], died: Callable[[int], None]) -> None:
        """Start the processes; ``said`` and ``died`` are called from threads of their own."""
        self._said, self._died = said, died
        for at in range(self.count):
            self._begin(at)

    def free_worker(self, watched: bool) -> int | None:
        """A worker that can take another job, the one with the least to do; None if there is none."""
        with self._lock:
            fits = [at for at in range(self.count)
                    if (sum(self._holds[at].values()) < self.watched if watched else len(self._holds[at]) == 0)]
            return min(fits, key=lambda at: (len(self._holds[at]), at), default=None)

    def give(self, at: int, number: int, wish: object) -> None:
        """Hand a job to a worker."""
        with self._lock:
            self._holds[at][number] = wish.watched
            self._send(at, ("work", number, wish))

    def drop(self, at: int, number: int) -> None:
        """Let a worker drop a job."""
        with self._lock:
            if self._holds[at].pop(number, None) is not None:
                self._send(at, ("drop", number))

    def free(self, at: int, number: int) -> None:
        """A worker is done with a job."""
        with self._lock:
            if 0 <= at < self.count:
                self._holds[at].pop(number, None)

    def stop(self) -> None:
        """End all processes."""
        self._stopping = True
        with self._lock:
            for at in range(self.count):
                self._send(at, ("stop",))
        for process in self._processes:
            process.join(2.0)
            if process.is_alive():
                process.kill()

    def _send(self, at: int, message: tuple) -> None:
        with contextlib.suppress(OSError, ValueError):  # a dead process is noticed by its listener
            self._pipes[at].send(message)

    def _begin(self, at: int) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=worker.main, args=(theirs, *self._given), name=f"worker-{at}",
                                        daemon=True)
        process.start()
        theirs.close()
        self._pipes[at], self._processes[at] = ours, process
        threading.Thread(target=self._listen, args=(at, ours, process), name=f"listen-{at}", daemon=True).start()

    def _listen(self, at: int, pipe: object, process: object) -> None:
        while True:
            try:
                message = pipe.recv()
            except (EOFError, OSError):
                break
            self._said(at, message)
        process.join(5.0)
        if self._stopping:
            return
        _log.error("Worker %d ended by itself (exit code %s); it is started again.", at, process.exitcode)
        with self._lock:
            self._holds[at].clear()
            self._begin(at)
        self._died(at)
