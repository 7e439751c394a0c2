"""The table of runs as a page shows it: filtered, ordered, one page of it; and one point with all of its futures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from experiments.answer.wording import DASH, MINUS
from experiments.page.sheet import Cell, Sheet
from experiments.study.report.words import estimate_cell, in_what, value_said, word_of
from viz.pages.batches.query import DOWN, RANGES, ROWS, STATE, UP, Query, chosen
from viz.pages.batches.table import PLACE, VALUE, Column, Runs

MOST_CELLS = 30_000  # of a table that the page carries as a download
MARKS = {"done": "✓", "failed": "✕", "left": "…"}


def browsed(runs: Runs, query: Query, name: str) -> dict[str, Any]:
    """What the template needs of the table; ``page`` is the one that is shown, where there are fewer than asked for."""
    rows = chosen(runs, query)
    pages = max(1, -(-len(rows) // ROWS))
    query = replace(query, page=min(query.page, pages))
    shown = rows[(query.page - 1) * ROWS : query.page * ROWS]
    columns = runs.shown
    return {
        "heads": [_head(each.name, _title(each), query, name) for each in columns],
        "state": _head(STATE, "state", query, name),
        "texts": list(runs.texts),
        "rows": [_row(runs, int(k), columns, query, name) for k in shown],
        "found": len(rows), "total": len(runs), "page": query.page, "pages": pages,
        "first": (query.page - 1) * ROWS + 1 if len(rows) else 0, "last": (query.page - 1) * ROWS + len(shown),
        "before": query.address(name, page=query.page - 1) if query.page > 1 else "",
        "after": query.address(name, page=query.page + 1) if query.page < pages else "",
        "ranges": [_slot(query, k) for k in range(RANGES)],
        "choices": [(each.name, _title(each)) for each in columns],
        "query": query, "sheet": _sheet(runs, rows, columns),
    }  # fmt: skip


def _title(column: Column) -> str:
    if column.way in (PLACE, VALUE):
        unit = word_of(column.unit) if column.unit else ""
        return f"{column.label}, {unit}" if unit and unit != column.label else column.label
    unit, label = in_what(vars(column)), column.label.rstrip(".")
    return f"{label}, {unit}" if unit else label


def _head(name: str, title: str, query: Query, study: str) -> dict[str, str]:
    mine = query.sort == name
    turned = DOWN if mine and query.by == UP else UP
    return {"title": title, "url": query.address(study, sort=name, by=turned, page=1),
            "sorted": {UP: "ascending", DOWN: "descending"}[query.by] if mine else "",
            "mark": {UP: "▲", DOWN: "▼"}[query.by] if mine else ""}


def _slot(query: Query, k: int) -> dict[str, str]:
    held = query.pairs()
    return {"number": str(k + 1), **{each: held.get(f"{each}{k + 1}", "") for each in ("in", "low", "high")}}


def _row(runs: Runs, k: int, columns: list[Column], query: Query, name: str) -> dict[str, Any]:
    point = runs.columns["point"].values[k]
    return {
        "case": runs.cases[k][:12], "scenario": runs.scenarios[k], "state": runs.states[k],
        "mark": MARKS[runs.states[k]], "texts": [held[k] for held in runs.texts.values()],
        "cells": [cell_of(each, k) for each in columns],
        "url": query.address(name, point=int(point)) if np.isfinite(point) else "",
    }  # fmt: skip


def cell_of(column: Column, k: int) -> Cell:
    """One figure of a column, set as the report sets it."""
    value = float(column.values[k])
    if not np.isfinite(value):
        return Cell(DASH)
    if column.way == PLACE:
        return Cell(str(int(value)), int(value))
    if column.way == VALUE:
        return Cell(f"{value:.6g}".replace("-", MINUS), value)
    return estimate_cell(value, vars(column))


def _sheet(runs: Runs, rows: np.ndarray, columns: list[Column]) -> Sheet | None:
    """The rows that were asked for as a file; None where they are too many for a page to carry."""
    if len(rows) * (3 + len(columns) + len(runs.texts)) > MOST_CELLS:
        return None
    titles = ["run", "scenario", "state", *(_title(each) for each in columns), *runs.texts]
    lines = [[Cell(runs.cases[k]), Cell(runs.scenarios[k]), Cell(runs.states[k]),
              *(cell_of(each, k) for each in columns), *(Cell(held[k]) for held in runs.texts.values())]
             for k in map(int, rows)]
    return Sheet("runs", f"{len(rows):,} of {len(runs):,} runs", titles, lines)


def point_of(runs: Runs, number: int, failed: dict[str, str]) -> dict[str, Any] | None:
    """One point: what is set there, and each of its runs with what came of it; None where there is no such point."""
    rows = np.flatnonzero(runs.columns["point"].values == number) if len(runs) else []
    if not len(rows):
        return None
    first, outcomes = int(rows[0]), [each for each in runs.columns.values() if each.way not in (PLACE, VALUE)]
    set_there = [(each.label, each.name, value_said(float(each.values[first]), each.unit))
                 for each in runs.columns.values() if each.way == VALUE and np.isfinite(each.values[first])]
    set_there += [(name, name, held[first][:200]) for name, held in runs.texts.items() if held[first]]
    wrong = any(runs.cases[k] in failed for k in map(int, rows))
    lines = [
        [Cell(runs.cases[k][:12]), Cell(runs.scenarios[k]), cell_of(runs.columns["future"], k),
         Cell(f"{MARKS[runs.states[k]]}\u00a0{runs.states[k]}"), *(cell_of(each, k) for each in outcomes),
         *([Cell(failed.get(runs.cases[k], ""))] if wrong else [])]
        for k in map(int, rows)
    ]
    titles = ["run", "scenario", "future", "state", *(_title(each) for each in outcomes),
              *(["what went wrong"] if wrong else [])]
    sheet = Sheet(f"point_{number}", f"Runs of point {number}", titles, lines)
    return {"number": number, "set": set_there, "sheet": sheet}
