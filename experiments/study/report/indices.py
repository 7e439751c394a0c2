"""Sobol's and Morris's indices: how much of the headline each factor accounts for."""

from __future__ import annotations

from typing import Any

from experiments.answer.wording import DASH
from experiments.charts.of_ai import ranges
from experiments.page.sheet import Cell, Chart, Sheet, number
from experiments.study.report import blocks, drawn
from experiments.study.report.blocks import Section
from experiments.study.report.words import SHARES

MOST_BARS = 12
_FIRST = ("first", "first_low", "first_high")


def indices(found: dict[str, Any]) -> Section | None:
    """Bars with their intervals, and the table."""
    held = found.get("indices")
    if not held or not held.get("ranked"):
        return None
    sobol, head = held["kind"] == "sobol", found["headline"]
    unit = "share" if sobol or head["unit"] in SHARES else ""
    ranked = held["ranked"]
    rows = [_row(each, sobol, unit) for each in ranked]
    if sobol:
        columns = ["factor", "total", "95% low", "95% high", "alone", "95% low", "95% high", "share"]
        what = ("The total index is the share of the variance in which a factor has a part, alone or with others; the "
                "first-order index what it does alone. Totals may add up to more than one.")
    else:
        columns = ["factor", "mean size of effect", "95% low", "95% high", "mean effect", "standard deviation", "share"]
        what = ("The effect of moving one factor over its whole range, all else at a point; its standard deviation "
                "says how much that depends on where one stands.")
    says = f"{held['title']}, with 95% intervals, of {_counted(held, sobol)}."
    if len(ranked) > MOST_BARS:
        says += f" The first {MOST_BARS} of {len(ranked)} are drawn."
    some = ranked[:MOST_BARS]
    labels = drawn.apart([each["label"] for each in some])
    bars = [(label, each["value"], *_ends(each)) for label, each in zip(labels, some, strict=True)]
    shown = ranges(bars, unit, futures=2, sign=False)
    marks = [("sum", "total index" if sobol else "mean size of the effect", "computed")]
    if sobol and all(each.get("first") is not None for each in some):
        shown = drawn.marked(shown, labels, [each["first"] for each in some], "alone")
        marks.append(("diamond", "what it does alone"))
    title = f"What {head['label'].lower()} turns on"
    section = Section("indices", "What it turns on", [
        blocks.small(what), blocks.key(*marks),
        blocks.chart(Chart("chart-indices", title, says, shown, Sheet("indices", says.rstrip("."), columns, rows))),
    ])  # fmt: skip
    if held.get("caution"):
        section.blocks.append(blocks.text(held["caution"]))
    return section


def _counted(held: dict[str, Any], sobol: bool) -> str:
    what = "blocks" if sobol else "trajectories"
    dropped = held.get("dropped") or 0
    return f"{held.get('used', DASH)} {what}" + (f"; {dropped} were dropped because a run failed" if dropped else "")


def _ends(each: dict[str, Any]) -> tuple[float, float]:
    low, high = each.get("low"), each.get("high")
    return each["value"] if low is None else low, each["value"] if high is None else high


def _row(each: dict[str, Any], sobol: bool, unit: str) -> list[Cell]:
    more = _FIRST if sobol else ("mu", "sigma")
    values = [_cell(each.get(key), unit) for key in ("value", "low", "high", *more)]
    return [Cell(each["label"]), *values, number(each.get("share"), "share")]


def _cell(value: float | None, unit: str) -> Cell:
    if value is None:
        return Cell(DASH)
    return number(value, unit) if unit or abs(value) >= 1 or value == 0 else Cell(f"{value:.3g}", value)
