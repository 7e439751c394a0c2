"""What the past says of the parameters: approximate Bayesian computation with local-linear adjustment.

Every run of the reference table gets an error of its own, as large as the fit allows (noise of the survey, and what
the model leaves out). Ridge regression from its whole series to its parameters makes the few summaries on which runs
are compared (Fearnhead and Prangle 2012); the nearest runs are kept, and moved along a local line to where their
summaries equal the published ones (Beaumont, Zhang and Balding 2002). All of it is in logits of the prior's
coordinates, so that no draw leaves the prior.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from experiments.analysis.chance import seed_of, uniforms
from experiments.analysis.given import package
from experiments.calibration.observed import Observation, errors, tolerance, values
from model.errors import CallSheetError

ACCEPTED = 0.25  # share of the table that is compared closely,
FEWEST_EACH = 10  # or as many runs for each parameter, if that is more
FEWEST = 200  # runs of a table from which anything is inferred
COPIES = 4  # errors drawn for each run: one to be compared with, the others to learn from
FOLDS = 5
PENALTIES = np.geomspace(1.0, 1e5, 16)
_EDGE = 1e-3  # coordinates are kept this far from the ends of the prior, where a logit has no end


def logit(u: np.ndarray) -> np.ndarray:
    """Coordinates from 0 to 1 on the whole line."""
    u = np.clip(u, _EDGE, 1.0 - _EDGE)
    return np.log(u / (1.0 - u))


def expit(z: np.ndarray) -> np.ndarray:
    """Back from there."""
    return 1.0 / (1.0 + np.exp(-z))


@dataclass(frozen=True)
class Posterior:
    """Weighted draws of coordinates, (runs, parameters), and how far the published numbers lie from all runs."""

    draws: np.ndarray
    weights: np.ndarray
    distance: float  # Mahalanobis distance of the published summaries from those of the table
    distance_rank: float  # share of the table's own runs that lie further out

    def quantiles(self, at: Sequence[float]) -> np.ndarray:
        """Of each parameter's coordinate, (len(at), parameters)."""
        found = []
        for column in self.draws.T:
            order = np.argsort(column)
            reached = np.cumsum(self.weights[order]) - 0.5 * self.weights[order]
            found.append(np.interp(at, reached, column[order]))
        return np.array(found).T

    def mean(self) -> np.ndarray:
        """Of the coordinates, (parameters,)."""
        return self.weights @ self.draws

    def sd(self) -> np.ndarray:
        """Of the coordinates, (parameters,)."""
        return np.sqrt(self.weights @ (self.draws - self.mean()) ** 2)

    def stretched(self, factors: np.ndarray) -> Posterior:
        """The same draws further from their mean, or nearer to it, in logits: by a factor for each parameter."""
        z = logit(self.draws)
        center = self.weights @ z
        return replace(self, draws=expit(center + factors * (z - center)))

    def sample(self, size: int, seed: int) -> np.ndarray:
        """Draws of equal weight, (size, parameters): systematic resampling, which takes each as often as it weighs."""
        places = (uniforms(1, seed_of("posterior", seed, size)) + np.arange(size)) / size
        return self.draws[np.searchsorted(np.cumsum(self.weights), places).clip(max=len(self.weights) - 1)]


class Table:
    """Runs at points of the prior that any number of fits can be read from.

    ``coordinates`` (runs, parameters) in the unit cube of the prior, ``found`` (runs, observations) in the units of
    the observations; runs that failed are dropped.
    """

    def __init__(self, coordinates: np.ndarray, found: np.ndarray, looked_at: Sequence[Observation], seed: int = 0
                 ) -> None:
        whole = np.isfinite(found).all(axis=1)
        if whole.sum() < FEWEST:
            raise CallSheetError(f"{int(whole.sum())} runs of the table came to an end; a fit takes at least {FEWEST}. "
                                 "Run more points.")
        self.coordinates, self.found = np.asarray(coordinates)[whole], np.asarray(found)[whole]
        self.looked_at, self.seed = tuple(looked_at), seed
        self.scale = tolerance(looked_at)

    @cached_property
    def _errors(self) -> np.ndarray:
        """(COPIES, runs, observations) in units of the tolerance."""
        drawn = errors(self.looked_at, COPIES * len(self.found), "table", self.seed)
        return (drawn / self.scale).reshape(COPIES, *self.found.shape)

    @cached_property
    def _center(self) -> np.ndarray:
        return self.found.mean(axis=0)

    def _scaled(self, rows: np.ndarray) -> np.ndarray:
        return (rows - self._center) / self.scale

    def with_error(self, row: int, seed: int) -> np.ndarray:
        """A synthetic truth: one run's numbers with an error that nothing else has seen, (observations,)."""
        drawn = errors(self.looked_at, 1, "truth", self.seed, seed, row)
        return self.found[row] + drawn[0]

    def learner(self, without: np.ndarray | None = None) -> Learner:
        """What turns series into parameters, learned from all runs but some (booleans, (runs,))."""
        used = np.ones(len(self.found), bool) if without is None else ~without
        return Learner(self, used)

    def posterior(self) -> Posterior:
        """What the published numbers say."""
        return self.learner().posterior(values(self.looked_at))


class Learner:
    """The summaries of one set of runs, and the posterior they give for any series."""

    def __init__(self, table: Table, used: np.ndarray) -> None:
        self.table = table
        self.z = logit(table.coordinates[used])
        self._rows = table._scaled(table.found[used])
        noisy = self._rows + table._errors[:, used]
        learn, kinds = noisy[1:], package("sklearn.linear_model")
        self._ridge = kinds.RidgeCV(alphas=PENALTIES).fit(_stacked(learn), np.tile(self.z, (COPIES - 1, 1)))
        # A run's own summary comes from a line that has not seen it, or it would lie too close to its parameters.
        self.summaries = np.empty_like(self.z)
        fold = np.arange(len(self.z)) % FOLDS
        for number in range(FOLDS):
            seen = fold != number
            line = kinds.Ridge(self._ridge.alpha_).fit(_stacked(learn[:, seen]),
                                                       np.tile(self.z[seen], (COPIES - 1, 1)))
            self.summaries[~seen] = line.predict(noisy[0, ~seen])

    def posterior(self, series: np.ndarray) -> Posterior:
        """Draws for one series, (observations,)."""
        wanted = self._ridge.predict(self.table._scaled(series)[None])[0]
        gap = self.summaries - wanted
        near = np.sqrt((gap**2).sum(axis=1))
        reach = np.quantile(near, min(1.0, max(ACCEPTED, FEWEST_EACH * self.z.shape[1] / len(near))))
        kept = near < reach
        weight = 1.0 - (near[kept] / reach) ** 2  # Epanechnikov
        design = np.column_stack([np.ones(kept.sum()), gap[kept]])
        root = np.sqrt(weight)[:, None]
        line, *_ = np.linalg.lstsq(design * root, self.z[kept] * root, rcond=1e-6)
        moved = self.z[kept] - gap[kept] @ line[1:]
        spread = np.cov(self.summaries.T)
        out = _mahalanobis(self.summaries - self.summaries.mean(axis=0), spread)
        mine = _mahalanobis((wanted - self.summaries.mean(axis=0))[None], spread)[0]
        return Posterior(expit(moved), weight / weight.sum(), float(mine), float((out > mine).mean()))


def _stacked(copies: np.ndarray) -> np.ndarray:
    return copies.reshape(-1, copies.shape[-1])


def _mahalanobis(gaps: np.ndarray, spread: np.ndarray) -> np.ndarray:
    inverse = np.linalg.pinv(np.atleast_2d(spread), rcond=1e-8, hermitian=True)
    return np.sqrt(np.einsum("ij,jk,ik->i", gaps, inverse, gaps))
