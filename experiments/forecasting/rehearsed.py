"""The rehearsal that comes with the program, and the model beside the best simple forecast in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from experiments.calibration.shipped import REHEARSAL, in_seeds
from experiments.forecasting.scoring import OPEN

Row = Mapping[str, Any]
MODEL = "model"
_SAME = ("series", "origin", "kind", "stratum")


class Beside(NamedTuple):
    """The model's scores at one origin, and those of the simple forecast that did best, which nobody knew before."""

    mine: Row
    best: Row

    @property
    def ratio(self) -> float:
        """The model's CRPS over that of the best; above 1 the model loses."""
        return self.mine["crps"] / self.best["crps"]

    @property
    def apart(self) -> bool:
        """Whether the interval of their difference, by blocks of half a year, leaves no doubt about its sign."""
        low, high = self.best.get("low"), self.best.get("high")
        return low is not None and high is not None and (low > 0.0 or high < 0.0)

    @property
    def loses(self) -> bool:
        """Whether the best simple forecast was better."""
        return self.mine["crps"] > self.best["crps"]


def shipped_rehearsal() -> dict[str, Any] | None:
    """``model``, a digest, and ``rows``; None where none comes with the program."""
    path = in_seeds() / REHEARSAL
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def beside_the_best(rows: Sequence[Row], series: Sequence[str], stratum: str = OPEN) -> list[Beside]:
    """One entry for each series, origin and kind that was scored, in the order of the rows."""
    held = [row for row in rows if row["series"] in series and row["stratum"] == stratum and row["n"]]
    found = []
    for mine in (row for row in held if row["forecast"] == MODEL):
        others = [row for row in held if row["forecast"] != MODEL and all(row[each] == mine[each] for each in _SAME)]
        found.append(Beside(mine, min(others, key=lambda row: row["crps"])))
    return found
