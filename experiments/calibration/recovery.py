"""Whether a fit can be believed: truths of our own making are looked for in the same way, and counted when found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from experiments.analysis.chance import seed_of, uniforms
from experiments.calibration.posterior import Posterior, Table, logit
from experiments.statistics import wilson

INSIDE = 0.90  # of a central interval
FOLDS, BINS = 10, 10


@dataclass(frozen=True)
class Recovery:
    """One parameter over many synthetic truths.

    ``coverage`` is the share of truths inside their 90 % interval, with its Wilson interval; ``error`` the root mean
    square of posterior mean less truth over the prior's standard deviation (1: nothing learned); ``contraction`` one
    less the mean variance of the posteriors over that of the prior; ``ranks`` where truths fell among their draws,
    counted in ten equal bins (even if all is well: simulation-based calibration, Talts et al. 2018). ``stretch`` is
    how much wider draws were made, as other truths asked for, before these were counted.
    """

    coverage: float
    wilson: tuple[float, float]
    error: float
    contraction: float
    ranks: tuple[int, ...]
    truths: int
    stretch: float


@dataclass(frozen=True)
class Found:
    """A truth, (parameters,) coordinates, and the posterior that was found for it."""

    truth: np.ndarray
    posterior: Posterior


def look_for(table: Table, truths: int, seed: int = 0) -> list[Found]:
    """The posterior of each synthetic truth, which is left out, with all of its fold, of what is learned before."""
    n = len(table.coordinates)
    order = np.argsort(uniforms(n, seed_of("truths", seed)), kind="stable")
    fold = np.empty(n, int)
    fold[order] = np.arange(n) % FOLDS
    found: dict[int, Found] = {}
    for number in range(FOLDS):
        mine = [int(row) for row in order[:truths] if fold[row] == number]
        learner = table.learner(without=fold == number) if mine else None
        for row in mine:
            found[row] = Found(table.coordinates[row], learner.posterior(table.with_error(row, seed)))
    return [found[int(row)] for row in order[:truths]]


def stretch_of(found: Sequence[Found]) -> np.ndarray:
    """The factor for each parameter by which draws must lie further from their mean, in logits, so that their 90 %
    interval holds 90 % of these truths: split-conformal widening (Lei et al. 2018).
    """
    asked = []
    for each in found:
        z, weights = logit(each.posterior.draws), each.posterior.weights
        center = weights @ z
        low, high = logit(each.posterior.quantiles(_ends()))
        off = logit(each.truth) - center
        asked.append(np.where(off > 0.0, off / np.maximum(high - center, 1e-9), off / np.minimum(low - center, -1e-9)))
    return np.quantile(np.array(asked), INSIDE, axis=0)


def recover(found: Sequence[Found], stretch: np.ndarray, prior: np.ndarray) -> list[Recovery]:
    """Recovery of each parameter over truths that the stretch was not taken from. ``prior`` (parameters,) variances."""
    wide = [each.posterior.stretched(stretch) for each in found]
    true = np.array([each.truth for each in found])
    mean = np.array([each.mean() for each in wide])
    variance = np.array([each.sd() ** 2 for each in wide])
    ends = np.array([each.quantiles(_ends()) for each in wide])
    inside = (ends[:, 0] <= true) & (true <= ends[:, 1])
    below = np.array([each.weights @ (each.draws < u) for each, u in zip(wide, true, strict=True)])
    bins = np.clip((below * BINS).astype(int), 0, BINS - 1)
    error = np.sqrt(((mean - true) ** 2).mean(axis=0) / prior)
    return [
        Recovery(float(inside[:, k].mean()), wilson(int(inside[:, k].sum()), len(true)), float(error[k]),
                 float(1.0 - variance[:, k].mean() / prior[k]),
                 tuple(int((bins[:, k] == b).sum()) for b in range(BINS)), len(true), float(stretch[k]))
        for k in range(true.shape[1])
    ]


def _ends() -> tuple[float, float]:
    return 0.5 - INSIDE / 2, 0.5 + INSIDE / 2
