"""The life among all others of its craft: who works more, who works less, and where in this the one followed is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.answer.wording import MINUS, figure, uncapitalized
from experiments.charts.of_ai import GAIN, LOSS, MARKER, SUM
from experiments.charts.parts import AXIS, frame, number_format
from experiments.page.sheet import Cell, Chart, Sheet, number
from model.tables import crafts
from viz.lives import Lives

WIDTH, OUTERMOST = 2, 31  # weeks a year: of a bin, and where the outermost begin, which are open
SHARES = (0.10, 0.25, 0.50, 0.75, 0.90)


@dataclass(frozen=True)
class Spread:
    """Weeks a year of those of one craft: changes if two worlds are compared, else weeks in this one."""

    craft: str
    values: np.ndarray
    followed: float
    row: int
    compared: bool
    against: str
    since: str  # month in which they were attached
    heads: float  # people they stand for

    @property
    def edges(self) -> np.ndarray:
        """Edges of the bins; the middle one holds those to whom nothing much happens."""
        return np.arange(-OUTERMOST, OUTERMOST + 1, WIDTH) if self.compared else np.arange(0, 53, WIDTH)

    @property
    def counts(self) -> np.ndarray:
        """How many of the values lie in each bin; those beyond the outermost are in it."""
        return np.histogram(np.clip(self.values, self.edges[0], self.edges[-1]), self.edges)[0]

    @property
    def says(self) -> str:
        """The craft in a sentence."""
        of = f"Of {figure(self.heads)} people in {uncapitalized(self.craft)} attached in {self.since}"
        middle = float(np.median(self.values))
        if not self.compared:
            return f"{of}, half work {middle:.1f} weeks a year or more; worker {self.row:,} works {self.followed:.1f}."
        less = float(np.mean(self.values < 0))
        median, mean = _moves(middle), _moves(float(self.values.mean()))
        both = f"the craft’s median {median}, " + ("and so does its mean" if median == mean else f"its mean {mean}")
        return (f"{of}, {less:.0%} work fewer weeks than they would have in “{self.against}”; {both}. "
                f"Worker {self.row:,} {_moves(self.followed)}.")

    def figure(self) -> dict[str, Any]:
        """Bars by bin, and where the worker followed is."""
        edges, counts = self.edges, self.counts * self.heads / max(1, self.values.size)
        middles = (edges[1:] + edges[:-1]) / 2
        looks = [(LOSS, middles < 0), (SUM, middles == 0), (GAIN, middles > 0)]
        looks = looks if self.compared else [(SUM, middles > 0)]
        data = [{"type": "bar", "x": middles[which].tolist(), "y": counts[which].tolist(), "width": WIDTH * 0.92,
                 "name": "people", "marker": MARKER[look],
                 "customdata": [_bin(low, low + WIDTH, self.compared) for low in edges[:-1][which]],
                 "hovertemplate": "%{customdata}: %{y:,.0f} people<extra></extra>"} for look, which in looks]
        at = float(np.clip(self.followed, edges[0], edges[-1]))
        right = at > (edges[0] + edges[-1]) / 2
        line = {"type": "line", "xref": "x", "yref": "paper", "x0": at, "x1": at, "y0": 0, "y1": 1,
                "line": {"color": "@text", "width": 2, "dash": "dot"}}
        note = {"x": at, "y": 1, "xref": "x", "yref": "paper", "text": f"worker {self.row:,}", "showarrow": False,
                "xanchor": "right" if right else "left", "yanchor": "bottom", "font": {"size": 13, "color": "@text"}}
        title = {"text": "change in weeks on calls a year" if self.compared else "weeks on calls a year",
                 "font": {"size": 13, "color": "@muted"}}
        return {"data": data, "layout": {
            **frame(300, {"l": 48, "r": 8, "t": 26, "b": 44}), "barmode": "overlay", "shapes": [line],
            "annotations": [note],
            "xaxis": {**AXIS, "range": [float(edges[0]) - 0.5, float(edges[-1]) + 0.5], "showgrid": False,
                      "zeroline": False, "nticks": 8, "title": title},
            "yaxis": {**AXIS, "rangemode": "tozero", "nticks": 5, "tickformat": number_format(counts)}}}

    def chart(self) -> Chart:
        """The chart with its twin."""
        rows = []
        per_agent = self.heads / max(1, self.values.size)
        for low, many in zip(self.edges[:-1], self.counts, strict=True):
            share = many / max(1, self.values.size)
            here = low <= np.clip(self.followed, self.edges[0], self.edges[-1] - 1e-9) < low + WIDTH
            rows.append([Cell(_bin(low, low + WIDTH, self.compared)), number(float(many * per_agent)),
                         number(float(share), "share"), Cell(f"worker {self.row:,}" if here else "")])
        what = "Change in weeks on calls a year" if self.compared else "Weeks on calls a year"
        sheet = Sheet("life_spread", f"{what}, those of {self.craft} attached in {self.since}",
                      ["weeks a year", "people", "share", "followed"], rows)
        return Chart("chart-life-spread", f"Everyone in {uncapitalized(self.craft)}", self.says, self.figure(), sheet)

    def quantiles(self, others: dict[str, np.ndarray]) -> Sheet:
        """The change at some ranks of loss, and weeks a year at the same ranks of each world."""
        columns = {"change": self.values, **others} if self.compared else others
        rows = [[Cell(f"{share:.0%} are at or below"),
                 *(_weeks(float(np.quantile(values, share)), name == "change") for name, values in columns.items())]
                for share in SHARES]
        means = (_weeks(float(values.mean()), name == "change") for name, values in columns.items())
        rows.append([Cell("mean"), *means])
        return Sheet("life_quantiles", f"Weeks on calls a year in {uncapitalized(self.craft)}, each column by its own "
                     "ranks", ["rank", *columns], rows)


def spread(lives: Lives, place: int, against: str) -> Spread:
    """Those of the craft of the worker at ``place``."""
    code = lives.workers["craft"][place]
    members = lives.workers["craft"] == code
    weeks = lives.mine.weeks_on_call if lives.other is None else lives.mine.weeks_on_call - lives.other.weeks_on_call
    values = weeks / lives.years
    heads = float(members.sum()) / lives.mine.recording.scale
    return Spread(crafts().labels[code], values[members], float(values[place]), int(lives.workers["row"][place]),
                  lives.other is not None, against, lives.since, heads)


def of_craft(lives: Lives, place: int, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Weeks a year of those of the same craft by name of world."""
    members = lives.workers["craft"] == lives.workers["craft"][place]
    return {name: each[members] for name, each in zip(names, lives.weeks_a_year, strict=False) if each is not None}


def _weeks(value: float, change: bool) -> Cell:
    return Cell(_signed(value) if change else f"{value:.1f}", value)


def _signed(value: float) -> str:
    text = f"{abs(value):.1f}"
    return text if text == "0.0" else (MINUS if value < 0 else "+") + text


def _moves(value: float) -> str:
    text = f"{abs(value):.1f}"
    if text == "0.0":
        return "neither gains nor loses"
    return f"{'loses' if value < 0 else 'gains'} {text} weeks a year"


def _bin(low: float, high: float, compared: bool) -> str:
    """A bin in words; the outermost of changes are open."""
    if not compared:
        return f"{low:.0f} to {high:.0f}"
    if low <= -OUTERMOST:
        return f"{MINUS}{-high:.0f} or less"
    if high >= OUTERMOST:
        return f"+{low:.0f} or more"
    return f"{_whole(low)} to {_whole(high)}"


def _whole(value: float) -> str:
    return (MINUS if value < 0 else "+" if value > 0 else "") + f"{abs(value):.0f}"
