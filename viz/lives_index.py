"""Where in the event log each worker's events stand, so that one life is read without looking at all others.

A log of ten years holds about seven million events, week after week. The index lists their places by worker; it is made
once, by one sort, and lies beside a recording that is on disk, whose hash is in its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from model import atomic
from model.errors import CallSheetError
from model.recording import Recording
from model.state import events as event_log

_HALF = 32  # bits of a key: the row above, the place in the log below
_LOW = (1 << _HALF) - 1
LOOKED_AT = 256  # events by which an index from a file is checked


@dataclass(frozen=True)
class Index:
    """``places[starts[row] : starts[row + 1]]`` are the places in the log of one worker, in order of time."""

    starts: np.ndarray  # int32, one more than there are rows
    places: np.ndarray  # int32, as many as there are events

    @property
    def rows(self) -> int:
        """One more than the largest row to which anything happened."""
        return self.starts.size - 1

    def of(self, row: int) -> np.ndarray:
        """Places of one worker's events; none for a row to which nothing happened."""
        if not 0 <= row < self.rows:
            return self.places[:0]
        return self.places[self.starts[row] : self.starts[row + 1]]


def made(events: np.ndarray) -> Index:
    """The index of packed events, by one sort of whole numbers: row first, place second."""
    key = event_log.rows(np.asarray(events))
    starts = np.concatenate(([0], np.cumsum(np.bincount(key)))).astype(np.int32)
    key <<= _HALF
    key |= np.arange(key.size)
    key.sort()
    key &= _LOW
    return Index(starts, key.astype(np.int32))


def index_of(recording: Recording) -> Index:
    """The index of a recording's log: the one beside it, or made and, if it is on disk, put beside it.

    Raises a sentence for a recording without its log.
    """
    events = recording.events
    if events is None:
        raise CallSheetError("This recording was kept without its event log, so no life can be read from it. "
                             "Run it again with the log kept.")
    path = _beside(recording)
    if path is None:
        return made(events)
    return _kept(path, events) or _put(path, made(events))


def _beside(recording: Recording) -> Path | None:
    """Where the index of a recording belongs, if the recording lies on disk."""
    name = getattr(recording.events, "filename", None)
    return Path(name).parent / f"lives-{recording.hash[:16]}.npy" if name else None


def _put(path: Path, index: Index) -> Index:
    """Write an index: how many starts, the starts, the places. A folder that cannot be written is only slower."""
    whole = np.concatenate(([index.starts.size], index.starts, index.places)).astype(np.int32)
    try:
        with atomic.written_whole(path) as temporary, temporary.open("wb") as out:
            np.save(out, whole)
    except (CallSheetError, OSError):
        pass
    return index


def _kept(path: Path, events: np.ndarray) -> Index | None:
    """The index of a file, through a memory map; None if there is none or it does not fit these events."""
    try:
        whole = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    if whole.ndim != 1 or whole.dtype != np.int32 or whole.size < 2 or not 1 <= whole[0] < whole.size:
        return None
    starts, places = np.array(whole[1 : 1 + whole[0]]), whole[1 + whole[0] :]
    fits = places.size == events.size == starts[-1] and starts[0] == 0 and bool((np.diff(starts) >= 0).all())
    index = Index(starts, places)
    return index if fits and _agrees(index, events) else None


def _agrees(index: Index, events: np.ndarray) -> bool:
    """Whether events looked up here and there through the index are those of the rows it says."""
    some = np.unique(np.linspace(0, events.size - 1, LOOKED_AT).astype(np.int64)) if events.size else np.zeros(0, int)
    places = index.places[some]
    if places.size and not 0 <= places.min() <= places.max() < events.size:
        return False
    return np.array_equal(event_log.rows(events[places]), np.searchsorted(index.starts, some, side="right") - 1)
