"""Tables that are looked through: sortable by links, rows that lead on, and dots for the futures that agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from experiments.page.sheet import Cell, Sheet
from viz.parts.links import Link

DOTS = 10


@dataclass(frozen=True)
class Column:
    """A column that rows can be sorted by: its heading, the key of the sort, and what is sorted."""

    label: str
    key: str = ""  # none: not sortable
    dots: bool = False


@dataclass(frozen=True)
class Grid:
    """A table with its headings' links (address, aria-sort), where each row leads, and which columns are dots."""

    sheet: Sheet
    heads: Sequence[tuple[str, str]]
    links: Sequence[str]
    dots: Sequence[bool]
    futures: int

    def filled(self, value: float | None) -> int:
        """How many of ten dots are filled."""
        return round(DOTS * (value or 0) / self.futures)


def grid(name: str, caption: str, columns: Sequence[Column], rows: Sequence[tuple[Sequence[Cell], Any]], futures: int,
         sort: str, link: Link, notes: Sequence[str] = ()) -> Grid:
    """A grid of rows (cells, where it leads or ""), sorted as asked: by a key of a column, from its other end with a
    minus. Without a sort the rows keep their order.
    """
    key, down = sort.removeprefix("-"), sort.startswith("-")
    at = next((k for k, column in enumerate(columns) if column.key and column.key == key), None)
    ordered = list(rows)
    if at is not None:
        known = [row for row in ordered if _value(row[0][at]) is not None]
        known.sort(key=lambda row: _value(row[0][at]), reverse=down)
        ordered = [*known, *(row for row in ordered if _value(row[0][at]) is None)]
    heads = []
    for k, column in enumerate(columns):
        turned = "" if k != at else "descending" if down else "ascending"
        wanted = f"-{column.key}" if turned == "ascending" else column.key
        heads.append((link(sort=wanted) if column.key else "", turned))
    sheet = Sheet(name, caption, [column.label for column in columns], [cells for cells, _ in ordered], tuple(notes))
    return Grid(sheet, heads, [where for _, where in ordered], [column.dots for column in columns], futures)


def _value(cell: Cell) -> Any:
    return cell.text.casefold() if cell.value is None and cell.text not in ("", "–") else cell.value
