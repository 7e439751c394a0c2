"""Where a Los Angeles crew-week goes: one world less another, title by title, craft by craft, year by year.

A title keeps its identity in every world. What it worked in one world and not in the other belongs, if it was made in
both by the same owner in the same place, to the effects written down when its stages began and to the weeks in which
it stood still, was short of people, or fell into another year; otherwise to its place, its owner, or to the scale of
what is made. No part is computed as what the others leave.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.errors import CallSheetError
from model.recording import Recording
from model.state.books import TWELFTHS

WITHIN = ("displacement", "compression", "new_tasks", "scope", "disruption", "unfilled", "timing")
BETWEEN = ("location", "ownership", "scale", "crowding_out")
PARTS = (*WITHIN, *BETWEEN)


def crew_account(mine: Recording, other: Recording) -> dict[str, np.ndarray]:
    """Crew-weeks of ``mine`` less ``other`` by part, each (years, crafts) in twelfths of a crew-week, int64.

    ``total`` is the difference in what was worked, as the titles' books say. Agents, not divided by the scale.
    """
    years, crafts = years_of(mine), len(mine.manifest["crafts"])
    _check(mine, other)
    a, b = _Books(other, years, crafts), _Books(mine, years, crafts)
    parts = {name: np.zeros((years.size, crafts), np.int64) for name in PARTS}
    in_both = _among(b.uid, a.uid)
    _add(parts["scale"], b, ~in_both, b.worked)
    _add(parts["crowding_out"], a, ~_among(a.uid, b.uid), -a.worked)
    place_a, owner_a = np.full(b.uid.size, -1), np.full(b.uid.size, -1)
    there = np.searchsorted(a.uid, b.uid[in_both])  # identities are in order
    place_a[in_both], owner_a[in_both] = a.place[there], a.owner[there]
    moved = in_both & (place_a != b.place)
    sold = in_both & ~moved & (owner_a != b.owner)
    same = in_both & ~moved & ~sold
    for name, which in (("location", moved), ("ownership", sold)):
        _add(parts[name], b, which, b.worked)
        _add(parts[name], a, _among(a.uid, b.uid[which]), -a.worked)
    for sign, books, which in ((1, b, same), (-1, a, _among(a.uid, b.uid[same]))):
        _add(parts["unfilled"], books, which, -sign * books.cells["open"])
        _add(parts["disruption"], books, which, sign * books.cells["held"])
        late = books.cells["active"].astype(np.int64) - books.cells["planned"] + books.cells["shadow"]
        _add(parts["timing"], books, which, sign * late)
        for name in ("displacement", "compression", "location", "scope", "new_tasks"):
            _add(parts[name], books, which, sign * books.effects[name].astype(np.int64), of_effects=True)
    parts["total"] = np.zeros((years.size, crafts), np.int64)
    _add(parts["total"], b, np.ones(b.uid.size, bool), b.worked)
    _add(parts["total"], a, np.ones(a.uid.size, bool), -a.worked)
    return parts


def years_of(recording: Recording) -> np.ndarray:
    """Calendar years that the recording's weeks begin in."""
    return np.unique(recording.years)


def counted(recording: Recording, first_week: int) -> np.ndarray:
    """Crew-weeks by (year, craft) from the workers' side, from ``first_week`` on: people on a call, week by week."""
    years = years_of(recording)
    on_call = recording.series["on_call"].astype(np.int64)
    late = np.arange(recording.weeks) + recording.first_week >= first_week
    return np.stack([on_call[late & (recording.years == each)].sum(axis=0) for each in years])


def written(recording: Recording) -> np.ndarray:
    """Crew-weeks worked by (year, craft) as the titles' books say."""
    years, crafts = years_of(recording), len(recording.manifest["crafts"])
    books = _Books(recording, years, crafts)
    out = np.zeros((years.size, crafts), np.int64)
    _add(out, books, np.ones(books.uid.size, bool), books.worked)
    return out // TWELFTHS


def unexplained(parts: Mapping[str, np.ndarray]) -> np.ndarray:
    """What the parts do not explain, twelfths by (year, craft): nothing, or an event was lost."""
    return parts["total"] - sum(parts[name] for name in PARTS)


def _among(values: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Which values are known; ``known`` is in order."""
    at = np.searchsorted(known, values)
    found = np.zeros(values.size, bool)
    inside = at < known.size
    found[inside] = known[at[inside]] == values[inside]
    return found


class _Books:
    """The tables of one recording: titles once each, and where their cells and effects belong."""

    def __init__(self, recording: Recording, years: np.ndarray, crafts: int) -> None:
        titles, self.cells, self.effects = (recording.tables[name] for name in ("titles", "cells", "effects"))
        self.uid, first, self.of = np.unique(titles["uid"], return_index=True, return_inverse=True)
        last = np.zeros(self.uid.size, np.int64)
        last[self.of] = np.arange(titles.size)  # the owner at the end counts
        self.place, self.owner = titles["place"][first].astype(int), titles["owner"][last].astype(int)
        self.year = np.searchsorted(years, titles["year"])
        self.crafts = crafts
        self.worked = self.cells["worked"].astype(np.int64)
        self._where = {False: self._place(self.cells), True: self._place(self.effects)}

    def where(self, of_effects: bool) -> tuple[np.ndarray, np.ndarray]:
        """(title, flat cell) of each row of the cells or of the effects."""
        return self._where[of_effects]

    def _place(self, table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return self.of[table["title"]], self.year[table["title"]] * self.crafts + table["craft"]


def _add(part: np.ndarray, books: _Books, which: np.ndarray, values: np.ndarray, of_effects: bool = False) -> None:
    title, cell = books.where(of_effects)
    chosen = which[title]
    unit = 1 if of_effects else TWELFTHS
    # Exact: whole numbers far below 2**53.
    found = np.bincount(cell[chosen], np.asarray(values)[chosen] * float(unit), minlength=part.size)
    part += np.rint(found).astype(np.int64).reshape(part.shape)


def _check(mine: Recording, other: Recording) -> None:
    if (mine.first_week, mine.weeks, mine.scale) != (other.first_week, other.weeks, other.scale):
        raise CallSheetError("An account of crew-weeks needs two worlds over the same weeks at the same scale; these "
                             "differ. Run both with one start, until and scale.")
    if mine.manifest.get("chance") != other.manifest.get("chance"):
        raise CallSheetError("An account of crew-weeks needs two worlds on the same future; these have different "
                             "chance. Compare future by future.")
