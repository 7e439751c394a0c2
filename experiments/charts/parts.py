"""What charts share, as Plotly describes it: an axis, how its numbers are written, a frame, a band, a map of levels,
and where a period stands.

Colors are names that begin with @; the page puts in those of its light or dark theme. Lines, dots and dashes
tell series apart without color.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

Figure = dict[str, Any]
AXIS = {
    "gridcolor": "@grid",
    "linecolor": "@grid",
    "zerolinecolor": "@grid",
    "fixedrange": True,
    "tickfont": {"color": "@muted"},
}
THOUSAND = 1000.0


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


def number_format(values: Iterable[float | None], figures: int = 6) -> str:
    """How numbers of a span are written: plain, and with k and M from a thousand on. Below it 500m would be a half."""
    most = max((abs(each) for each in values if each is not None), default=0.0)
    return f",.{figures}~{'s' if most >= THOUSAND else 'r'}"


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


def middle(period: str) -> str:
    """The day in the middle of a month (2015-01) or a quarter (2015Q1)."""
    if "Q" in period:
        year, quarter = period.split("Q")
        return date(int(year), 3 * int(quarter) - 1, 15).isoformat()
    return f"{period}-15"
