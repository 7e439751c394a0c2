"""The two accounts over all futures: where a saved dollar comes from, and where a Los Angeles crew-week goes.

Whole numbers are added up first (sixths of a cent, twelfths of a crew-week) and divided once, so that the parts
add up to what they explain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.statistics import spread
from model.crew_account import PARTS, counted, crew_account, unexplained, written
from model.dollar_account import (
    of_producers,
    realised,
    shadow_budget,
    shares,
    shoot_days_saved,
)
from model.dollar_account import unexplained as unexplained_dollars
from model.state.books import SIXTHS, TWELFTHS, Line
from model.world import WORLDS_PART

if TYPE_CHECKING:
    from model.recording import Recording

LINES = tuple(line.name.lower() for line in Line)
_CENTS = 100


class SavedDollar:
    """The titles made with AI of one world, added up over futures. ``announced`` is the saving announced, as a
    share of the budget.
    """

    def __init__(self, announced: float, scale: float, producers_only: bool) -> None:
        self.announced, self.scale, self.producers_only = announced, scale, producers_only
        self.lines: list[np.ndarray] = []  # sixths of a cent, by line
        self.realised: list[int] = []  # sixths of a cent
        self.budget: list[int] = []  # cents
        self.titles: list[int] = []
        self.left: list[int] = []  # sixths of a cent
        self.shoots: list[float] = []  # share of shoot weeks saved
        self.here: list[float] = []  # share made in Los Angeles

    def take(self, recording: Recording) -> None:
        """Add one future."""
        found = of_producers(recording) if self.producers_only else recording.tables["finished"]
        self.lines.append(found["lines"].sum(axis=0, dtype=np.int64))
        self.realised.append(int(realised(found).sum()))
        self.budget.append(int(shadow_budget(found).sum()))
        self.titles.append(int(found.size))
        self.left.append(int(np.abs(unexplained_dollars(found)).sum()))
        if found.size:
            self.shoots.append(shoot_days_saved(found))
            self.here.append(float(np.mean(found["place"] == 0)))

    def account(self) -> dict[str, Any]:
        """USD, means over futures, divided by the scale; the residual is the largest of all futures, at the
        scale of the run.
        """
        sums, per = np.sum(self.lines, axis=0), SIXTHS * _CENTS * self.scale * len(self.titles)
        account: dict[str, Any] = {name: int(sums[line]) / per for line, name in enumerate(LINES)}
        account["realised"] = sum(self.realised) / per
        account["announced"] = self.announced * sum(self.budget) / (per / SIXTHS)
        account |= shares(sums)
        account["residual_usd"] = max(self.left) / (SIXTHS * _CENTS)
        account["residual"] = _whole(max(self.left), SIXTHS)
        return account

    def shares(self) -> dict[str, float]:
        """Each line as a share of the budgets, mean over the futures that delivered a title."""
        made = [at for at, budget in enumerate(self.budget) if budget]
        of = [[*self.lines[at].tolist(), self.realised[at]] for at in made]
        means = np.mean(np.array(of) / SIXTHS / np.array(self.budget)[made, None], axis=0) if made else np.zeros(0)
        return dict(zip((*LINES, "realised"), means.tolist(), strict=bool(made)))

    def beside(self) -> dict[str, Any]:
        """How many titles, of what budget, how much of it was saved, and the spread of each line over futures."""
        per = _CENTS * self.scale
        shares = [made / SIXTHS / budget for made, budget in zip(self.realised, self.budget, strict=True) if budget]
        lines = np.array(self.lines) / (SIXTHS * per)
        return {
            "titles": spread([each / self.scale for each in self.titles]),
            "budget_usd": spread([each / per for each in self.budget]),
            "share_of_budget": spread(shares) if shares else None,
            "share_announced": self.announced,
            "shoot_weeks_saved": spread(self.shoots) if self.shoots else None,
            "la_share": spread(self.here) if self.here else None,
            "shares": self.shares(),
            "lines": {name: spread(lines[:, line]) for line, name in enumerate(LINES)}
            | {"realised": spread([each / (SIXTHS * per) for each in self.realised])},
        }


def _whole(parts: int, unit: int) -> int | float:
    """Parts of a unit in units: a whole number if they make one."""
    return parts // unit if parts % unit == 0 else parts / unit


class CrewWeeks:
    """Crew-weeks of one world less another, by part and craft, added up over futures."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self.parts: list[dict[str, np.ndarray]] = []  # twelfths by craft, a future each
        self.other: list[np.ndarray] = []  # crew-weeks by craft in the other world
        self.left = 0  # twelfths that the parts do not explain, or that the workers' side counts otherwise
        self.unexplained = 0

    def take(self, mine: Recording, other: Recording) -> None:
        """Add one future of both worlds."""
        parts = crew_account(mine, other)
        begin = max(mine.first_week, WORLDS_PART)
        workers = TWELFTHS * (counted(mine, begin) - counted(other, begin))
        here = int(np.abs(unexplained(parts)).sum())
        self.unexplained = max(self.unexplained, here)
        self.left = max(self.left, here, int(np.abs(workers - parts["total"]).sum()))
        self.parts.append({name: cells.sum(axis=0) for name, cells in parts.items()})
        self.other.append(written(other).sum(axis=0))

    def account(self) -> dict[str, Any]:
        """Crew-weeks, means over futures, divided by the scale; what is left over, the largest of all futures, at
        the scale of the run.
        """
        per = TWELFTHS * self.scale * len(self.parts)
        account: dict[str, Any] = {
            name: sum(int(each[name].sum()) for each in self.parts) / per for name in (*PARTS, "total")
        }
        account["unexplained"] = self.unexplained / TWELFTHS
        account["residual"] = _whole(self.left, TWELFTHS)
        return account

    def beside(self) -> dict[str, Any]:
        """The spread of each part over futures, and the crew-weeks of the other world."""
        per = TWELFTHS * self.scale
        return {name: spread([each[name].sum() / per for each in self.parts]) for name in (*PARTS, "total")} | {
            "other": spread([each.sum() / self.scale for each in self.other])
        }

    def crafts(self) -> list[dict[str, Any]]:
        """A row a craft, from the largest loss to the largest gain of crew-weeks relative to the other world."""
        from model.tables import crafts

        per, rows = TWELFTHS * self.scale, []
        for code, (name, label) in enumerate(zip(crafts().names, crafts().labels, strict=True)):
            changes = [each["total"][code] / per for each in self.parts]
            before = float(np.mean([each[code] for each in self.other])) / self.scale
            rows.append(
                {
                    "craft": name,
                    "label": label,
                    "crew_weeks_other": before,
                    "change": spread(changes),
                    "change_share": float(np.mean(changes)) / before if before else None,
                    "parts": {part: float(np.mean([each[part][code] for each in self.parts])) / per for part in PARTS},
                }
            )
        return sorted(rows, key=lambda row: (row["change_share"] is None, row["change_share"] or 0.0))
