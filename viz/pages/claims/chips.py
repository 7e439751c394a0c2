"""Verdicts and statements as the screen says them, where that differs from the JSON."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup, escape

from experiments.claims.verdicts import DEPENDS, NO_THRESHOLD
from experiments.claims.wording import GLYPHS
from experiments.page.sheet import Sheet

SHOWN = {DEPENDS: "it depends", NO_THRESHOLD: "measured, no verdict"}


class Word(str):
    """A verdict's word: as in the JSON to the code, and in plain words where a template writes it."""

    __slots__ = ()

    def __html__(self) -> Markup:
        """What a template writes."""
        return escape(SHOWN.get(str(self), str(self)))


def stated(statement: str) -> str:
    """A claim or its rule, percent written as everywhere in the app.

    >>> stated("Shoots take 40 % fewer days.")
    'Shoots take 40% fewer days.'
    """
    return statement.replace(" %", "%")


def in_table(verdicts: Sheet) -> Sheet:
    """The table of all verdicts in the words of the chips."""
    words = {f"{GLYPHS[word]} {word}": f"{GLYPHS[word]} {shown}" for word, shown in SHOWN.items()}
    rows = [[replace(cell, text=words.get(cell.text, stated(cell.text))) for cell in row] for row in verdicts.rows]
    return replace(verdicts, rows=rows)
