"""Values, differences and comparisons in words and cells: each in its own unit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from experiments.page_tables import Cell
from experiments.study.definition import Study, study_from
from experiments.study.factors import Factor
from experiments.study.said import signed
from experiments.wording import DASH, change, figure
from model.errors import CallSheetError
from model.units import PERCENT, say

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


def estimate_said(value: float | None, row: dict[str, Any]) -> str:
    """A number of an outcome: with its sign if it is a difference, in points if it is one of shares."""
    if value is None:
        return DASH
    if row["way"] == "level":
        return figure(value, row["unit"])
    return signed(value, "share") if row["way"] == "share" else change(value, row["unit"])


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


def agreeing(estimate: dict[str, Any]) -> Cell:
    """How many futures have the sign of the mean."""
    return Cell(f"{estimate['agreeing']} of {estimate['n']}", estimate["agreeing"])


def uncapitalized(words: str) -> str:
    """Words as they stand inside a sentence; an abbreviation stays."""
    return words if words[1:2].isupper() else f"{words[:1].lower()}{words[1:]}"


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

    def cell(self, name: str, value: Any) -> Cell:
        """The same as a cell, with the number behind it where it is one."""
        plain = isinstance(value, (int, float)) and not isinstance(value, bool)
        return Cell(DASH) if value is None else Cell(self.value(name, value), value if plain else None)

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
        self.headline: dict[str, Any] = found["headline"]
        self.against = found["study"].get("against")
        differing = [name for name in dict.fromkeys(name for row in self.rows for name in row["values"])
                     if len({str(row["values"].get(name)) for row in self.rows}) > 1]
        several_worlds = len({row["scenario"] for row in self.rows}) > 1
        self.what = names.label(differing[0]) if len(differing) == 1 and not several_worlds else "comparison"
        self.labels = _apart([self._label(row, differing, several_worlds, names) for row in self.rows])

    @staticmethod
    def _label(row: dict[str, Any], differing: Sequence[str], several_worlds: bool, names: Names) -> str:
        parts = [row["scenario"]] if several_worlds or not differing else []
        for name in differing:
            value = names.value(name, row["values"].get(name))
            parts.append(value if len(differing) == 1 else f"{names.label(name)}: {value}")
        return "; ".join(parts)

    def head(self, row: dict[str, Any]) -> dict[str, Any] | None:
        """The estimate of the headline in one of them."""
        return row["outcomes"][0]["estimate"] if row["outcomes"] else None

    @cached_property
    def largest(self) -> tuple[dict[str, Any], str] | None:
        """The comparison with the largest headline in absolute size, and its name; None if none has one."""
        told = [pair for pair in zip(self.rows, self.labels, strict=True) if self.head(pair[0])]
        return max(told, key=lambda pair: abs(self.head(pair[0])["mean"]), default=None)

    def named(self, row: dict[str, Any], label: str) -> str:
        """A comparison as a sentence names it."""
        what = "" if self.what == "comparison" else f"{uncapitalized(self.what)}: "
        at = "" if label == row["scenario"] else f" with {what}{label}"
        as_it_is = " as it is" if self.against == row["scenario"] else ""
        return f"{row['scenario']}{at}" + (f", against {self.against}{as_it_is}" if self.against else "")


def _apart(labels: Sequence[str]) -> list[str]:
    """Labels of which no two are alike."""
    return [f"{label} ({k + 1})" if labels.count(label) > 1 else label for k, label in enumerate(labels)]
