"""The charts of the page as Plotly describes them: plain data and layout.

Colors are names that begin with @; the page puts in those of its light or dark theme. Lines, dots and dashes
tell series apart without color.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from experiments import history
from experiments.settings import spells_shaded

Figure = dict[str, Any]
TITLES = {
    "feature": "Feature films",
    "tv": "Television",
    "commercial": "Commercials",
    "other": "Everything else",
}
AXIS = {
    "gridcolor": "@grid",
    "linecolor": "@grid",
    "zerolinecolor": "@grid",
    "fixedrange": True,
    "tickfont": {"color": "@muted"},
}


def jobs(summary: dict[str, Any]) -> Figure:
    """Monthly payroll jobs: model, the world it is compared with, and what was published."""
    rows = summary["monthly_jobs"]
    observed = {month: value for month, value in history.monthly_jobs().items() if _inside(month, rows)}
    against = summary["monthly_jobs_against"]
    data = _band(rows, summary["futures"])
    if against:
        data.append(_line(against, f"{summary['against']}, median", "@against", "dash"))
    data += [
        _line(rows, "model, median" if summary["futures"] > 1 else "model", "@model"),
        _dots(observed, "published"),
    ]
    return {
        "data": data,
        "layout": _layout("payroll jobs", 400, _span(rows), _left_out(summary), labels=True),
    }


def shoot_days(summary: dict[str, Any], category: str) -> Figure:
    """Quarterly shoot days of one category: model and what was published."""
    rows = summary["shoot_days_quarterly"][category]
    observed = {
        quarter: value
        for quarter, value in history.quarterly_shoot_days()[category].items()
        if _inside(quarter, rows)
    }
    data = [*_band(rows, summary["futures"]), _line(rows, "model", "@model"), _dots(observed, "published")]
    return {
        "data": data,
        "layout": _layout("shoot days a quarter", 260, _span(rows), _left_out(summary), labels=False),
    }


def middle(period: str) -> str:
    """The day in the middle of a month (2015-01) or a quarter (2015Q1)."""
    if "Q" in period:
        year, quarter = period.split("Q")
        return date(int(year), 3 * int(quarter) - 1, 15).isoformat()
    return f"{period}-15"


def _at(span: list[str], part: float, years: int = 0) -> str:
    """The day at a part of a span, and some years later."""
    first, last = (date.fromisoformat(each) for each in span)
    return (first + (last - first) * part + timedelta(days=365 * years)).isoformat()


def _left_out(summary: dict[str, Any]) -> list[str]:
    return [row["name"] for row in summary["settings"]["scenario"]]


def _inside(period: str, rows: list[dict[str, Any]]) -> bool:
    return bool(rows) and rows[0]["period"] <= period <= rows[-1]["period"]


def _span(rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return ["2015-01-01", "2015-12-31"]
    first, last = (date.fromisoformat(middle(rows[at]["period"])) for at in (0, -1))
    return [(first - timedelta(days=45)).isoformat(), (last + timedelta(days=45)).isoformat()]


def _line(rows: list[dict[str, Any]], name: str, color: str, dash: str = "solid") -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [middle(row["period"]) for row in rows],
        "y": [row["median"] for row in rows],
        "line": {"color": color, "width": 2.5, "dash": dash},
        "hovertemplate": "%{y:,.0f}<extra>" + name + "</extra>",
    }


def _dots(observed: dict[str, float], name: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [middle(each) for each in observed],
        "y": list(observed.values()),
        "hovertemplate": "%{y:,.0f}<extra>" + name + "</extra>",
        "marker": {
            "color": "@ground",
            "size": 6,
            "symbol": "circle",
            "line": {"color": "@observed", "width": 1.5},
        },
    }


def _band(rows: list[dict[str, Any]], futures: int) -> list[dict[str, Any]]:
    """From the 10th to the 90th percentile of the futures; nothing for a single one."""
    if futures < 2:
        return []
    days = [middle(row["period"]) for row in rows]
    return [band(days, [row["q10"] for row in rows], [row["q90"] for row in rows])]


def band(x: Sequence[Any], low: Sequence[float], high: Sequence[float]) -> dict[str, Any]:
    """The area between the 10th and the 90th percentile of the futures."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "10 to 90% of futures",
        "hoverinfo": "skip",
        "fill": "toself",
        "x": [*x, *reversed(x)],
        "y": [*high, *reversed(low)],
        "line": {"width": 0},
        "fillcolor": "@band",
    }


def level_map(x: Sequence[float], y: Sequence[float], z: Sequence[Sequence[float | None]], hover: str
              ) -> list[dict[str, Any]]:
    """A change over two things: more and less in color, and a thick line where it is zero."""
    most = max((abs(each) for row in z for each in row if each is not None and each == each), default=0.1)
    common = {"type": "contour", "x": list(x), "y": list(y), "z": z, "showscale": False}
    return [
        {
            **common,
            "name": "change",
            "zmin": -most,
            "zmax": most,
            "line": {"width": 0},
            "colorscale": [[0, "@less"], [0.5, "@card"], [1, "@more"]],
            "contours": {"coloring": "heatmap"},
            "hovertemplate": f"{hover}<extra></extra>",
        },
        {
            **common,
            "name": "no change",
            "hoverinfo": "skip",
            "line": {"color": "@text", "width": 3},
            "contours": {"coloring": "none", "type": "levels", "start": 0, "end": 0, "size": 1},
        },
    ]


def _layout(unit: str, height: int, span: list[str], without: list[str], labels: bool) -> dict[str, Any]:
    shapes, notes = [], []
    for spell in spells_shaded(without):
        if spell["to"] <= span[0] or spell["from"] >= span[1]:
            continue
        shapes.append(
            {
                "type": "rect",
                "xref": "x",
                "yref": "paper",
                "x0": spell["from"],
                "x1": spell["to"],
                "y0": 0,
                "y1": 1,
                "line": {"width": 0},
                "fillcolor": f"@{spell['style']}",
                "layer": "below",
            }
        )
        if labels:  # towards the middle, so that no name runs off a narrow chart
            late = spell["from"] > _at(span, 0.6)
            notes.append(
                {
                    "x": min(spell["to"], span[1]) if late else spell["from"],
                    "y": 1,
                    "xref": "x",
                    "yref": "paper",
                    "text": spell["short"],
                    "showarrow": False,
                    "xanchor": "right" if late else "left",
                    "yanchor": "bottom",
                    "font": {"size": 12, "color": "@muted"},
                }
            )
    ticks = {"dtick": "M24", "tick0": "2016-01-01"} if span[1] > _at(span, 0, years=5) else {}
    return {
        **frame(height, {"l": 52, "r": 8, "t": 24 if labels else 8, "b": 32}),
        "hovermode": "x",
        "xaxis": {**AXIS, "type": "date", "range": span, "hoverformat": "%b %Y", "showgrid": False, **ticks},
        "yaxis": {**AXIS, "rangemode": "tozero", "tickformat": "~s", "title": {"text": ""}},
        "shapes": shapes,
        "annotations": notes,
        "meta": {"unit": unit},
    }


def frame(height: int, margin: dict[str, int]) -> dict[str, Any]:
    """What every chart's layout has: no box, no legend, the page's letters and colors."""
    return {
        "height": height,
        "margin": margin,
        "showlegend": False,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "dragmode": False,
        "font": {"family": "system-ui, sans-serif", "size": 13, "color": "@text"},
        "hoverlabel": {"bgcolor": "@ground", "bordercolor": "@grid", "font": {"color": "@text"}},
    }
