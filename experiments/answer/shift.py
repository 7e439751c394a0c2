"""How employment shifts as automation spreads: by year what AI does, who works in which craft, and what became of
the people who were attached when the worlds parted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from model.measures_ai import by_year_and_craft
from model.state.books import TWELFTHS
from model.state.turns import DESTINATIONS
from model.tables import AI_CRAFT, crafts
from model.world import WORLDS_PART

if TYPE_CHECKING:
    from model.recording import Recording


class OneWorld:
    """One world, added up over futures; arrays are by (year from 2026 on, craft), ``flows`` also by destination."""

    def __init__(self) -> None:
        self.years: list[int] = []
        self.on_call: list[np.ndarray] = []  # people, mean over the weeks of a year
        self.worked: list[np.ndarray] = []  # crew-weeks, from the books of titles
        self.displaced: list[np.ndarray] = []  # crew-weeks that AI did
        self.flows: list[np.ndarray] = []  # people of April 2026 by where they are at the end of the year

    def take(self, recording: Recording) -> None:
        """Add one future."""
        year = recording.years
        since = np.arange(recording.weeks) + recording.first_week >= WORLDS_PART
        self.years = np.unique(year[since]).tolist()
        on_call = recording.series["on_call"] / recording.scale
        self.on_call.append(np.stack([on_call[since & (year == each)].mean(axis=0) for each in self.years]))
        self.worked.append(by_year_and_craft(recording, "cells", "worked", self.years) / recording.scale)
        moved = by_year_and_craft(recording, "effects", "displacement", self.years)
        self.displaced.append(-moved / TWELFTHS / recording.scale)
        self.flows.append(_flows(recording, self.years) / recording.scale)

    def automated(self) -> np.ndarray:
        """Share of crew-weeks that AI did, of those worked and those displaced, (years,)."""
        return _share(np.mean(self.displaced, axis=0).sum(axis=1), np.mean(self.worked, axis=0).sum(axis=1))

    def automated_of_crafts(self) -> np.ndarray:
        """The same by craft over all years, (crafts,)."""
        return _share(np.mean(self.displaced, axis=0).sum(axis=0), np.mean(self.worked, axis=0).sum(axis=0))


class Shift:
    """The shift in one world, beside another if there is one."""

    def __init__(self) -> None:
        self.mine, self.other = OneWorld(), OneWorld()

    def take(self, mine: Recording, other: Recording | None) -> None:
        """Add one future."""
        self.mine.take(mine)
        if other is not None:
            self.other.take(other)

    def fields(self) -> dict[str, Any]:
        """As JSON: means over futures, whole market; the other world's figures are null where there is none."""
        mine, other = self.mine, self.other if self.other.years else None
        flows = {"flows": _flow_rows(mine), "flows_against": _flow_rows(other) if other else []}
        return {"years": _years(mine, other), "crafts": _crafts(mine, other), **flows}


def _share(displaced: np.ndarray, worked: np.ndarray) -> np.ndarray:
    of = displaced + worked
    return np.divide(displaced, of, out=np.zeros_like(of), where=of > 0)


def _flows(recording: Recording, years: list[int]) -> np.ndarray:
    found = np.zeros((len(years), crafts().n, len(DESTINATIONS)))
    rows = recording.tables["flows"]
    rows = rows[np.isin(rows["year"], years)]
    found[np.searchsorted(years, rows["year"]), rows["craft"], rows["to"]] = rows["workers"]
    return found


def _years(mine: OneWorld, other: OneWorld | None) -> list[dict[str, Any]]:
    new = crafts().names.index(AI_CRAFT)
    rows: list[dict[str, Any]] = [{"year": year} for year in mine.years]
    for suffix, world in (("", mine), ("_against", other)):
        for at, row in enumerate(rows):
            on_call = np.mean(world.on_call, axis=0)[at] if world else None
            row[f"automated_share{suffix}"] = float(world.automated()[at]) if world else None
            row[f"on_call{suffix}"] = None if on_call is None else float(on_call.sum())
            row[f"ai_jobs{suffix}"] = None if on_call is None else float(on_call[new])
    return rows


def _crafts(mine: OneWorld, other: OneWorld | None) -> list[dict[str, Any]]:
    here, there = np.mean(mine.on_call, axis=0), np.mean(other.on_call, axis=0) if other else None
    share = mine.automated_of_crafts()
    return [
        {
            "craft": name,
            "label": label,
            "automated_share": float(share[code]),
            "on_call": here[:, code].tolist(),
            "on_call_against": None if there is None else there[:, code].tolist(),
        }
        for code, (name, label) in enumerate(zip(crafts().names, crafts().labels, strict=True))
    ]


def _flow_rows(world: OneWorld) -> list[dict[str, Any]]:
    flows = np.mean(world.flows, axis=0)
    return [
        {"year": year, "craft": craft, "workers": float(flows[at, code].sum())}
        | {name: float(flows[at, code, to]) for to, name in enumerate(DESTINATIONS)}
        for at, year in enumerate(world.years)
        for code, craft in enumerate(crafts().names)
    ]
