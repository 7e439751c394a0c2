"""One task of the claims: the worlds of a point and a future, reduced to a number a claim and what shows why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from experiments.terminal.console import plain_json

STAGES = "C4"  # takes worlds of its own


@dataclass(frozen=True)
class Task:
    """What to run: the measures asked for, of the worlds they compare, at a point and in a future."""

    measures: tuple[str, ...]
    seed: int
    future: int
    scale: float
    settings: Mapping[str, Any] = field(default_factory=dict)


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
