"""Whether a fit can be believed: truths of our own making are looked for in the same way, and counted when found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.analysis.chance import seed_of, uniforms
from experiments.calibration.posterior import Table
from experiments.statistics import wilson

INSIDE = 0.90  # of a central interval
FOLDS = 10


@dataclass(frozen=True)
class Recovery:
    """One parameter over many synthetic truths.

    ``coverage`` is the share of truths inside their 90 % interval, with its Wilson interval; ``error`` the root mean
    square of posterior mean less truth over the prior's standard deviation (1: nothing learned); ``contraction`` one
    less the mean variance of the posteriors over that of the prior; ``ranks`` where truths fell among their draws,
    counted in ten equal bins (even if all is well: simulation-based calibration, Talts et al. 2018).
    """

    coverage: float
    wilson: tuple[float, float]
    error: float
    contraction: float
    ranks: tuple[int, ...]
    truths: int


def recover(table: Table, truths: int, seed: int = 0) -> list[Recovery]:
    """Recovery of each parameter, in their order. Each truth is left out, with all of its fold, of what is learned
    before it is looked for.
    """
    n = len(table.coordinates)
    order = np.argsort(uniforms(n, seed_of("truths", seed)), kind="stable")
    truths = min(truths, n)
    chosen = order[:truths]
    fold = np.empty(n, int)
    fold[order] = np.arange(n) % FOLDS
    true, mean, inside, variance, rank = [], [], [], [], []
    for number in range(FOLDS):
        mine = [row for row in chosen if fold[row] == number]
        if not mine:
            continue
        learner = table.learner(without=fold == number)
        for row in mine:
            found = learner.posterior(table.with_error(row, seed))
            low, high = found.quantiles([0.5 - INSIDE / 2, 0.5 + INSIDE / 2])
            u = table.coordinates[row]
            true.append(u)
            mean.append(found.mean())
            variance.append(found.sd() ** 2)
            inside.append((low <= u) & (u <= high))
            rank.append(((found.draws < u) * found.weights[:, None]).sum(axis=0))
    prior = table.coordinates.var(axis=0)
    true, mean, inside = np.array(true), np.array(mean), np.array(inside)
    share, error = inside.mean(axis=0), np.sqrt(((mean - true) ** 2).mean(axis=0) / prior)
    learned = 1.0 - np.array(variance).mean(axis=0) / prior
    ranks = np.clip((np.array(rank) * 10).astype(int), 0, 9)
    return [
        Recovery(float(share[k]), wilson(int(inside[:, k].sum()), len(true)), float(error[k]), float(learned[k]),
                 tuple(int((ranks[:, k] == b).sum()) for b in range(10)), len(true))
        for k in range(true.shape[1])
    ]
