"""C2: how much shorter the shoots of the producer's titles were than their shadow schedules."""

from __future__ import annotations

from typing import Any

from experiments.claims.worlds import Worlds
from model.dollar_account import of_producers, shoot_days_saved


def measure(worlds: Worlds) -> dict[str, Any]:
    """Share of shoot weeks spared, weighted by their schedules; ``per_title`` counts each delivered title once.

    The model's shoots last whole weeks, so a shoot of a week or two cannot be cut by a quarter: counted once each,
    short titles would say more about that grain than about the technique.
    """
    titles = of_producers(worlds.w2)
    titles = titles[titles["shadow_shoot_weeks"] > 0]
    if not titles.size:
        return {"value": float("nan"), "titles": 0}
    share = 1.0 - titles["shoot_weeks"] / titles["shadow_shoot_weeks"]
    return {"value": shoot_days_saved(titles), "per_title": float(share.mean()), "titles": int(titles.size)}
