"""C10: skill, apprentices and lessons among attached workers, and quality made, against the world without AI.

Of the crafts that took years to learn: who knows how to work with AI tools has not kept them.
"""

from __future__ import annotations

from typing import Any

from experiments.claims.worlds import Worlds
from model.measures_ai import FROM_SKILL, quality_by_year, told
from model.recording import Recording
from model.tables import AI_CRAFT

AFTER = (5, 10)  # years
STOCKS = ("skill", "apprentices", "workers", "lessons")


def measure(worlds: Worlds) -> dict[str, Any]:
    """Change of the stock of skill at the end; of each stock and of quality after five and ten years, against W0."""
    weight = told(worlds.w3, FROM_SKILL)
    a, b = _stocks(worlds.w0, weight), _stocks(worlds.w3, weight)
    years = sorted(a)
    change = {
        str(after): {name: b[year][name] / a[year][name] - 1.0 for name in a[year] if a[year][name] > 0}
        for after, year in ((AFTER[0], years[AFTER[0] - 1]), (AFTER[1], years[-1]))
    }
    return {"value": change[str(AFTER[1])]["skill"], "after": change}


def _stocks(recording: Recording, from_skill: float) -> dict[int, dict[str, float]]:
    stock, quality = recording.tables["stock"], quality_by_year(recording, from_skill)
    old = stock[stock["craft"] != recording.manifest["crafts"].index(AI_CRAFT)]
    return {
        int(year): {name: float(old[name][old["year"] == year].sum()) for name in STOCKS}
        | {"quality": quality[int(year)]}
        for year in sorted(set(stock["year"].tolist()))
    }
