"""The charts of the report as Plotly describes them; colors are names that begin with @, as on other pages."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from experiments.charts.of_ai import folded, padded, rows_layout, texts_beside
from experiments.charts.parts import AXIS, Figure, band, frame, number_format

ROOM = 0.12  # of an axis, for figures in a column of their own on a phone
TITLE = 36  # letters of a line of an axis's title
LINE = {"color": "@model", "width": 2.5}
_REFERENCE = {"color": "@bad", "width": 2, "dash": "dot"}


def over_months(difference: dict[str, Any]) -> Figure:
    """A change month by month, with 80 % of the futures as a band."""
    x = [f"{month}-15" for month in difference["months"]]
    line = {
        "type": "scatter", "mode": "lines", "name": "mean", "x": x, "y": difference["mean"], "line": LINE,
        "customdata": difference["above"],
        "hovertemplate": "%{y:+.1%}, above zero in %{customdata:.0%} of futures<extra></extra>",
    }
    several = difference["futures"] > 1
    layout = {
        **frame(360, {"l": 60, "r": 12, "t": 8, "b": 32}), "hovermode": "x",
        "xaxis": {**AXIS, "type": "date", "hoverformat": "%b %Y", "showgrid": False, "range": [x[0], x[-1]]},
        "yaxis": {**AXIS, "tickformat": ".0~%", "zerolinecolor": "@text", "zerolinewidth": 2, "rangemode": "tozero"},
    }
    return {"data": [*([band(x, difference["q10"], difference["q90"])] if several else []), line], "layout": layout}


def intervals(rows: Sequence[tuple[str, float, float, float, str, bool]], unit: str, zero: bool) -> Figure:
    """A dot and its interval a row: (label, mean, low, high, text, whether it stands); filled where it stands."""
    data = []
    for stands in (True, False):
        some = [row for row in rows if row[5] is stands]
        if not some:
            continue
        data.append({
            "type": "scatter", "mode": "markers", "name": "stands" if stands else "does not stand",
            "y": [folded(label) for label, *_ in some], "x": [row[1] for row in some], "hoverinfo": "skip",
            "marker": {"color": "@model" if stands else "@ground", "size": 10,
                       "line": {"color": "@model", "width": 2}},
            "error_x": {"type": "data", "symmetric": False, "color": "@model", "thickness": 2, "width": 5,
                        "array": [row[3] - row[1] for row in some], "arrayminus": [row[1] - row[2] for row in some]},
        })
    labels = [row[0] for row in rows]
    ends = [*(value for row in rows for value in row[1:4]), *([0.0] if zero else [])]
    low, high = padded(min(ends), max(ends))
    layout = rows_layout(labels, (low, high + ROOM * (high - low)), unit)
    layout["xaxis"] |= {"zerolinecolor": "@text", "zerolinewidth": 2}
    figures = texts_beside(labels, [max(ends)] * len(rows), [f"  {row[4]}" for row in rows])  # one below the other
    return {"data": [*data, figures], "layout": layout}


def histogram(edges: Sequence[float], counts: Sequence[int], lines: Sequence[tuple[float, str]], unit: str) -> Figure:
    """How many points lie where; dotted lines at values that part them."""
    percent = unit == "share"
    data = [{
        "type": "bar", "name": "points", "x": [(a + b) / 2 for a, b in zip(edges, edges[1:], strict=False)],
        "y": list(counts), "width": [0.94 * (b - a) for a, b in zip(edges, edges[1:], strict=False)],
        "marker": {"color": "@model"},
        "hovertemplate": f"%{{y}} points around %{{x:{'+.1%' if percent else number_format(edges, 3)}}}<extra></extra>",
    }]
    layout = {
        **frame(280, {"l": 48, "r": 12, "t": 24, "b": 36}),
        "xaxis": {**AXIS, "showgrid": False, "tickformat": ".0~%" if percent else number_format(edges), "nticks": 8,
                  "zeroline": False},
        "yaxis": {**AXIS, "rangemode": "tozero", "title": {"text": "points", "font": {"size": 12, "color": "@muted"}}},
    }
    _reference(layout, lines)
    return {"data": data, "layout": layout}


def apart(labels: Sequence[str]) -> list[str]:
    """Labels that stay apart also where a chart cuts them short: those that would not are numbered."""
    cut = [folded(label) for label in labels]
    return [f"{k + 1}. {label}" if cut.count(short) > 1 else label
            for k, (label, short) in enumerate(zip(labels, cut, strict=True))]


def with_reference(figure: Figure, at: float, words: str) -> Figure:
    """The same chart with a dotted line across its rows."""
    _reference(figure["layout"], [(at, words)])
    figure["layout"]["margin"] = {**figure["layout"]["margin"], "t": 24}
    figure["layout"]["height"] += 16
    return figure


def _reference(layout: dict[str, Any], lines: Sequence[tuple[float, str]]) -> None:
    layout["shapes"] = [
        {"type": "line", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1, "line": _REFERENCE} for at, _ in lines
    ]
    layout["annotations"] = [
        {"x": at, "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False, "text": folded(words),
         "font": {"size": 12, "color": "@muted"}}
        for at, words in lines
    ]


def marked(figure: Figure, labels: Sequence[str], values: Sequence[float], name: str) -> Figure:
    """The same bars with an open dot on each."""
    figure["data"].append({
        "type": "scatter", "mode": "markers", "name": name, "y": [folded(label) for label in labels],
        "x": list(values), "hoverinfo": "skip",
        "marker": {"symbol": "diamond", "size": 10, "color": "@ground", "line": {"color": "@against", "width": 2}},
    })
    return figure


def plane(data: list[dict[str, Any]], x: dict[str, Any], y: dict[str, Any], height: int = 360) -> Figure:
    """Anything over two axes: {title, share, log, range}."""
    across, up = folded(x.get("title", ""), TITLE), folded(y.get("title", ""), TITLE)
    margin = {"l": 52 + 18 * _lines(up), "r": 16, "t": 12, "b": 34 + 18 * _lines(across)}
    layout = {**frame(height, margin), "hovermode": "closest", "xaxis": _titled(x, across), "yaxis": _titled(y, up)}
    return {"data": data, "layout": layout}


def _lines(title: str) -> int:
    return 1 + title.count("<br>") if title else 0


def _titled(axis: dict[str, Any], title: str) -> dict[str, Any]:
    found = {**AXIS, "title": {"text": title, "standoff": 6, "font": {"size": 13, "color": "@muted"}},
             "tickformat": ".0~%" if axis.get("share") else ",.6~g", "zerolinecolor": "@muted", "nticks": 7}
    if axis.get("log"):
        found |= {"type": "log"}
    if axis.get("range"):
        found |= {"range": [math.log10(each) for each in axis["range"]] if axis.get("log") else axis["range"]}
    return found


def dots(name: str, x: Sequence[float], y: Sequence[float], texts: Sequence[str], look: str = "plain"
         ) -> dict[str, Any]:
    """Points of a plane: plain ones are open, found ones are filled, fresh ones diamonds."""
    marker = {
        "plain": {"symbol": "circle", "size": 7, "color": "@ground", "line": {"color": "@muted", "width": 1.5}},
        "found": {"symbol": "circle", "size": 11, "color": "@model", "line": {"color": "@ground", "width": 1}},
        "fresh": {"symbol": "diamond", "size": 11, "color": "@claim", "line": {"color": "@ground", "width": 1}},
    }[look]
    return {"type": "scatter", "mode": "markers", "name": name, "x": list(x), "y": list(y), "marker": marker,
            "text": [folded(each) for each in texts], "hovertemplate": "%{text}<extra></extra>"}
