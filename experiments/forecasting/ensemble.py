"""The model's forecast from a day on: posterior draws, each with chance of its own, from a state that what was observed
until then has shaped.

Two kinds, which are never mixed. *Conditional*: drivers, stops and the credit after the day as they came to be known.
*Unconditional*: nothing that became known later. The last known drivers hold, no stop is foreseen, the credit stays.
Programs of other places follow their table in both: there is no lever for them. Beyond the last figure of drivers that
a kind knows, orders walk (`drivers_ahead`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from typing import Any

import numpy as np

from experiments.analysis.chance import normals
from experiments.calibration.declared import groups
from experiments.calibration.observed import Observation, covariance, observations, of_runs, values
from experiments.calibration.runs import Runs
from experiments.calibration.steps import FRESH
from experiments.forecasting import drivers_ahead, unexplained
from model.safe_yaml import read_yaml

CONDITIONAL, UNCONDITIONAL = KINDS = ("conditional", "unconditional")
SCENARIOS = {CONDITIONAL: "baseline", UNCONDITIONAL: "credit_as_in_2024"}
_A_WEEK_ON = timedelta(days=9)  # a run ends where the payroll week of its last month lies behind


@dataclass(frozen=True)
class Origin:
    """The end of a year, after which nothing may be looked at, and the kind of forecast made then."""

    year: int
    kind: str

    @property
    def known_until(self) -> float:
        """Decimal year up to which drivers are known."""
        return float(self.year + 1)

    @property
    def orders_known(self) -> float:
        """Decimal year from which orders may leave what this kind knows of drivers: never before the origin, up to
        which what was observed has shaped them.
        """
        looks_ahead = self.kind == CONDITIONAL
        return max(self.known_until, drivers_ahead.last_known()) if looks_ahead else self.known_until

    def drivers(self, members: int, seed: int) -> np.ndarray:
        """How far each member's orders walk from that figure, as `drivers_ahead.walk` has it."""
        pace = drivers_ahead.pace(np.inf if self.kind == CONDITIONAL else self.known_until)
        return drivers_ahead.walk(members, unexplained.knots(), self.orders_known, pace, seed)

    def scenario(self, **changes: Any) -> dict[str, Any]:
        """What a scenario needs beside its parameters: its name, and the stops that nobody foresaw."""
        known = {"scenario": SCENARIOS[self.kind]}
        if self.kind == UNCONDITIONAL:
            known["without"] = stops_after(date(self.year, 12, 31))
        return known | changes

    def settings(self, draw: Mapping[str, Any], path: np.ndarray) -> dict[str, Any]:
        """The parameters of one member."""
        cut = {"demand.known_until": self.known_until} if self.kind == UNCONDITIONAL else {}
        return {**draw, **unexplained.settings(path), **cut}


def stops_after(day: date) -> tuple[str, ...]:
    """Names of the dated stops that began after a day."""
    entries = read_yaml(resources.files("seeds") / "shocks.yaml")
    return tuple(name for name, each in entries.items() if date.fromisoformat(str(each["from"])) > day)


@dataclass(frozen=True)
class Ensemble:
    """Members' numbers as a run has them, by name: each (members,). ``paths`` (members, groups, knots), log points."""

    origin: Origin
    numbers: dict[str, np.ndarray]
    paths: np.ndarray
    before: list[float]  # root mean square gap to what was observed, in errors, before and after the conditioning

    def series(self, prefix: str, periods: Sequence[str]) -> np.ndarray:
        """(members, periods) of one series; members that failed are left out."""
        found = np.stack([self.numbers[f"{prefix}.{each}"] for each in periods], axis=1)
        return found[np.isfinite(found).all(axis=1)]


def forecast(runs: Runs, origin: Origin, draws: Sequence[Mapping[str, Any]], until: date, members: int,
             scale: float = 1.0, seed: int = 0, names: Sequence[str] = (),
             say: Callable[[str], None] = lambda text: None) -> Ensemble:
    """Condition and look ahead. ``draws`` are posterior draws, taken in turn; ``names`` what is read of the last runs.

    Every member keeps its own chance throughout, so that only its orders change.
    """
    chosen = [draws[m % len(draws)] for m in range(members)]
    futures = [FRESH + m for m in range(members)]
    looked_at = unexplained.telling(observations(origin.year))
    wanted, at = values(looked_at), [each.name for each in looked_at]
    prior = unexplained.wander(members, seed)
    end = (date(origin.year, 12, 31) + _A_WEEK_ON).isoformat()
    say(f"{origin.kind.capitalize()} from the end of {origin.year}: the state.")
    both = [origin.settings(*each) for paths in (prior, -prior) for each in zip(chosen, paths, strict=True)]
    cases = runs.at(both, 2 * futures, until=end, scale=scale, seed=seed, **origin.scenario())
    found, mirrored = np.split(of_runs(runs.numbers(cases, at), looked_at), 2)
    whole = np.isfinite(found).all(axis=1) & np.isfinite(mirrored).all(axis=1)
    answer = unexplained.answers(prior[whole], found[whole], mirrored[whole], looked_at, origin.known_until)
    paths = prior.copy()
    paths[whole] = unexplained.moved(prior[whole], found[whole], wanted, answer, looked_at, origin.known_until, seed)
    paths = unexplained.ahead(paths, prior, origin.known_until) + origin.drivers(members, seed)
    gaps = [_gap(found[whole], wanted, looked_at)]
    say(f"{origin.kind.capitalize()} from the end of {origin.year}: ahead.")
    cases = runs.at([origin.settings(*each) for each in zip(chosen, paths, strict=True)], futures,
                    until=(until + _A_WEEK_ON).isoformat(), scale=scale, seed=seed, **origin.scenario())
    numbers = runs.numbers(cases, list(dict.fromkeys([*at, *names])))
    found = of_runs(numbers, looked_at)
    gaps.append(_gap(found[np.isfinite(found).all(axis=1)], wanted, looked_at))
    return Ensemble(origin, numbers, paths, gaps)


def _gap(found: np.ndarray, wanted: np.ndarray, looked_at: Sequence[Observation]) -> float:
    error = np.array([groups()[each.group].noise for each in looked_at])
    return float(np.sqrt((((found - wanted) / error) ** 2).mean()))


def as_published(ensemble: np.ndarray, group: str, seed: int) -> np.ndarray:
    """Members as they would be published, (members, consecutive periods): with the error that the fit allows a group,
    the survey's from one period to the next and, for some time, what the model leaves out.

    This is the measurement equation of what is compared; the middle stays, and no level is shifted.
    """
    root = np.linalg.cholesky(covariance(groups()[group], np.arange(ensemble.shape[1], dtype=float)))
    return ensemble * np.exp(normals(ensemble.shape, "published", group, seed) @ root.T)
