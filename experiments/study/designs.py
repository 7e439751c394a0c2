"""Designs: which points of its factors a study looks at, as rows of coordinates from 0 to 1.

Each is a small model of what a study file says under ``design``; ``futures`` is how many share each point's luck.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from experiments.study.factors import Factor
from model.errors import CallSheetError

MOST_FUTURES, MOST_POINTS, MOST_RUNS, MOST_MIXES = 10_000, 100_000, 1_000_000, 10_000
ASSUMED, POSTERIOR = "assumed", "posterior"  # how the market stands: as tabled, or at a posterior draw a future
Futures = Annotated[int, Field(ge=1, le=MOST_FUTURES)]
FEWEST_OF_SURFACE = 10  # points that an emulator takes
Points = Annotated[int, Field(ge=1, le=MOST_POINTS)]


class Closed(BaseModel):
    """A part of a study file: what it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class AtPoints(Closed):
    """A design of points, each with as many futures as the others."""

    futures: Futures

    def count(self, factors: int, values: Sequence[int]) -> int:
        """How many points it has, from the number of factors and of the values each lists."""
        raise NotImplementedError(f"The design {type(self).__name__} must say how many points it has: write count().")

    def size(self, factors: int, values: Sequence[int]) -> int:
        """Runs a scenario."""
        return self.count(factors, values) * self.futures


class Precision(Closed):
    """After the first futures add ten at a time until the headline is known well enough: half of its 95 % interval."""

    half_width: Annotated[float, Field(gt=0)]
    most: Futures = 1000


class Paired(Closed):
    """Scenarios against the same other, future by future, at the parameters as they stand."""

    kind: Literal["paired"]
    futures: Futures = 30
    precision: Precision | None = None

    def size(self, factors: int, values: Sequence[int]) -> int:
        """Runs a scenario."""
        return max(self.futures, self.precision.most if self.precision else 0)


class Grid(AtPoints):
    """Every combination of the values that factors list."""

    kind: Literal["grid"]
    futures: Futures = 10

    def count(self, factors: int, values: Sequence[int]) -> int:
        """Points."""
        return math.prod(values)


class Lhs(AtPoints):
    """A Latin hypercube: points spread evenly over every factor at once (McKay, Beckman and Conover 1979)."""

    kind: Literal["lhs"]
    points: Points = 200
    futures: Futures = 1

    def count(self, factors: int, values: Sequence[int]) -> int:
        """Points."""
        return self.points


class Sobol(AtPoints):
    """Saltelli's scheme for Sobol indices: base x (factors + 2) points (Saltelli et al. 2010)."""

    kind: Literal["sobol"]
    base: Annotated[int, Field(ge=2, le=65_536)] = 128
    futures: Futures = 1

    def count(self, factors: int, values: Sequence[int]) -> int:
        """Points."""
        return self.base * (factors + 2)


class Morris(AtPoints):
    """Elementary effects: trajectories that change one factor at a time (Morris 1991; Campolongo et al. 2007)."""

    kind: Literal["morris"]
    trajectories: Annotated[int, Field(ge=2, le=10_000)] = 20
    futures: Futures = 1

    def count(self, factors: int, values: Sequence[int]) -> int:
        """Points."""
        return self.trajectories * (factors + 1)


class Table(AtPoints):
    """Points given as a CSV file beside the study: a column a factor, a row a point, values as they are."""

    kind: Literal["table"]
    file: Annotated[str, Field(min_length=1, max_length=200)]
    futures: Futures = 10

    def count(self, factors: int, values: Sequence[int]) -> int:
        """Points."""
        return 1


class Surface(AtPoints):
    """Where the headline crosses zero, over two or three factors: points are put where an emulator is unsure."""

    kind: Literal["surface"]
    start: Annotated[int, Field(ge=FEWEST_OF_SURFACE, le=1000)] = 32
    points: Annotated[int, Field(ge=FEWEST_OF_SURFACE, le=10_000)] = 96
    batch: Annotated[int, Field(ge=1, le=256)] = 8
    futures: Futures = 3

    def count(self, factors: int, values: Sequence[int]) -> int:
        """Points."""
        return self.points


class Policy(Closed):
    """Mixes of levers, scored over luck and ignorance, the best of them again on fresh chance."""

    kind: Literal["policy"]
    mixes: Annotated[int, Field(ge=4, le=MOST_MIXES)] = 48
    states: Annotated[int, Field(ge=1, le=1000)] = 8
    finalists: Annotated[int, Field(ge=1, le=200)] = 8
    fresh: Futures = 20
    budget_musd: Annotated[float, Field(gt=0)] | None = None

    def size(self, factors: int, values: Sequence[int]) -> int:
        """Runs a scenario."""
        return self.mixes * self.states + self.finalists * self.fresh


class Claims(Closed):
    """The claims of seeds/claims.yaml: futures at the middle, points of all that is not known, futures at each."""

    kind: Literal["claims"]
    futures: Futures = 30
    points: Annotated[int, Field(ge=0, le=10_000)] = 200
    each: Annotated[int, Field(ge=1, le=100)] = 1
    claims: tuple[str, ...] = ()
    shares: Annotated[int, Field(ge=0, le=1024)] = 0

    def size(self, factors: int, values: Sequence[int]) -> int:
        """Runs that are known beforehand."""
        from experiments.claims.amount import runs
        from experiments.claims.declared import chosen

        return runs(chosen(self.claims), self.futures, self.points, self.each, self.shares)


Design = Annotated[
    Paired | Grid | Lhs | Sobol | Morris | Table | Surface | Policy | Claims, Field(discriminator="kind")
]


def coordinates(design: Design, factors: Sequence[Factor], seed: int) -> np.ndarray:
    """The points of a design that is fixed beforehand, (points, factors)."""
    names = [each.name for each in factors]
    if isinstance(design, Lhs):
        from scipy.stats import qmc

        return qmc.LatinHypercube(len(factors), rng=seed).random(design.points)
    if isinstance(design, Sobol):
        from experiments.analysis.sensitivity import sobol_points

        return sobol_points(names, design.base, seed)
    if isinstance(design, Morris):
        from experiments.analysis.sensitivity import morris_points

        return morris_points(names, design.trajectories, seed)
    if isinstance(design, Grid):
        return _grid(factors)
    return np.full((1, len(factors)), 0.5)


def _grid(factors: Sequence[Factor]) -> np.ndarray:
    without = next((each.name for each in factors if not each.values), None)
    if without is not None:
        raise CallSheetError(
            f"{without} has a range, but a grid takes values: write, for example, values: [0.2, 0.4]. "
            "For ranges choose the design lhs."
        )
    size = math.prod(len(each.values) for each in factors)
    if size > MOST_POINTS:
        raise CallSheetError(f"The grid has {size:,} points; at most {MOST_POINTS:,} are taken. List fewer values.")
    axes = [[(k + 0.5) / len(each.values) for k in range(len(each.values))] for each in factors]
    return np.array(list(itertools.product(*axes)), float).reshape(size, len(factors))
