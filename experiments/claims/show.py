"""The claims at a terminal: a table of verdicts, then each finding in words."""

from __future__ import annotations

import textwrap
from typing import Any

from experiments.answer.wording import figure
from experiments.claims.wording import GLYPHS, border_said, overview, points_said, shares_said, turns_said
from experiments.terminal.show import WIDTH, table


def show(found: dict[str, Any]) -> None:
    """Print the table, the findings, and how much was run."""
    rows = []
    for row in found["claims"]:
        detail, over = found["details"][row["id"]], row["over_parameters"]
        measured, unit = row["measured"], detail["unit"]
        rows.append([
            row["id"], f"{GLYPHS[detail['verdict']]} {detail['verdict']}", row["kind"], figure(measured["mean"], unit),
            f"{figure(measured['q10'], unit)} … {figure(measured['q90'], unit)}",
            f"{over['points_holding']}/{over['points_failing']}/{over['points']}" if over["points"] else "–",
        ])  # fmt: skip
    table(["", "verdict", "kind", "mean", "80% of futures", "points +/−/all"], rows, "Claims and doubts", WIDTH)
    for row in found["claims"]:
        detail = found["details"][row["id"]]
        print(textwrap.fill(f"{row['id']} {row['statement']}", WIDTH, subsequent_indent="   "))
        border = border_said(detail["surface"]) if "surface" in detail else ""
        shared = shares_said(detail["shares"]) if "shares" in detail else ""
        for text in (detail["finding"], points_said(row, detail), turns_said(row, detail["judged"]), shared, border):
            if text:
                print(textwrap.fill(text, WIDTH, initial_indent="   ", subsequent_indent="   "))
    design = found["design"]
    print(textwrap.fill(overview(found), WIDTH))
    print(f"{design['futures']} futures at the middle, {design['points']} points of {design['unknowns']} parameters "
          f"with {design['each']} future{'s' * (design['each'] > 1)} each, scale {design['scale']}, "
          f"seed {design['seed']}")
    for trouble in design["failed"]:
        print(textwrap.fill(f"Not counted: {trouble}", WIDTH))
