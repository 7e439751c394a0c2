"""The worker processes: started once, told by pipes, and started anew when one dies.

A pool of a library ends a process to stop its job; here a process keeps its compiled model and drops the job between
two weeks, and takes turns between jobs (see ``worker.py``).
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue

from viz.runs import worker

PAUSE = 1.0  # seconds before a worker that died is replaced, so that one that cannot start costs little
LONGEST_PAUSE = 60.0  # seconds between two tries to start a process that cannot be started
END = 2.0  # seconds a process has to end by itself
_log = logging.getLogger("callsheet")


@dataclass
class Hand:
    """A process and what it has to do."""

    process: BaseProcess
    pipe: Connection
    outbox: SimpleQueue = field(default_factory=SimpleQueue)  # messages, None for the last
    holds: dict[int, bool] = field(default_factory=dict)  # number of a job → watched
    heard: float = field(default_factory=time.monotonic)  # when it last said something, or had nothing to say
    is_there: bool = True


class Pool:
    """``workers`` processes; each takes up to ``watched`` watched jobs at a time, and one that is not.

    Whoever calls it does so from one thread at a time, as the desk does under its lock. What is told goes through a
    thread for each worker: a worker reads between two slices of a run, and nobody else is to wait for that.
    """

    def __init__(self, workers: int, watched: int, root: Path, limit: int, memory: int, seconds: float) -> None:
        self.count, self.watched = workers, watched
        self._given = (root, limit, memory, seconds)
        self._context = multiprocessing.get_context("spawn")
        self._hands: list[Hand] = []
        self._stopping = threading.Event()

    def start(self, said: Callable[[int, tuple], None], died: Callable[[int], None]) -> None:
        """Start the processes; ``said`` and ``died`` are called from threads of their own."""
        self._said, self._died = said, died
        self._hands = [self._hand(at) for at in range(self.count)]
        for at in range(self.count):
            self._attend(at)

    def free_worker(self, watched: bool) -> int | None:
        """A worker that can take another job, the one with the least to do; None if there is none."""
        fits = [at for at, hand in enumerate(self._hands)
                if hand.is_there and (sum(hand.holds.values()) < self.watched if watched else not hand.holds)]
        return min(fits, key=lambda at: (len(self._hands[at].holds), at), default=None)

    def give(self, at: int, number: int, wish: object) -> None:
        """Hand a job to a worker."""
        hand = self._hands[at]
        if not hand.holds:
            hand.heard = time.monotonic()
        hand.holds[number] = wish.watched
        hand.outbox.put(("work", number, wish))

    def drop(self, at: int, number: int) -> None:
        """Let a worker drop a job."""
        if self._hands[at].holds.pop(number, None) is not None:
            self._hands[at].outbox.put(("drop", number))

    def free(self, at: int, number: int) -> None:
        """A worker is done with a job."""
        self._hands[at].holds.pop(number, None)

    def lost(self, at: int) -> None:
        """A worker that died is given nothing more; what it held is up to the caller."""
        self._hands[at].is_there = False
        self._hands[at].holds.clear()

    def end_silent(self, seconds: float) -> None:
        """End workers that have jobs and have not said a word for so long; they are replaced like any that dies."""
        for at, hand in enumerate(self._hands):
            if hand.is_there and hand.holds and time.monotonic() - hand.heard > seconds:
                _log.error("Worker %d has not said a word for %.0f seconds; it is ended.", at, seconds)
                hand.process.kill()

    def stop(self) -> None:
        """End all processes."""
        self._stopping.set()
        for hand in self._hands:
            hand.outbox.put(("stop",))
        for hand in self._hands:
            _end(hand.process)

    def _hand(self, at: int) -> Hand:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=worker.main, args=(theirs, *self._given), name=f"worker-{at}",
                                        daemon=True)
        try:
            process.start()
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        return Hand(process, ours)

    def _attend(self, at: int) -> None:
        hand = self._hands[at]
        threading.Thread(target=self._tell, args=(hand,), name=f"tell-{at}", daemon=True).start()
        threading.Thread(target=self._listen, args=(at, hand), name=f"listen-{at}", daemon=True).start()

    def _tell(self, hand: Hand) -> None:
        with contextlib.suppress(OSError):  # a dead process is noticed by its listener
            while (message := hand.outbox.get()) is not None:
                hand.pipe.send(message)

    def _listen(self, at: int, hand: Hand) -> None:
        while (message := _heard(hand.pipe)) is not None:
            hand.heard = time.monotonic()
            self._said(at, message)
        hand.outbox.put(None)
        if self._stopping.is_set():
            return
        _end(hand.process)
        _log.error("Worker %d ended by itself (exit code %s); it is started again.", at, hand.process.exitcode)
        self._died(at)
        again = self._begun_again(at)
        if again is None:
            return
        self._hands[at] = again
        self._attend(at)
        self._said(at, (worker.HERE, None))

    def _begun_again(self, at: int) -> Hand | None:
        """A process in the place of one that died; None once the pool ends. What keeps one from starting, such as too
        little memory, may pass: it is tried until it can be.
        """
        pause = PAUSE
        while not self._stopping.wait(pause):
            try:
                return self._hand(at)
            except OSError as trouble:
                pause = min(2 * pause, LONGEST_PAUSE)
                _log.error("Worker %d cannot be started (%s); it is tried again in %.0f seconds.", at, trouble, pause)
        return None


def _heard(pipe: Connection) -> tuple | None:
    """The next message; None where nobody is left to send one."""
    try:
        return pipe.recv()
    except (EOFError, OSError):
        return None


def _end(process: BaseProcess) -> None:
    process.join(END)
    if process.is_alive():
        process.kill()
        process.join(END)
