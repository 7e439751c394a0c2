"""What a table of a page, a report or a file is made of: cells, sheets, and charts with their twin as a sheet.

A cell is a text, or a text with the number of the JSON it stands for, so that no table says anything else.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from experiments.answer.wording import agreement, figure

KINDS = {
    "datum": "■",
    "estimate": "◆",
    "claim": "❝",
    "assumption": "△",
    "calibrated": "◎",
    "policy": "○",
    "computed": "●",
}  # a mark before the word, so that no kind is told by color
FIGURES = 6  # of a number in a file that is not whole


@dataclass(frozen=True)
class Cell:
    """One cell: the text shown, the number behind it (None for plain text), marks that go with it, and what a file has
    in the place of the text, such as a date as programs read it.
    """

    text: str
    value: float | int | None = None
    kind: str = ""
    links: tuple[dict[str, str], ...] = ()
    filed: str = ""

    @property
    def mark(self) -> str:
        """The mark of its kind of knowledge."""
        return KINDS.get(self.kind, "")

    @property
    def in_file(self) -> str | float | int:
        """What a file says of it: a number that is not whole with six figures."""
        if self.value is None:
            return self.filed or self.text
        whole = not isinstance(self.value, float) or self.value.is_integer()
        return self.value if whole else float(f"{self.value:.{FIGURES}g}")


@dataclass(frozen=True)
class Sheet:
    """A table with its caption, and the same as a file to download."""

    name: str
    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = field(default_factory=tuple)
    shown: int | None = None  # rows on the page, if not all; the file holds every one
    made: str = ""  # what it was made with, where that differs from the rest of its page

    @property
    def on_page(self) -> Sequence[Sequence[Cell]]:
        """The rows that the page shows."""
        return self.rows[: self.shown]

    @property
    def left_to_file(self) -> int:
        """How many rows are in the file alone."""
        return len(self.rows) - len(self.on_page)

    def in_words(self, column: int) -> bool:
        """Whether no row of a column holds a number."""
        return all(row[column].value is None for row in self.rows if column < len(row))

    def source(self, head: Sequence[str]) -> Sequence[str]:
        """Where it comes from: ``head``, which its page says of all that is on it, or what it was made with instead."""
        return (self.made,) if self.made else head

    def data_uri(self, head: Sequence[str]) -> str:
        """The table as a CSV in an address; ``head`` says at its top what it is and where from."""
        text = io.StringIO()
        for line in (*self.source(head), self.caption, *self.notes):
            text.write(f"# {' '.join(str(line).split())}\n")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.columns)
        for row in self.rows:
            writer.writerow([cell.in_file for cell in row])
        return "data:text/csv;charset=utf-8," + quote(text.getvalue())


@dataclass(frozen=True)
class Chart:
    """A chart with what is said about it and its twin as a table."""

    id: str
    title: str
    says: str
    figure: dict[str, Any]
    sheet: Sheet


def number(value: float | None, unit: str = "") -> Cell:
    """A cell with a number of the JSON."""
    return Cell(figure(value, unit), value)


def agreeing(spread: dict[str, Any], futures: int) -> Cell:
    """How many futures have the sign of the mean; a dash where nothing differs."""
    many, mean = spread["futures_agreeing"], spread["mean"]
    return Cell(agreement(many, futures, mean), many if mean else None)
