"""Worlds that many runs are compared with, kept on disk: each future of the other world is simulated once a machine."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
from functools import lru_cache
from pathlib import Path

from experiments.batch.case import canonical
from model.digest import cache_folder, model_digest
from model.errors import CallSheetError
from model.recording import Recording
from model.room import make_room
from model.scenario import WHAT_MOVES_RESULTS, Scenario

LIMIT = 4 << 30  # bytes the folder may hold
_IN_MEMORY = 4  # worlds a process remembers; some 45 MB each at full scale
_log = logging.getLogger("callsheet")


def kept_world(scenario: Scenario, future: int) -> Recording:
    """The recording of a world, without its event log: from memory, from disk, or simulated and kept."""
    plain = scenario.plain()
    held = {name: plain[name] for name in WHAT_MOVES_RESULTS if name != "futures"}
    key = canonical({"model": model_digest(), "scenario": held, "future": future})
    return _kept(hashlib.blake2b(key.encode(), digest_size=16).hexdigest(), scenario, future)


def folder() -> Path:
    """Where they lie."""
    return cache_folder() / "worlds"


@lru_cache(_IN_MEMORY)
def _kept(name: str, scenario: Scenario, future: int) -> Recording:
    path = folder() / name
    with contextlib.suppress(CallSheetError):  # one that cannot be read, or is another, is as good as none
        recording = Recording.load(path)
        if recording.manifest["identity"] == scenario.identity() and recording.manifest["future"] == future:
            with contextlib.suppress(OSError):  # a folder that may be read only
                os.utime(path)
            return recording
    from model.simulate import simulate  # here, since a study is described and reported without running anything

    recording = simulate(scenario, future=future, keep_events=False)
    try:
        recording.save(path)
        make_room(folder().iterdir(), LIMIT)
    except (CallSheetError, OSError) as trouble:
        _log.info("A world was not kept: %s", trouble)
    return recording
