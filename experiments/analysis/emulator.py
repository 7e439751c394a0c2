"""A quick stand-in for the model over the unit cube, which says how far it may be off."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.analysis.given import column, package, same_length, table, whole
from experiments.analysis.results import Result
from model.errors import CallSheetError, sentences

FEWEST = 10
LENGTHS = (0.05, 20.0)  # in widths of the unit cube; the upper end means the input hardly matters
NUGGETS = (1e-8, 2.0)  # variance of the noise beside that of the values
STARTS = ((0.5, 1e-2), (1.5, 0.3))  # length and nugget: mostly signal, mostly noise; the likelier one is kept
JITTER = 1e-10
BAND, BAND_Z = 0.9, 1.6448536269514722


@dataclass(frozen=True)
class Emulator(Result):
    """A Gaussian process fitted to points of shape (n, k).

    `rmse` is the error of held-out points and `rmse_mean` that of guessing the mean of the others, both in the
    unit of the values; `covered` is the share of held-out points inside their 90 % band (all None without folds).
    `lengths`, shape (k,), are how far, in widths of the unit cube, a value says something of its neighbors; `noise`
    is the estimated standard deviation of noise beyond that handed in.
    """

    lengths: np.ndarray
    noise: float
    n: int
    missing: int
    rmse: float | None
    rmse_mean: float | None
    covered: float | None
    caution: str
    _process: Any
    _center: float
    _scale: float

    def predict(self, coordinates: Any, noisy: bool = False) -> tuple[np.ndarray, np.ndarray]:
        """Mean and standard deviation at points of shape (m, k), both (m,), in the unit of the values.

        The standard deviation is that of the underlying function; with `noisy` that of a new value.
        """
        points = table(coordinates, len(self.lengths))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a variance of zero may come out a rounding below it
            mean, sd = self._process.predict(points, return_std=True)
        variance = sd**2 * self._scale**2 - (0.0 if noisy else self.noise**2)
        return mean * self._scale + self._center, np.sqrt(np.maximum(variance, 0.0))

    def covariance(self, coordinates: Any) -> np.ndarray:
        """Covariance of the underlying function between points of shape (m, k), shape (m, m), unit squared."""
        _, matrix = self._process.predict(table(coordinates, len(self.lengths)), return_cov=True)
        return matrix * self._scale**2 - self.noise**2 * np.eye(len(matrix))


def fit(coordinates: Any, values: Any, noise: Any = None, folds: int = 5, seed: int = 1) -> Emulator:
    """A Gaussian process with an anisotropic Matérn 5/2 kernel and white noise, its error shown by held-out points.

    `coordinates` has shape (points, inputs) in the unit cube, `values` (points,) any unit, NaN leaves its point
    out. `noise` is the standard error of each value where replicates tell it, shape (points,) or one number, same
    unit. Each of `folds` refits without its share of the points, so the error is not flattered; 0 skips it.
    Raises CallSheetError for fewer than ten known points, points outside the cube, or noise that is negative or
    unknown at a known point. Source: Rasmussen and Williams (2006), Gaussian processes for machine learning.
    """
    x, y = table(coordinates), column(values, "The values")
    same_length(x, y, "points", "values")
    if x.min(initial=0.0) < 0.0 or x.max(initial=1.0) > 1.0:
        raise CallSheetError(f"Coordinates run from {x.min():g} to {x.max():g}; the unit cube, 0 to 1, is allowed.")
    known = ~np.isnan(y)
    error = _noise(noise, known)
    x, y, missing = x[known], y[known], int((~known).sum())
    if len(x) < FEWEST:
        raise CallSheetError(f"{len(x)} points are known; an emulator needs at least {FEWEST}. Run more points.")
    whole(folds, "The number of folds", 0)
    seed = whole(seed, "The seed", 0)
    process, center, scale = _fitted(x, y, error, None)
    lengths, nugget = process.kernel_.k1.k2.length_scale, float(process.kernel_.k2.noise_level)
    rmse, rmse_mean, covered = _held_out(x, y, error, process.kernel_, folds, seed) if folds > 1 else (None,) * 3
    return Emulator(
        lengths=np.broadcast_to(lengths, x.shape[1]).astype(float), noise=float(np.sqrt(nugget)) * scale, n=len(x),
        missing=missing, rmse=rmse, rmse_mean=rmse_mean, covered=covered,
        caution=_caution(rmse, rmse_mean, covered), _process=process, _center=center, _scale=scale,
    )  # fmt: skip


def _noise(noise: Any, known: np.ndarray) -> np.ndarray:
    error = np.zeros(known.size) if noise is None else np.asarray(noise, float)
    error = np.full(known.size, float(error)) if error.ndim == 0 else column(error, "The standard errors")
    same_length(error, known, "standard errors", "values")
    error = error[known]
    if not (error >= 0.0).all():
        raise CallSheetError(
            "Some standard errors are negative or not numbers; 0 or more is allowed, one for each known value."
        )
    return error


def _fitted(x: np.ndarray, y: np.ndarray, error: np.ndarray, kernel: Any) -> tuple[Any, float, float]:
    """The process on values brought to mean 0 and variance 1, with what brings them back."""
    kernels = package("sklearn.gaussian_process.kernels")
    process = package("sklearn.gaussian_process").GaussianProcessRegressor
    center, scale = float(y.mean()), float(y.std()) or 1.0
    # scikit-learn adds alpha after its own normalization, in another unit than the values: so it is done here.
    alpha = (error / scale) ** 2 + JITTER
    starts = [kernel] if kernel is not None else [
        kernels.ConstantKernel(1.0, (1e-2, 1e3)) * kernels.Matern([length] * x.shape[1], LENGTHS, nu=2.5)
        + kernels.WhiteKernel(nugget, NUGGETS)
        for length, nugget in STARTS
    ]  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a length at the end of its range is an answer, not a failure
        models = [process(start, alpha=alpha, normalize_y=False).fit(x, (y - center) / scale) for start in starts]
    return max(models, key=lambda model: model.log_marginal_likelihood_value_), center, scale


def _held_out(
    x: np.ndarray, y: np.ndarray, error: np.ndarray, kernel: Any, folds: int, seed: int
) -> tuple[float, float, float]:
    """Root mean squared error of held-out points, that of the others' mean, and the share inside the band."""
    split = package("sklearn.model_selection").KFold(min(folds, len(x)), shuffle=True, random_state=seed).split(x)
    off, off_mean, width = (np.empty(len(x)) for _ in range(3))
    for mine, other in split:
        process, center, scale = _fitted(x[mine], y[mine], error[mine], kernel)
        mean, sd = process.predict(x[other], return_std=True)
        off[other] = y[other] - mean * scale - center
        off_mean[other] = y[other] - center
        width[other] = BAND_Z * np.sqrt((sd * scale) ** 2 + error[other] ** 2)
    rmse, rmse_mean = (float(np.sqrt(np.mean(each**2))) for each in (off, off_mean))
    return rmse, rmse_mean, float(np.mean(np.abs(off) <= width))


def _caution(rmse: float | None, rmse_mean: float | None, covered: float | None) -> str:
    if rmse is None:
        return "Its error was not looked at."
    return sentences(
        "It predicts hardly better than the mean does." if rmse > 0.9 * rmse_mean else "",
        f"Its 90 % band holds only {covered:.0%} of held-out points." if covered < 0.8 else "",
    )
