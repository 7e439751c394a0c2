"""What the past says of the parameters, how the forecast did at past origins, and the forecast that was frozen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from experiments import history
from experiments.answer.wording import figure
from experiments.calibration.shipped import shipped_findings
from experiments.charts.of_forecast import ahead as chart_ahead
from experiments.forecasting import forecast_rows, frozen
from experiments.forecasting.rehearsed import beside_the_best, shipped_rehearsal
from experiments.forecasting.series import JOBS, SHOOT_DAYS
from experiments.page.sheet import Cell, Chart, Sheet
from experiments.study.report.blocks import Section, chart, key, small, table, text
from viz.pages.of_model import made_with, of_model

ORIGIN = "2024-12"
SHOWN = {JOBS: "payroll jobs a month", "shoot_days_all": "shoot days a quarter"}
NAMES = {"last_value": "the last value", "same_month_last_year": "the same month of the last year known",
         "autoregression": "an autoregression", "drivers_regression": "a regression on the drivers",
         "regression_on_later_drivers": "a regression on the drivers, which knows later ones, too",
         "constant_share": "a constant share of US jobs"}
KNOWS = {"unconditional": "nothing later", "conditional": "drivers, stops and law"}
LITTLE = 0.2  # of a prior's variance; less than this and the past has hardly narrowed it


@cache
def parts() -> list[Section]:
    """The sections for which results come with the app."""
    found = []
    fitted, rehearsed = shipped_findings(), shipped_rehearsal()
    if fitted is not None:
        found.append(_fitted(fitted))
    if rehearsed is not None:
        found.append(_past(rehearsed))
    if frozen.path_of(ORIGIN).is_file():
        found.append(_ahead(forecast_rows.read(frozen.path_of(ORIGIN))))
    return found


def _fitted(found: dict[str, Any]) -> Section:
    rows, checks = found["parameters"], found["check"]
    idle = [row["label"] for row in rows if row["contraction"] < LITTLE]
    held = sum(each["effect"] < found["least_effect"] for each in found["screened"])
    covered = [row["recovery"]["coverage"] for row in rows]
    said = (f"Of {len(found['screened'])} parameters of the market {len(rows)} move what was published of 2015–22 by "
            f"more than its error over their whole prior, and are fitted; {held} do not, so the past is silent on them "
            "and they stand as assumed. Of the fitted ones the past narrows "
            f"{len(rows) - len(idle)} by a fifth of their variance or more. The median of the posterior's draws is off "
            f"by {_percent(checks['jobs']['fitted']['of_median'])} for payroll jobs and "
            f"{_percent(checks['days.all']['fitted']['of_median'])} for shoot days in the fitted years, and by "
            f"{_percent(checks['jobs']['held_back']['of_median'])} and "
            f"{_percent(checks['days.all']['held_back']['of_median'])} in 2023–24, which no fit has seen.")
    fall = checks["fall_before_pickets"]
    before = (f"In the year before the first picket of 2023 payroll jobs changed by {_percent(fall['published'])}; the "
              f"posterior has {_percent(fall['middle'])} ({_percent(fall['low'])} to {_percent(fall['high'])}). "
              "What it has comes in part with fewer orders of series from the middle of 2022 on, which were counted by "
              "half-year and quarter, and in part with the drift of costs towards other places.")
    sheet = Sheet("fitted", "Fitted parameters: prior, posterior and whether truths of our own are found again",
                  ["parameter", "unit", "prior", "5%", "middle", "95%", "narrowed by", "truths inside 90%"],
                  [_parameter(row) for row in rows], made=made_with(found["model"], _calibration(found)))
    return Section("fitted", "What the past says of the parameters", [
        text(said), text(before), table(sheet),
        small(f"A likelihood read off {found['table']['runs']:,} runs, widened until the intervals of "
              f"{rows[0]['recovery']['truths']} synthetic truths hold nine in ten; other truths lie inside in "
              f"{_percent(min(covered))} to {_percent(max(covered))} of cases. “Narrowed by” is the share of the "
              "prior's variance that is gone. Made by callsheet calibrate. " + of_model(found["model"], ai=False))])


def _calibration(found: dict[str, Any]) -> str:
    return f"calibration to 2015–22 on {found['table']['runs']:,} runs"


def _parameter(row: dict[str, Any]) -> list[Cell]:
    low, high = row["prior"]
    return [Cell(row["label"]), Cell(row["unit"]), Cell(f"{low:g} to {high:g}"),
            *(Cell(f"{row[each]:.3g}", row[each]) for each in ("q05", "q50", "q95")),
            Cell(_percent(row["contraction"]), row["contraction"]),
            Cell(_percent(row["recovery"]["coverage"]), row["recovery"]["coverage"])]


def _past(found: dict[str, Any]) -> Section:
    pairs = beside_the_best(found["rows"], tuple(SHOWN))
    lost, origins = sum(each.loses for each in pairs), sorted({each.mine["origin"][:4] for each in pairs})
    cells = []
    for each in pairs:
        mine, best = each
        cells.append([Cell(SHOWN[mine["series"]]), Cell(f"the end of {mine['origin'][:4]}"), Cell(KNOWS[mine["kind"]]),
                      _number(mine["crps"]), _number(best["crps"]), Cell(NAMES[best["forecast"]]),
                      Cell(("model loses" if each.loses else "model wins") + ("" if each.apart else ", by chance?")),
                      Cell(f"{mine['mae_percent']:.1f}%", mine["mae_percent"]),
                      Cell(_percent(mine["inside_80"]), mine["inside_80"])])
    cells.sort(key=lambda row: not row[6].text.startswith("model loses"))
    sheet = Sheet("rehearsed", "Forecasts made at past origins, up to three years ahead; those that lose first",
                  ["series", "made at", "knows of what came later", "CRPS", "best simple one", "which is", "verdict",
                   "middle off by", "inside 80%"], cells,
                  made=made_with(found["model"], "forecasts from past origins, each with its own posterior"))
    said = (f"At the ends of {', '.join(origins[:-1])} and {origins[-1]} the forecast was made again from what was "
            "known then: the posterior fitted to nothing later, the state conditioned on what had been published. "
            f"Beside the best of the simple forecasts it loses {lost} times and wins {len(pairs) - lost} times. The "
            "best one is picked afterwards, which no forecaster could have done. "
            f"In {sum(not each.apart for each in pairs)} of {len(pairs)} cases the difference may be chance: its "
            "interval, by blocks of half a year, holds both signs.")
    return Section("rehearsed", "The forecast rehearsed", [
        text(said), table(sheet),
        small("CRPS is the mean distance of the whole forecast from what came, in jobs or shoot days; less is better. "
              "Months from March 2020 to June 2021 are left out. Forecasts that know of what came later stand beside "
              "two that do as well, of later drivers or of the nation's jobs but no stops, and beside those that do "
              "not. The first wave of the calibration cut the prior with all of 2015–22 in sight, so the origins "
              "before 2022 knew a little more than they should. "
              + of_model(found["model"], ai=False))])


def _ahead(found: dict[str, Any]) -> Section:
    shown = []
    for series, unit in SHOWN.items():
        rows = [row for row in found["rows"] if (row["series"], row["kind"]) == (series, "unconditional")]
        sheet = Sheet(f"ahead_{series}", f"Forecast of {unit}, which knows nothing that came later",
                      ["from", "5%", "10%", "25%", "middle", "75%", "90%", "95%"], [_quantiles(row) for row in rows],
                      made=made_with(found["model"], f"forecast of {found['made_on']}, hash {found['hash']}"))
        title = f"{unit[:1].upper()}{unit[1:]}, forecast at the end of 2024"
        shown.append(chart(Chart(f"chart-ahead-{series}", title, _first_and_last(rows, unit),
                                 chart_ahead(_published(series), rows, unit), sheet)))
    both = len({row["kind"] for row in found["rows"]}) == len(forecast_rows.KINDS)
    return Section("ahead", "The forecast that was frozen", [
        text("Monthly payroll jobs and quarterly shoot days from January 2025 on, made from series to December 2024 "
             "and kept as they were, so that what happens can judge them. Drivers of demand stand at their last known "
             "value, give or take what they moved by from year to year before; no strike or other stop is foreseen, "
             "and the California credit stays as it was. Two things in the model are later: the occupation survey of "
             "May 2025 (a pool of three years), for how heads and pay divide over crafts and for office and cinema "
             "staff, and applicants' figures of credit rounds of 2025–26, for crews, schedules and budgets. Neither is "
             "a series of jobs or of shoot days."),
        key(("model-line", "the middle"), ("band", "5 to 95% and 25 to 75%"), ("dot", "published")), *shown,
        small(f"Written on {found['made_on']} with version {found['version']}, {found['members']} runs"
              f"{' of each kind' if both else ''}, hash {found['hash']}. The command callsheet forecast --json prints "
              "every row, and those that know drivers, stops and law of later years. "
              + of_model(found["model"], ai=False))])


def _first_and_last(rows: Sequence[dict[str, Any]], unit: str) -> str:
    first, last = rows[0], rows[-1]
    return (f"From {first['q50']:,.0f} {unit} at first to {last['q50']:,.0f} at the end of {last['date'][:4]}, where "
            f"80% lie between {last['q10']:,.0f} and {last['q90']:,.0f}.")


def _published(series: str) -> dict[str, float]:
    return history.monthly_jobs() if series == JOBS else history.quarterly_shoot_days()[SHOOT_DAYS[series]]


def _quantiles(row: dict[str, Any]) -> list[Cell]:
    return [Cell(row["date"]), *(_number(row[each]) for each in forecast_rows.QUANTILES)]


def _number(value: float) -> Cell:
    return Cell(f"{value:,.0f}", value)


def _percent(value: float) -> str:
    return figure(value, "share")
