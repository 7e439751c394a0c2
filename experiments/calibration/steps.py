"""A calibration from end to end: screen, narrow, tabulate, infer, recover, and look again with fresh chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from experiments.analysis.chance import space_filling
from experiments.calibration import declared, screening
from experiments.calibration.declared import Prior
from experiments.calibration.observed import Observation, observations, of_runs
from experiments.calibration.posterior import Posterior, Table
from experiments.calibration.recovery import Recovery, look_for, recover, stretch_of
from experiments.calibration.runs import Runs
from experiments.calibration.screening import Screened, settings_at

LEAST_EFFECT = 1.0  # allowed errors that a parameter must move some group by, over its whole prior, to be fitted
MARGIN = 0.25  # of the width that the first wave leaves, added on either side
TAILS = (0.01, 0.99)
FRESH = 100_000  # futures from here on were seen by no fit


@dataclass(frozen=True)
class Plan:
    """How much is run. ``narrow_*`` is the first wave, which cuts off what cannot be; scales are agents per worker."""

    trajectories: int = 16
    screen_scale: float = 0.25
    most: int = 20  # parameters that are fitted at most
    narrow_points: int = 400
    narrow_scale: float = 0.25
    points: int = 1500
    scale: float = 0.5
    truths: int = 400  # of our own; one half says how much wider draws must be, the other whether that is enough
    draws: int = 200
    seed: int = 0


@dataclass(frozen=True)
class Found:
    """Everything a calibration found; ``draws`` are settings of scenarios of equal weight."""

    plan: Plan
    screened: list[Screened]
    priors: tuple[Prior, ...]  # of those fitted, as declared
    narrowed: tuple[Prior, ...]  # the part that the first wave left
    table: Table
    posterior: Posterior
    recovery: list[Recovery]
    draws: list[dict[str, Any]]


def calibrate(runs: Runs, plan: Plan, say: Callable[[str], None] = lambda text: None) -> Found:
    """All of it; runs that are in the folder already are not made again."""
    looked_at = observations()
    everything = tuple(declared.priors().values())
    say("Screening: which parameters the past could tell anything about.")
    screened = screening.screening(runs, everything, plan.trajectories, plan.screen_scale, plan.seed, looked_at)
    fitted = {each.name for each in screened[: plan.most] if each.effect >= LEAST_EFFECT}
    priors = tuple(each for each in everything if each.name in fitted)
    say(f"{len(priors)} parameters are fitted. First wave: where they can lie at all.")
    wide = tabulate(runs, priors, plan.narrow_points, plan.narrow_scale, plan.seed + 1, looked_at)
    narrowed = tuple(_narrow(each, *ends) for each, ends in zip(priors, _ends(wide.posterior()), strict=True))
    say("The table of runs that every fit is read from.")
    table = tabulate(runs, narrowed, plan.points, plan.scale, plan.seed, looked_at)
    say("Truths of our own are looked for in the same way.")
    truths = look_for(table, plan.truths, plan.seed)
    stretch = stretch_of(truths[::2])
    found = recover(truths[1::2], stretch, table.coordinates.var(axis=0))
    posterior = table.posterior().stretched(stretch)
    draws = [settings_at(narrowed, row) for row in posterior.sample(plan.draws, plan.seed)]
    return Found(plan, screened, priors, narrowed, table, posterior, found, draws)


def tabulate(runs: Runs, priors: Sequence[Prior], points: int, scale: float, seed: int,
             looked_at: Sequence[Observation]) -> Table:
    """Runs at a Latin hypercube of the priors, each in a future of its own."""
    coordinates = space_filling(points, len(priors), seed)
    cases = runs.at([settings_at(priors, row) for row in coordinates], range(points), scale=scale, seed=seed)
    numbers = runs.numbers(cases, [each.name for each in looked_at])
    return Table(coordinates, of_runs(numbers, looked_at), looked_at, seed)


def _ends(posterior: Posterior) -> np.ndarray:
    """Coordinates between which each parameter can lie after the first wave, (parameters, 2)."""
    low, high = posterior.quantiles(TAILS)
    more = MARGIN * (high - low)
    return np.stack([np.maximum(0.0, low - more), np.minimum(1.0, high + more)], axis=1)


def _narrow(prior: Prior, first: float, last: float) -> Prior:
    return prior.narrowed(float(first), float(last))


def summary(found: Found) -> list[dict[str, Any]]:
    """A row for each fitted parameter: prior, posterior, contraction, recovery."""
    at = found.posterior.quantiles((0.05, 0.25, 0.5, 0.75, 0.95))
    even = 1.0 / np.sqrt(12.0)  # standard deviation of an even prior's coordinate
    rows = []
    for k, (prior, part, each) in enumerate(zip(found.priors, found.narrowed, found.recovery, strict=True)):
        width = part.part[1] - part.part[0]
        values = [part.at(float(u)) for u in at[:, k]]
        rows.append({
            "parameter": prior.name, "label": prior.about.label, "unit": prior.about.unit,
            "prior": [prior.low, prior.high], "standard": prior.about.value,
            **dict(zip(("q05", "q25", "q50", "q75", "q95"), values, strict=True)),
            "contraction": float(1.0 - (found.posterior.sd()[k] * width / even) ** 2),
            "recovery": asdict(each),
        })  # fmt: skip
    return rows
