"""Least squares on logs with an effect for each month of the year, and autoregressions of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.errors import CallSheetError

ORDERS = (1, 2)
SPARE = 2  # observations beyond the parameters below which no spread is estimated
# Roots of an autoregression are held within this: 24 months cannot tell a slow return from none, and a root
# beyond one would let a forecast explode.
LARGEST_ROOT = 0.98


@dataclass(frozen=True)
class Fitted:
    """``residuals`` are in log points, in order of time, and widened for the parameters that were fitted."""

    coefficients: np.ndarray
    residuals: np.ndarray
    aic: float  # with the correction for few observations


def dummies(season: np.ndarray, per_year: int) -> np.ndarray:
    """One column for each month or quarter of the year, (periods, per_year)."""
    return (np.asarray(season)[:, None] == np.arange(per_year)).astype(float)


def least_squares(y: np.ndarray, x: np.ndarray, what: str) -> Fitted:
    """Least squares of y (n,) on x (n, k); rows with a NaN are left out.

    Raises CallSheetError with fewer than SPARE more rows than columns, or with a column that no row has anything of.
    """
    rows = np.isfinite(y) & np.isfinite(x).all(axis=1)
    y, x = y[rows], x[rows]
    n, k = x.shape
    if n < k + SPARE:
        raise CallSheetError(
            f"{what} has {n} usable observations for {k} coefficients; at least {k + SPARE} are needed. "
            "Choose a later origin."
        )
    if not x.any(axis=0).all():
        raise CallSheetError(f"{what} has a month or quarter without any usable observation. Choose a later origin.")
    coefficients = np.linalg.lstsq(x, y, rcond=None)[0]
    off = y - x @ coefficients
    squares = max(float(off @ off), np.finfo(float).tiny)
    fitted = k + 1  # the spread is fitted, too
    aic = n * np.log(squares / n) + 2 * fitted + 2 * fitted * (fitted + 1) / max(n - fitted - 1, 1)
    return Fitted(coefficients, off * np.sqrt(n / (n - k)), float(aic))


def lags(logs: np.ndarray, order: int) -> np.ndarray:
    """The values 1 to ``order`` periods before each, (periods, order); NaN before the first."""
    return np.stack([np.concatenate((np.full(each, np.nan), logs[:-each])) for each in range(1, order + 1)], axis=1)


def autoregression(logs: np.ndarray, season: np.ndarray, per_year: int, orders: tuple[int, ...] = ORDERS
                   ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Log level on its own past with an effect for each month, of the order that has the lowest AICc.

    The orders are compared on the same rows. Returns effects (per_year,), slopes (order,) with roots within
    LARGEST_ROOT, and residuals, all in log points. Source: Hyndman and Athanasopoulos, Forecasting: Principles and
    Practice, chapters 7 and 9; Hurvich and Tsai (1989) on the corrected AIC.
    """
    month = dummies(season, per_year)
    past = lags(logs, max(orders))
    same = np.where(np.isfinite(past).all(axis=1), logs, np.nan)
    fits = {order: least_squares(same, np.hstack([month, past[:, :order]]), "The autoregression") for order in orders}
    order = min(fits, key=lambda each: fits[each].aic)
    past = past[:, :order]
    best = least_squares(logs, np.hstack([month, past]), "The autoregression")
    slopes = best.coefficients[per_year:]
    held = within(slopes)
    if np.array_equal(held, slopes):
        return best.coefficients[:per_year], slopes, best.residuals
    again = least_squares(logs - past @ held, month, "The autoregression")
    return again.coefficients, held, again.residuals


def within(slopes: np.ndarray, largest: float = LARGEST_ROOT) -> np.ndarray:
    """Slopes of an autoregression whose roots are drawn in, all by the same factor, until none is larger."""
    order = len(slopes)
    companion = np.eye(order, k=-1)
    companion[0] = slopes
    root = float(np.abs(np.linalg.eigvals(companion)).max())
    return slopes if root <= largest else slopes * (largest / root) ** np.arange(1, order + 1)
