"""A box in the space of the inputs: its limits, what it holds, and how likely each limit is mere chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from experiments.analysis.given import column, distinct, same_length, table
from experiments.analysis.results import Result
from model.errors import CallSheetError, sentences, shown

FEWEST = 20  # points below which no region can be told from chance
FEW_VALUES = 10  # an input with at most as many distinct values is peeled a value at a time


@dataclass(frozen=True)
class Limit(Result):
    """What a box asks of one input: `low` <= value <= `high`, None where open, or one of `values` (categories).

    `p_low`, `p_high` and `p_values` are quasi-p values: how often chance alone would make the limit look as good.
    """

    name: str
    low: float | None = None
    high: float | None = None
    values: tuple[float, ...] | None = None
    p_low: float | None = None
    p_high: float | None = None
    p_values: float | None = None


@dataclass(frozen=True)
class Box(Result):
    """A region of the inputs. `coverage` is the share of all points of interest inside it, `density` the share of
    points of interest among those inside, `mass` the share of all points inside; `points` and `held` are counts.
    """

    limits: tuple[Limit, ...]
    coverage: float
    density: float
    mass: float
    points: int
    held: int
    extremes: dict[str, tuple[float, float]]

    def ranges(self, whole: Mapping[str, tuple[float, float]] | None = None) -> dict[str, tuple[float, float]]:
        """{name: (low, high)} of the limited inputs; categories are left out.

        An open side ends where `whole`, {name: (low, high)}, ends, and without it where the data do.
        """
        ends = {**self.extremes, **(whole or {})}
        return {
            limit.name: (
                ends[limit.name][0] if limit.low is None else limit.low,
                ends[limit.name][1] if limit.high is None else limit.high,
            )
            for limit in self.limits
            if limit.values is None
        }

    def allowed(self) -> dict[str, tuple[float, ...]]:
        """{name: categories} of the inputs limited to some categories."""
        return {limit.name: limit.values for limit in self.limits if limit.values is not None}


@dataclass(frozen=True)
class Data:
    """Points that are known: coordinates (points, inputs), holds (points,) bool, and the kind of every input."""

    x: np.ndarray
    holds: np.ndarray
    names: tuple[str, ...]
    kinds: tuple[str, ...]  # "number", "few" (ordered, few values) or "category"
    missing: int

    def part(self, index: np.ndarray) -> Data:
        """Some of the points, the kinds of the inputs as they are."""
        return replace(self, x=self.x[index], holds=self.holds[index])


def data(coordinates: Any, holds: Any, names: Any, categorical: set[str] | frozenset[str]) -> Data:
    """Points as scenario discovery takes them; a NaN in `holds` leaves its point out.

    Raises CallSheetError for fewer than 20 known points, for values other than true and false, and for a
    categorical name that is no input.
    """
    names = distinct(names)
    x, wanted = table(coordinates, len(names)), column(holds, "The truth values")
    same_length(x, wanted, "points", "truth values")
    strange = set(categorical) - set(names)
    if strange:
        raise CallSheetError(f"The categorical input {shown(sorted(strange)[0])} is not among the inputs.")
    known = ~np.isnan(wanted)
    if not np.isin(wanted[known], (0.0, 1.0)).all():
        raise CallSheetError("Truth values other than true and false are not allowed. Compare with a threshold first.")
    if known.sum() < FEWEST:
        raise CallSheetError(
            sentences(
                f"{int(known.sum())} points are known; scenario discovery needs at least {FEWEST}.",
                "Run more points, or look at why they failed.",
            )
        )
    x = x[known]
    few = [np.unique(each).size <= FEW_VALUES for each in x.T]
    kinds = tuple(
        "category" if name in categorical else "few" if small else "number"
        for name, small in zip(names, few, strict=True)
    )
    return Data(x, wanted[known] > 0, names, kinds, int((~known).sum()))


Faces = Mapping[tuple[int, str], Any]  # (input, "low" | "high" | "values") -> number or categories


def inside(given: Data, faces: Faces) -> np.ndarray:
    """Which points lie within all faces, shape (points,)."""
    kept = np.ones(len(given.x), bool)
    for (place, side), at in faces.items():
        values = given.x[:, place]
        kept &= values >= at if side == "low" else values <= at if side == "high" else np.isin(values, list(at))
    return kept


def quasi_p(given: Data, faces: Faces, face: tuple[int, str]) -> float:
    """How often a box without this face, cut down at random to the points it keeps, would hold as many of interest.

    One-sided binomial. 1 where the face keeps everything. Source: Bryant and Lempert (2010), Thinking inside the
    box: a participatory, computer-assisted approach to scenario discovery, after Friedman and Fisher (1999).
    """
    from scipy.special import bdtrc

    kept, wider = inside(given, faces), inside(given, {key: at for key, at in faces.items() if key != face})
    points, held = int(kept.sum()), int(given.holds[kept].sum())
    if held == 0 or points == int(wider.sum()):
        return 1.0
    return float(bdtrc(held - 1, points, given.holds[wider].mean()))


def box(given: Data, faces: Faces) -> Box:
    """What the faces hold, with a quasi-p value of each."""
    kept = inside(given, faces)
    points, held, interest = int(kept.sum()), int(given.holds[kept].sum()), int(given.holds.sum())
    limits = []
    for place in sorted({place for place, _ in faces}):
        asked: dict[str, Any] = {}
        for side in ("low", "high", "values"):
            if (place, side) in faces:
                at = faces[place, side]
                asked[side] = tuple(sorted(float(v) for v in at)) if side == "values" else float(at)
                asked[f"p_{side}"] = quasi_p(given, faces, (place, side))
        limits.append(Limit(given.names[place], **asked))
    return Box(
        limits=tuple(limits), coverage=held / interest if interest else 0.0, density=held / points if points else 0.0,
        mass=points / len(given.x), points=points, held=held,
        extremes={name: (float(v.min()), float(v.max())) for name, v in zip(given.names, given.x.T, strict=True)},
    )  # fmt: skip
