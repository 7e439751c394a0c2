"""What a verdict turns on: the fewest parameters that flip it at the middle, and where the border lies.

Parameters are ranked by what each explains of the claim's number over the points beyond those before it (orthogonal
matching pursuit on ranks): what moves the claim much would else hide what moves it less, and of many parameters some go
with it by chance alone. After those come the ones whose best single split tells the points that hold from those that
fail. The first ranked, one by one, are then moved on paired futures, all others at their middle, from the end of their
range where the claim should fail to the end where it should hold. If the verdict of these futures flips on the way,
bisection finds the border. If it flips for none alone, those that help most at the middle are tried with every other,
the best pair with a third and so on; whoever is not needed is left out again. What is only compared is glanced at on
few futures; what is said of a verdict rests on all.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.analysis.given import package
from experiments.claims import unknowns
from experiments.claims.declared import WORST_TENTH, Claim
from experiments.claims.verdicts import FAILS, HOLDS, Spread, stands

EXPLAINING, CANDIDATES = 6, 9
MOST_TOGETHER, STARTS = 4, 3  # what helps most by itself may spoil what others would do, so others may begin
STEPS = 6
TELLING = 2.0  # standard errors from which a rank correlation is told from none
Ask = Callable[[Mapping[str, float]], Spread]  # the claim's spread at coordinates, all others at their middle


@dataclass(frozen=True)
class Split:
    """How well one parameter parts the points. ``rising``: the claim does better with more of it."""

    name: str
    accuracy: float  # of its best split: share told right of the points that hold and of those that fail, on average
    correlation: float  # rank correlation of the measure with the coordinate
    at: float  # coordinate of the split
    told: bool = True  # whether the points tell in which direction it acts

    @property
    def rising(self) -> bool:
        """Whether more of it lets the claim hold."""
        return self.correlation >= 0


@dataclass(frozen=True)
class Border:
    """Where a verdict flips: values of the parameters on its failing and on its holding side, and between them."""

    names: tuple[str, ...]
    fails_at: dict[str, float]  # coordinates
    holds_at: dict[str, float]
    rising: dict[str, bool]

    def plain(self) -> list[dict[str, Any]]:
        """One entry a parameter: its border, which side holds, and the nearest values tried on either side."""
        middle = {name: (self.fails_at[name] + self.holds_at[name]) / 2 for name in self.names}
        border, fails, holds = (unknowns.at(each) for each in (middle, self.fails_at, self.holds_at))
        known = unknowns.unknowns()
        return [
            {
                "parameter": name,
                "label": known[name].label,
                "unit": known[name].unit,
                "border": border[name],
                "holds_if": "above" if self.rising[name] else "below",
                "fails_at": fails[name],
                "holds_at": holds[name],
                "now": known[name].value,
            }
            for name in self.names
        ]


def with_first(ranked: Sequence[Split], names: Sequence[str]) -> list[Split]:
    """The same, with some parameters before all others."""
    first = [each for name in names for each in ranked if each.name == name]
    return first + [each for each in ranked if each not in first]


def splits(claim: Claim, coordinates: np.ndarray, values: Sequence[float | None]) -> list[Split]:
    """Every parameter with its best single split: first those that explain most together, then by that split.

    ``coordinates`` (points, unknowns), ``values`` of the claim's number at each point.
    """
    held = np.array([float("nan") if each is None else each for each in values], float)
    known = np.isfinite(held)
    if claim.toward == "down":
        held = -held
    border = claim.border if claim.toward == "up" else -claim.border
    x, y = coordinates[known], held[known]
    if not y.size:
        return []
    found = [_split(name, x[:, k], y, y >= border) for k, name in enumerate(unknowns.unknowns())]
    first = [found[k] for k in _explaining(x, y)]
    others = [each for each in found if each not in first]
    return first + sorted(others, key=lambda each: (-each.accuracy, -abs(each.correlation)))


def _explaining(x: np.ndarray, y: np.ndarray) -> list[int]:
    """Columns of ``x`` in the order in which each explains most of the ranks of ``y`` beyond those before it."""
    from scipy.stats import rankdata

    ranks = rankdata(np.column_stack((x, y)), axis=0)
    spread = ranks - ranks.mean(axis=0)
    length = np.linalg.norm(spread, axis=0)
    moves = np.flatnonzero(length[:-1] > 0.0)
    most = min(EXPLAINING, moves.size, y.size - 1)
    if most < 1 or length[-1] == 0.0:
        return []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # it says so when nothing is left to explain
        path = package("sklearn.linear_model").orthogonal_mp(
            spread[:, moves] / length[moves], spread[:, -1] / length[-1], n_nonzero_coefs=most, return_path=True)
    order: list[int] = []
    for step in path.reshape(moves.size, -1).T:
        order += [k for k in np.flatnonzero(step).tolist() if k not in order]
    return moves[order].tolist()


def _split(name: str, x: np.ndarray, y: np.ndarray, good: np.ndarray) -> Split:
    order = np.argsort(x, kind="stable")
    holding, failing = (_share_below(each[order]) for each in (good, ~good))
    # where few points hold, calling all of them failures is right nearly always: both sides count alike
    right_if_rising = (failing + 1.0 - holding) / 2
    correlation = _rank_correlation(x, y)
    right = right_if_rising if correlation >= 0 else 1.0 - right_if_rising
    best = int(np.argmax(right))
    edges = np.concatenate([[0.0], (x[order][1:] + x[order][:-1]) / 2, [1.0]])
    told = abs(correlation) > TELLING / np.sqrt(x.size)
    return Split(name, float(right[best]), correlation, float(edges[best]), bool(told))


def _share_below(those: np.ndarray) -> np.ndarray:
    """Share of ``those`` (booleans, in order) among the first k points, k from 0 on; a half where there are none."""
    count = np.concatenate([[0.0], np.cumsum(those)])
    return count / count[-1] if count[-1] else np.full(count.size, 0.5)


def _rank_correlation(x: np.ndarray, y: np.ndarray) -> float:
    from scipy.stats import rankdata

    a, b = rankdata(x), rankdata(y)
    if a.size < 3 or not a.std() or not b.std():
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def turns_on(claim: Claim, ranked: Sequence[Split], ask: Ask, glance: Ask) -> Border | None:
    """The border of the first parameter that flips the verdict at the middle by itself, else of some that do together,
    those first that help the claim most at the middle; None if none do. ``glance`` is ``ask`` on fewer futures: where
    even so the claim fails, or is compared with others, no more are needed.
    """
    helps: list[tuple[float, str, bool]] = []
    sides = {each.name: _sides(each) for each in ranked[:CANDIDATES]}
    for name, ways in sides.items():
        for rising in ways:
            seen = glance(_along({name: rising}, 1.0))
            border = None if stands(claim, seen) == FAILS else between(claim, {name: rising}, ask)
            if border is not None:
                return border
            helps.append((_number(claim, seen), name, rising))
    helps.sort(key=lambda one: -one[0])
    tried = [_joined(claim, {name: rising}, sides, glance) for _, name, rising in helps[:STARTS]]
    together, best = max((each for each in tried if each), key=lambda each: each[1], default=({}, 0.0))
    while together and not flips(claim, together, ask):
        number, (together, best) = best, _joined(claim, together, sides, glance) or ({}, best)
        if best <= number or len(together) > MOST_TOGETHER:
            return None
    return between(claim, _needed(claim, together, ask), ask) if together else None


def _sides(each: Split) -> tuple[bool, ...]:
    """The directions in which a parameter may help: the one that points tell, or both."""
    return (each.rising,) if each.told else (True, False)


def _joined(claim: Claim, together: Mapping[str, bool], sides: Mapping[str, tuple[bool, ...]], glance: Ask
            ) -> tuple[dict[str, bool], float] | None:
    """These parameters with the one more, and its direction, that helps most beside them, and how far that brings the
    claim. What helps alone may hinder others: new work is won work, and costs what a cheaper title would have saved.
    """
    found = []
    for name, ways in sides.items():
        for rising in ways if name not in together else ():
            more = {**together, name: rising}
            found.append((_number(claim, glance(_along(more, 1.0))), more))
    number, more = max(found, key=lambda one: one[0], default=(0.0, None))
    return None if more is None else (more, number)


def _needed(claim: Claim, rising: dict[str, bool], ask: Ask) -> dict[str, bool]:
    """Those of some parameters without which the verdict does not flip; who helps least is left out first."""
    for name in reversed(list(rising)):
        others = {each: up for each, up in rising.items() if each != name}
        if others and flips(claim, others, ask):
            rising = others
    return rising


def flips(claim: Claim, rising: Mapping[str, bool], ask: Ask) -> bool:
    """Whether the claim holds at one end of some parameters, moved together, and fails at the other."""
    return stands(claim, ask(_along(rising, 1.0))) == HOLDS and stands(claim, ask(_along(rising, 0.0))) == FAILS


def _along(rising: Mapping[str, bool], t: float) -> dict[str, float]:
    """Coordinates on the way from the end where the claim should fail, 0, to the one where it should hold, 1."""
    return {name: t if up else 1.0 - t for name, up in rising.items()}


def between(claim: Claim, rising: Mapping[str, bool], ask: Ask) -> Border | None:
    """Bisect between the failing and the holding ends of some parameters; None if the verdict does not flip."""
    if not flips(claim, rising, ask):
        return None
    fails, holds, low, high = 0.0, 1.0, 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        found = ask(_along(rising, middle))
        stand = stands(claim, found)
        fails = max(fails, middle) if stand == FAILS else fails
        holds = min(holds, middle) if stand == HOLDS else holds
        low, high = (low, middle) if _reaches(claim, found) else (middle, high)
    return Border(tuple(rising), _along(rising, fails), _along(rising, holds), dict(rising))


def _reaches(claim: Claim, found: Spread) -> bool:
    return _number(claim, found) >= claim.border


def _number(claim: Claim, found: Spread) -> float:
    """What the claim is judged by, without luck where it can be; nothing measured counts as least."""
    number = found.q90 if claim.judged == WORST_TENTH else found.mean
    return -float("inf") if number is None else number
