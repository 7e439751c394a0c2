"""C8: work by craft, by experience and by stage, with everything against without AI."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.claims.worlds import Worlds
from model.recording import Recording
from model.vocabulary import Area

HALF = 0.5


def measure(worlds: Worlds) -> dict[str, Any]:
    """Change in the crafts that hold half of W0's crew-weeks; by craft; by experience (days worked by the cohort); by
    stage, effects and animation apart in whatever stage they are made.
    """
    a, b = (each.series["on_call"].sum(axis=0).astype(float) for each in (worlds.w0, worlds.w3))
    largest = np.argsort(-a, kind="stable")
    before = np.cumsum(a[largest]) - a[largest]
    most = largest[before < HALF * a.sum()]
    names = worlds.w0.manifest["crafts"]
    return {
        "value": float(b[most].sum() / a[most].sum() - 1.0),
        "labor_intensive": [names[k] for k in most],
        "crafts": {names[k]: float(b[k] / a[k] - 1.0) for k in range(a.size) if a[k] > 0},
        "new_craft": float(b[a == 0].sum() / worlds.w3.scale),
        "experience": {
            name: _days(worlds.w3, veteran) / _days(worlds.w0, veteran) - 1.0
            for name, veteran in (("apprentices", False), ("veterans", True))
        },
        "stages": stages(worlds.w0, worlds.w3),
    }


def _days(recording: Recording, veteran: bool) -> float:
    workers = recording.tables["workers"]
    return float(workers["days_after"][workers["veteran"] == veteran].sum())


def stages(without: Recording, with_all: Recording) -> dict[str, float]:
    """Change of crew-weeks by stage, of those that the world without AI has."""
    a, b = (each.series["people_by_area"].sum(axis=0).astype(float) for each in (without, with_all))
    names = {Area.VFX: "effects"}
    return {names.get(area, area.name.lower()): float(b[area] / a[area] - 1.0) for area in Area if a[area] > 0}
