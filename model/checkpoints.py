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
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from model import atomic
from model.digest import cache_folder, model_digest
from model.errors import CallSheetError
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
    path = folder() / f"{name}.npz"
    try:
        with atomic.written_whole(path) as temporary, temporary.open("wb") as out:
            np.savez(out, **state.arrays())
        _tidy()
    except (CallSheetError, OSError) as trouble:
        _log.info("The checkpoint %s was not kept: %s", name, trouble)


def load(state: State, name: str) -> bool:
    """Restore a state kept under a key; False if there is none that can be read."""
    path = folder() / f"{name}.npz"
    try:
        with np.load(path, allow_pickle=False) as archive:
            state.load({each: archive[each] for each in archive.files})
        os.utime(path)
        return True
    except FileNotFoundError:
        return False
    except (CallSheetError, OSError, TypeError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as trouble:
        _log.info("The checkpoint %s was left aside: %s", name, trouble)
        return False


def _tidy() -> None:
    limit = int(os.environ.get("CALLSHEET_CACHE_LIMIT", LIMIT))
    kept = []
    for path in folder().glob("*.npz"):
        with contextlib.suppress(OSError):  # another process may have dropped it meanwhile
            stat = path.stat()
            kept.append((stat.st_mtime, stat.st_size, path))
    total = sum(size for _, size, _ in kept)
    for _, size, path in sorted(kept):
        if total <= limit:
            return
        path.unlink(missing_ok=True)
        total -= size
