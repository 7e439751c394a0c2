"""The levers with their knobs, as their classes declare them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from experiments.answer.settings import sources_named
from experiments.page.sheet import Cell, Sheet
from model.levers import Knob, lever_classes
from viz.pages.method import prose


@dataclass(frozen=True)
class Told:
    """A lever: its name, what it works through and what it does not, its file, and its knobs as a table."""

    name: str
    paragraphs: tuple[str, ...]
    file: str
    knobs: Sheet

    @property
    def words(self) -> str:
        """What a search looks at, in small letters."""
        cells = [each for row in self.knobs.rows for each in row]
        sources = [link["title"] for each in cells for link in each.links]
        said = [self.name, *self.paragraphs, self.file, *(each.text for each in cells), *sources]
        return " ".join(" ".join(said).lower().split())


@cache
def levers() -> tuple[Told, ...]:
    """Every lever there is, by name."""
    return tuple(
        Told(name, tuple(prose.paragraphs(lever.text())), f"{lever.__module__.replace('.', '/')}.py",
             Sheet(f"lever_{name}", f"Knobs of {name}", ["knob", "neutral", "from", "to", "unit", "source", "why"],
                   [_row(knob) for knob in lever.knobs.values()]))
        for name, lever in sorted(lever_classes().items())
    )  # fmt: skip


def _row(knob: Knob) -> list[Cell]:
    links = tuple(sources_named(knob.source))
    neutral = Cell("as legislated") if knob.neutral is None else Cell(f"{knob.neutral:g}", knob.neutral)
    return [Cell(f"{knob.label} ({knob.name})"), neutral, Cell(f"{knob.low:g}", knob.low),
            Cell(f"{knob.high:g}", knob.high), Cell(knob.unit), Cell("" if links else "assumption", links=links),
            Cell(knob.why)]
