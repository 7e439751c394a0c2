"""What a section of the report is made of: texts, tables, charts with their tables, keys, and code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from experiments.page.sheet import Chart, Sheet


@dataclass(frozen=True)
class Block:
    """One piece, and how the template shows it."""

    form: str
    body: object


@dataclass
class Section:
    """A part of the report; ``blocks`` in the order in which they are read."""

    id: str
    title: str
    blocks: list[Block] = field(default_factory=list)

    @property
    def charts(self) -> list[Chart]:
        """Every chart in it."""
        found = []
        for each in self.blocks:
            if each.form == "chart":
                found.append(each.body)
            elif each.form in ("charts", "three"):
                found += each.body
        return found


def text(words: str) -> Block:
    """A paragraph."""
    return Block("text", words)


def unless_said(words: str | None, found: dict[str, Any]) -> list[Block]:
    """A paragraph, unless the answer at the top of the page says the same."""
    return [] if not words or words in (found.get("answer") or "") else [text(words)]


def small(words: str) -> Block:
    """A paragraph that explains."""
    return Block("small", words)


def sure(luck: str, unknown: str) -> Block:
    """Two kinds of not being sure, side by side: what other futures do, and what is not known."""
    return Block("sure", (luck, unknown))


def notice(words: str) -> Block:
    """A caution that has to be seen."""
    return Block("notice", words)


def heading(words: str) -> Block:
    """A heading below that of the section."""
    return Block("heading", words)


def table(sheet: Sheet) -> Block:
    """A table that lies open, with its download."""
    return Block("table", sheet)


def folded_table(words: str, sheet: Sheet) -> Block:
    """A table that opens on demand, with its download; ``words`` say what it is."""
    return Block("folded", (words, sheet))


def chart(one: Chart) -> Block:
    """A chart with its heading and its folded table."""
    return Block("chart", one)


def charts(several: Sequence[Chart], three: bool = False) -> Block:
    """Charts side by side where there is room, two or three of them."""
    return Block("three" if three else "charts", list(several))


def key(*marks: tuple[str, str] | tuple[str, str, str]) -> Block:
    """What marks mean: (mark, words) or (mark, words, kind of knowledge)."""
    return Block("key", [(*each, "")[:3] for each in marks])


def code(words: str) -> Block:
    """A command or a few lines of Python."""
    return Block("code", words)


def pairs(rows: Sequence[tuple[str, str]]) -> Block:
    """Names with what they are."""
    return Block("pairs", list(rows))
