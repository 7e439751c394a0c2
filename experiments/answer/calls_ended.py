"""How calls end over a horizon: by a wrap, by a layoff, or because the worker quits; in both worlds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.statistics import spread

if TYPE_CHECKING:
    from model.recording import Recording

WAYS = ("wrapped", "laid_off", "quits")


class CallsEnded:
    """Counts of calls that ended, whole market, taken from recordings as they come."""

    def __init__(self) -> None:
        self._mine: list[np.ndarray] = []
        self._other: list[np.ndarray] = []

    def take(self, mine: Recording, other: Recording | None) -> None:
        """Count one future, and that of the other world on the same chance."""
        self._mine.append(_counts(mine))
        if other is not None:
            self._other.append(_counts(other))

    def fields(self) -> dict[str, dict[str, Any]]:
        """By way: ``calls``, the mean over futures; ``against``, that of the other world, and the ``change``, a spread;
        both None without another world.
        """
        found = {}
        for at, way in enumerate(WAYS):
            mine, other = (np.array([each[at] for each in counts]) for counts in (self._mine, self._other))
            found[way] = {"calls": float(mine.mean()), "against": float(other.mean()) if other.size else None,
                          "change": spread(mine - other) if other.size else None}
        return found


def _counts(recording: Recording) -> np.ndarray:
    return np.array([recording.series[way].sum() / recording.scale for way in WAYS])
