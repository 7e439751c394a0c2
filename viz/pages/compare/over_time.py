"""Over time: the difference with every future as a line, both worlds' levels, and why they differ."""

from __future__ import annotations

import numpy as np

from experiments.answer.wording import change, figure, label, uncapitalized
from experiments.charts import of_futures
from experiments.charts.of_futures import MOST_LINES, SHARES
from experiments.page import sections_ai
from experiments.page.sheet import Cell, Chart, Sheet
from experiments.page.sheets_ai import difference as change_cell
from experiments.statistics import HIGH, LOW
from experiments.study.report import blocks
from experiments.study.report.blocks import Section
from model import measures
from viz.digests import Digests
from viz.pages.compare import words
from viz.pages.compare.parts import chart_blocks
from viz.pages.compare.view import CompareView

LEAVES_OUT = (
    "Parts are what titles and calls did in both worlds; they do not say what would have happened had only one of them "
    "been switched on. Work outside Los Angeles, people who never entered the market, and what audiences gain are not "
    "in this account."
)


def sections(found: Digests, view: CompareView) -> list[Section]:
    """The difference, the levels and the account of crew-weeks."""
    one, footer = words.measure_shown(found, view), words.footer(found, view)
    differing = Section("difference", "How they differ over time",
                        chart_blocks(difference(found, view, one), view, footer))
    levels = Section("levels", "Where each of them stands", chart_blocks(both_levels(found, view, one), view, footer))
    account = why(found, view, footer)
    return [differing, levels, *([account] if account else [])]


def difference(found: Digests, view: CompareView, one: measures.Measure, id_: str = "chart-difference",
               as_band: bool | None = None) -> Chart:
    """The scenario less the other world, a line for each future or the band they fill."""
    mine, other = found.over_time(one.name)
    values, many = mine - other, len(found) > 1
    as_band = view.band if as_band is None else as_band
    drawn = of_futures.difference(found.periods, values, one.unit, as_band and many,
                                      "median" if many else "the one future")
    return Chart(id_, finding(found, one, values, view), " ".join(_subtitle(found, view, one, as_band)),
                 drawn, _difference_sheet(found, view, one, values))


def finding(found: Digests, one: measures.Measure, values: np.ndarray, view: CompareView) -> str:
    """The title: how large the gap is over the last year, and whether futures agree on it."""
    last = values[:, -_a_year(found) :].mean(axis=1)
    median, what = float(np.median(last)), label(one)
    if found.identical or not np.any(values):
        return f"{what}: no difference from {view.there}"
    share = float(np.mean(np.sign(last) == np.sign(median)))
    a_year = "four quarters" if "Q" in found.periods[0] else "twelve months"  # not a calendar year
    when = f"in the last {a_year if len(found.periods) > _a_year(found) else 'weeks'}"
    other = float(np.median(found.over_time(one.name)[1][:, -_a_year(found) :].mean(axis=1)))
    amount = words.size(median, one.unit)
    if one.unit not in SHARES and other:
        amount = figure(abs(median / other), "share")
    if len(found) > 1 and share < words.AGREEING:
        return f"{what}: futures differ on the direction {when}"
    return f"{what}: {amount} {words.way(median, one.name)} than in {view.there} {when}"


def _a_year(found: Digests) -> int:
    return min(len(found.periods), 4 if "Q" in found.periods[0] else 12)


def _subtitle(found: Digests, view: CompareView, one: measures.Measure, as_band: bool) -> list[str]:
    unit = "percentage points" if one.unit in SHARES else one.unit
    each = "quarter" if "Q" in found.periods[0] else "month"
    what = measured(one, "" if unit == one.unit and unit in label(one).lower() else unit)
    said = [f"{what}, mean of each {each}: {view.here} less {view.there}."]
    if len(found) > 1 and as_band:
        said.append("Filled: the inner half of the futures; dotted: 80% of them; thick: the median.")
    elif len(found) > 1:
        drawn = min(len(found), MOST_LINES)
        which = "one future" if drawn == len(found) else f"one of {drawn} of {len(found)} futures"
        said.append(f"Each thin line is {which}, the thick one their median.")
    return said


def measured(one: measures.Measure, unit: str) -> str:
    """A measure with its unit and place, as a subtitle has them."""
    a_week = " a week" if one.over == "sum" else ""
    place = "" if "LA" in one.label.split() or "anywhere" in one.definition else ", Los Angeles"
    return f"{label(one)}{a_week}{place}{f', {unit}' if unit else ''}"


def _difference_sheet(found: Digests, view: CompareView, one: measures.Measure, values: np.ndarray) -> Sheet:
    rows = []
    for at, period in enumerate(found.periods):
        column = values[:, at]
        low, high = np.percentile(column, [LOW, HIGH])
        rows.append([Cell(period), *(change_cell(float(each), one.unit)
                                     for each in (np.median(column), column.mean(), low, high)),
                     *(change_cell(float(each), one.unit) for each in column[:MOST_LINES])])
    columns = ["period", "median", "mean", "10% of futures", "90% of futures"]
    columns += [f"future {each.future}" for each in found[:MOST_LINES]]
    caption = f"{label(one)}, {view.here} less {view.there}, weekly means"
    notes = [*_notes(one), f"Columns of single futures: the first {MOST_LINES} of {len(found)}"]
    return Sheet("difference", caption, columns, rows, notes[: 2 + (len(found) > MOST_LINES)])


def _notes(one: measures.Measure) -> tuple[str, ...]:
    a_week = "per week, mean of the weeks of a period" if one.over == "sum" else "mean of the weeks of a period"
    return f"Unit: {one.unit}, {a_week}", f"Definition: {one.definition}"


def both_levels(found: Digests, view: CompareView, one: measures.Measure) -> Chart:
    """Medians of both worlds."""
    mine, other = found.over_time(one.name)
    drawn = of_futures.levels(found.periods, [(view.name, mine), (view.against.name, other)], one.unit)
    rows = [[Cell(period), *(_level(float(np.median(each[:, at])), one.unit) for each in (mine, other))]
            for at, period in enumerate(found.periods)]
    what = measured(one, "" if one.unit in label(one).lower() else one.unit)
    says = (f"{what}: solid {view.name}, {view.here}; dashed {view.against.name}, {view.there}"
            + (f", medians of {len(found)} futures." if len(found) > 1 else ", the one future simulated."))
    sheet = Sheet("levels", f"{label(one)} in both worlds, medians over futures of weekly means",
                  ["period", view.name, view.against.name], rows, _notes(one))
    return Chart("chart-levels", f"{label(one)} in both worlds", says, drawn, sheet)


def _level(value: float, unit: str) -> Cell:
    return Cell(figure(value, unit), value)


def why(found: Digests, view: CompareView, footer: str) -> Section | None:
    """Where a crew-week goes: displaced, put back, made up by other titles, or gone elsewhere."""
    if found.crew_weeks is None or found.identical:
        return None
    summary = found.summary | {"scenario": view.here, "against": view.there}
    drawn = sections_ai.crew_weeks(summary)
    section = Section("why", "Why? The account of crew-weeks", [
        blocks.key(("gain", "adds work"), ("loss", "takes work"), ("sum", "total", "computed")),
        blocks.small(f"Titles only here are made in {view.here} alone, titles only there in {view.there} alone."),
        *chart_blocks(drawn, view, footer),
    ])  # fmt: skip
    account = summary["accounts"]["crew_weeks"]
    section.blocks.insert(0, blocks.text(mechanisms_said(account)))
    section.blocks.append(blocks.small(f"What this leaves out: {uncapitalized(LEAVES_OUT)}"))
    return section


MECHANISMS = {
    "displaced by AI": ("displacement",),
    "shorter schedules": ("compression",),
    "put back by new tasks and scope": ("new_tasks", "scope"),
    "titles made in one world only": ("scale", "crowding_out"),
    "made elsewhere or by another owner": ("location", "ownership"),
    "standstill, empty posts and other weeks": ("disruption", "unfilled", "timing"),
}  # every part of the account once


def mechanisms_said(account: dict[str, float]) -> str:
    """The account in a sentence: displaced, compressed, put back, scale, flight, and the rest."""
    sums = {label: sum(account[part] for part in parts) for label, parts in MECHANISMS.items()}
    said = [f"{label} {_signed(value)}" for label, value in sums.items() if value]
    return f"In crew-weeks: {'; '.join(said)}. Together {_signed(account['total'])}."


def _signed(value: float) -> str:
    return change(float(f"{value:.3g}"), "")
