"""What the past says of the parameters: a likelihood of what was published, its means read off a table of runs.

Ridge regression on all parameters, their squares and products learns from the table what the model expects of every
published number, and what is left of its runs is chance. A point of the prior weighs by how far the published numbers
lie from what is expected there, in errors as large as the fit allows and chance together: each group of series counts
as many independent numbers as its lasting errors leave of it (a composite likelihood; Varin, Reid and Firth 2011). How
errors hang together is assumed and not known. A likelihood that leans on it reads the level off differences of shape,
and put jobs 4 % below what was published in the mean; this one takes from it only how much a series can tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from experiments.analysis.chance import seed_of, space_filling, uniforms
from experiments.analysis.given import package
from experiments.calibration.observed import Observation, errors, independent, tolerance, values
from model.errors import CallSheetError

FEWEST = 200  # runs of a table from which anything is inferred
FOLDS = 5
PENALTIES = np.geomspace(0.1, 1e3, 13)
TRIED = 1 << 17  # points of the prior that are weighed
LIGHTEST = 1e-5  # of the heaviest; lighter ones are left out
AT_A_TIME = 1 << 14  # of them, so that their products need little memory
COMPARED = 200  # of the table's own runs, beside which the published numbers are looked at
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
    """Weighted draws of coordinates, (draws, parameters), and how closely the model can meet the series at its best."""

    draws: np.ndarray
    weights: np.ndarray
    distance: float  # root mean square gap at the nearest point, in allowed errors and chance
    distance_rank: float = float("nan")  # share of the table's own runs, with an error, that are met less closely

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
        learner = self.learner()
        found = learner.posterior(values(self.looked_at))
        own = [learner.distance(self.with_error(row, self.seed)) for row in range(min(COMPARED, len(self.found)))]
        return replace(found, distance_rank=float(np.mean(np.array(own) > found.distance)))


class Learner:
    """What the model expects at points of the prior, by one set of runs, and the posterior of a series."""

    def __init__(self, table: Table, used: np.ndarray) -> None:
        self.table = table
        u, rows = table.coordinates[used], table._scaled(table.found[used])
        kinds = package("sklearn.linear_model")
        terms, fold = _terms(u), np.arange(len(u)) % FOLDS
        ridge = kinds.RidgeCV(alphas=PENALTIES).fit(terms, rows)
        left = np.empty_like(rows)  # by a surface that has not seen the run, or chance would look too small
        for number in range(FOLDS):
            seen = fold != number
            left[~seen] = rows[~seen] - kinds.Ridge(ridge.alpha_).fit(terms[seen], rows[seen]).predict(terms[~seen])
        self._weights = independent(table.looked_at) / (1.0 + left.var(axis=0))
        self.points = space_filling(TRIED, u.shape[1], seed_of("prior", table.seed))
        self._expected = np.concatenate([ridge.predict(_terms(part)).astype(np.float32)
                                         for part in np.array_split(self.points, TRIED // AT_A_TIME)])
        self._own = self._expected**2 @ self._weights.astype(np.float32)

    def _gaps(self, series: np.ndarray) -> np.ndarray:
        """Weighted squares of what is expected at each point less a series, summed over observations."""
        y = self.table._scaled(series)
        crossed = self._expected @ (self._weights * y).astype(np.float32)
        return np.maximum(0.0, self._own.astype(float) - 2.0 * crossed + self._weights @ y**2)

    def distance(self, series: np.ndarray) -> float:
        """Root mean square gap at the nearest point, in errors."""
        return float(np.sqrt(self._gaps(series).min() / self._weights.sum()))

    def posterior(self, series: np.ndarray) -> Posterior:
        """Draws for one series, (observations,)."""
        gaps = self._gaps(series)
        weights = np.exp(-0.5 * (gaps - gaps.min()))
        kept = weights > LIGHTEST
        return Posterior(self.points[kept], weights[kept] / weights[kept].sum(),
                         float(np.sqrt(gaps.min() / self._weights.sum())))


def _terms(u: np.ndarray) -> np.ndarray:
    """Coordinates on either side of zero, their squares and their products, (points, terms)."""
    x = 2.0 * u - 1.0
    first, second = np.triu_indices(x.shape[1])
    return np.column_stack([x, x[:, first] * x[:, second]])
