"""The charts of AI's sections, as Plotly describes them: waterfalls, years, shares of people, gains, lives.

Patterns, outlines and words tell bars apart without color; a claim is hollow and dotted wherever it stands.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape
from typing import Any

from experiments.answer.wording import change, figure
from experiments.answer.wording_ai import signed_share
from experiments.charts.parts import AXIS, Figure, band, frame, number_format

ROW = 28  # pixels of a bar with its gap
MILLION, TEN_THOUSAND = 1e6, 1e4
LETTERS, LINES_OF_LABEL, LINE = 24, 3, 15.5  # letters of a line, lines before dots, and pixels of a line
DATE = "date"  # the unit of an axis of dates
_TICKS = {"share": ".0%", DATE: "%Y"}
GAIN, LOSS, SUM, CLAIM, OUT = "gain", "loss", "sum", "claim", "out"
_OVER = {"fillmode": "overlay", "size": 6, "solidity": 0.3}
MARKER = {
    GAIN: {"color": "@gain"},
    LOSS: {"color": "@loss", "pattern": {**_OVER, "shape": "/", "fgcolor": "@ground"}},
    SUM: {"color": "@model"},
    CLAIM: {"color": "rgba(0,0,0,0)", "line": {"color": "@claim", "width": 1.5},
            "pattern": {**_OVER, "shape": ".", "fgcolor": "@claim"}},
    OUT: {"color": "@out", "pattern": {**_OVER, "shape": "x", "fgcolor": "@ground"}},
}  # fmt: skip
SHADES = ("@model", "@gain", "@against", "@claim", "@loss", "@out")
SHAPES = ("", "", "/", ".", "\\", "x")


def waterfall(steps: Sequence[tuple[str, float]], ends: Sequence[tuple[str, float, str]], unit: str) -> Figure:
    """Parts one after the other, from nothing to what they sum to, then whole bars: (label, value, look)."""
    bars, level = [], 0.0
    for label, value in steps:
        bars.append((label, level, value, GAIN if value >= 0 else LOSS))
        level += value
    bars += [(label, 0.0, value, look) for label, value, look in ends]
    reach = [0.0, *(base + value for _, base, value, _ in bars)]
    data = [_bars([each for each in bars if each[3] == look], look) for look in (GAIN, LOSS, SUM, CLAIM)]
    texts = [short(value, unit, sign=look != CLAIM) for _, _, value, look in bars]
    ends_at = [max(base, base + value) for _, base, value, _ in bars]
    labels = [label for label, *_ in bars]
    layout = rows_layout(labels, padded(min(reach), max(reach)), unit)
    return {"data": [*(each for each in data if each["y"]), texts_beside(labels, ends_at, texts)], "layout": layout}


def short(value: float, unit: str, sign: bool = True) -> str:
    """A figure that fits beside a bar on a phone."""
    if unit == "share":
        return signed_share(value) if sign else figure(value, unit)
    mark = "−" if value < 0 else "+"
    if abs(value) >= MILLION:
        return f"{mark}{abs(value) / MILLION:.1f}M"
    if abs(value) >= TEN_THOUSAND:
        return f"{mark}{abs(value) / 1000:.0f}k"
    return change(value, "")


def _bars(bars: Sequence[tuple[str, float, float, str]], look: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": look,
        "y": [folded(label) for label, *_ in bars],
        "base": [base for _, base, _, _ in bars],
        "x": [value for _, _, value, _ in bars],
        "hoverinfo": "skip",
        "marker": MARKER[look],
    }


def texts_beside(labels: Sequence[str], at: Sequence[float], texts: Sequence[str]) -> dict[str, Any]:
    """Figures to the right of bars."""
    return {
        "type": "scatter",
        "mode": "text",
        "name": "figures",
        "y": [folded(label) for label in labels],
        "x": list(at),
        "text": [f" {text}" for text in texts],
        "textposition": "middle right",
        "textfont": {"size": 12},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def by_year(lines: Sequence[tuple[str, Sequence[int], Sequence[float], str]], share: bool) -> Figure:
    """Lines over calendar years: (name, years, values, model or against)."""
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": name,
            "x": list(years),
            "y": list(values),
            "line": {"color": f"@{color}", "width": 2.5, "dash": "dash" if color == "against" else "solid"},
            "marker": {"color": f"@{color}", "size": 6, "symbol": "circle-open" if color == "against" else "circle"},
            "hovertemplate": ("%{y:.1%}" if share else "%{y:,.0f}") + "<extra>" + name + "</extra>",
        }
        for name, years, values, color in lines
    ]
    drawn = [value for _, _, values, _ in lines for value in values]
    y = {**AXIS, "rangemode": "tozero", "tickformat": ".0%" if share else number_format(drawn)}
    x = {**AXIS, "showgrid": False, "dtick": 2, "tickformat": "d"}
    layout = {**frame(260, {"l": 52, "r": 12, "t": 8, "b": 32}), "hovermode": "x", "xaxis": x, "yaxis": y}
    return {"data": data, "layout": layout}


def ranges(rows: Sequence[tuple[str, float, float, float]], unit: str, futures: int, sign: bool = True) -> Figure:
    """A bar from nothing for each row, with the range of the futures: (label, mean, low, high). Sizes have no sign."""
    data = []
    signs = ((GAIN, [row for row in rows if row[1] >= 0]), (LOSS, [row for row in rows if row[1] < 0]))
    for look, chosen in signs if sign else ((SUM, rows),):
        if not chosen:
            continue
        bars = _bars([(label, 0.0, mean, look) for label, mean, _, _ in chosen], look)
        ends_at = [max(0.0, mean) for _, mean, _, _ in chosen]
        if futures > 1:
            ends_at = [max(0.0, high) for _, _, _, high in chosen]
            bars["error_x"] = {
                "type": "data",
                "symmetric": False,
                "array": [high - mean for _, mean, _, high in chosen],
                "arrayminus": [mean - low for _, mean, low, _ in chosen],
                "color": "@text",
                "thickness": 1.5,
                "width": 3,
            }
        texts = [short(mean, unit, sign) for _, mean, _, _ in chosen]
        data += [bars, texts_beside([label for label, *_ in chosen], ends_at, texts)]
    ends = [0.0, *(value for row in rows for value in (row[1:] if futures > 1 else row[1:2]))]
    return {"data": data, "layout": rows_layout([label for label, *_ in rows], padded(min(ends), max(ends)), unit)}


def shares(worlds: Sequence[tuple[str, Sequence[float]]], parts: Sequence[str]) -> Figure:
    """One bar of a whole for each world, divided into named parts."""
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "name": part,
            "y": [folded(name) for name, _ in worlds],
            "x": [values[at] for _, values in worlds],
            "hovertemplate": "%{x:.1%}<extra>" + part + "</extra>",
            "text": [figure(values[at], "share") if values[at] >= 0.08 else "" for _, values in worlds],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "insidetextfont": {"color": "@ground"},
            "marker": {
                "color": SHADES[at],
                "line": {"color": "@ground", "width": 1},
                "pattern": {**_OVER, "solidity": 0.15, "shape": SHAPES[at], "fgcolor": "@ground"},
            },
        }
        for at, part in enumerate(parts)
    ]
    layout = rows_layout([name for name, _ in worlds], (0.0, 1.0), "share")
    layout |= {"barmode": "stack", "height": 60 + 48 * len(worlds)}
    return {"data": data, "layout": layout}


def doses(rows: Sequence[tuple[float, float, float, float]], futures: int) -> Figure:
    """A response over the dose: (ceiling, mean, low, high), all shares."""
    x = [row[0] for row in rows]
    spread = band(x, [row[2] for row in rows], [row[3] for row in rows])
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "change of crew-weeks",
        "x": x,
        "y": [row[1] for row in rows],
        "line": {"color": "@model", "width": 2.5},
        "marker": {"color": "@model", "size": 7},
        "hovertemplate": "%{y:+.2%}<extra></extra>",
    }
    layout = {
        **frame(280, {"l": 60, "r": 16, "t": 8, "b": 36}),
        "hovermode": "x",
        "xaxis": {**AXIS, "tickvals": x, "tickformat": ".0%", "showgrid": False},
        "yaxis": {**AXIS, "tickformat": "+.1%", "zerolinecolor": "@muted"},
    }
    return {"data": [*([spread] if futures > 1 else []), line], "layout": layout}


def lives(strips: Sequence[tuple[str, dict[str, Any], str]], span: Sequence[str]) -> Figure:
    """Strips of lives on a line of dates: (label, life as JSON, model or against)."""
    week = 7 * 24 * 3600 * 1000  # milliseconds, as a length on an axis of dates
    data = []
    for color, kind, name in (("model", "calls", "on a call"), ("against", "calls", "on a call"),
                              ("out", "away", "out of the market")):
        chosen = [(label, *each) for label, life, world in strips for each in life[kind] if color in (world, "out")]
        data.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": name,
                "y": [folded(label) for label, _, _ in chosen],
                "base": [first for _, first, _ in chosen],
                "x": [weeks * week for _, _, weeks in chosen],
                "customdata": [weeks for _, _, weeks in chosen],
                "hovertemplate": "%{base|%b %Y}, %{customdata} weeks<extra>" + name + "</extra>",
                "marker": MARKER[OUT] if color == "out" else {"color": f"@{color}"},
            }
        )
    layout = rows_layout([label for label, _, _ in strips], span, DATE)
    layout |= {"barmode": "overlay", "height": 56 + 34 * len(strips)}
    layout["xaxis"] |= {"type": "date", "dtick": "M24", "zeroline": False}
    return {"data": [each for each in data if each["y"]], "layout": layout}


def folded(label: str, letters: int = LETTERS) -> str:
    """A label over several lines, safe from being read as markup."""
    lines = textwrap.wrap(label, letters, max_lines=LINES_OF_LABEL, placeholder=" …")
    text = "<br>".join(escape(line, quote=False) for line in lines)
    return f"&#64;{text[1:]}" if text.startswith("@") else text  # or it would name a color


def padded(low: float, high: float) -> tuple[float, float]:
    """A range with room for figures to the right of the bars."""
    span = (high - low) or 1.0
    return low - (0.04 * span if low < 0 else 0.0), high + 0.3 * span


def rows_layout(labels: Sequence[str], span: Sequence[Any], unit: str) -> dict[str, Any]:
    """A layout with a row for each label, the first at the top."""
    names = [folded(label) for label in labels]
    most = max((1 + label.count("<br>") for label in names), default=1)
    height = 44 + max(sum(ROW + 13 * label.count("<br>") for label in names), round(LINE * most * len(names)))
    ticks = _TICKS.get(unit) or number_format(span)
    return {
        **frame(height, {"l": 8, "r": 8, "t": 8, "b": 32}),
        "bargap": 0.25,
        "barmode": "overlay",
        "xaxis": {**AXIS, "range": list(span), "zerolinecolor": "@muted", "nticks": 6, "tickformat": ticks},
        "yaxis": {
            **AXIS,
            "automargin": True,
            "categoryorder": "array",
            "categoryarray": list(reversed(names)),
            "tickfont": {"color": "@text", "size": 12},
            "showgrid": False,
            "range": [-0.6, len(names) - 0.4],
        },
    }
