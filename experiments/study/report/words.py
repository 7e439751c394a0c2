"""Values, differences and comparisons in words and cells: each in its own unit."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from experiments.answer.wording import DASH, agreement, uncapitalized
from experiments.page.sheet import Cell
from experiments.study.definition import Study, study_from
from experiments.study.factors import Factor
from experiments.study.said import valued
from model.errors import CallSheetError
from model.units import PERCENT, base_unit, say

SHARES = PERCENT | {"rate"}
_MOST_IN_LABEL = 200


def value_said(value: Any, unit: str) -> str:
    """A value of a factor with its unit; as it stands where it has none."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return value[:_MOST_IN_LABEL]
    try:
        return say(value, unit)
    except (CallSheetError, TypeError, ValueError, OverflowError):
        plain = f"{value:.6g}" if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)
        return f"{plain} {unit}".strip()[:_MOST_IN_LABEL]


def word_of(unit: str) -> str:
    """The word a unit begins with, without what it is counted over."""
    try:
        return base_unit(unit)
    except CallSheetError:
        return unit


def estimate_said(value: float | None, row: dict[str, Any]) -> str:
    """A number of an outcome: with its sign if it is a difference, in points if it is one of shares."""
    return DASH if value is None else valued(value, row["way"], row["unit"])


def estimate_cell(value: float | None, row: dict[str, Any]) -> Cell:
    """The same as a cell."""
    return Cell(estimate_said(value, row), value)


def how(row: dict[str, Any]) -> str:
    """How an outcome is measured: change in proportion, difference, or as it is; with its unit."""
    if row["way"] == "share":
        return "change in proportion"
    if row["way"] == "level":
        return row["unit"]
    return f"difference, {'percentage points' if row['unit'] in SHARES else row['unit']}".rstrip(", ")


def in_what(row: dict[str, Any]) -> str:
    """The same in a word or two."""
    if row["way"] == "share":
        return "proportion"
    return "points" if row["way"] == "difference" and row["unit"] in SHARES else row["unit"]


def axis_unit(row: dict[str, Any]) -> str:
    """What charts have to know of an outcome's unit: percent or plain."""
    return "share" if row["unit"] in SHARES else ""


def yes_or_no(value: bool) -> Cell:
    """A mark with its word, on one line."""
    return Cell("✓\u00a0yes" if value else "✗\u00a0no")


def agreeing(estimate: dict[str, Any]) -> Cell:
    """How many futures have the sign of the mean; none where nothing differs."""
    return Cell(agreement(estimate["agreeing"], estimate["n"], estimate["mean"]),
                estimate["agreeing"] if estimate["mean"] else None)


class Names:
    """Labels and values of the factors of an answer, in their units."""

    def __init__(self, found: dict[str, Any]) -> None:
        self.found = found
        self.known = {each["name"]: each for each in found.get("factors") or ()}

    def label(self, name: str) -> str:
        """What a factor is called."""
        return self.known.get(name, {}).get("label") or name

    def value(self, name: str, value: Any) -> str:
        """A value of a factor with its unit."""
        return value_said(value, self.known.get(name, {}).get("unit", ""))

    def cell(self, name: str, value: Any, brief: bool = True) -> Cell:
        """The same as a cell, with the number behind it where it is one; without what the unit is counted over."""
        if value is None:
            return Cell(DASH)
        plain = isinstance(value, (int, float)) and not isinstance(value, bool)
        unit = self.known.get(name, {}).get("unit", "")
        return Cell(value_said(value, word_of(unit) if brief else unit), value if plain else None)

    def promise(self, holds: dict[str, Any]) -> str:
        """What has to be so for a promise to hold."""
        asked = self.found["study"].get("holds") or {}
        looked_at = self.study.promised if self.study else None
        for key, words in (("at_least", "at least"), ("at_most", "at most")):
            if asked.get(key) is not None and looked_at is not None:
                return f"{uncapitalized(looked_at.label)} {words} {estimate_said(asked[key], vars(looked_at))}"
        return str(holds.get("rule") or holds.get("outcome") or "as the study has it")

    @cached_property
    def study(self) -> Study | None:
        """The study as it was asked, or None if this version no longer knows it."""
        try:
            return study_from(self.found["study"], str(self.found["study"].get("name", "")))
        except (CallSheetError, KeyError, TypeError):
            return None

    @cached_property
    def factors(self) -> dict[str, Factor]:
        """The factors themselves."""
        try:
            return {each.name: each for each in self.study.factors} if self.study else {}
        except CallSheetError:
            return {}

    def at(self, name: str, u: float) -> str:
        """The value of a factor at a coordinate from 0 to 1, with its unit."""
        factor = self.factors.get(name)
        return f"{u:.3g} of its range" if factor is None else value_said(factor.at(min(max(u, 0.0), 1.0)), factor.unit)


class Comparisons:
    """The comparisons of an answer, named by what differs between them."""

    def __init__(self, found: dict[str, Any], names: Names) -> None:
        self.rows: list[dict[str, Any]] = list(found.get("comparisons") or ())
        self.names, self.against = names, found["study"].get("against")
        self.differing = [name for name in dict.fromkeys(name for row in self.rows for name in row["values"])
                          if len({str(row["values"].get(name)) for row in self.rows}) > 1]
        worlds = len({row["scenario"] for row in self.rows}) > 1 or not self.differing
        self.columns = [*(["scenario"] if worlds else []), *(names.label(name) for name in self.differing)]
        self.labels = ["; ".join(cell.text for cell in self.heads(row)) for row in self.rows]

    def heads(self, row: dict[str, Any]) -> list[Cell]:
        """What a comparison is, as the first cells of a row: its scenario where they differ, and its values."""
        cells = [Cell(row["scenario"])] if len(self.columns) > len(self.differing) else []
        brief = len(self.differing) > 1
        return [*cells, *(self.names.cell(name, row["values"].get(name), brief) for name in self.differing)]

    def head(self, row: dict[str, Any]) -> dict[str, Any] | None:
        """The estimate of the headline in one of them."""
        return row["outcomes"][0]["estimate"] if row["outcomes"] else None

    @cached_property
    def largest(self) -> dict[str, Any] | None:
        """The comparison with the largest headline in absolute size; None if none has one."""
        told = [row for row in self.rows if self.head(row)]
        return max(told, key=lambda row: abs(self.head(row)["mean"]), default=None)

    def named(self, row: dict[str, Any]) -> str:
        """A comparison as a sentence names it."""
        at = "; ".join(f"{uncapitalized(self.names.label(name))} {self.names.value(name, row['values'].get(name))}"
                       for name in self.differing)
        as_it_is = " as it is" if self.against == row["scenario"] else ""
        return (row["scenario"] + (f" with {at}" if at else "")
                + (f", against {self.against}{as_it_is}" if self.against else ""))
