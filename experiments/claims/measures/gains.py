"""C11: how long a gain in crew-weeks stands, once there is one."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.claims.worlds import Worlds

_A_YEAR = 52
GAIN = 0.01  # of W0, over twelve months
AFTER = (1, 3, 5, 10)  # years


def measure(worlds: Worlds) -> dict[str, Any]:
    """Years for which the first gain stands, 0 without any; when it came; whether it still stands when the run ends."""
    gain = gains(*(each.series["on_call"].sum(axis=1) for each in (worlds.w0, worlds.w3)))
    first = int(np.argmax(gain)) if gain.any() else -1
    lasts = 0 if first < 0 else _run_of(gain[first:])
    return {
        "value": lasts / _A_YEAR,
        "arose": None if first < 0 else (first + _A_YEAR) / _A_YEAR,
        "stands_at_end": bool(gain[-1]),
    }


def gains(without: np.ndarray, with_ai: np.ndarray) -> np.ndarray:
    """For each week from the 52nd on, whether the twelve months up to it were more than 1 % above, booleans."""
    a, b = (np.convolve(each.astype(float), np.ones(_A_YEAR), "valid") for each in (without, with_ai))
    return b > (1.0 + GAIN) * a


def _run_of(gain: np.ndarray) -> int:
    ends = np.flatnonzero(~gain)
    return int(ends[0]) if ends.size else int(gain.size)
