"""A case of the occupational mobility model: who could move where, how fast jobs come and go, and demand.

The model is that of del Rio-Chanona, Mealy, Beguerisse-Díaz, Lafond and Farmer 2021 (J. R. Soc. Interface
18:20200898, doi 10.1098/rsif.2020.0898): workers move between occupations along the weights of a network
while the demand for each occupation drifts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from scipy.special import expit


class Stocks(NamedTuple):
    """People and jobs by occupation at one time, four arrays (n,)."""

    employed: np.ndarray
    unemployed: np.ndarray  # by their last occupation
    vacancies: np.ndarray
    long_term: np.ndarray  # unemployed for ``tau`` steps or more


@dataclass(frozen=True, eq=False)
class Case:
    """One case. Rates are per step; ``du``, ``dv`` spontaneous, ``gu``, ``gv`` towards target demand."""

    ties: np.ndarray  # (n, n) weight with which the unemployed of a row look at vacancies of a column
    employed: np.ndarray  # (n,) at t = 0, as are the next two
    unemployed: np.ndarray
    vacancies: np.ndarray
    demand_before: np.ndarray  # (n,) jobs wanted, filled or not, before the shock
    du: float  # separations per employed worker
    dv: float  # vacancies opened per employed worker
    gu: float  # share of surplus jobs that is cut
    gv: float  # share of missing jobs that is opened
    tau: int = 4  # steps after which unemployment is long-term
    demand_after: np.ndarray | None = None  # (n,) where demand ends; None for constant demand
    t_shock: float = 0.0  # when demand begins to move
    half: float = 0.0  # steps from then to the middle of the move
    k: float = 0.0  # steepness of the move, per step

    @property
    def n(self) -> int:
        """Number of occupations."""
        return self.employed.size

    @property
    def workers(self) -> float:
        """Labor force, which never changes."""
        return float(self.employed.sum() + self.unemployed.sum())

    def demand(self, t: int) -> np.ndarray:
        """Target demand at ``t``, (n,): a logistic move from the old level to the new one after the shock."""
        if self.demand_after is None or t < self.t_shock:
            return self.demand_before
        moved = expit(self.k * (t - self.t_shock - self.half))
        return self.demand_before + (self.demand_after - self.demand_before) * moved

    def flows(self, t: int, employed: np.ndarray, vacancies: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Chances per employed worker, in the step that ends at ``t``, of a separation and of a new vacancy.

        ``employed`` and ``vacancies`` are those at the start of the step.
        """
        gap = employed + vacancies - self.demand(t)
        jobs = np.maximum(employed, 1e-300)  # nobody employed: the chance does not matter
        cut = np.minimum(employed, self.gu * np.maximum(0.0, gap)) / jobs
        missing = np.minimum(employed, self.gv * np.maximum(0.0, -gap)) / jobs
        return self.du + (1.0 - self.du) * cut, self.dv + (1.0 - self.dv) * missing

    def times(self, factor: float) -> Case:
        """The same case with ``factor`` times the people, jobs and demand."""
        after = None if self.demand_after is None else self.demand_after * factor
        return replace(
            self,
            employed=self.employed * factor,
            unemployed=self.unemployed * factor,
            vacancies=self.vacancies * factor,
            demand_before=self.demand_before * factor,
            demand_after=after,
        )
