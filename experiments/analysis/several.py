"""Caution with many comparisons: the more one looks at, the more stands out by luck alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from experiments.analysis.given import between, column
from model.errors import CallSheetError

ALL_EQUAL = 1e-12  # a spread this small beside the values themselves is rounding


def cautious(differences_by_name: Mapping[str, Any], error: float = 0.05) -> list[dict[str, Any]]:
    """Which of many paired differences stand when all of them are looked at together.

    One array of shape (futures,) for each name, any unit, NaN left out; lengths may differ. Rows come in the
    order of the names: {name, mean, n, p, holm, fdr, stands}. `p` is that of a paired t test, `holm` and `fdr` the
    p adjusted for the chance of one false finding at all and for the share of false findings; `stands` is
    holm <= error. Raises CallSheetError for infinite values or an error level outside 0 to 1.

    Where all differences are equal a t test knows no spread, so the sign test stands in: n equal differences that
    are not zero have p = 2 / 2**n, zeros have p = 1. Fewer than two futures have p = 1.
    """
    between(error, 0.0, 1.0, "The error level")
    known = {}
    for name, differences in differences_by_name.items():
        values = column(differences, f"The differences of {name}")
        known[str(name)] = values[~np.isnan(values)]
    if not known:
        return []
    p = np.array([_p_value(values) for values in known.values()])
    return [
        {
            "name": name, "mean": float(values.mean()) if values.size else None, "n": int(values.size),
            "p": float(one), "holm": float(adjusted), "fdr": float(share), "stands": bool(adjusted <= error),
        }
        for (name, values), one, adjusted, share in zip(
            known.items(), p, holm(p), benjamini_hochberg(p), strict=True
        )
    ]  # fmt: skip


def holm(p: Any) -> np.ndarray:
    """P values adjusted step down, so that the chance of even one false finding stays at the level; shape (tests,).

    Source: Holm (1979), A simple sequentially rejective multiple test procedure.
    """
    p = _p_values(p)
    order = np.argsort(p, kind="stable")
    steps = np.maximum.accumulate(p[order] * np.arange(p.size, 0, -1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(steps, 1.0)
    return adjusted


def benjamini_hochberg(p: Any) -> np.ndarray:
    """P values adjusted so that the share of false ones among the findings stays at the level; shape (tests,).

    Source: Benjamini and Hochberg (1995), Controlling the false discovery rate.
    """
    from scipy.stats import false_discovery_control

    p = _p_values(p)
    return np.asarray(false_discovery_control(p, method="bh")) if p.size else p


def _p_values(p: Any) -> np.ndarray:
    array = column(p, "The p values")
    if not ((array >= 0.0) & (array <= 1.0)).all():
        raise CallSheetError(f"The p values are {array.tolist()}; numbers from 0 to 1 are allowed.")
    return array


def _p_value(values: np.ndarray) -> float:
    """Two-sided p of a mean of zero."""
    from scipy.special import stdtr

    n = values.size
    if n < 2:
        return 1.0
    spread = values.std(ddof=1)
    if spread <= ALL_EQUAL * np.abs(values).max():
        return min(1.0, 2.0 * 0.5**n) if values[0] != 0 else 1.0
    return float(2.0 * stdtr(n - 1, -abs(values.mean()) / (spread / np.sqrt(n))))
