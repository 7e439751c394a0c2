"""C1: what the producer's titles saved, each against the same title made the traditional way."""

from __future__ import annotations

from typing import Any

from experiments.claims.worlds import Worlds
from model.dollar_account import of_producers, realised, shadow_budget
from model.state.books import SIXTHS


def measure(worlds: Worlds) -> dict[str, Any]:
    """Saving over shadow budget of the delivered titles, weighted by budget; ``per_title`` counts each title once."""
    titles = of_producers(worlds.w2)
    titles = titles[shadow_budget(titles) > 0]
    if not titles.size:
        return {"value": float("nan"), "titles": 0}
    saved, budget = realised(titles) / SIXTHS, shadow_budget(titles).astype(float)
    return {
        "value": float(saved.sum() / budget.sum()),
        "per_title": float((saved / budget).mean()),
        "titles": int(titles.size),
    }
