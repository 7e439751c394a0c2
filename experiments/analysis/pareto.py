"""Which policies are worth a second look: those nothing beats on cost and gain, and those one would regret least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.analysis.given import column, same_length
from experiments.analysis.results import Result
from model.errors import CallSheetError

HIGH = 90  # percentile over states of the world


@dataclass(frozen=True)
class Regret(Result):
    """Regret of each policy, shape (policies,), in the unit of the gains; `states` were compared, `missing` not."""

    mean: np.ndarray
    q90: np.ndarray
    worst: np.ndarray
    states: int
    missing: int


def front(costs: Any, gains: Any) -> np.ndarray:
    """Indices of the policies that no other beats: none costs as little and gains as much, and one of both better.

    Both have shape (policies,), each in a unit of its own, lower cost and higher gain better. The cheapest comes
    first. Policies with equal cost and gain all stay; one with a NaN is never on the front. Chance in the gains is
    not looked at. Raises CallSheetError if the lengths differ. Source: Pareto (1906), Manual of political economy.
    """
    costs, gains = column(costs, "The costs"), column(gains, "The gains")
    same_length(costs, gains, "costs", "gains")
    known = np.flatnonzero(~(np.isnan(costs) | np.isnan(gains)))
    order = known[np.lexsort((-gains[known], costs[known]))]
    kept: list[int] = []
    for each in order:
        best = kept[-1] if kept else None
        if best is None or gains[each] > gains[best] or (gains[each], costs[each]) == (gains[best], costs[best]):
            kept.append(int(each))
    return np.array(kept, int)


def regret(gains: Any) -> Regret:
    """What each policy loses against the best one of the same state of the world: mean, 90th percentile, worst.

    `gains` has shape (policies, states), higher better. A state in which any policy failed (NaN) is left out for
    all, as it would be compared with a smaller choice, and counted. Raises CallSheetError if no state is left.
    Source: Savage (1951), The theory of statistical decision.
    """
    table = np.asarray(gains, float)
    if table.ndim != 2 or 0 in table.shape:
        raise CallSheetError(f"The gains have shape {table.shape}; (policies, states of the world) is allowed.")
    known = np.isfinite(table).all(axis=0)
    if not known.any():
        raise CallSheetError(
            f"In each of {known.size} states of the world some policy has no gain. Leave out policies that fail always."
        )
    lost = table[:, known].max(axis=0) - table[:, known]
    return Regret(
        mean=lost.mean(axis=1), q90=np.percentile(lost, HIGH, axis=1), worst=lost.max(axis=1),
        states=int(known.sum()), missing=int((~known).sum()),
    )  # fmt: skip
