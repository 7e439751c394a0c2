"""A worker process: takes turns between its jobs until it is told to stop.

It is told by messages ``("work", number, wish)``, ``("drop", number)`` and ``("stop",)``; it says ``("at", number,
done, total)``, ``("done", number)`` and ``("failed", number, sentence, what Python said)``. What is watched goes before
what is not.
"""

from __future__ import annotations

import os
import resource
import signal
import traceback
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

LONGEST_WAIT = 60.0  # seconds between two looks at whether the server still lives


def main(pipe: Connection, root: Path, limit: int, memory: int) -> None:
    """The loop of a worker; ``memory`` bytes it may take, 0 for no limit."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which tells us
    os.nice(5)  # answering visitors goes first
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    from model.digest import use_own_compile_cache

    use_own_compile_cache()
    from viz.runs.store import Store

    Turns(pipe, Store(root, limit)).run()


class Turns:
    """The jobs at hand and whose turn it is."""

    def __init__(self, pipe: Connection, store: object) -> None:
        self.pipe, self.store = pipe, store
        self.jobs: dict[int, tuple[bool, Iterator]] = {}  # in the order of their turns

    def run(self) -> None:
        """Work until told to stop, or until nobody is there to tell."""
        parent = os.getppid()
        while os.getppid() == parent:
            try:
                if self.pipe.poll(0 if self.jobs else LONGEST_WAIT) and not self._told(self.pipe.recv()):
                    return
                self._turn()
            except (EOFError, BrokenPipeError):
                return

    def _told(self, message: tuple) -> bool:
        what = message[0]
        if what == "work":
            self._begin(message[1], message[2])
        elif what == "drop" and message[1] in self.jobs:
            self.jobs.pop(message[1])[1].close()
        return what != "stop"

    def _begin(self, number: int, wish: object) -> None:
        from viz.runs import tasks

        self.jobs[number] = (wish.watched, tasks.begin(self.store, wish))

    def _turn(self) -> None:
        if not self.jobs:
            return
        number = next((each for each, (watched, _) in self.jobs.items() if watched), next(iter(self.jobs)))
        watched, job = self.jobs.pop(number)
        try:
            done, total = next(job)
            self.jobs[number] = (watched, job)  # behind the others
            self.pipe.send(("at", number, done, total))
        except StopIteration:
            self.store.tidy()
            self.pipe.send(("done", number))
        except MemoryError:
            self.pipe.send(("failed", number, "The run needed more memory than a visitor may take.", ""))
        except Exception as trouble:
            self.pipe.send(("failed", number, str(trouble), traceback.format_exc()))
