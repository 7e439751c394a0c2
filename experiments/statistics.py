"""The statistics behind summaries and stylized facts, each a few lines of numpy on plain arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

QUARTERLY = 1600.0  # the usual smoothness of the trend of a quarterly series
LOW, HIGH = 10, 90  # percentiles over futures


def spread(values: Sequence[float] | np.ndarray) -> dict[str, float | int]:
    """Luck, in four numbers: the mean over futures, its percentiles, and how many futures have the mean's sign."""
    values = np.asarray(values, float)
    low, high = np.percentile(values, [LOW, HIGH])
    agreeing = int(np.count_nonzero(np.sign(values) == np.sign(values.mean())))
    return {"mean": float(values.mean()), "q10": float(low), "q90": float(high), "futures_agreeing": agreeing}


def gini(values: np.ndarray) -> float:
    """Gini coefficient of values that are not negative: 0 all alike, near 1 all with one."""
    ordered = np.sort(np.asarray(values, float))
    n, total = ordered.size, ordered.sum()
    if n == 0 or total == 0:
        return float("nan")
    return float(2.0 * np.sum(np.arange(1, n + 1) * ordered) / (n * total) - (n + 1) / n)


def cycle(series: np.ndarray, smoothness: float = QUARTERLY) -> np.ndarray:
    """What the Hodrick-Prescott trend leaves of a series."""
    y = np.asarray(series, float)
    if y.size < 3:
        return y - y.mean()
    second = np.diff(np.eye(y.size), n=2, axis=0)
    trend = np.linalg.solve(np.eye(y.size) + smoothness * second.T @ second, y)
    return y - trend


def correlation(x: np.ndarray, y: np.ndarray) -> float:
    """Pearson's correlation; not a number where one does not vary."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    dx, dy = x - x.mean(), y - y.mean()
    spread = np.sqrt((dx @ dx) * (dy @ dy))
    return float(dx @ dy / spread) if spread > 0 else float("nan")


def slope(x: np.ndarray, y: np.ndarray, weight: np.ndarray | None = None) -> float:
    """Slope of the least-squares line of y on x."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    w = np.ones_like(x) if weight is None else np.asarray(weight, float)
    dx = x - np.average(x, weights=w)
    spread = float(np.sum(w * dx * dx))
    return float(np.sum(w * dx * (y - np.average(y, weights=w))) / spread) if spread > 0 else float("nan")


def slope_within(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> float:
    """Slope of y on x with an effect for every row and every column of the (n, m) arrays, weighted; cells of
    no weight are left out.
    """
    w = np.where(np.isfinite(x) & np.isfinite(y), weight, 0.0)
    return slope(_demeaned(x, w)[w > 0], _demeaned(y, w)[w > 0], w[w > 0])


def _demeaned(values: np.ndarray, weight: np.ndarray, rounds: int = 500) -> np.ndarray:
    """Rows' and columns' weighted means taken off in turns until none are left."""
    left = np.where(weight > 0, values, 0.0)
    for _ in range(rounds):
        before = left
        for axis in (0, 1):
            total = weight.sum(axis=axis, keepdims=True)
            mean = np.divide(
                (weight * left).sum(axis=axis, keepdims=True),
                total,
                out=np.zeros_like(total),
                where=total > 0,
            )
            left = np.where(weight > 0, left - mean, 0.0)
        if np.abs(left - before).max(initial=0.0) < 1e-12:
            break
    return left


def loop_area(x: np.ndarray, y: np.ndarray) -> float:
    """Signed area that a path encloses when its end is joined to its start; positive counter-clockwise."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    return float(0.5 * np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))


def skewness(values: np.ndarray) -> float:
    """Third standardized moment: positive when a few are very large."""
    off = np.asarray(values, float) - np.mean(values)
    sd = np.sqrt(np.mean(off**2))
    return float(np.mean(off**3) / sd**3) if sd > 0 else float("nan")


def pooled_ratio(events: np.ndarray, exposure: np.ndarray) -> float:
    """Rate of the second column over that of the first, within strata (rows) and pooled after Mantel and
    Haenszel. ``events`` and ``exposure`` are (strata, 2).
    """
    total = exposure.sum(axis=1)
    held = total > 0
    e, n, t = events[held], exposure[held], total[held]
    below = np.sum(e[:, 0] * n[:, 1] / t)
    return float(np.sum(e[:, 1] * n[:, 0] / t) / below) if below > 0 else float("nan")


def wilson(passed: int, tried: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's interval for a share of which ``passed`` of ``tried`` were seen; 95% by default."""
    if tried == 0:
        return 0.0, 1.0
    p, n = passed / tried, tried
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return float(max(0.0, middle - half)), float(min(1.0, middle + half))
