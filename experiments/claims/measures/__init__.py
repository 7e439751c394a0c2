"""One measure a claim: from the recordings of one future's worlds to one number, and what shows why.

A measure returns ``{"value": number, ...}``; NaN where the future holds nothing to measure (a producer that never
delivered a title saved nothing and wasted nothing).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from experiments.claims.measures import (
    capital,
    concentration,
    crafts,
    gains,
    incidents,
    local_work,
    saved_dollar,
    saving,
    schedule,
    skill,
)
from experiments.claims.worlds import Worlds

# C4 stands apart: it takes worlds in which stages and tools are switched on alone (`stages.py`).
STEPS, SURFACE = "steps", "surface"  # of C3: in three steps, and a cell of its surface
LOST = "lost"  # of C6: against the same future without incidents
MEASURES: Mapping[str, Callable[[Worlds], dict[str, Any]]] = {
    "C1": saving.measure,
    "C2": schedule.measure,
    "C3": local_work.measure,
    STEPS: local_work.steps,
    SURFACE: local_work.on_the_surface,
    "C5": saved_dollar.measure,
    "C6": incidents.measure,
    LOST: incidents.lost,
    "C7": concentration.measure,
    "C8": crafts.measure,
    "C9": capital.measure,
    "C10": skill.measure,
    "C11": gains.measure,
}
