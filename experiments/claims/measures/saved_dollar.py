"""C5: how a saved dollar divides into people replaced, a better way to work, and compute that others pay for."""

from __future__ import annotations

from typing import Any

from experiments.claims.worlds import Worlds
from model.dollar_account import dollar_account, of_producers
from model.state.books import Line

SHARES = ("share_substitution", "share_efficiency", "share_subsidy")


def measure(worlds: Worlds) -> dict[str, Any]:
    """Share of the gross saving that is substitution; all shares; each line over the shadow budgets."""
    account = dollar_account(of_producers(worlds.w2), 0.0)
    if not account["titles"] or not any(account[name] for name in SHARES):
        return {"value": float("nan"), "titles": account["titles"]}
    return {
        "value": account["share_substitution"],
        "shares": {name.removeprefix("share_"): account[name] for name in SHARES},
        "lines": {line.name.lower(): account[line.name.lower()] / account["budget"] for line in Line},
        "titles": account["titles"],
    }
