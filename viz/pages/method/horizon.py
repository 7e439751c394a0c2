"""The error of naive forecasts by their distance, beside that of the model, which has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from experiments import history
from experiments.answer.wording import figure
from experiments.charts.parts import AXIS, frame
from experiments.page.sheet import Cell, Chart, Sheet
from viz.pages.method import naive

FARTHEST, SEASON = 24, 12  # months
SHOWN = (0, 2)  # windows: calm years, and those kept back
COLUMNS = ("the model", "no change", "the same month of a year before")


def by_distance(model: Mapping[str, float], published: Mapping[str, float], window: int) -> list[tuple[float, ...]]:
    """Errors in a window at 1, 2, … months ahead: of the model, of no change, of the last known same month."""
    inside = [each for each in published if int(each[:4]) in naive.WINDOWS[window][1]]
    own = history.error(model, published, inside)
    found = []
    for ahead in range(1, FARTHEST + 1):
        known = SEASON * -(-ahead // SEASON)  # the last whole year that is published by then
        lags = (history.error(naive.no_change(published, lag), published, inside) for lag in (ahead, known))
        found.append((own, *lags))
    return found


def charts_by_distance(model: Mapping[str, float], published: Mapping[str, float]) -> list[Chart]:
    """A chart for each of the windows shown."""
    return [_chart(window, by_distance(model, published, window)) for window in SHOWN]


def _chart(window: int, rows: Sequence[tuple[float, ...]]) -> Chart:
    name = naive.WINDOWS[window][0]
    title = f"Error by months ahead, {name}"
    loses = sum(min(row[1:]) < row[0] for row in rows)
    says = f"At {loses} of {len(rows)} distances one of the two is closer than the model."
    cells = [[Cell(str(ahead)), *(Cell(figure(each, "share"), each) for each in row)]
             for ahead, row in enumerate(rows, 1)]
    sheet = Sheet(f"distance_{window}", f"{title}: mean absolute error over the mean published figure",
                  ["months ahead", *COLUMNS], cells)
    return Chart(f"chart-distance-{window}", title, says, _figure(rows), sheet)


def _figure(rows: Sequence[tuple[float, ...]]) -> dict[str, Any]:
    ahead = list(range(1, len(rows) + 1))
    styles = (("@model", "solid"), ("@against", "dash"), ("@bad", "dot"))
    data = [
        {"type": "scatter", "mode": "lines", "name": words, "x": ahead, "y": [row[at] for row in rows],
         "line": {"color": color, "dash": dash, "width": 2.5}, "hovertemplate": f"%{{y:.1%}}<extra>{words}</extra>"}
        for at, (words, (color, dash)) in enumerate(zip(COLUMNS, styles, strict=True))
    ]  # fmt: skip
    layout = {**frame(260, {"l": 48, "r": 8, "t": 8, "b": 44}), "hovermode": "x",
              "xaxis": {**AXIS, "title": {"text": "months ahead"}, "tickvals": [1, 6, 12, 18, 24], "showgrid": False},
              "yaxis": {**AXIS, "rangemode": "tozero", "tickformat": ".0%", "title": {"text": ""}}}
    return {"data": data, "layout": layout}
