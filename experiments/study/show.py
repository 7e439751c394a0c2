"""The answer of a study at a terminal: the question, the answer, and its tables."""

from __future__ import annotations

import textwrap
from typing import Any

from experiments.answer.wording import DASH
from experiments.study.outcomes import LEVEL
from experiments.study.report.words import estimate_said
from experiments.study.said import of_unit
from experiments.terminal.show import WIDTH, table


def show(found: dict[str, Any]) -> None:
    """Print it."""
    for text in (found["study"]["question"], found["answer"]):
        print(textwrap.fill(text, WIDTH))
        print()
    for each in found.get("comparisons", ())[:12]:
        values = ", ".join(f"{name} {value}" for name, value in each["values"].items())
        rows = [[row["label"], estimate_said(row["estimate"]["mean"], row) + of_unit(row["unit"]),
                 f"{estimate_said(row['estimate']['low'], row)} … {estimate_said(row['estimate']['high'], row)}",
                 _agree(row)]
                for row in each["outcomes"] if row["estimate"]]
        levels = all(row["way"] == LEVEL for row in each["outcomes"])
        heads = ["", "mean" if levels else "difference", "95 % interval", "agree"]
        table(heads, rows, f"{each['scenario']} {values}".strip(), WIDTH)
    if found.get("indices"):
        rows = [[row["label"], f"{row['value']:.3f}", f"{row['low']:.3f} … {row['high']:.3f}"]
                for row in found["indices"]["ranked"][:12]]
        table(["factor", "index", "95 % interval"], rows, found["indices"]["title"], WIDTH)
    for each in found["runs"]["failures"][:5]:
        print(textwrap.fill(f"Failed: {each['case'][:12]} {each['message']}", WIDTH))


def _agree(row: dict[str, Any]) -> str:
    """How many futures agree on the sign of a difference; nothing of a level, or where there is none."""
    estimate = row["estimate"]
    return DASH if row["way"] == LEVEL or not estimate["mean"] else f"{estimate['agreeing']}/{estimate['n']}"
