"""The charts of the claims page as Plotly describes them; colors are names that begin with @, as on other pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from experiments.charts.parts import level_map, number_format
from experiments.claims.measures.stages import STAGES, TOOLS

Figure = dict[str, Any]
LUCK, IGNORANCE = "futures", "points"
_PERCENT = {"share", "probability"}


def strip(values: Sequence[float | None], points: Sequence[dict[str, Any]], border: float, unit: str) -> Figure:
    """Every future on one row and every parameter point on another, with a line where the rule parts them."""
    luck = [each for each in values if each is not None]
    middles = [each["mean"] for each in points if each["mean"] is not None]
    rows = [(IGNORANCE, middles, "@against", "diamond-open")] if middles else []
    rows.append((LUCK, luck, "@model", "circle"))
    written = _format([*luck, *middles, border], unit)
    data = [
        {
            "type": "scatter", "mode": "markers", "name": name, "x": found,
            "y": [k + _spread(n) for n in range(len(found))],
            "marker": {"color": color, "size": 8, "symbol": symbol, "opacity": 0.75},
            "hovertemplate": f"%{{x:{written}}}<extra>{name}</extra>",
        }
        for k, (name, found, color, symbol) in enumerate(rows)
    ]
    axis = {"tickvals": list(range(len(rows))), "ticktext": [name for name, *_ in rows],
            "range": [-0.6, len(rows) - 0.4]}
    layout = _layout(90 + 60 * len(rows), {"tickformat": written, "zeroline": True}, axis)
    layout["shapes"] = [{"type": "line", "x0": border, "x1": border, "yref": "paper", "y0": 0, "y1": 1,
                         "line": {"color": "@bad", "width": 2, "dash": "dot"}}]
    layout["annotations"] = [{"x": border, "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False,
                              "text": _label(border, unit), "font": {"size": 12, "color": "@muted"}}]
    return {"data": data, "layout": layout}


def bars(names: Sequence[str], values: Sequence[float], low: Sequence[float], high: Sequence[float], unit: str
         ) -> Figure:
    """One bar a name, the first at the top, with 80 % of futures as a line."""
    written = _format([*low, *high], unit)
    data = [{
        "type": "bar", "orientation": "h", "y": list(names), "x": list(values), "marker": {"color": "@model"},
        "hovertemplate": f"%{{x:{written}}}<extra>%{{y}}</extra>",
        "error_x": {"type": "data", "symmetric": False, "color": "@against", "thickness": 1.2, "width": 3,
                    "array": [h - v for h, v in zip(high, values, strict=True)],
                    "arrayminus": [v - w for w, v in zip(low, values, strict=True)]},
    }]
    axis = {"autorange": "reversed", "automargin": True}
    across = {"tickformat": written, "zeroline": True}
    return {"data": data, "layout": _layout(70 + 26 * len(names), across, axis)}


def lines(years: Sequence[int], series: dict[str, Sequence[float]]) -> Figure:
    """One line a name over the years; the second is dashed."""
    data = [
        {
            "type": "scatter", "mode": "lines+markers", "name": name, "x": list(years), "y": list(values),
            "line": {"color": color, "width": 2.5, "dash": dash}, "marker": {"size": 6},
            "hovertemplate": "%{y:,.0f}<extra>" + name + "</extra>",
        }
        for (name, values), color, dash in zip(series.items(), ("@bad", "@model"), ("solid", "dash"), strict=True)
    ]
    written = number_format(value for values in series.values() for value in values)
    layout = _layout(280, {"tickformat": "d", "dtick": 2}, {"rangemode": "tozero", "tickformat": written})
    layout |= {"showlegend": True, "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}}
    layout["margin"]["t"] = 40
    return {"data": data, "layout": layout}


def contour(surface: dict[str, Any], piece: dict[str, Any]) -> Figure:
    """One slice: the change of work in color, the line where it is zero, the region of the announcement hatched."""
    x, y = surface["across"]["at"], surface["up"]["at"]
    data = level_map(x, y, piece["work"], "spend %{x}, tools %{y:.0%}: %{z:+.1%}")
    inside = [(x[j], y[k]) for k, row in enumerate(piece["announced"]) for j, yes in enumerate(row) if yes]
    if inside:
        data.append({"type": "scatter", "mode": "markers", "name": "as announced", "x": [a for a, _ in inside],
                     "y": [b for _, b in inside], "hoverinfo": "skip",
                     "marker": {"symbol": "x-thin", "size": 11, "line": {"width": 2, "color": "@bad"}}})
    data.append({"type": "scatter", "mode": "markers", "name": "middle", "x": [surface["across"]["now"]],
                 "y": [surface["up"]["now"]], "hoverinfo": "skip",
                 "marker": {"symbol": "circle-open", "size": 12, "color": "@text", "line": {"width": 2}}})
    edge = 0.06
    title = {"text": "buyers' spend", "standoff": 4, "font": {"size": 13, "color": "@muted"}}
    layout = _layout(300, {"title": title, "range": [x[0] - edge, x[-1] + edge]},
                     {"title": {**title, "text": "work that tools do well"}, "tickformat": ".0%",
                      "range": [y[0] - edge / 2, y[-1] + edge / 2]})
    layout["hovermode"] = "closest"
    layout["margin"]["b"] = 48
    return {"data": data, "layout": layout}


def stage_names() -> list[str]:
    """The rows of the table of C4, in its order."""
    return [*STAGES, *TOOLS, "all"]


def _spread(n: int) -> float:
    return ((n * 0.618034) % 1.0 - 0.5) * 0.5  # apart, so that equal numbers stay visible


def _format(values: Iterable[float], unit: str) -> str:
    return ".1~%" if unit in _PERCENT else number_format(values)


def _label(value: float, unit: str) -> str:
    return f"{100 * value:g}%" if unit in _PERCENT else f"{value:g}"


def _layout(height: int, x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    axis = {"gridcolor": "@grid", "linecolor": "@grid", "zerolinecolor": "@line", "zeroline": False,
            "fixedrange": True, "tickfont": {"color": "@muted"}}
    return {
        "height": height, "margin": {"l": 60, "r": 12, "t": 24, "b": 32}, "showlegend": False,
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)", "dragmode": False,
        "font": {"family": "system-ui, sans-serif", "size": 13, "color": "@text"},
        "hoverlabel": {"bgcolor": "@ground", "bordercolor": "@grid", "font": {"color": "@text"}},
        "xaxis": {**axis, **x}, "yaxis": {**axis, **y},
    }
