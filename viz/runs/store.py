"""Where results lie, so that none is computed twice: a folder for each world, a file for each pair.

A world's folder appears whole when its run is finished. While it runs, its weeks grow in a folder of the run's
own, which is dropped at the next start if the run was cut off. What was used longest ago makes room under a limit of
size.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

from model.atomic import UNFINISHED
from model.recording import Recording
from model.room import make_room
from viz.runs.wishes import KEY_LENGTH, LIFE, WORLD, Wish

_HEX = frozenset("0123456789abcdef")


def is_key(text: str) -> bool:
    """Whether a text can be a key: nothing else ever becomes part of a path."""
    return len(text) == KEY_LENGTH and _HEX.issuperset(text)


class Store:
    """Results under one folder, at most ``limit`` bytes of them."""

    def __init__(self, root: Path, limit: int) -> None:
        self.root, self.limit = Path(root), limit

    def start(self) -> None:
        """Make the folders, and drop what a run left that was cut off."""
        for each in (self.worlds, self.pairs, self.running):
            each.mkdir(parents=True, exist_ok=True)
        # Another server may keep its results here; a lock says so, which ends with the process.
        self._lock = (self.root / "servers.lock").open("a")
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._drop_unfinished()
        fcntl.flock(self._lock, fcntl.LOCK_SH)

    def _drop_unfinished(self) -> None:
        for each in self.running.iterdir():
            shutil.rmtree(each, ignore_errors=True)
        for each in (*self.worlds.glob(f"{UNFINISHED}*"), *self.pairs.glob(f"{UNFINISHED}*")):
            shutil.rmtree(each, ignore_errors=True) if each.is_dir() else each.unlink(missing_ok=True)

    @property
    def worlds(self) -> Path:
        """Finished worlds."""
        return self.root / "worlds"

    @property
    def pairs(self) -> Path:
        """Digests of pairs."""
        return self.root / "pairs"

    @property
    def running(self) -> Path:
        """Worlds that are being run."""
        return self.root / "running"

    def world(self, key: str) -> Path:
        """The folder of a world, whether it is there or not."""
        return self.worlds / _checked(key)

    def pair(self, key: str) -> Path:
        """The file of a pair."""
        return self.pairs / f"{_checked(key)}.npz"

    def growing(self, key: str) -> Path:
        """A new folder for the weeks of a world that is run. Each run has its own: one that was dropped may not know
        it yet when the same world is begun again.
        """
        return Path(tempfile.mkdtemp(prefix=f"{_checked(key)}-", dir=self.running))

    def weeks_of(self, key: str) -> Path | None:
        """The folder in which a world's weeks can be read, finished or growing; None if there is none."""
        world = self.world(key)
        with contextlib.suppress(OSError):
            os.utime(world)  # what is looked at is kept
            return world
        return max(self.running.glob(f"{key}-*"), key=_age, default=None)

    def has(self, wish: Wish) -> bool:
        """Whether a result is there; it counts as used from now."""
        path = wish.place if wish.kind == LIFE else self.world(wish.key) if wish.kind == WORLD else self.pair(wish.key)
        with contextlib.suppress(OSError):
            os.utime(path)
            return True
        return False

    def recording(self, key: str) -> Recording:
        """A world's recording."""
        return Recording.load(self.world(key) / "recording")

    def tidy(self) -> None:
        """Drop what was used longest ago until the rest fits."""
        make_room((*self.worlds.iterdir(), *self.pairs.iterdir()), self.limit)


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # it has just ended
        return 0.0


def _checked(key: str) -> str:
    if not is_key(key):
        raise ValueError("A key of a result has thirty-two hex digits.")
    return key
