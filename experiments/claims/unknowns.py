"""What is not known: the parameters that points differ in, and the points.

Of AI and of what the past is silent on nothing but a range is known: a Latin hypercube spreads points over it. Of what
the past speaks of every point takes one draw of the posterior (`seeds/posterior`), so that its parameters keep together
as the published series hold them. Coordinates of points run from 0 to 1, as `experiments.study.factors` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from experiments.analysis.chance import seed_of
from experiments.calibration.declared import priors
from experiments.calibration.shipped import shipped_draws
from experiments.study.factors import coordinate_of, value_at
from experiments.study.held import HELD
from model.parameter import Parameter
from model.parameters import Params
from model.simulate import ONLY_WHERE_WORLDS_PART

GROUPS = ("ai_",)
MARKETS = 40  # different markets among the points: each has a history of its own, which takes as long as its ten years
AI, SPOKEN, SILENT = "AI", "the market, fitted to the past", "the market, where the past is silent"
# Of the market, but nothing before AI made titles cheaper, so no past can tell: it keeps its whole range.
ANSWERS_TO_SAVINGS = ("green_light.feedback",)  # how buyers answer what AI saves is `ai_firms.spend_pull`


@cache
def unknowns() -> dict[str, Parameter]:
    """Every parameter that points differ in, by name, each with the range that points lie in."""
    params = Params.load()
    ai = {name: params.about(name) for name in params.names() if name.startswith(GROUPS) and name not in HELD}
    believed = {name: each.about._replace(range=(each.low, each.high)) for name, each in priors().items()}
    believed |= {name: params.about(name) for name in ANSWERS_TO_SAVINGS}
    believed |= {name: params.about(name)._replace(range=_spread(name)) for name in shipped_draws()[0]}
    return {name: about for name, about in (ai | believed).items() if about.range[0] < about.range[1]}


def _spread(name: str) -> tuple[float, float]:
    values = [draw[name] for draw in shipped_draws()]
    return min(values), max(values)


@cache
def source(name: str) -> str:
    """Which of the three kinds of not knowing a parameter belongs to."""
    if name.startswith(GROUPS):
        return AI
    return SPOKEN if name in shipped_draws()[0] else SILENT


def counts() -> dict[str, int]:
    """How many parameters of each kind points differ in."""
    found = dict.fromkeys((AI, SPOKEN, SILENT), 0)
    for name in unknowns():
        found[source(name)] += 1
    return found


def of_draw(number: int) -> dict[str, float]:
    """Coordinates of a posterior draw; draws are taken in turn."""
    draw = shipped_draws()[number % len(shipped_draws())]
    return {name: coordinate_of(unknowns()[name], value) for name, value in draw.items() if name in unknowns()}


def spread_points(points: int, seed: int) -> np.ndarray:
    """Coordinates from 0 to 1, (points, unknowns): a Latin hypercube for AI, and one for what the past is silent on of
    the market, with a posterior draw. Points take turns in ``MARKETS`` markets, so that their histories are shared.
    """
    from scipy.stats import qmc

    names = list(unknowns())
    found = qmc.LatinHypercube(len(names), rng=seed).random(points)
    before = [k for k, name in enumerate(names) if not name.startswith(ONLY_WHERE_WORLDS_PART)]
    markets = qmc.LatinHypercube(len(before), rng=seed_of("markets", seed)).random(min(points, MARKETS))
    for k in range(points):
        market = k % len(markets)
        found[k, before] = markets[market]
        for name, u in of_draw(market).items():
            found[k, names.index(name)] = u
    return found


def at(coordinates: Mapping[str, float]) -> dict[str, Any]:
    """The legal values at some coordinates, by name; a point as settings of a scenario."""
    return {name: value_at(unknowns()[name], float(u)) for name, u in coordinates.items()}


def point(row: np.ndarray) -> dict[str, Any]:
    """The settings of one row of points."""
    return at(dict(zip(unknowns(), row, strict=True)))
