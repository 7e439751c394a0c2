"""Gives cases to an engine and keeps what comes back: finished runs at once, failures as findings, the rest again.

A run whose process died, or that took too long, is under suspicion: at the end of its round it is tried once more
with nothing beside it, since the death of a process can hit an innocent neighbor. A second death is its own.
"""

from __future__ import annotations

import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from experiments.batch.case import Case
from experiments.batch.engines.protocol import Ended, Engine
from experiments.batch.execute import OTHER_CODE, Record, failure
from experiments.batch.folder import Folder
from experiments.runners import digest_of
from model.errors import CallSheetError, Failure

A_CHUNK = 64  # runs; what one file holds
_AHEAD = 2  # cases in line for each slot, so that no worker waits for us
_OF_LATE = 24  # runs by which the rate is told: those of a design take turns that cost several times as much as others
_PATIENCE = 0.5  # seconds between looks at the clock and at Ctrl-C


class Stopped(Failure):
    """The batch was asked to stop, or reached a limit, before everything was run."""


@dataclass
class Tally:
    """How far a batch is. ``total`` grows with every round that is asked for."""

    total: int = 0
    found: int = 0  # had been run before
    done: int = 0  # run now
    failed: int = 0
    suspects: int = 0
    last_trouble: str = ""
    since: float = field(default_factory=time.monotonic)
    cpu_seconds: float = 0.0
    _ended: deque[float] = field(default_factory=lambda: deque(maxlen=_OF_LATE + 1))  # when the latest runs did

    def take(self, cpu_seconds: float) -> None:
        """Count a run that came to its end."""
        self.done += 1
        self.cpu_seconds += cpu_seconds
        self._ended.append(time.monotonic())

    @property
    def left(self) -> int:
        """Cases still to be run."""
        return self.total - self.found - self.done - self.failed

    def rate(self) -> float:
        """Runs a second of late; since the beginning where there are few."""
        since = self.since if self.done <= _OF_LATE else self._ended[0]
        return min(self.done, _OF_LATE) / max(1e-9, time.monotonic() - since)


@dataclass(frozen=True)
class Limits:
    """Where a batch stops by itself; None for nowhere."""

    runs: int | None = None
    seconds: float | None = None


Progress = Callable[[Tally], None]
Seen = Callable[[Record], None]


class Batch:
    """Runs rounds of cases into a folder that this process owns."""

    def __init__(self, folder: Folder, engine: Callable[[], Engine], limits: Limits | None = None,
                 progress: Progress | None = None, seen: Seen | None = None) -> None:
        self.folder, self.tally = folder, Tally()
        self._open, self._engine = engine, None
        self._limits = limits or Limits()
        self._progress = progress or (lambda tally: None)
        self._seen = seen or (lambda record: None)
        self._placed: set[str] = set()  # cases of earlier rounds
        self._signal: int | None = None  # by which somebody asked to stop
        self._failed_now = 0  # not counting failures of earlier sessions

    def run(self, cases: Sequence[Case]) -> None:
        """Have every case run, failed, or found; raises `Stopped` at a limit, what a signal asks for after one."""
        fresh = {each.id: each for each in cases if each.id not in self._placed}
        self._placed |= fresh.keys()
        self.tally.total += len(fresh)
        waiting = []
        for case in fresh.values():
            if self.folder.has(case.id):
                self.tally.found += 1
            elif case.id in self.folder.failed:
                self.tally.failed += 1
            else:
                waiting.append(case)
        chunks = Chunks(self.folder, list(fresh))
        with self._draining():
            self._work(waiting, chunks)
        self._progress(self.tally)

    def _work(self, waiting: Sequence[Case], chunks: Chunks) -> None:
        if not waiting:
            return
        if self._engine is None:
            self._engine = self._open()
        suspects = self._round(deque(waiting), chunks, together=True)
        self.tally.suspects += len(suspects)
        self._round(deque(suspects), chunks, together=False)

    def _round(self, waiting: deque[Case], chunks: Chunks, together: bool) -> list[Case]:
        """Run cases; those that died. With ``together`` false one at a time, and a death is a failure."""
        engine, suspects, running = self._engine, [], 0
        assert engine is not None
        while waiting or running:
            room = engine.slots() * _AHEAD if together else 1
            while waiting and running < room and not self._must_stop(running):
                engine.submit(waiting.popleft())
                running += 1
            if not running:
                self._stop()
            ended = engine.ended(_PATIENCE)
            running -= len(ended)
            died = [end for end in ended if end.record is None and together]
            suspects += [end.case for end in died]
            for end in died:
                self.tally.last_trouble = f"A run is tried again: {end.died}."
            self._take_all([end for end in ended if end not in died], chunks)
            self._progress(self.tally)
        return suspects

    def _take_all(self, ended: Sequence[Ended], chunks: Chunks) -> None:
        """Take what has ended, all of it, even if the disk or the code of a worker refuses one; then say so."""
        refused: CallSheetError | OSError | None = None
        for end in ended:
            try:
                self._take(end, chunks)
            except (CallSheetError, OSError) as trouble:
                refused = refused or trouble
        if refused is not None:
            raise refused

    def _take(self, end: Ended, chunks: Chunks) -> None:
        record = end.record
        if record is None:
            record = {"case": end.case.id, **failure(f"The run was ended twice: {end.died}.", "Died")}
        if record.get("kind") == OTHER_CODE or record.get("code") not in (None, digest_of(end.case.runner)):
            raise Failure(
                "A worker has another version of Call Sheet or of its data. Install the same on every worker, do not "
                "change it while a batch runs, and give the command again; what was finished is kept."
            )
        if record["ok"]:
            self.folder.keep({key: record[key] for key in ("case", "code", "numbers", "series", "detail")})
            self.tally.take(record["cpu_seconds"])
            self._seen(record)
        else:
            self.folder.fail({**record, "runner": end.case.runner, "asks": dict(end.case.asks)})
            self.tally.failed += 1
            self._failed_now += 1
            self.tally.last_trouble = record["message"]
        about = ("case", "ok", "seconds", "cpu_seconds", "peak_mb", "host", "pid", "message")
        self.folder.note(at=time.time(), **{key: record[key] for key in about if key in record})
        chunks.ended(record["case"])

    # Stopping
    def _must_stop(self, running: int) -> bool:
        runs, seconds = self._limits.runs, self._limits.seconds
        enough = runs is not None and self.tally.done + self._failed_now + running >= runs
        late = seconds is not None and time.monotonic() - self.tally.since >= seconds
        return self._signal is not None or enough or late

    def _stop(self) -> None:
        if self._signal == signal.SIGTERM:
            raise SystemExit(128 + signal.SIGTERM)
        if self._signal is not None:
            raise KeyboardInterrupt(
                f"Interrupted with {self.tally.left:,} of {self.tally.total:,} runs to go. Everything finished is "
                "kept; give the same command again to go on."
            )
        raise Stopped(
            f"Stopped at the limit with {self.tally.left:,} of {self.tally.total:,} runs to go. Everything finished is "
            "kept; give the same command again to go on."
        )

    @contextmanager
    def _draining(self) -> Iterator[None]:
        """The first Ctrl-C lets what runs come to its end; the second does not."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def ask(number: int, frame: object) -> None:
            if self._signal is not None:
                raise KeyboardInterrupt
            self._signal = number
            self.tally.last_trouble = "Stopping when the runs under way have ended; Ctrl-C again gives them up."

        before = {each: signal.signal(each, ask) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    def close(self) -> None:
        """Let the engine go."""
        if self._engine is not None:
            self._engine.stop()
            self._engine = None


class Chunks:
    """The cases of one round in the chunks they will lie in, which follow from the round alone: a batch that was
    stopped anywhere ends with the same files as one that was not.
    """

    def __init__(self, folder: Folder, cases: Sequence[str]) -> None:
        self._folder = folder
        parts = [list(cases[k : k + A_CHUNK]) for k in range(0, len(cases), A_CHUNK)]
        self._part_of = {case: part for part in parts for case in part}
        self._open = {id(part): self._missing(part) for part in parts}
        for part in parts:
            if not self._open[id(part)]:
                folder.compact(part)

    def _missing(self, part: list[str]) -> int:
        return sum(not self._folder.has(case) and case not in self._folder.failed for case in part)

    def ended(self, case: str) -> None:
        """Count a case; the last one of a chunk closes it."""
        part = self._part_of[case]
        self._open[id(part)] -= 1
        if not self._open[id(part)]:
            self._folder.compact(part)
