"""Scenario discovery: in which region of the inputs something holds, as a box anybody can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.analysis.boxes import Box, Data, Faces, box, data, inside, quasi_p
from experiments.analysis.given import between, package, whole
from experiments.analysis.leaves import Leaves, cart
from experiments.analysis.peeling import paste, peel
from experiments.analysis.results import Result
from model.errors import CallSheetError, sentences

__all__ = ["Leaves", "Prim", "cart", "prim"]

CHANCE = 0.05  # quasi-p value above which a limit is taken for chance and dropped
FEW_OF_INTEREST = 10


@dataclass(frozen=True)
class Prim(Result):
    """What patient rule induction found.

    `curve` holds the box of every step, from everything to the smallest one: the trade-off between coverage and
    density. `chosen` is the box that balances both best, its limits tidied. `returns` says for each limited input
    in which share of the halves of the data it is limited again; `new_density` and `new_coverage` are those of the
    boxes found in one half, on the other half (mean over halves; None without resampling). `note` is a sentence
    where care is due.
    """

    curve: tuple[Box, ...]
    chosen: Box
    base_rate: float
    points: int
    missing: int
    returns: dict[str, float]
    new_density: float | None
    new_coverage: float | None
    halves: int
    note: str


def prim(
    coordinates: Any, holds: Any, names: Sequence[str], categorical: set[str] | frozenset[str] = frozenset(),
    patience: float = 0.05, least_mass: float = 0.05, halves: int = 10, seed: int = 1, choose: int | None = None,
) -> Prim:  # fmt: skip
    """A box in which `holds` is true for most points and outside of which it is for few.

    `coordinates` has shape (points, inputs), any units; `holds` (points,) true, false or NaN for a failed run. An
    input of at most ten distinct values is cut a value at a time; those in `categorical`, given as numbers, lose a
    category at a time. `patience` is the share a cut removes, `least_mass` the share of points at which peeling
    stops. Of the boxes on the way the one with the largest harmonic mean of coverage and density is taken, or the
    step `choose`; limits with a quasi-p value above 0.05 are then dropped, the worst first, and the box is let out
    where that costs no density. All true or all false is an answer too: a box without limits, and a note. Raises
    CallSheetError for fewer than 20 known points.

    Source: Friedman and Fisher (1999), Bump hunting in high-dimensional data; Bryant and Lempert (2010), Thinking
    inside the box: a participatory, computer-assisted approach to scenario discovery.
    """
    given = data(coordinates, holds, names, categorical)
    between(patience, 0.0, 0.5, "The patience")
    between(least_mass, 0.0, 1.0, "The least mass")
    whole(halves, "The number of halves", 0)
    whole(seed, "The seed", 0)
    path = peel(given, patience, least_mass)
    curve = tuple(box(given, faces) for faces in path)
    if choose is not None and whole(choose, "The chosen step", 0) >= len(path):
        raise CallSheetError(f"The chosen step is {choose}; the curve has the steps 0 to {len(path) - 1}.")
    found = box(given, _tidied(given, path[_best(given, path) if choose is None else choose], patience))
    again = _again(given, patience, least_mass, halves, seed)
    return Prim(
        curve=curve, chosen=found, base_rate=float(given.holds.mean()), points=len(given.x), missing=given.missing,
        returns={
            limit.name: float(np.mean([limit.name in each[0] for each in again])) for limit in found.limits if again
        },
        new_density=_mean([each[1] for each in again]), new_coverage=_mean([each[2] for each in again]),
        halves=len(again), note=_note(given, found),
    )  # fmt: skip


def _best(given: Data, path: list[dict]) -> int:
    """The step with the largest harmonic mean of coverage and density, the earliest of equals."""
    interest = given.holds.sum()
    worth = []
    for faces in path:
        kept = inside(given, faces)
        worth.append(2.0 * given.holds[kept].sum() / max(1, interest + kept.sum()))
    return int(np.argmax(worth))


def _tidied(given: Data, faces: Faces, patience: float) -> dict:
    """Limits that may be chance dropped, the worst first, and the rest let out where that costs no density."""
    faces = _without_chance(given, dict(faces))
    return _without_chance(given, paste(given, faces, patience)) if faces else faces


def _without_chance(given: Data, faces: dict) -> dict:
    while faces:
        p = {face: quasi_p(given, faces, face) for face in faces}
        worst = max(p, key=lambda face: p[face])
        if p[worst] <= CHANCE:
            break
        faces = {face: at for face, at in faces.items() if face != worst}
    return faces


def _again(given: Data, patience: float, least_mass: float, halves: int, seed: int) -> list[tuple]:
    """In each random half: the inputs limited there, and density and coverage of that box in the other half."""
    if not halves or given.holds.all() or not given.holds.any():
        return []
    split = package("sklearn.model_selection").ShuffleSplit(halves, train_size=0.5, random_state=seed)
    found = []
    for half, other in split.split(given.x):
        mine, theirs = given.part(half), given.part(other)
        path = peel(mine, patience, least_mass)
        faces = _tidied(mine, path[_best(mine, path)], patience)
        kept, interest = inside(theirs, faces), theirs.holds.sum()
        held = theirs.holds[kept].sum()
        found.append((
            {given.names[place] for place, _ in faces},
            float(held / kept.sum()) if kept.any() else float("nan"),
            float(held / interest) if interest else float("nan"),
        ))  # fmt: skip
    return found


def _mean(values: list[float]) -> float | None:
    known = [value for value in values if not np.isnan(value)]
    return float(np.mean(known)) if known else None


def _note(given: Data, found: Box) -> str:
    interest = int(given.holds.sum())
    if interest == 0:
        return "It holds at no point, so there is no region to find."
    if interest == len(given.x):
        return "It holds at every point, so no input limits it."
    return sentences(
        f"It holds at {interest} points only; a box of so few may be luck." if interest < FEW_OF_INTEREST else "",
        "No limit stands out from chance." if not found.limits else "",
    )
