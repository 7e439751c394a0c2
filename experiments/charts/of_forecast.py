"""The chart of a forecast: what was published until then, and the middle and the intervals of what is to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.charts.parts import AXIS, Figure, band, frame, middle, number_format

HEIGHT = 360


def ahead(observed: Mapping[str, float], rows: Sequence[Mapping[str, Any]], unit: str) -> Figure:
    """``observed`` by month or quarter; ``rows`` of the forecast, whose dates are months (a quarter's first)."""
    days = [middle(_period(row["date"], observed)) for row in rows]
    data = []
    for low, high, name in (("q05", "q95", "5 to 95%"), ("q25", "q75", "25 to 75%")):
        data.append({**band(days, [row[low] for row in rows], [row[high] for row in rows]), "name": name})
    data += [
        _drawn(days, [row["q50"] for row in rows], "forecast, middle", "lines", line={"color": "@model", "width": 2.5}),
        _drawn([middle(each) for each in observed], list(observed.values()), "published", "markers",
               marker={"color": "@ground", "size": 5, "line": {"color": "@observed", "width": 1.5}}),
    ]
    drawn = [*observed.values(), *(row[each] for row in rows for each in ("q05", "q95"))]
    layout = {
        **frame(HEIGHT, {"l": 52, "r": 8, "t": 8, "b": 32}),
        "hovermode": "x",
        "xaxis": {**AXIS, "type": "date", "hoverformat": "%b %Y", "showgrid": False, "dtick": "M24",
                  "tick0": "2016-01-01"},
        "yaxis": {**AXIS, "rangemode": "tozero", "tickformat": number_format(drawn), "title": {"text": ""}},
        "meta": {"unit": unit},
    }  # fmt: skip
    return {"data": data, "layout": layout}


def _period(month: str, observed: Mapping[str, float]) -> str:
    """The month itself, or the quarter that it begins where the series has quarters."""
    return f"{month[:4]}Q{(int(month[5:]) + 2) // 3}" if any("Q" in each for each in observed) else month


def _drawn(x: list[str], y: list[float], name: str, mode: str, **style: Any) -> dict[str, Any]:
    return {"type": "scatter", "mode": mode, "name": name, "x": x, "y": y, **style,
            "hovertemplate": "%{y:,.0f}<extra>" + name + "</extra>"}
