"""Room for results that can be made again: what was used longest ago goes."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from model.atomic import UNFINISHED

FORSAKEN = 86_400.0  # seconds after which nobody writes on what is unfinished


def make_room(kept: Iterable[Path], limit: int) -> None:
    """Drop what was used longest ago of files and folders, until the others have at most ``limit`` bytes.

    Several processes may do so at once. A folder is gone in one step, so that nobody finds half of it.
    """
    found = []
    for path in kept:
        with contextlib.suppress(OSError):  # another process may have dropped it meanwhile
            used = path.stat().st_mtime
            if not path.name.startswith(UNFINISHED):
                found.append((used, _size(path), path))
            elif time.time() - used > FORSAKEN:  # whoever was writing it was killed
                _drop(path)
    total = sum(size for _, size, _ in found)
    for _, size, path in sorted(found):
        if total <= limit:
            return
        with contextlib.suppress(OSError):
            _drop(path)
        if not path.exists():
            total -= size


def _drop(path: Path) -> None:
    if not path.is_dir():
        path.unlink()
        return
    aside = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=path.parent))
    path.rename(aside / path.name)
    shutil.rmtree(aside, ignore_errors=True)


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
    return path.stat().st_size
