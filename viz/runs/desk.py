"""The one queue of the server: fair among visitors, a newer wish of a visitor in the place of an older one.

What is watched goes before what is not; among equals the visitor whose turn is longest ago goes first. What several
visitors wish is run once. Nothing that a visitor no longer wishes is worked on for them.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from viz.runs.pool import Pool
from viz.runs.store import Store
from viz.runs.wishes import Pair, Wish

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
NOBODY = ""  # who wishes what is run ahead of time
_log = logging.getLogger("callsheet")


@dataclass
class Job:
    """One wish on its way; several visitors may wait for it."""

    wish: Wish
    number: int
    wanted_by: list[str] = field(default_factory=list)
    state: str = WAITING
    done: int = 0
    total: int = 1
    failure: str = ""
    began: float = 0.0
    worker: int = -1

    @property
    def ahead(self) -> tuple[bool, bool]:
        """What sorts jobs of one visitor: someone waits, and watches."""
        return (self.wanted_by == [NOBODY], not self.wish.watched)


class Desk:
    """Takes wishes, hands them to workers, and says how they stand."""

    def __init__(self, store: Store, pool: Pool, most_waiting: int, run_seconds: float) -> None:
        self.store, self.pool = store, pool
        self.most_waiting, self.run_seconds = most_waiting, run_seconds
        self.changed = threading.Condition()
        self._jobs: dict[str, Job] = {}  # by key
        self._turn: dict[str, int] = {}  # when a visitor was served last
        self._number = self._turns = 0
        self._over: dict[str, str] = {}  # failures by key, so that a wish that fails is not tried again and again
        pool.start(self._said, self._died)
        self._closed = threading.Event()
        threading.Thread(target=self._watch_time, name="desk", daemon=True).start()

    # What visitors do
    def wish(self, visitor: str, wishes: Iterable[Wish], retry: bool = False) -> bool:
        """What a visitor wishes from now on, in order; what they wished before is dropped. False if the queue is
        full.
        """
        wishes = list(wishes)
        with self.changed:
            keys = {each.key for each in wishes}
            for job in [each for each in self._jobs.values() if visitor in each.wanted_by]:
                if job.wish.key not in keys:
                    self._leave(visitor, job)
            new = [each for each in wishes if each.key not in self._jobs and not self.store.has(each)]
            if retry:
                for each in wishes:
                    self._over.pop(each.key, None)
            waiting = sum(each.state == WAITING for each in self._jobs.values())
            if new and waiting + len(new) > self.most_waiting:
                return False
            for each in wishes:
                if each.key in self._over:
                    continue
                job = self._jobs.get(each.key)
                if job is None and each in new:
                    self._number += 1
                    job = self._jobs[each.key] = Job(each, self._number, total=each.scenario.weeks)
                if job is not None and visitor not in job.wanted_by:
                    job.wanted_by.append(visitor)
                    if job.worker >= 0 and NOBODY in job.wanted_by:
                        job.wanted_by.remove(NOBODY)
            self._hand_out()
            self.changed.notify_all()
        return True

    def leave(self, visitor: str) -> None:
        """A visitor is gone."""
        self.wish(visitor, ())
        with self.changed:
            self._turn.pop(visitor, None)

    def state(self, wish: Wish) -> tuple[str, int, int, str]:
        """(state, weeks done, weeks in all, failure) of a wish."""
        with self.changed:
            job = self._jobs.get(wish.key)
            if job is not None:
                return job.state, job.done, job.total, job.failure
            if wish.key in self._over:
                return FAILED, 0, 1, self._over[wish.key]
        total = wish.scenario.weeks
        return (DONE, total, total, "") if self.store.has(wish) else (WAITING, 0, total, "")

    def place(self, visitor: str) -> int:
        """How many jobs will be begun before the first one of a visitor; 0 if one is being worked on."""
        with self.changed:
            mine = [each for each in self._jobs.values() if visitor in each.wanted_by]
            if not mine or any(each.state == RUNNING for each in mine):
                return 0
            order = sorted((each for each in self._jobs.values() if each.state == WAITING), key=self._rank)
            return next((at + 1 for at, each in enumerate(order) if visitor in each.wanted_by), 0)

    def ahead_of_time(self, wishes: Iterable[Wish]) -> None:
        """Let these be run while nobody waits."""
        self.wish(NOBODY, wishes)

    def waiting(self) -> int:
        """Jobs that wait."""
        with self.changed:
            return sum(each.state == WAITING for each in self._jobs.values())

    def running(self) -> int:
        """Jobs that are being worked on."""
        with self.changed:
            return sum(each.state == RUNNING for each in self._jobs.values())

    def close(self) -> None:
        """Stop all work."""
        self._closed.set()
        self.pool.stop()

    # What workers say
    def _said(self, worker: int, message: tuple) -> None:
        what, number = message[0], message[1]
        with self.changed:
            job = next((each for each in self._jobs.values() if each.number == number), None)
            if job is not None and what == "at":
                job.done, job.total = message[2], message[3]
            elif job is not None:
                self._finish(job, DONE if what == "done" else FAILED, message[2] if what == "failed" else "")
                if what == "failed":
                    _log.error("Run %s failed: %s\n%s", job.wish.key[:8], message[2], message[3])
            if what != "at":
                self._hand_out()
            self.changed.notify_all()

    def _died(self, worker: int) -> None:
        """What a worker that died was working on is given up; the next worker has a clean start."""
        with self.changed:
            for job in [each for each in self._jobs.values() if each.worker == worker and each.state == RUNNING]:
                self._finish(job, FAILED, "The process that ran it ended by itself.")
            self._hand_out()
            self.changed.notify_all()

    def _finish(self, job: Job, state: str, failure: str) -> None:
        self.pool.free(job.worker, job.number)
        self._jobs.pop(job.wish.key, None)
        if state == FAILED:
            self._over[job.wish.key] = f"{failure} It is run {job.wish.key[:8]} in the log."
            while len(self._over) > 500:
                self._over.pop(next(iter(self._over)))

    def _leave(self, visitor: str, job: Job) -> None:
        job.wanted_by.remove(visitor)
        if not job.wanted_by:
            if job.state == RUNNING:
                self.pool.drop(job.worker, job.number)
            self._jobs.pop(job.wish.key, None)

    # Whose turn it is
    def _rank(self, job: Job) -> tuple:
        served = min((self._turn.get(each, 0) for each in job.wanted_by), default=0)
        return (*job.ahead, served, job.number)

    def _hand_out(self) -> None:
        while True:
            waiting = sorted((each for each in self._jobs.values() if each.state == WAITING), key=self._rank)
            job = next((each for each in waiting if self._may_begin(each)), None)
            worker = self.pool.free_worker(job.wish.watched) if job else None
            if worker is None:
                return
            job.state, job.worker, job.began = RUNNING, worker, time.monotonic()
            self._turns += 1
            for each in job.wanted_by:
                self._turn[each] = self._turns
            self.pool.give(worker, job.number, job.wish)

    def _may_begin(self, job: Job) -> bool:
        """A pair that is watched waits for its worlds, which run side by side."""
        wish = job.wish
        if not isinstance(wish, Pair):
            return True
        needed = [each for each in (wish.mine if wish.watched else None, wish.other) if each is not None]
        return not any(each.key in self._jobs for each in needed)

    def _watch_time(self) -> None:
        while not self._closed.wait(1.0):
            now = time.monotonic()
            with self.changed:
                for job in [each for each in self._jobs.values() if each.state == RUNNING]:
                    if now - job.began > self.run_seconds:
                        self.pool.drop(job.worker, job.number)
                        self._finish(job, FAILED, f"It took longer than the {self.run_seconds:.0f} seconds a run may.")
                        self._hand_out()
                        self.changed.notify_all()

