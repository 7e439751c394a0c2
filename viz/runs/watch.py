"""A run as it is watched: after each week where everyone is, where work is done, and the figures so far.

Three files grow beside each other, and the page reads from them what it has not read yet:

- ``board.bin``: for each week two uint32, how many are new and how many changed; then a uint32 for each newcomer (row,
  craft << 20, district << 25) and for each change (row, state << 20, craft << 24). ``board.idx`` holds where each week
  begins, uint64, and where the last one so far ends. In its first week everybody is new.
- ``map.bin``: int32 (weeks, 4, districts): at home on a call, at home between calls, working, titles that shoot.
- ``series.bin``: float64 (weeks, figures), in the order of :func:`viz.shown.columns`: measures, then people on calls by
  craft.

A state is a column of the board, plus 8 on a title made with AI. Who changes craft is first taken out of the old one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from model import measures
from model.kernels import maker
from model.recording import Recording
from model.simulate import Play
from model.state.events import rows as rows_of
from model.vocabulary import Status
from viz.shown import MEASURES

COLUMNS = ("out", "searching", "development", "prep", "shoot", "post")
WITH_AI = 8
_OUT, _ON_CALL = int(Status.OUT), int(Status.ON_CALL)
_FIRST_STAGE, _CRAFT_AT, _STATE_AT, _DISTRICT_AT = 2, 24, 20, 25
ON_MAP = ("home_on_call", "home_idle", "work_by_district", "shoots_by_district")


@maker
def _changes(status, craft, title, stage_of_title, before, craft_before, out):
    """Write what changed into ``out`` (uint32), bring ``before`` and ``craft_before`` up to date; return how many.

    Out and idle are states by their own codes. ``title`` is the production row of a call, kept for everyone, since
    dividing every call anew took most of the time.
    """
    n = 0
    for i in range(status.size):
        state = stage_of_title[title[i]] if status[i] == _ON_CALL else status[i]
        c = craft[i]
        if state == before[i] and c == craft_before[i]:
            continue
        if c != craft_before[i] and before[i] != _OUT:
            out[n] = i | (craft_before[i] << _CRAFT_AT)
            n += 1
            before[i] = _OUT
        if state != before[i]:
            out[n] = i | (state << _STATE_AT) | (c << _CRAFT_AT)
            n += 1
            before[i] = state
        craft_before[i] = c
    return n


class Watch:
    """Writes the files of one run while it goes on."""

    def __init__(self, play: Play, folder: Path) -> None:
        self.play, self.folder = play, folder
        self._board, self._at = (folder / "board.bin").open("wb"), (folder / "board.idx").open("wb")
        self._map, self._series = (folder / "map.bin").open("wb"), (folder / "series.bin").open("wb")
        self._title = np.zeros(0, np.int32)
        self._before, self._craft = np.zeros(0, np.uint8), np.zeros(0, np.uint8)
        self._out = np.zeros(0, np.uint32)
        self._offset = self._mapped = 0
        self._at.write(bytes(8))  # where the first week begins

    def week(self) -> None:
        """Where everyone is at the end of the week just run."""
        state = self.play.market.state
        crew = state.crew
        known, count = self._before.size, crew.count
        self._make_room(count)
        changed = rows_of(state.events) if known else np.arange(count)
        changed = changed[changed < count]
        crafts = state.calls.shape[1]
        self._title[changed] = np.maximum(crew.call[changed], 0) // crafts
        self._title[known:] = np.maximum(crew.call[known:count], 0) // crafts
        new = np.arange(known, count, dtype=np.uint32)
        self._craft[known:] = crew.craft[known:count]
        new |= crew.craft[known:count].astype(np.uint32) << _STATE_AT
        new |= crew.district[known:count].astype(np.uint32) << _DISTRICT_AT
        titles = state.productions
        stages = _FIRST_STAGE + np.minimum(titles.stage, 3) + WITH_AI * (np.asarray(titles.ai) != 0)
        n = _changes(np.asarray(crew.status[:count]), np.asarray(crew.craft[:count]), self._title,
                     stages.astype(np.uint8), self._before, self._craft, self._out)
        week = np.concatenate([np.array([new.size, n], np.uint32), new, self._out[:n]]).astype("<u4")
        self._board.write(week.tobytes())
        self._offset += week.nbytes
        self._at.write(np.array([self._offset], "<u8").tobytes())

    def flush(self) -> int:
        """Make the weeks so far readable, figures included; returns how many."""
        recorder, done = self.play.recorder, self.play.done
        so_far = Recording(self._manifest(), {name: values[:done] for name, values in recorder.series.items()})
        self._series.seek(0)
        self._series.write(figures(so_far).tobytes())
        districts = [recorder.series.get(name) for name in ON_MAP]
        if all(each is not None for each in districts):
            rows = np.stack([each[self._mapped:done] for each in districts], axis=1).astype("<i4")
            self._map.write(rows.tobytes())
            self._mapped = done
        for each in (self._board, self._at, self._map, self._series):
            each.flush()
        return done

    def finish(self, recording: Recording) -> None:
        """Write the figures as they are once all books are closed."""
        self._series.seek(0)
        self._series.write(figures(recording).tobytes())
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        for each in (self._board, self._at, self._map, self._series):
            each.close()

    def _make_room(self, count: int) -> None:
        more = count - self._before.size
        if more:
            self._before = np.concatenate([self._before, np.full(more, 255, np.uint8)])
            self._craft = np.concatenate([self._craft, np.zeros(more, np.uint8)])
            self._title = np.concatenate([self._title, np.zeros(more, np.int32)])
            self._out = np.zeros(2 * count, np.uint32)

    def _manifest(self) -> dict[str, Any]:
        recorder = self.play.recorder
        return {**self.play.manifest(), "first_week": recorder.first_week, "weeks": self.play.done,
                "crafts": list(self.play.market.world.crafts.names)}


def figures(recording: Recording) -> np.ndarray:
    """The figures played, float64 (weeks, figures), of the whole market."""
    shown = np.stack([measures.measure(name).weekly(recording) for name in MEASURES], axis=1)
    by_craft = recording.series["on_call"] / recording.scale
    return np.ascontiguousarray(np.concatenate([shown, by_craft], axis=1), "<f8")
