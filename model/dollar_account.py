"""Where a saved dollar comes from, over the titles that were made with AI and delivered.

Each title is held against its shadow: the same script in the same place and weeks at the same rates, made without
AI. The lines were booked by their own formulas when stages began; what was spent was booked week by week.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from model.recording import Recording
from model.state.books import SIXTHS, Line

EFFICIENCY = (Line.DAYS_NOT_PAID, Line.TIME_COSTS, Line.ABOVE_LINE_FINANCE)
SUBSTITUTION = (Line.PEOPLE_REPLACED, Line.PAY_RATES)  # fewer people, and people paid less
SUBSIDY = (Line.COMPUTE_SUBSIDY,)
SHARES = {"substitution": SUBSTITUTION, "efficiency": EFFICIENCY, "subsidy": SUBSIDY}


def of_producers(recording: Recording) -> np.ndarray:
    """The closed accounts of titles that an AI-first producer worked on."""
    finished = recording.tables["finished"]
    return finished[finished["maker"] >= 0]


def realised(finished: np.ndarray) -> np.ndarray:
    """Saving of each title in sixths of a cent, from what was spent and not from the lines."""
    spent = finished["shadow"] - finished["spent"] - finished["incentive_shadow"] + finished["incentive"]
    return SIXTHS * spent


def unexplained(finished: np.ndarray) -> np.ndarray:
    """Saving that the lines do not explain, sixths of a cent, title by title: nothing, or an event was lost."""
    return realised(finished) - finished["lines"].sum(axis=1)


def shadow_budget(finished: np.ndarray) -> np.ndarray:
    """Budget of each title made the traditional way, cents, the credit not taken off."""
    return finished["shadow"] + finished["rest"]


def shoot_days_saved(finished: np.ndarray) -> float:
    """Share of shoot weeks that these titles did without, of what they would have taken."""
    shadow = finished["shadow_shoot_weeks"].sum()
    return float(1.0 - finished["shoot_weeks"].sum() / shadow) if shadow else 0.0


def shares(lines: np.ndarray) -> dict[str, float]:
    """Shares of substitution, efficiency and subsidy in the gross saving, from the sums of ``lines`` in any unit."""
    parts = {name: sum(max(0, lines[line]) for line in group) for name, group in SHARES.items()}
    gross = sum(parts.values())
    return {f"share_{name}": float(part / gross) if gross else 0.0 for name, part in parts.items()}


def dollar_account(finished: np.ndarray, announced: float) -> dict[str, Any]:
    """The account of the titles together: each line in USD, their sum as realised, shares, and the announced saving.

    ``share_of_budget`` is the saving realised over the shadow budgets; the shares of substitution, efficiency and
    subsidy are of the gross saving, before what AI costs.
    """
    lines = finished["lines"].sum(axis=0) / (SIXTHS * 100.0)
    account: dict[str, Any] = {line.name.lower(): float(lines[line]) for line in Line}
    budget = float(shadow_budget(finished).sum()) / 100.0
    account["realised"] = float(realised(finished).sum()) / (SIXTHS * 100.0)
    account["announced"] = announced * budget
    account |= shares(lines)
    account["titles"] = int(finished.size)
    account["budget"] = budget
    account["share_of_budget"] = account["realised"] / budget if budget else 0.0
    account["residual_usd"] = float(np.abs(unexplained(finished)).sum()) / (SIXTHS * 100.0)
    return account
