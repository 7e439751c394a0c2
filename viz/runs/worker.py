"""A worker process: takes turns between its jobs until it is told to stop.

It is told by messages ``("work", number, wish)``, ``("drop", number)`` and ``("stop",)``; it says ``("at", number,
done, total)``, ``("done", number)`` and ``("failed", number, sentence, what Python said)``. What is watched goes before
what is not.
"""

from __future__ import annotations

import contextlib
import logging
import os
import resource
import signal
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

LONGEST_WAIT = 60.0  # seconds between two looks at whether the server still lives
HERE = "here"  # what the pool says of a worker that was started anew
_log = logging.getLogger("callsheet")


def main(pipe: Connection, root: Path, limit: int, memory: int, seconds: float) -> None:
    """The loop of a worker; ``memory`` bytes it may take, 0 for no limit; ``seconds`` it may work on one job."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which tells us
    os.nice(5)  # answering visitors goes first
    _limit_memory(memory)
    from viz.runs.store import Store

    Turns(pipe, Store(root, limit), seconds).run()


def _limit_memory(memory: int) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if memory and (most == resource.RLIM_INFINITY or memory < most):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


@dataclass
class Job:
    """Work that is done in slices, and how long it has taken so far."""

    watched: bool
    work: Iterator[tuple[int, int]]
    spent: float = 0.0  # seconds


class Turns:
    """The jobs at hand and whose turn it is."""

    def __init__(self, pipe: Connection, store: object, seconds: float) -> None:
        self.pipe, self.store, self.seconds = pipe, store, seconds
        self.jobs: dict[int, Job] = {}  # in the order of their turns

    def run(self) -> None:
        """Work until told to stop, or until nobody is there to tell."""
        parent = os.getppid()
        with contextlib.suppress(EOFError, ConnectionError):
            while os.getppid() == parent and self._hear():
                self._turn()
        for number in list(self.jobs):
            self._drop(number)

    def _hear(self) -> bool:
        """Take in all that was said, so that nothing is worked on that has been dropped; False when told to stop."""
        while self.pipe.poll(0 if self.jobs else LONGEST_WAIT):
            what, *about = self.pipe.recv()
            if what == "stop":
                return False
            if what == "work":
                self._begin(*about)
            else:
                self._drop(*about)
        return True

    def _begin(self, number: int, wish: object) -> None:
        from viz.runs import tasks

        self.jobs[number] = Job(wish.watched, tasks.begin(self.store, wish))

    def _drop(self, number: int) -> None:
        job = self.jobs.pop(number, None)
        if job is None:
            return
        try:
            job.work.close()
        except Exception:  # a full disk, say: the other jobs go on
            _log.warning("A run that was dropped did not end well.", exc_info=True)

    def _turn(self) -> None:
        if not self.jobs:
            return
        number = next((each for each, job in self.jobs.items() if job.watched), next(iter(self.jobs)))
        job = self.jobs[number]
        try:
            began = time.monotonic()
            done, total = next(job.work)
            job.spent += time.monotonic() - began
        except StopIteration:
            self._ended(number, "done")
            with contextlib.suppress(OSError):  # whether there is room is no part of a result
                self.store.tidy()
        except MemoryError:
            self._ended(number, "failed", "The run needed more memory than a visitor may take.", "")
        except Exception as trouble:
            self._ended(number, "failed", str(trouble), traceback.format_exc())
        else:
            if job.spent > self.seconds:
                self._drop(number)
                self._ended(number, "failed", f"It took longer than the {self.seconds:.0f} seconds a run may.", "")
            else:
                self.jobs[number] = self.jobs.pop(number)  # behind the others
                self.pipe.send(("at", number, done, total))

    def _ended(self, number: int, *what: str) -> None:
        self.jobs.pop(number, None)
        self.pipe.send((what[0], number, *what[1:]))
