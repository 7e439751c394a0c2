"""States on disk, so that history is computed once and shared by every world that has it in common.

A checkpoint is keyed by everything that led to it. The folder is kept under a size limit by dropping what was
used longest ago. A checkpoint that cannot be read is as good as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
from pathlib import Path
from typing import Any

import numpy as np

from model import archives, atomic
from model.digest import cache_folder, model_digest
from model.errors import CallSheetError
from model.room import make_room
from model.state.state import State

LIMIT = 2 << 30  # bytes the folder may hold, unless CALLSHEET_CACHE_LIMIT says otherwise
_log = logging.getLogger("callsheet")


def key(**what: Any) -> str:
    """Name of a checkpoint: a digest of the model and of everything in ``what``, which must be plain."""
    plain = json.dumps({"model": model_digest(), **what}, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(plain.encode(), digest_size=16).hexdigest()


def folder() -> Path:
    """Where checkpoints lie."""
    return cache_folder() / "checkpoints"


def save(state: State, name: str) -> None:
    """Keep a state under a key. A full disk or a folder that cannot be written is not an error, only slower."""
    path, limit = folder() / f"{name}.npz", _limit()
    try:
        with atomic.written_whole(path) as temporary, temporary.open("wb") as out:
            np.savez(out, **state.arrays())
        make_room(folder().glob("*.npz"), limit)
    except (CallSheetError, OSError) as trouble:
        _log.info("The checkpoint %s was not kept: %s", name, trouble)


def load(state: State, name: str) -> bool:
    """Restore a state kept under a key; False if there is none that can be read."""
    path = folder() / f"{name}.npz"
    if not path.is_file():
        return False
    with contextlib.suppress(OSError):  # another process may have dropped it, or own it
        os.utime(path)
    try:
        state.load(archives.read_arrays(path))
    except CallSheetError as trouble:
        _log.info("The checkpoint %s was left aside: %s", name, trouble)
        return False
    return True


def _limit() -> int:
    said = os.environ.get("CALLSHEET_CACHE_LIMIT", str(LIMIT)).strip()
    if not (said.isascii() and said.isdigit()):
        raise CallSheetError(f"CALLSHEET_CACHE_LIMIT is {said[:40]!r}; a whole number of bytes is needed, such as "
                             f"{LIMIT} for 2 GiB.")
    return int(said)
