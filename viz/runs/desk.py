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
KEPT_FAILURES = 500
TRIED_AGAIN = 300.0  # seconds after which what failed is run again if somebody wishes it
SILENCE = 600.0  # seconds without a word after which a worker hangs: no slice of a run takes as long
LOOK = 5.0  # seconds between two looks at whether a worker hangs
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
    worker: int = -1
    was_lost: bool = False  # with a worker that died; once is forgiven, since another job may have been the reason

    @property
    def ahead(self) -> tuple[bool, bool]:
        """What sorts jobs of one visitor: someone waits, and watches."""
        return (self.wanted_by == [NOBODY], not self.wish.watched)


class Desk:
    """Takes wishes, hands them to workers, and says how they stand."""

    def __init__(self, store: Store, pool: Pool, most_waiting: int) -> None:
        self.store, self.pool, self.most_waiting = store, pool, most_waiting
        self._changed = threading.Condition()
        self.moved = 0  # grows whenever something changes
        self._jobs: dict[str, Job] = {}  # by key
        self._turn: dict[str, int] = {}  # when a visitor was served last
        self._number = self._turns = 0
        self._over: dict[str, tuple[str, float]] = {}  # what failed, by key: a sentence, and when
        self._closed = threading.Event()
        pool.start(self._said, self._died)
        threading.Thread(target=self._watch_workers, name="desk", daemon=True).start()

    # What visitors do
    def wish(self, visitor: str, wishes: Iterable[Wish]) -> bool:
        """What a visitor wishes from now on, in order; what they wished before is dropped. False if the queue is
        full.
        """
        wishes = list(wishes)
        with self._changed:
            keys = {each.key for each in wishes}
            for job in [each for each in self._jobs.values() if visitor in each.wanted_by]:
                if job.wish.key not in keys:
                    self._leave(visitor, job)
            self._forgive(keys)
            new = {each.key for each in wishes if not (each.key in self._jobs or each.key in self._over
                                                       or self.store.has(each))}
            has_room = not new or self.waiting() + len(new) <= self.most_waiting
            if has_room:
                for each in wishes:
                    self._want(visitor, each, each.key in new)
            self._go_on()
        return has_room

    def leave(self, visitor: str) -> None:
        """A visitor is gone."""
        with self._changed:
            self.wish(visitor, ())
            self._turn.pop(visitor, None)

    def state(self, wish: Wish) -> tuple[str, int, int, str]:
        """(state, weeks done, weeks in all, failure) of a wish."""
        with self._changed:
            job = self._jobs.get(wish.key)
            if job is not None:
                return job.state, job.done, job.total, job.failure
            if wish.key in self._over:
                return FAILED, 0, 1, self._over[wish.key][0]
        total = wish.scenario.weeks
        return (DONE, total, total, "") if self.store.has(wish) else (WAITING, 0, total, "")

    def place(self, visitor: str) -> int:
        """How many jobs will be begun before the first one of a visitor; 0 if one is being worked on."""
        with self._changed:
            mine = [each for each in self._jobs.values() if visitor in each.wanted_by]
            if not mine or any(each.state == RUNNING for each in mine):
                return 0
            order = sorted((each for each in self._jobs.values() if each.state == WAITING), key=self._rank)
            return next((at + 1 for at, each in enumerate(order) if visitor in each.wanted_by), 0)

    def ahead_of_time(self, wishes: Iterable[Wish]) -> None:
        """Let these be run while nobody waits."""
        self.wish(NOBODY, wishes)

    def wait(self, moved: int, seconds: float) -> None:
        """Return once something has changed since ``moved``, or after some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.moved != moved, seconds)

    def waiting(self) -> int:
        """Jobs that wait."""
        with self._changed:
            return sum(each.state == WAITING for each in self._jobs.values())

    def running(self) -> int:
        """Jobs that are being worked on."""
        with self._changed:
            return sum(each.state == RUNNING for each in self._jobs.values())

    def close(self) -> None:
        """Stop all work."""
        self._closed.set()
        self.pool.stop()

    # What workers say
    def _said(self, worker: int, message: tuple) -> None:
        what, number, *more = message
        with self._changed:
            job = next((each for each in self._jobs.values() if each.number == number), None)
            if job is not None and what == "at":
                job.done, job.total = more
            elif job is not None and what == "done":
                self._end(job)
            elif job is not None and what == "failed":
                _log.error("Run %s failed: %s\n%s", job.wish.key[:8], *more)
                self._fail(job, more[0])
            self._go_on(begin=what != "at")

    def _died(self, worker: int) -> None:
        """What a worker that died was working on is begun once more, and given up if that ends the same way.

        It waits for the next worker that says it is here: what ended this one may have ended others, of whom nobody has
        heard yet.
        """
        with self._changed:
            self.pool.lost(worker)
            for job in [each for each in self._jobs.values() if each.worker == worker]:
                if job.was_lost:
                    self._fail(job, "The process that ran it ended by itself.")
                else:
                    job.state, job.worker, job.done, job.was_lost = WAITING, -1, 0, True
            self._go_on(begin=False)

    def _end(self, job: Job) -> None:
        self.pool.free(job.worker, job.number)
        self._jobs.pop(job.wish.key, None)

    def _fail(self, job: Job, why: str) -> None:
        self._end(job)
        self._over[job.wish.key] = f"{why} It is run {job.wish.key[:8]} in the log.", time.monotonic()
        while len(self._over) > KEPT_FAILURES:
            self._over.pop(next(iter(self._over)))

    def _forgive(self, keys: set[str]) -> None:
        """Forget failures of long ago: a disk may have room again."""
        for key in keys & self._over.keys():
            if time.monotonic() - self._over[key][1] > TRIED_AGAIN:
                self._over.pop(key)

    # What visitors wish
    def _want(self, visitor: str, wish: Wish, is_new: bool) -> None:
        if is_new and wish.key not in self._jobs:
            self._number += 1
            self._jobs[wish.key] = Job(wish, self._number, total=wish.scenario.weeks)
        job = self._jobs.get(wish.key)
        if job is not None and visitor not in job.wanted_by:
            job.wanted_by.append(visitor)

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

    def _go_on(self, begin: bool = True) -> None:
        """Tell whoever waits that something has changed, once what can be begun has been begun."""
        if begin:
            self._hand_out()
        self.moved += 1
        self._changed.notify_all()

    def _hand_out(self) -> None:
        while True:
            waiting = sorted((each for each in self._jobs.values() if each.state == WAITING), key=self._rank)
            job = next((each for each in waiting if self._may_begin(each)), None)
            worker = self.pool.free_worker(job.wish.watched) if job else None
            if worker is None:
                return
            job.state, job.worker = RUNNING, worker
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

    def _watch_workers(self) -> None:
        while not self._closed.wait(LOOK):
            with self._changed:
                self.pool.end_silent(SILENCE)
                self._hand_out()  # should a worker that died not come back, the others take what it held
