"""Which mix of levers keeps most for its cost: many mixes over luck and ignorance, the best again on fresh chance.

The first scores choose, so they flatter what they choose; only the scores on fresh seeds and fresh points of what is
not known are to be quoted.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from experiments.answer.price import price_said
from experiments.answer.wording import uncapitalized
from experiments.statistics import HIGH, LOW
from experiments.study import plan
from experiments.study.designs import MOST_MIXES
from experiments.study.factors import LEVER, Factor
from experiments.study.outcomes import outcome
from experiments.study.plan import Point, Row
from experiments.study.said import about, valued
from experiments.study.sections import cost
from experiments.study.session import Session
from experiments.study.ways.compared import about_factor
from model.errors import CallSheetError

FRESH = 1_000_003  # added to the seed: a block of chance that the search has not seen


def answer(session: Session, beside: Path | None) -> dict[str, Any]:
    """Every mix with cost and gain; the front; finalists re-scored, best gain within the budget first."""
    from experiments.analysis.pareto import front, regret

    study, design = session.study, session.study.design
    levers = [each for each in study.factors if each.role == LEVER]
    unknown = [each for each in study.factors if each.role != LEVER]
    mixes = _mixes(levers, design.mixes, study.seed)
    states = _states(unknown, design.states, study.seed)
    rows = _rows(session, mixes, states, study.seed)
    session.run(rows)
    gains, costs = (_table(session, rows, len(mixes), len(states), name) for name in ("headline", cost.COST))
    mixes, gains, costs = _known(mixes, gains, costs)
    gain, price = gains.mean(axis=1), costs.mean(axis=1)
    lost = regret(gains)
    best = front(price, gain)
    chosen = _finalists(gain, price, best, lost.q90, design)
    fresh = _fresh(session, unknown, [mixes[k] for k in chosen])
    found = [
        {"name": _name(levers, mixes[k]), "values": mixes[k], "cost_musd": float(price[k]), "gain": float(gain[k]),
         "low": float(np.percentile(gains[k], LOW)), "high": float(np.percentile(gains[k], HIGH)),
         "regret": float(lost.q90[k]), "on_front": bool(k in best), "fresh": None, "per_job_year": None}
        for k in range(len(mixes))
    ]  # fmt: skip
    for k, held in zip(chosen, fresh, strict=True):
        found[k] |= held
    said = _said(session, [found[k] for k in chosen])
    return {
        "front": {"mixes": found, "finalists": chosen, "budget_musd": design.budget_musd,
                  "states": int(gains.shape[1]), "said": said},
        "factors": [about_factor(each) for each in study.factors],
    }  # fmt: skip


def _mixes(levers: Sequence[Factor], count: int, seed: int) -> list[dict[str, Any]]:
    """Nothing pulled, each lever alone at its upper end, then mixes spread over all levers."""
    from experiments.analysis.chance import space_filling

    ends = [{}] + [{each.name: each.at(1.0)} for each in levers]
    spread = space_filling(count - len(ends), len(levers), seed)
    return ends + [{each.name: each.at(float(u)) for each, u in zip(levers, row, strict=True)} for row in spread]


def _states(unknown: Sequence[Factor], count: int, seed: int) -> list[dict[str, Any]]:
    """Points of what is not known, one future each; without uncertainties futures alone."""
    if not unknown:
        return [{} for _ in range(count)]
    from scipy.stats import qmc

    rows = qmc.LatinHypercube(len(unknown), rng=seed).random(count)
    return [{each.name: each.at(float(u)) for each, u in zip(unknown, row, strict=True)} for row in rows]


def _rows(session: Session, mixes: Sequence[dict[str, Any]], states: Sequence[dict[str, Any]], seed: int,
          first: int = 0) -> list[Row]:
    """State by state, so that the world without any lever is simulated once for all mixes."""
    study = session.study.model_copy(update={"seed": seed})
    rows = []
    for number, state in enumerate(states):
        for k, mix in enumerate(mixes):
            rows += plan.rows(study, [Point(first + k, {**state, **mix})], [number])
    return rows


def _table(session: Session, rows: Sequence[Row], mixes: int, states: int, what: str) -> np.ndarray:
    """(mixes, states) of the headline, or of the public cost in USD million as a difference."""
    study = session.study
    looked = study.looked_at[0] if what == "headline" else outcome("worlds", f"{what}.difference", True)
    values = session.values(rows, looked)
    return values.reshape(states, mixes).T


def _known(mixes: Sequence[dict[str, Any]], gains: np.ndarray, costs: np.ndarray
           ) -> tuple[list[dict[str, Any]], np.ndarray, np.ndarray]:
    """Mixes and states of which everything is known: a mix that failed where the world is bad would look good. Mixes
    that always fail go first, then states in which any of the others did.
    """
    there = np.isfinite(gains) & np.isfinite(costs)
    kept = there.any(axis=1)
    states = there[kept].all(axis=0)
    if not kept[0] or not states.any():
        raise CallSheetError("In no state of the world is every mix known; too many runs failed to compare them.")
    held = [mix for mix, yes in zip(mixes, kept, strict=True) if yes]
    return held, gains[kept][:, states], costs[kept][:, states]


def _finalists(gain: np.ndarray, price: np.ndarray, best: np.ndarray, regret: np.ndarray, design: Any) -> list[int]:
    """From the front and from the least regret, what the budget allows, best gain first; nothing pulled is left out."""
    budget = np.inf if design.budget_musd is None else design.budget_musd
    allowed = [int(k) for k in (*best[np.argsort(-gain[best])], *np.argsort(regret)) if price[k] <= budget and k != 0]
    return list(dict.fromkeys(allowed))[: design.finalists]


def _fresh(session: Session, unknown: Sequence[Factor], mixes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    from experiments.analysis.paired import estimate

    if not mixes:
        return []
    study, design = session.study, session.study.design
    seed = study.seed + FRESH
    states = _states(unknown, design.fresh, seed)
    rows = _rows(session, mixes, states, seed, first=MOST_MIXES)  # behind every point of the search
    session.run(rows)
    gains = _table(session, rows, len(mixes), len(states), "headline")
    costs = _table(session, rows, len(mixes), len(states), cost.COST)
    found = []
    for k, (gain, price) in enumerate(zip(gains, costs, strict=True)):
        mine = [row.case.id for row in rows[k :: len(mixes)]]
        priced = cost.per_job_year(session.results, mine)
        known = np.isfinite(gain).any()
        spent = price[np.isfinite(price)]
        found.append({"fresh": estimate(gain).plain() if known else None,
                      "fresh_cost_musd": float(spent.mean()) if spent.size else None, "price": priced,
                      "per_job_year": priced and priced["per_job_year"], "per_job_year_low": priced and priced["low"],
                      "per_job_year_high": priced and priced["high"],
                      "better_than_nothing": float(np.mean(gain[np.isfinite(gain)] > 0)) if known else None})
    return found


def _name(levers: Sequence[Factor], mix: dict[str, Any]) -> str:
    from model.units import say

    labels = {each.name: each for each in levers}
    parts = [f"{labels[name].label} {say(value, labels[name].unit)}" for name, value in mix.items()]
    return "; ".join(parts) or "nothing pulled"


def _said(session: Session, finalists: Sequence[dict[str, Any]]) -> str:
    head, design = session.study.looked_at[0], session.study.design
    if not finalists:
        return ("No mix of the levers stays within the budget." if design.budget_musd is not None
                else "No mix that pulls a lever could be scored.")
    told = [each for each in finalists if each["fresh"] and each["fresh_cost_musd"] is not None]
    if not told:
        return "Nothing can be said yet: no finalist has a run on fresh chance."
    affordable = [each for each in told if design.budget_musd is None or each["fresh_cost_musd"] <= design.budget_musd]
    if not affordable:
        return "On fresh chance no finalist stays within the budget."
    best = max(affordable, key=lambda each: each["gain"])  # chosen by the search, told by what is fresh
    limit = f" within {about(design.budget_musd * 1e6)}" if design.budget_musd else ""
    mean, low, high = (valued(best["fresh"][end], head.way, head.unit) for end in ("mean", "low", "high"))
    text = (f"Most is kept{limit} by: {best['name']}. On fresh chance: {uncapitalized(head.label)} {mean} "
            f"(95% interval {low} to {high}), public cost {about(best['fresh_cost_musd'] * 1e6)}")
    return f"{text}. {price_said(best['price'])}" if best["price"] else f"{text}."
