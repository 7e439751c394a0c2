"""What ``callsheet verify`` runs: the model's own code, reduced, against answers that are known exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from experiments.oracles import ai, market, mobility, searching
from experiments.oracles.case_file import read_case
from experiments.oracles.checks import Check
from experiments.oracles.occupations import Case
from experiments.oracles.reduced import LAST_STEP, simulate
from model.errors import CallSheetError

DEFAULT_TIMES = (1, 5, 30)
MOST_SEEDS = 1_000
SECONDS = 8.0  # for seeds beyond those asked for, as reckoned by _seconds
MOST_WORK = 600.0  # in the same seconds

ORACLES: tuple[Callable[[], list[Check]], ...] = (
    mobility.golden,
    mobility.three_scaled,
    mobility.twelve_occupations,
    mobility.one_occupation,
    mobility.small_markets,
    searching.filling,
    searching.aiming,
    searching.fairness,
    searching.constant_rates,
    market.littles_law,
    market.choice_of_place,
    ai.break_even,
    ai.pay_share,
    ai.outages,
    ai.outages_in_the_market,
    ai.bass,
    ai.adoption_in_the_market,
)


def verify() -> list[Check]:
    """Every oracle as rows of what was expected, found and allowed; about a minute of CPU."""
    return [row for oracle in ORACLES for row in oracle()]


def oracle_case(path: Path | str, at: Sequence[int] = (), seeds: int = 8) -> list[dict[str, Any]]:
    """Means over seeds of a case simulated with the real search and matching, one row per time of ``at``.

    Without ``at`` the times are those of the file's own rows, or 1, 5 and 30. ``seeds`` is the fewest: a
    small case, whose seeds differ more, takes as many as fit in a few seconds. Sizes are those of the file.
    """
    case, rows = read_case(Path(path))
    times = [int(t) for t in at or sorted(rows) or DEFAULT_TIMES]
    for t in times:
        if not 0 <= t <= LAST_STEP:
            raise CallSheetError(
                f"t is {t:,}, but a case is simulated from t = 0 to {LAST_STEP:,}. Name such times with --at."
            )
    each = _seconds(case, max(times))
    if each * seeds > MOST_WORK:
        raise CallSheetError(
            f"The case has {case.workers:,.0f} workers and {case.n:,} occupations; {seeds:,} seeds up to "
            f"t = {max(times):,} would take about {each * seeds / 60:,.0f} minutes. Ask for fewer seeds, an "
            "earlier t, or scale the case down."
        )
    seeds = max(seeds, min(MOST_SEEDS, int(SECONDS / each)))
    runs = np.array([simulate(case, times, seed) for seed in range(seeds)], float)
    mean = runs.mean(axis=0)
    return [
        {"t": t, **dict(zip(("E", "U", "V", "LTU"), stocks.tolist(), strict=True)), "seeds": seeds}
        for t, stocks in zip(times, mean, strict=True)
    ]


def _seconds(case: Case, steps: int) -> float:
    """About how long one seed takes, reckoned and not measured: the answer must not depend on the machine."""
    return 1e-3 + steps * (6e-5 + 8e-9 * case.workers + 1.2e-8 * case.n**2)
