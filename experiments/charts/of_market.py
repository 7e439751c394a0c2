"""The charts of a market beside its past: payroll jobs by month, shoot days by quarter and category."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from experiments import history
from experiments.answer.settings import spells_shaded
from experiments.charts.parts import AXIS, Figure, band, frame, middle, number_format

TITLES = {
    "feature": "Feature films",
    "tv": "Television",
    "commercial": "Commercials",
    "other": "Everything else",
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
        "layout": _layout(data, "payroll jobs", 400, _span(rows), _left_out(summary), labels=True),
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
        "layout": _layout(data, "shoot days a quarter", 260, _span(rows), _left_out(summary), labels=False),
    }


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


def _layout(data: list[dict[str, Any]], unit: str, height: int, span: list[str], without: list[str], labels: bool
            ) -> dict[str, Any]:
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
    drawn = (value for each in data for value in each["y"])
    return {
        **frame(height, {"l": 52, "r": 8, "t": 24 if labels else 8, "b": 32}),
        "hovermode": "x",
        "xaxis": {**AXIS, "type": "date", "range": span, "hoverformat": "%b %Y", "showgrid": False, **ticks},
        "yaxis": {**AXIS, "rangemode": "tozero", "tickformat": number_format(drawn), "title": {"text": ""}},
        "shapes": shapes,
        "annotations": notes,
        "meta": {"unit": unit},
    }
