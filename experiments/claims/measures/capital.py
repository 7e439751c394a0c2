"""C9: crew-weeks that the producer pays from capital beside those it pays from what titles brought in."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.claims.worlds import WEEKS, Worlds

_A_YEAR = 52
_USD_MILLION = 1e8  # cents
HALF = 0.5


def measure(worlds: Worlds) -> dict[str, Any]:
    """Years until capital pays for less than half; both series in crew-weeks a year; money raised, spent and earned."""
    series, scale = worlds.w2.series, worlds.w2.scale
    crew = series["crew_of_producers"].reshape(-1, _A_YEAR).sum(axis=1) / scale
    on_capital = series["crew_on_capital"].reshape(-1, _A_YEAR).sum(axis=1) / scale
    if not crew.sum():
        return {"value": float("nan")}
    below = np.flatnonzero((crew > 0) & (on_capital < HALF * crew))
    names = ("raised", "spent_raised", "spent_earned")
    money = {name: float(series[name][-1].sum() / scale / _USD_MILLION) for name in names}
    return {
        "value": float(below[0] if below.size else WEEKS // _A_YEAR),
        "on_capital": on_capital.tolist(),
        "on_income": (crew - on_capital).tolist(),
        "musd": money,
    }
