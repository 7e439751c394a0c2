"""What sharing chance between two worlds is worth: the error of their difference with it and without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from model.recording import Recording

YEARS = (1, 3, 5, 10)
WEEKS_A_YEAR = 52
FEWEST = 5  # futures, below which a variance says little


class Pairing:
    """Crew-weeks of two worlds, added up over the first years of each future."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self.worlds: list[tuple[np.ndarray, np.ndarray]] = []

    def take(self, mine: Recording, other: Recording) -> None:
        """Add one future of both worlds."""
        self.worlds.append(tuple(each.series["on_call"].sum(axis=1).cumsum() for each in (mine, other)))

    def table(self) -> list[dict[str, Any]]:
        """A row for each horizon that was simulated: mean difference, its standard error over futures that share
        chance, the one that as many futures of their own for each world would give, and the ratio of variances.

        Crew-weeks; [] for fewer than five futures. The ratio is None where the worlds do not differ.
        """
        if len(self.worlds) < FEWEST:
            return []
        mine, other = (np.array(each, float) / self.scale for each in zip(*self.worlds, strict=True))
        rows = []
        for years in YEARS:
            end = years * WEEKS_A_YEAR
            if end > mine.shape[1]:
                break
            a, b = mine[:, end - 1], other[:, end - 1]
            paired, unpaired = (a - b).var(ddof=1), a.var(ddof=1) + b.var(ddof=1)
            rows.append({
                "years": years, "difference": float((a - b).mean()), "share": float((a - b).mean() / b.mean()),
                "paired_se": float(np.sqrt(paired / a.size)), "unpaired_se": float(np.sqrt(unpaired / a.size)),
                "variance_ratio": float(unpaired / paired) if paired > 0.0 else None,
            })
        return rows
