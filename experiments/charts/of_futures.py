"""Charts of futures side by side: how two worlds differ over time, and where each of them stands.

A thin line is one future; a band says the same in less ink. Labels stand at the lines, so that no box has to be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from typing import Any

import numpy as np

from experiments.charts.of_ai import padded
from experiments.charts.parts import AXIS, Figure, band, frame, middle, number_format
from experiments.statistics import HIGH, LOW

MOST_LINES = 50  # single futures that are drawn
INNER = (25, 75)  # percentiles that hold the inner half of the futures
HEIGHT, FIGURES = 320, 7  # pixels, and significant figures that are sent
SHARES = ("share", "rate")
# A future's line has three times the contrast of its ground, light and dark, also where it lies between two pixels.
BESIDE = 52  # pixels to the right of the lines, for a word
SEEN, THIN, USUAL, THICK = 0.75, 1.4, 2.5, 4  # opacity; pixels of lines: a future's, a world's, a median


def difference(periods: Sequence[str], values: np.ndarray, unit: str, as_band: bool = False, median: str = "median"
               ) -> Figure:
    """One world less another over months or quarters; ``values`` (futures, periods). The line at zero is labelled.

    Differences of shares are drawn in percentage points.
    """
    points = unit in SHARES
    values = 100.0 * np.asarray(values) if points else np.asarray(values)
    days = [middle(each) for each in periods]
    middle_line = np.median(values, axis=0)
    data = _spread(days, values) if as_band else [_single(days, values)]
    if values.shape[0] == 1:
        data = []
    digits = "+.2f" if points else "+,.4~r"
    data.append(_line(days, middle_line, median, "@model", "solid", digits, THICK))
    drawn = values if not as_band else np.percentile(values, [LOW, HIGH], axis=0)
    low, high = min(0.0, float(drawn.min())), max(0.0, float(drawn.max()))
    room = 0.16 * ((high - low) or 1.0)
    below = bool(middle_line[-1] < 0)
    zero = {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": 0, "y1": 0,
        "line": {"color": "@text", "width": 1.5}, "layer": "below",
    }  # fmt: skip
    notes = [
        {**_note("no difference", 0.0, "bottom" if below else "top", "@muted"), "x": 0, "xref": "paper",
         "xanchor": "left"},  # at the beginning, where worlds have not parted far
        {**_note(median, _rounded(middle_line[-1]), "top" if below else "bottom", "@model"), "x": days[-1],
         "yshift": -3 if below else 3},
    ]
    if values.shape[0] > 1:  # beside the lines of the futures, which it would hide
        notes[-1] |= {"x": 1, "xref": "paper", "xanchor": "left", "yanchor": "middle", "yshift": 0}
    layout = _layout(days, unit, (low - (room if below else room / 4), high + (room if not below else room / 2)))
    layout["yaxis"] |= {"tickformat": number_format((low, high)), "ticksuffix": " pts" if points else ""}
    if values.shape[0] > 1:
        layout["margin"] = layout["margin"] | {"r": BESIDE}
    return {"data": data, "layout": layout | {"shapes": [zero], "annotations": notes}}


def levels(periods: Sequence[str], worlds: Sequence[tuple[str, np.ndarray]], unit: str) -> Figure:
    """Medians over futures of one or two worlds, the one that is looked at first: (name, (futures, periods))."""
    days, data, notes = [middle(each) for each in periods], [], []
    medians = [np.median(values, axis=0) for _, values in worlds]
    ends = [float(each[-1]) for each in medians]
    for at, ((name, _), line) in enumerate(zip(worlds, medians, strict=True)):
        color, dash = (("@model", "solid"), ("@against", "dash"))[at]
        upper = len(ends) == 1 or ends[at] > ends[1 - at] or (ends[at] == ends[1 - at] and at == 0)
        data.append(_line(days, line, name, color, dash, ".1%" if unit in SHARES else ",.4~r"))
        notes.append({**_note(escape(name), _rounded(ends[at]), "bottom" if upper else "top", color), "x": days[-1],
                      "yshift": 5 if upper else -5})
    low, high = min(0.0, *(float(each.min()) for each in medians)), max(float(each.max()) for each in medians)
    layout = _layout(days, unit, (low, padded(low, high)[1] if high > low else 1.0))
    return {"data": list(reversed(data)), "layout": layout | {"annotations": notes}}


def _single(days: Sequence[str], values: np.ndarray) -> dict[str, Any]:
    """Each future as a thin line; one trace with gaps, which is drawn faster than many."""
    chosen = values[:MOST_LINES]
    return {
        "type": "scatter", "mode": "lines", "name": "one future", "hoverinfo": "skip", "opacity": SEEN,
        "x": [each for _ in chosen for each in (*days, None)],
        "y": [each for row in chosen for each in (*map(_rounded, row), None)],
        "line": {"color": "@model", "width": THIN},
    }  # fmt: skip


def _spread(days: Sequence[str], values: np.ndarray) -> list[dict[str, Any]]:
    """The inner half of the futures filled, 80 % of them outlined."""
    low, lower, upper, high = np.percentile(values, [LOW, *INNER, HIGH], axis=0)
    inner = {**band(days, [_rounded(each) for each in lower], [_rounded(each) for each in upper]),
             "name": "inner half of futures"}
    edges = [
        {**_line(days, each, "80% of futures", "@model", "dot", "+,.4~r"), "hoverinfo": "skip",
         "line": {"color": "@model", "width": 1, "dash": "dot"}}
        for each in (low, high)
    ]  # fmt: skip
    return [inner, *edges]


def _line(days: Sequence[str], values: np.ndarray, name: str, color: str, dash: str, digits: str, width: float = USUAL
          ) -> dict[str, Any]:
    name = escape(name)
    return {
        "type": "scatter", "mode": "lines", "name": f"&#64;{name[1:]}" if name.startswith("@") else name,
        "x": list(days), "y": [_rounded(each) for each in values],
        "line": {"color": color, "width": width, "dash": dash},
        "hovertemplate": f"%{{x|%b %Y}}: %{{y:{digits}}}<extra>{name}</extra>",
    }  # fmt: skip


def _note(text: str, y: float, anchor: str, color: str) -> dict[str, Any]:
    """A label at the right end, above or below a height."""
    return {
        "text": f"&#64;{text[1:]}" if text.startswith("@") else text, "x": 1, "xref": "x", "xanchor": "right",
        "y": y, "yref": "y", "yanchor": anchor, "showarrow": False, "font": {"size": 12, "color": color},
        "bgcolor": "@ground", "borderpad": 1,
    }  # fmt: skip


def _layout(days: Sequence[str], unit: str, span: tuple[float, float]) -> dict[str, Any]:
    first, last = (date.fromisoformat(days[at]) for at in (0, -1))
    apart = timedelta(days=max(15, (last - first).days // 40))
    ticks = {"dtick": "M24", "tick0": "2016-01-01", "tickformat": "%Y"} if (last - first).days > 5 * 365 else {}
    return {
        **frame(HEIGHT, {"l": 56, "r": 8, "t": 8, "b": 32}),
        "hovermode": "x",
        "xaxis": {**AXIS, "type": "date", "range": [(first - apart).isoformat(), (last + apart).isoformat()],
                  "showgrid": False, **ticks},
        "yaxis": {**AXIS, "range": list(span), "zeroline": False,
                  "tickformat": ".0%" if unit in SHARES else number_format(span)},
    }  # fmt: skip


def _rounded(value: float) -> float:
    return float(f"{value:.{FIGURES}g}")
