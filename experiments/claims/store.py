"""Results on disk, one small file a finished task: a batch that was stopped goes on where it was.

A file appears whole or not at all. One that cannot be read, or is not this task's, is as good as none.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from experiments.claims.runs import Task
from model import atomic

_MOST = 1 << 20  # bytes of a result that can be ours


class Store:
    """The results kept in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)

    def path(self, task: Task) -> Path:
        """Where the result of a task lies."""
        return self.folder / f"{task.key()}.json"

    def load(self, task: Task) -> dict[str, Any] | None:
        """The kept result of a task, or None."""
        try:
            path = self.path(task)
            if path.stat().st_size > _MOST:
                return None
            held = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        ours = isinstance(held, dict) and held.get("key") == task.key() and isinstance(held.get("result"), dict)
        return held["result"] if ours else None

    def save(self, task: Task, result: dict[str, Any]) -> None:
        """Keep a result; raises a sentence when the disk refuses."""
        held = {"key": task.key(), "measures": task.measures, "future": task.future, "settings": dict(task.settings)}
        atomic.write_file(self.path(task), json.dumps({**held, "result": result}, allow_nan=False) + "\n")
