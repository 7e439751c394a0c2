"""A run as a recording: weekly series, the log of every worker's events, and what they came from.

Everything shown or reported is read from recordings; nothing steps a model while it draws. A recording on
disk is a folder: ``manifest.json``, ``series.npz``, ``tables.npz`` and, if kept, ``events.npy``, which is read through
a memory map. A new folder appears whole or not at all; in one that exists the manifest is replaced last, and what does
not match it is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from model import archives, atomic
from model.calendar import monday
from model.errors import CallSheetError
from model.state import books, turns
from model.state import events as event_log
from model.vocabulary import Event

FORMAT = 4  # grows when something is added; every earlier format can be read
FILES = frozenset(("manifest.json", "series.npz", "tables.npz", "events.npy"))  # that one on disk may hold
_MOST_MANIFEST = 1 << 20
BY_CRAFT = {"on_call": np.int32, "idle": np.int32, "posted": np.int32, "unfilled": np.int32,
             "crew_days": np.int32, "overscale": np.float32}
BY_KIND = {"people_by_kind": np.int32, "payroll": np.int64, "shoot_days": np.int32, "greenlit": np.int16,
            "greenlit_home": np.int16, "greenlit_credited": np.int16}
COUNTS = {"wrapped": np.int32, "laid_off": np.int32, "quits": np.int32, "exits": np.int32,
           "returns": np.int32, "entries": np.int32, "by_referral": np.int32, "by_open_call": np.int32,
           "declined": np.int32, "stopped": np.int32, "delivered": np.int32, "stages_used": np.float32,
           "coverage_gained": np.int32, "coverage_lost": np.int32, "events_per_week": np.int32,
           "titles_in_hand": np.int32, "waiting": np.int32}
# By district of the county, (weeks, districts): people on calls where they work, the same where they live, people
# between calls where they live, and titles that shoot. Recordings of formats 1 to 3 lack them.
BY_DISTRICT = {"work_by_district": np.int32, "home_on_call": np.int32, "home_idle": np.int32,
               "shoots_by_district": np.int16}
TABLES = {"titles": books.TITLE, "cells": books.CELL, "effects": books.EFFECT, "finished": books.FINISHED,
          "workers": turns.WORKERS, "flows": turns.FLOW, "stock": turns.STOCK, "made": turns.MADE}


@dataclass
class Recording:
    """Series by name, each with one row a week from ``first_week`` on; ``events`` packed, or None if dropped."""

    manifest: dict[str, Any]
    series: dict[str, np.ndarray]
    events: np.ndarray | None = field(default=None, repr=False)
    tables: dict[str, np.ndarray] = field(default_factory=dict, repr=False)  # books of titles, see TABLES

    @property
    def first_week(self) -> int:
        """Week of the first row."""
        return int(self.manifest["first_week"])

    @property
    def weeks(self) -> int:
        """How many weeks it holds."""
        return int(self.manifest["weeks"])

    @property
    def scale(self) -> float:
        """Agents per attached worker."""
        return float(self.manifest["scale"])

    @property
    def agent_steps(self) -> int:
        """Sum over weeks of attached workers."""
        return int(self.series["on_call"].sum() + self.series["idle"].sum())

    @cached_property
    def dates(self) -> np.ndarray:
        """The Monday of each week, datetime64[D]."""
        return np.array([monday(week) for week in range(self.first_week, self.first_week + self.weeks)],
                        "datetime64[D]")

    @cached_property
    def years(self) -> np.ndarray:
        """The calendar year in which each week begins, int64."""
        return self.dates.astype("datetime64[Y]").astype(np.int64) + 1970

    @cached_property
    def hash(self) -> str:
        """Thirty-two hex digits over every array of the recording, its event log included."""
        return self.manifest.get("hash") or self._digest()

    def _digest(self) -> str:
        digest = hashlib.blake2b(digest_size=16)
        for name, values in (*sorted(self.series.items()), *sorted(self.tables.items())):
            array = np.ascontiguousarray(values)
            digest.update(f"{name} {array.dtype.str} {array.shape}".encode())
            digest.update(array.view(np.uint8).data if array.dtype.names else array.data)
        if self.events is not None:
            digest.update(np.ascontiguousarray(self.events).data)
        return digest.hexdigest()

    def seal(self, keep_events: bool) -> Recording:
        """Write the hash into the manifest, then drop the events if they are not to be kept."""
        self.manifest["hash"] = self._digest()
        if not keep_events:
            self.events = None
        return self

    # A life
    @cached_property
    def _week_of_event(self) -> np.ndarray:
        return np.repeat(np.arange(self.weeks, dtype=np.int32) + self.first_week, self.series["events_per_week"])

    def life(self, row: int) -> list[dict[str, Any]]:
        """Everything that happened to the worker of ``row``: week, date, event, production (0 for none)."""
        return self.lives([row])[row]

    def lives(self, rows: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
        """The lives of several workers by row, from one pass over the log."""
        if self.events is None:
            raise CallSheetError("This recording was kept without its event log, so no life can be read from it. "
                                 "Run it again with the log kept.")
        found: dict[int, list[dict[str, Any]]] = {int(row): [] for row in rows}
        events = np.asarray(self.events)
        wanted = np.zeros(event_log.MAX_WORKERS, bool)
        wanted[[row for row in found if 0 <= row < event_log.MAX_WORKERS]] = True
        mine = np.flatnonzero(wanted[event_log.rows(events)])
        columns = (self._week_of_event[mine], *event_log.unpack(events[mine]))
        for week, what, uid, row in zip(*(each.tolist() for each in columns), strict=True):
            found[row].append({"week": week, "date": monday(week).isoformat(), "event": Event(what).name.lower(),
                               "production": uid})
        return found

    # Disk
    def save(self, path: Path, compressed: bool = True) -> None:
        """Write the recording as a folder, whole or not at all. Compressed it takes a fifth of the room and three
        times as long to write.
        """
        with atomic.folder(Path(path)) as stage:
            archives.write_arrays(stage / "series.npz", self.series, compressed)
            archives.write_arrays(stage / "tables.npz", self.tables, compressed)
            if self.events is not None:
                np.save(stage / "events.npy", np.asarray(self.events))
            manifest = {**self.manifest, "format": FORMAT, "hash": self.hash, "stored": self._digest(),
                        "events": self.events is not None}
            (stage / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Recording:
        """Read a recording; a sentence for what is none, is cut short, was changed, or is of a newer format."""
        path = Path(path)
        what = f"The recording {path.name}"
        try:
            manifest = archives.read_json(path / "manifest.json", _MOST_MANIFEST)
            if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), int):
                raise CallSheetError(f"{what} has no format number; it is not a recording of this program.")
            if manifest["format"] > FORMAT:
                raise CallSheetError(f"{what} has format {manifest['format']}; this program reads up to {FORMAT}. "
                                     "Use a newer version of Call Sheet.")
            series = archives.read_arrays(path / "series.npz")
            kept = {}
            if manifest["format"] > 1:  # the first had no tables
                kept = {name: np.zeros(0, dtype) for name, dtype in TABLES.items()}
                kept |= archives.read_arrays(path / "tables.npz")
            events = archives.map_array(path / "events.npy") if manifest.get("events") else None
        except archives.Unreadable as trouble:
            raise CallSheetError(f"{what} cannot be read: a part is missing or cut short. Record the run again."
                                 ) from trouble
        recording = cls(manifest, series, events, kept)
        wanted = [*BY_CRAFT, *BY_KIND, *COUNTS]
        missing = [name for name in wanted if name not in series]
        if missing or any(series[name].shape[:1] != (manifest.get("weeks"),) for name in wanted if name in series):
            raise CallSheetError(f"{what} lacks weeks or series ({', '.join(missing) or 'lengths differ'}); it was "
                                 "cut short. Record the run again.")
        # The hash covers an event log that may have been dropped; what is stored has a digest of its own.
        if recording._digest() != manifest.get("stored", manifest.get("hash")):
            raise CallSheetError(f"{what} does not match its hash: it was changed after it was written.")
        return recording
