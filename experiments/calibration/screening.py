"""Which parameters the past could tell us anything about: elementary effects on every observation, in its error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from experiments.analysis.sensitivity import morris_points
from experiments.calibration.declared import Prior, groups
from experiments.calibration.observed import Observation, of_runs, tolerance
from experiments.calibration.runs import Runs


@dataclass(frozen=True)
class Screened:
    """One parameter: its largest mean absolute effect over groups, in allowed errors, and on which group."""

    name: str
    effect: float
    on: str
    by_group: dict[str, float]


def points(priors: Sequence[Prior], trajectories: int, seed: int) -> np.ndarray:
    """A Morris design over the priors, (trajectories x (parameters + 1), parameters)."""
    return morris_points([each.name for each in priors], trajectories, seed)


def screen(priors: Sequence[Prior], coordinates: np.ndarray, found: np.ndarray,
           looked_at: Sequence[Observation]) -> list[Screened]:
    """Parameters by what they move, the strongest first.

    ``found`` (runs, observations) at ``coordinates`` (runs, parameters). The effect on an observation is the mean of
    |change| over trajectories, over the prior's whole width, in the error that the fit allows; that on a group is the
    root mean square over its observations. Trajectories share their chance, so a parameter that does nothing has an
    effect of exactly zero. A step with a failed run is left out.
    """
    steps = np.diff(coordinates, axis=0)
    within = (steps != 0.0).sum(axis=1) == 1  # from one trajectory to the next, many coordinates change
    moved = np.argmax(steps != 0.0, axis=1)
    size = np.abs(steps).max(axis=1)
    change = np.abs(np.diff(found, axis=0)) / tolerance(looked_at)
    of_group = np.array([each.group for each in looked_at])
    rows = []
    for k, prior in enumerate(priors):
        mine = within & (moved == k)
        with np.errstate(invalid="ignore"):
            effects = np.nanmean(change[mine] / size[mine, None], axis=0) if mine.any() else np.zeros(len(looked_at))
        by_group = {name: float(np.sqrt(np.nanmean(effects[of_group == name] ** 2)))
                    for name in groups() if (of_group == name).any()}
        on = max(by_group, key=lambda name: by_group[name])
        rows.append(Screened(prior.name, by_group[on], on, by_group))
    return sorted(rows, key=lambda each: (-each.effect, each.name))


def screening(runs: Runs, priors: Sequence[Prior], trajectories: int, scale: float, seed: int,
              looked_at: Sequence[Observation]) -> list[Screened]:
    """Run a screening: every trajectory in a future of its own."""
    coordinates = points(priors, trajectories, seed)
    settings = [settings_at(priors, row) for row in coordinates]
    futures = [k // (len(priors) + 1) for k in range(len(coordinates))]
    cases = runs.at(settings, futures, scale=scale, seed=seed)
    numbers = runs.numbers(cases, [each.name for each in looked_at])
    return screen(priors, coordinates, of_runs(numbers, looked_at), looked_at)


def settings_at(priors: Sequence[Prior], row: np.ndarray) -> dict[str, object]:
    """The settings of a scenario at some coordinates."""
    return {each.name: each.at(float(u)) for each, u in zip(priors, row, strict=True)}
