"""A folder of results: one file for each run that has just ended, chunks of many for good, failures apart.

Nothing in it is ever half-written: a file appears whole, under its own name, or not at all. What a folder holds is
what its files say; there is no index that could disagree with them.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from experiments.batch import chunks
from experiments.batch.execute import Record
from model import atomic
from model.errors import CallSheetError, Failure

SPOOL, CHUNKS, FAILURES, LOG, LOCK = "spool", "chunks", "failures", "log.jsonl", ".lock"
_MOST_SPOOLED = 64 << 20  # bytes of one run that can be ours
_MOST_FAILURE = 1 << 20
_ID = 32  # hex digits
_TRIES, _BETWEEN = 5, 0.05  # at the lock, and seconds between them: who only asks holds it for a moment


class Folder:
    """The results below one path, open for writing by one process at a time."""

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self._chunk_of: dict[str, Path] = {}  # case → the chunk that holds it
        self._spooled: set[str] = set()
        self.failed: set[str] = set()
        self._owned = False
        self.read_again()

    def read_again(self) -> None:
        """Look at what is there."""
        spooled = {each.stem for each in self._files(SPOOL)}  # first: a run moves from here to the chunks
        self._chunk_of = {case: each for each in self.chunk_files() for case in chunks.cases_in(each)}
        self._spooled = spooled - self._chunk_of.keys()
        self.failed = {each.stem for each in self._files(FAILURES)} - self._chunk_of.keys() - self._spooled

    def _files(self, kind: str) -> Iterator[Path]:
        return (each for each in (self.path / kind).glob("*.json") if len(each.stem) == _ID)

    def chunk_files(self) -> list[Path]:
        """The chunks of numbers, in the order of their names."""
        return sorted((self.path / CHUNKS).glob(f"{chunks.NUMBERS}-*.parquet"))

    # What is there
    def has(self, case: str) -> bool:
        """Whether a case has been run, and not failed."""
        return case in self._chunk_of or case in self._spooled

    def in_chunk(self, case: str) -> bool:
        """Whether a case is where it stays."""
        return case in self._chunk_of

    def __len__(self) -> int:
        return len(self._chunk_of) + len(self._spooled)

    def loose(self) -> list[str]:
        """The finished cases that are in no chunk yet, in the order of their names."""
        return sorted(self._spooled)

    def chunks_of(self, cases: Iterable[str]) -> list[Path]:
        """The chunks that hold any of some cases."""
        return sorted({self._chunk_of[each] for each in cases if each in self._chunk_of})

    def failures(self) -> list[Record]:
        """What went wrong, a record each, in the order of their names."""
        found = []
        for case in sorted(self.failed):
            held = None
            with contextlib.suppress(OSError):
                held = _read(self.path / FAILURES / f"{case}.json", _MOST_FAILURE)
            found.append({"message": "What went wrong cannot be read.", "kind": "?", **(held or {}), "case": case})
        return found

    # What comes in
    def keep(self, record: Record) -> None:
        """Make the record of a finished run safe, at once."""
        self._write(SPOOL, record)
        self._spooled.add(record["case"])
        self._forget_failure(record["case"])

    def fail(self, record: Record) -> None:
        """Keep what went wrong with a case."""
        self._write(FAILURES, record)
        self.failed.add(record["case"])

    def _write(self, kind: str, record: Record) -> None:
        text = json.dumps(record, allow_nan=False, separators=(",", ":"))
        atomic.write_file(self.path / kind / f"{record['case']}.json", text)

    def _forget_failure(self, case: str) -> None:
        (self.path / FAILURES / f"{case}.json").unlink(missing_ok=True)
        self.failed.discard(case)

    def retry(self) -> int:
        """Forget the failures, so that those cases are run again; how many they were."""
        cases = sorted(self.failed)
        for case in cases:
            self._forget_failure(case)
        return len(cases)

    def spooled(self, case: str) -> Record | None:
        """The record of a case that is in no chunk yet; None for a file that holds something else."""
        path = self.path / SPOOL / f"{case}.json"
        try:
            held = _read(path, _MOST_SPOOLED)
        except FileNotFoundError:
            return None  # it has just gone into a chunk
        except OSError as trouble:
            why = (trouble.strerror or "no reason given").lower()
            raise Failure(f"The run {case[:12]} cannot be read: {why}. It is kept; try again.") from None
        whole = held is not None and held.get("case") == case and isinstance(held.get("numbers"), dict)
        if not whole and self._owned:
            self._spooled.discard(case)  # it will be run anew
            path.unlink(missing_ok=True)
        return held if whole else None

    def compact(self, cases: Sequence[str]) -> None:
        """Put finished cases into one chunk, in this order, and let their own files go."""
        records = [record for record in (self.spooled(case) for case in cases if case in self._spooled) if record]
        if not records:
            return
        path = chunks.write(self.path / CHUNKS, records)
        for record in records:
            self._chunk_of[record["case"]] = path
            self._spooled.discard(record["case"])
            (self.path / SPOOL / f"{record['case']}.json").unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what a killed process left: files that were not finished, and runs that are in a chunk already."""
        for kind in (SPOOL, CHUNKS, FAILURES, "."):
            for each in (self.path / kind).glob(f"{atomic.UNFINISHED}*"):
                each.unlink(missing_ok=True)
        for each in self._files(SPOOL):
            if each.stem in self._chunk_of:
                each.unlink(missing_ok=True)

    def note(self, **what: Any) -> None:
        """A line in the log: what happened, when, and where; none if the disk refuses it, for no result is in it."""
        line = json.dumps(what, allow_nan=False, separators=(",", ":")) + "\n"
        with contextlib.suppress(OSError), (self.path / LOG).open("a", encoding="utf-8") as log:
            log.write(line)

    @contextlib.contextmanager
    def owned(self) -> Iterator[None]:
        """Keep others from writing here meanwhile; raises a sentence when somebody does."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as trouble:
            raise Failure(
                f"{self.path.name} cannot be written ({(trouble.strerror or 'no reason given').lower()}). "
                "Choose another folder with --out."
            ) from None
        try:
            if not _locked(handle, fcntl.LOCK_EX, tries=_TRIES):
                raise CallSheetError(
                    f"Another process is running the study in {self.path.name}. Wait until it has ended, or choose "
                    "another folder with --out. `callsheet study status` can be asked meanwhile."
                )
            self._owned = True
            self.read_again()
            self.sweep()
            yield
        finally:
            self._owned = False
            os.close(handle)


def busy(place: Path) -> bool:
    """Whether a process is writing in a folder of results now."""
    try:
        handle = os.open(place / LOCK, os.O_RDONLY)
    except OSError:
        return False
    try:
        return not _locked(handle, fcntl.LOCK_SH)
    finally:
        os.close(handle)


def _locked(handle: int, kind: int, tries: int = 1) -> bool:
    """Take a lock; False if others hold it."""
    for left in reversed(range(tries)):
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
            return True
        except OSError:
            if left:
                time.sleep(_BETWEEN)
    return False


def _read(path: Path, most: int) -> dict[str, Any] | None:
    """What a JSON file holds, if it is an object; raises OSError as it comes."""
    try:
        if path.stat().st_size > most:
            return None
        held = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        return None
    return held if isinstance(held, dict) else None
