"""One task of a batch: the worlds of a point and a future, reduced to a number a claim and what shows why."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from experiments.console import plain_json
from model.digest import model_digest

STAGES = "C4"  # takes worlds of its own


@dataclass(frozen=True)
class Task:
    """What to run: the measures asked for, of the worlds they compare, at a point and in a future."""

    measures: tuple[str, ...]
    seed: int
    future: int
    scale: float
    settings: Mapping[str, Any] = field(default_factory=dict)

    def key(self) -> str:
        """32 hex digits of all that can move the result: the model, the measures, and this task."""
        held = {**asdict(self), "model": model_digest(), "code": measures_digest()}
        plain = json.dumps(plain_json(held), sort_keys=True, separators=(",", ":"))
        return hashlib.blake2b(plain.encode(), digest_size=16).hexdigest()


@cache
def measures_digest() -> str:
    """32 hex digits of the code that turns recordings into numbers."""
    here = Path(__file__).parent
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted([*here.glob("measures/*.py"), here / "worlds.py", here / "runs.py"]):
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def run(task: Task) -> dict[str, Any]:
    """The result of one task as plain JSON: by claim ``value`` and what shows why."""
    from experiments.claims.measures import MEASURES, stages
    from experiments.claims.worlds import Chance, Worlds

    chance = Chance(task.seed, task.future, task.scale)
    worlds = Worlds(task.settings, chance)
    found = {name: MEASURES[name](worlds) for name in task.measures if name != STAGES}
    if STAGES in task.measures:
        found[STAGES] = stages.measure(task.settings, chance)
    return plain_json(found)
