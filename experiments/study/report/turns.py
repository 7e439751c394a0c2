"""What the headline turns on: its spread over points, scores of the factors, and the region where the promise holds."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from experiments.answer.wording import DASH, figure
from experiments.charts.of_ai import ranges
from experiments.page.sheet import Cell, Chart, Sheet, number
from experiments.study.report import blocks, drawn
from experiments.study.report.blocks import Section
from experiments.study.report.regions import leaves, region
from experiments.study.report.words import Names, axis_unit, estimate_cell, how, yes_or_no
from experiments.study.said import kept_at

MOST_SHOWN = 500  # points in a table of the page; the download holds all
MOST_CELLS = 200_000  # of a table that the page carries
MOST_BARS = 12
FEWEST_BINS, MOST_BINS = 8, 30


def spread(found: dict[str, Any], names: Names) -> list[Section]:
    """How the headline lies over the points, and what tells its values apart."""
    held = found.get("spread")
    if not held:
        return []
    section = Section("spread", "How far it may lie")
    values = [each for each in held.get("values") or () if each is not None and math.isfinite(each)]
    if values:
        section.blocks += _values(found, held, values, names)
    else:
        section.blocks.append(blocks.text("No point has an answer."))
    turns = Section("turns", "What it turns on")
    if held.get("scores"):
        turns.blocks += _scores(held["scores"], names)
    if held.get("prim"):
        turns.blocks += region(held["prim"], held.get("holds"), names)
    if held.get("cart"):
        turns.blocks += leaves(held["cart"], names)
    return [section, *([turns] if turns.blocks else [])]


def _values(found: dict[str, Any], held: dict[str, Any], values: list[float], names: Names) -> list[blocks.Block]:
    head = found["headline"]
    bins = min(MOST_BINS, max(FEWEST_BINS, round(math.sqrt(len(values)))))
    counts, edges = np.histogram(values, bins=bins)
    rows = [[estimate_cell(float(low), head), estimate_cell(float(high), head), Cell(str(count), int(count))]
            for low, high, count in zip(edges, edges[1:], counts, strict=False)]
    rows = [[Cell(low.text), *rest] for low, *rest in rows]
    lines, marks = _lines(found, head, edges), []
    label = f"{head['label']}, {how(head)}".rstrip(", ")
    says = f"{label}: how many of {len(values):,} points lie where."
    sheet = Sheet("spread", says.rstrip("."), ["from", "to", "points"], rows)
    if lines:
        marks = [blocks.key(("sum", "points", "computed"), ("dotted-line", " and ".join(words for _, words in lines)))]
    shown = drawn.histogram(edges.tolist(), counts.tolist(), lines, axis_unit(head))
    told = [blocks.small("Points cover what is not known. They are not probabilities: half of the points is not one "
                         "chance in two.")]
    holds = held.get("holds")
    if holds:
        told.append(blocks.text(f"The promise, {names.promise(holds)}, {kept_at(holds, len(values))}."))
    return [*told, *marks, blocks.chart(Chart("chart-spread", label, says, shown, sheet)),
            *_points(held.get("points") or [], head, names)]


def _lines(found: dict[str, Any], head: dict[str, Any], edges: np.ndarray) -> list[tuple[float, str]]:
    asked = found["study"].get("holds") or {}
    found_lines = [(0.0, "no difference")] if head["way"] != "level" else []
    border = next((asked[each] for each in ("at_least", "at_most") if asked.get(each) is not None), None)
    if border is not None and asked.get("outcome") == head["name"] and border != 0.0:
        found_lines.append((float(border), "the promise"))
    return [each for each in found_lines if edges[0] <= each[0] <= edges[-1]]


def _points(points: list[dict[str, Any]], head: dict[str, Any], names: Names) -> list[blocks.Block]:
    factors = list(dict.fromkeys(name for each in points for name in each["values"]))
    if len(points) * len(factors) > MOST_CELLS:
        return [blocks.small(f"The {len(points):,} points and their values are in answer.json and plan.parquet.")]
    if not points:
        return []
    rows = [[Cell(str(each["point"])), estimate_cell(each.get("value"), head),
             *(names.cell(name, each["values"].get(name)) for name in factors)] for each in points]
    sheet = Sheet("points", f"Every point with its value of {head['label'].lower()}",
                  ["point", head["label"].lower(), *(names.label(name) for name in factors)], rows, shown=MOST_SHOWN)
    return [blocks.folded_table("Every point", sheet)]


def _scores(held: dict[str, Any], names: Names) -> list[blocks.Block]:
    order = np.argsort([-each for each in held["score"]], kind="stable")
    rows, bars = [], []
    for k in order:
        name, above = held["names"][k], bool(held["above"][k])
        values = [held[key][k] for key in ("score", "low", "high")]
        rows.append([Cell(names.label(name)), *(number(each, "share") for each in values),
                     yes_or_no(above)])
        bars.append((names.label(name), *values))
    rows.append([Cell("an input of pure chance, at most"), number(held["floor"], "share"), *[Cell(DASH)] * 3])
    told = sum(bool(each) for each in held["above"])
    says = (f"Share of the explained variation that goes to each factor, mean over forests of extra trees with their "
            f"range. {told} of {len(rows) - 1} lie above {figure(held['floor'], 'share')}, the most that an input of "
            "pure chance reached; below it nothing is told apart.")
    if len(bars) > MOST_BARS:
        says += f" The first {MOST_BARS} are drawn."
    labels = drawn.apart([bar[0] for bar in bars[:MOST_BARS]])
    bars = [(label, *bar[1:]) for label, bar in zip(labels, bars, strict=False)]
    shown = ranges(bars, "share", futures=2, sign=False)
    shown = drawn.with_reference(shown, held["floor"], "pure chance")
    sheet = Sheet("scores", "Scores of the factors, shares of the explained variation",
                  ["factor", "score", "lowest", "highest", "above pure chance"], rows)
    return [blocks.key(("sum", "score", "computed"), ("dotted-line", "most that pure chance reached")),
            blocks.chart(Chart("chart-scores", "Which factors tell results apart", says, shown, sheet))]
