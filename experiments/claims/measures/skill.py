"""C10: skill, apprentices and lessons among attached workers, against the world without AI."""

from __future__ import annotations

from typing import Any

from experiments.claims.worlds import Worlds
from model.recording import Recording

AFTER = (5, 10)  # years
STOCKS = ("skill", "apprentices", "workers", "lessons")


def measure(worlds: Worlds) -> dict[str, Any]:
    """Change of the stock of skill at the end; of each stock after five and ten years, relative to W0."""
    a, b = _stocks(worlds.w0), _stocks(worlds.w3)
    years = sorted(a)
    change = {
        str(after): {name: b[year][name] / a[year][name] - 1.0 for name in STOCKS if a[year][name] > 0}
        for after, year in ((AFTER[0], years[AFTER[0] - 1]), (AFTER[1], years[-1]))
    }
    return {"value": change[str(AFTER[1])]["skill"], "after": change}


def _stocks(recording: Recording) -> dict[int, dict[str, float]]:
    stock = recording.tables["stock"]
    return {
        int(year): {name: float(stock[name][stock["year"] == year].sum()) for name in STOCKS}
        for year in sorted(set(stock["year"].tolist()))
    }
