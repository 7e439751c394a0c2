"""What an address asks of the table of runs: order, page and ranges; what it cannot have is said and left out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from model.errors import nearest, sentences
from viz.pages.batches.table import Runs
from viz.parts.links import plain_link

UP, DOWN = WAYS = ("up", "down")
ROWS = 50  # of a page
RANGES = 3  # at once
LONGEST = 24  # letters of a number
STATE = "state"


@dataclass(frozen=True)
class Range:
    """A column between two ends; None is open."""

    column: str
    low: float | None
    high: float | None


@dataclass
class Query:
    """An address that has been checked; ``said`` holds a sentence for all that it could not have."""

    sort: str = ""
    by: str = UP
    page: int = 1
    ranges: list[Range] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def pairs(self, **other: object) -> dict[str, str]:
        """The same as the entries of an address, with some others in place."""
        found = {"sort": self.sort, "by": self.by if self.sort else "", "page": str(self.page)}
        for k, each in enumerate(self.ranges, 1):
            found |= {f"in{k}": each.column, f"low{k}": _end(each.low), f"high{k}": _end(each.high)}
        found |= {name: str(value) for name, value in other.items()}
        return {name: value for name, value in found.items() if value and not (name == "page" and value == "1")}

    def address(self, study: str, **other: object) -> str:
        """Where the table stands so."""
        return plain_link("batches", study=study, section="runs", **self.pairs(**other))


def _end(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def query_of(asked: Mapping[str, str], runs: Runs) -> Query:
    """The checked query of an address: ``sort`` a column, ``by`` up or down, ``page``, and ``in1``, ``low1``, ``high1``
    to ``in3``, ``low3``, ``high3``.
    """
    found = Query()
    names = [*runs.columns, STATE]
    sort = _word(asked, "sort")
    if sort in names:
        found.sort = sort
    elif sort:
        found.said.append(sentences(f"There is no column {sort!r} to sort by.", nearest(sort, names)))
    way = _word(asked, "by")
    found.by = way if way in WAYS else UP
    if way and way not in WAYS:
        found.said.append(f"by is {way!r}, but must be up or down; up was taken.")
    for k in range(1, RANGES + 1):
        _take_range(found, asked, str(k), runs)
    found.page = _page(found, _word(asked, "page"))
    return found


def _take_range(found: Query, asked: Mapping[str, str], k: str, runs: Runs) -> None:
    column = _word(asked, f"in{k}")
    low, high = (_number(found, asked, f"{end}{k}") for end in ("low", "high"))
    if not column or (low is None and high is None):
        return
    if column not in runs.columns:
        found.said.append(sentences(f"There is no column {column!r} to look at a range of.",
                                    nearest(column, runs.columns)))
    elif low is not None and high is not None and low > high:
        found.said.append(f"The range of {column} begins at {low:g}, above its end {high:g}; it was left out.")
    else:
        found.ranges.append(Range(column, low, high))


def _number(found: Query, asked: Mapping[str, str], name: str) -> float | None:
    text = _word(asked, name)
    if not text:
        return None
    try:
        value = float(text) if len(text) <= LONGEST else math.nan
    except ValueError:
        value = math.nan
    if math.isfinite(value):
        return value
    found.said.append(f"{name} is {text!r}, but must be a number; it was left out.")
    return None


def _page(found: Query, text: str) -> int:
    if not text:
        return 1
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return max(1, int(text))
    found.said.append(f"page is {text!r}, but must be a whole number from 1; the first is shown.")
    return 1


def _word(asked: Mapping[str, str], name: str) -> str:
    value = asked.get(name, "")
    return value.strip()[:80] if isinstance(value, str) else ""


def chosen(runs: Runs, query: Query) -> np.ndarray:
    """The rows that lie in every range, in the order asked for; what has no number comes last."""
    inside = np.ones(len(runs), bool)
    for each in query.ranges:
        values = runs.columns[each.column].values
        with np.errstate(invalid="ignore"):
            inside &= np.isfinite(values)
            inside &= values >= (-np.inf if each.low is None else each.low)
            inside &= values <= (np.inf if each.high is None else each.high)
    rows = np.flatnonzero(inside)
    if not query.sort:
        return rows
    if query.sort == STATE:
        _, keys = np.unique(np.array(runs.states, object).astype(str), return_inverse=True)
        keys = keys.astype(float)[rows]
    else:
        keys = runs.columns[query.sort].values[rows]
    missing = np.isnan(keys)
    order = np.argsort(np.where(missing, 0.0, keys if query.by == UP else -keys), kind="stable")
    return np.concatenate([rows[order][~missing[order]], rows[order][missing[order]]])
