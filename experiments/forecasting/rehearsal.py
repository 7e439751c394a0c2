"""The forecast rehearsed: made at past origins from what was known then, and scored beside simple ones.

At every origin the posterior is fitted anew, to nothing later, from the same table of runs; the state is conditioned
on what was seen until then. No figure after 2024 is read: those score the forecast that was announced.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from experiments.calibration.observed import observations
from experiments.calibration.posterior import Table
from experiments.calibration.recovery import look_for, stretch_of
from experiments.calibration.runs import Runs
from experiments.calibration.screening import settings_at
from experiments.calibration.steps import Found
from experiments.forecasting import backtest
from experiments.forecasting.ensemble import KINDS, Ensemble, Origin, forecast
from experiments.forecasting.forecast import Forecast
from experiments.forecasting.of_model import MODEL, dates, everything, of_model
from experiments.forecasting.scoring import ALL, OPEN, crps, paired, score
from experiments.forecasting.series import NAMES, observed

ORIGINS = (2016, 2018, 2020, 2022)
YEARS = 3  # ahead, and never beyond 2024
LAST_YEAR = 2024
SEED_OF_NOISE = 0


def draws_until(found: Found, year: int, size: int) -> list[dict[str, Any]]:
    """Posterior draws from what was published up to the end of ``year``, by the table that is there, widened as its own
    truths ask for.
    """
    table = found.table
    if year >= found.table.looked_at[-1].year:
        return found.draws[:size]
    keep = [k for k, each in enumerate(table.looked_at) if each in set(observations(year))]
    earlier = Table(table.coordinates, table.found[:, keep], [table.looked_at[k] for k in keep], table.seed)
    truths = look_for(earlier, found.plan.truths, found.plan.seed)[::2]  # those that say how much wider, as in the fit
    posterior = earlier.posterior().stretched(stretch_of(truths))
    return [settings_at(found.narrowed, row) for row in posterior.sample(size, found.plan.seed)]


def rehearse(runs: Runs, found: Found, members: int, scale: float, origins: Sequence[int] = ORIGINS,
             say: Callable[[str], None] = lambda text: None) -> list[dict[str, Any]]:
    """A row for each series, origin, forecast and stratum: see `scored`."""
    rows: list[dict[str, Any]] = []
    for year in origins:
        until = min(year + YEARS, LAST_YEAR)
        draws = draws_until(found, year, members)
        for kind in KINDS:
            ahead = forecast(runs, Origin(year, kind), draws, date(until, 12, 31), members, scale, found.plan.seed,
                             everything(f"{year + 1}-01", f"{until}-12"), say)
            rows += scored(ahead, f"{year + 1}-01", f"{until}-12")
    return rows


def scored(ahead: Ensemble, first: str, last: str) -> list[dict[str, Any]]:
    """The model's score of every series beside each comparator's of the same kind, and the paired difference."""
    rows = []
    for name in NAMES:
        series, when = observed(name), dates(name, first, last)
        mine = of_model(ahead, name, when, SEED_OF_NOISE)
        others = backtest.forecasts(name, mine.origin, 12 * (int(last[:4]) - int(first[:4]) + 1))
        same_kind = [each for each in others.values()
                     if isinstance(each, Forecast) and (ahead.origin.kind == "conditional" or not each.conditional)]
        for each in (mine, *same_kind):
            for which in (ALL, OPEN):
                rows.append({"series": name, "origin": mine.origin, "kind": ahead.origin.kind, "forecast": each.name,
                             **_plain(score(each.dates, series.per_year, series.at(each.dates), each.ensemble, which)),
                             **(_against(series, mine, each, which) if each.name != MODEL else {})})
    return rows


def _against(series: Any, mine: Forecast, other: Forecast, which: str) -> dict[str, Any]:
    """Mean CRPS of the model less that of the other; below zero the model is better."""
    gap = paired([mine.dates], series.per_year, [crps(series.at(mine.dates), mine.ensemble)],
                 [crps(series.at(mine.dates), _at(other, mine.dates))], which)
    return {"model_less_this": gap.difference, "low": gap.low, "high": gap.high}


def _at(other: Forecast, when: Sequence[str]) -> np.ndarray:
    place = {each: k for k, each in enumerate(other.dates)}
    return other.ensemble[:, [place[each] for each in when]]


def _plain(found: Any) -> Mapping[str, Any]:
    shares = {f"inside_{each.level}": each.share for each in found.coverage}
    return {"stratum": found.stratum, "n": found.n, "crps": found.crps, "mae_percent": found.mae_percent, **shares}
