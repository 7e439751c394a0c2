"""C8: work by craft and by experience, with everything against without AI."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.claims.worlds import Worlds
from model.recording import Recording

HALF = 0.5


def measure(worlds: Worlds) -> dict[str, Any]:
    """Change in the crafts that hold half of W0's crew-weeks; by craft; by experience (days worked by the cohort)."""
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
    }


def _days(recording: Recording, veteran: bool) -> float:
    workers = recording.tables["workers"]
    return float(workers["days_after"][workers["veteran"] == veteran].sum())
