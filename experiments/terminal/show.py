"""Results as tables at a terminal."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model.scenario import Scenario

MOST_COLUMNS = 8
WIDTH_OF_A_PIPE = 140
WIDTH = 80  # of what people read, so that it fits everywhere
NARROWEST = 40  # below that a table has no room, and text need not wrap either
MOST_CHANGES = 8  # settings named at a terminal; all are in the JSON and on the page
WHOLE_YEAR = 52  # weeks
LONGEST_NAME = 32  # letters of the first column that stay on one line, so that a name can be copied
SHORT = {  # heading and unit of the measures in the table of the years
    "payroll_jobs": ("payroll jobs", ""),
    "attached": ("attached", ""),
    "unemployment_rate": ("unem- ployed", "share"),
    "shoot_days": ("shoot days", ""),
    "titles": ("titles", ""),
    "la_share_scripted": ("LA share", "share"),
    "day_pay": ("day pay", "USD"),
}


def show_summary(summary: dict[str, Any], scenario: Scenario) -> None:
    """The years of a run by the measures that tell them best, a plot of payroll jobs beside the published,
    and the effects if it was compared.
    """
    _show_years(summary.get("years") or [], scenario)
    _show_changes((summary.get("settings") or {}).get("scenario") or [])
    if summary.get("monthly_jobs"):
        from experiments.terminal.plot import jobs

        say_if_possible(jobs(summary))
    _show_effects(summary, scenario)
    if (summary.get("shift") or {}).get("dose_response"):
        _show_dose(summary)
    if summary.get("fit"):
        from experiments.answer.wording import answer

        print(textwrap.fill(answer(summary, scenario), WIDTH))
    if summary.get("posterior"):
        drawn = summary["posterior"]
        print(textwrap.fill(f"Futures differ by luck and by {drawn['draws']} posterior draws of {drawn['parameters']} "
                            "parameters, the same draw in both worlds of a pair.", WIDTH))
    print(f"{summary.get('workers', 0):,} workers, {summary.get('weeks', 0)} weeks, "
          f"{summary.get('agent_steps', 0):,} agent-steps")
    print(f"seed {summary.get('seed')}, hash {summary.get('hash')}")
    from experiments.page.page import version_of_package
    from model.digest import model_digest

    print(f"Call Sheet {version_of_package()}, model {model_digest()}")


def _show_years(years: Sequence[dict[str, Any]], scenario: Scenario) -> None:
    from experiments.answer.wording import KEY_MEASURES
    from experiments.answer.wording import figure as worded

    first = years[0] if years else {}
    known = [name for name in KEY_MEASURES if name in first] or [name for name in first if name != "year"]
    columns, units = ["year"], []
    for name in known[:MOST_COLUMNS]:
        label, unit = SHORT.get(name, (name.replace("_", " "), ""))
        columns.append(label)
        units.append(unit)
    cut = _years_cut(scenario)
    rows = [
        [f"{year['year']}{'*' * (year['year'] in cut)}",
         *(worded(year[name], unit) for name, unit in zip(known, units, strict=False))]
        for year in years
    ]
    table(columns, rows, title=scenario.title or scenario.name, width=WIDTH)
    if cut and rows:
        listed = " and ".join(f"{weeks} week{'s' * (weeks > 1)} of {year}" for year, weeks in cut.items())
        print(f"* The run holds {listed}.")


def _years_cut(scenario: Scenario) -> dict[int, int]:
    """How many weeks the run holds of the years that it holds a part of."""
    from collections import Counter

    from model.calendar import monday

    weeks = Counter(monday(week).year for week in range(scenario.first_week, scenario.first_week + scenario.weeks))
    return {year: count for year, count in weeks.items() if count < WHOLE_YEAR}


def _show_changes(settings: Sequence[dict[str, Any]]) -> None:
    """What is set otherwise than the baseline, each with the baseline's value."""
    from experiments.page.sheets import settings as as_sheet

    cells, bare = as_sheet(list(settings), "settings", "").rows, ("", "date", "switch", "dated shock")
    told = [f"{label.text} {here.text}{'' if unit.text in bare else f' {unit.text}'}"
            + (f" (else {baseline.text})" if baseline.text else "") for label, here, baseline, unit, *_ in cells]
    if told:
        more = f"; {len(told) - MOST_CHANGES} more" if len(told) > MOST_CHANGES else ""
        print(textwrap.fill(f"Set otherwise than the baseline: {'; '.join(told[:MOST_CHANGES])}{more}.", WIDTH))


def _show_effects(summary: dict[str, Any], scenario: Scenario) -> None:
    """The effects that the scenario watches; all of them are in the JSON and on the page."""
    effects = summary.get("effects") or {}
    if not effects:
        return
    from experiments.answer.wording import KEY_MEASURES, agreement, change
    from model.measures import measures

    known, futures = measures(), summary.get("futures", 1)
    wanted = [name for name in dict.fromkeys((*scenario.watch, *KEY_MEASURES)) if name in effects] or list(
        effects
    )
    rows = []
    for name in wanted:
        one, about = effects[name], known.get(name)
        unit = about.unit if about else ""
        rows.append([
            about.label if about else name.replace("_", " "),
            *(change(one[each], unit) for each in ("mean", "q10", "q90")),
            agreement(one["futures_agreeing"], futures, one["mean"]),
        ])  # fmt: skip
    table(
        ["effect on", "mean", "10%", "90%", "agree"], rows, title=f"against {summary['against']}", width=WIDTH
    )


def _show_dose(summary: dict[str, Any]) -> None:
    """What comes of several ceilings on adoption, as on the page."""
    from experiments.page.sheets_ai import dose

    sheet = dose(summary)
    table(sheet.columns, [[cell.text for cell in row] for row in sheet.rows], title=sheet.caption, width=WIDTH)


_MARKS = {True: "ok", False: "FAILED", None: "–"}


def show_facts(facts: Sequence[dict[str, Any]]) -> None:
    """The stylized facts with their bands, failures first, and why some could not be computed."""
    rows = []
    for each in facts:
        band = f"{figure(each['low'])} … {figure(each['high'])}"
        share = each["share_of_seeds"]
        marks = [
            mark for mark, wanted in (("fitted", each["fitted"]), ("not gated", not each["gated"])) if wanted
        ]
        rows.append([
            _MARKS[each["passed"]], each["fact"].replace("_", " "),
            figure(each["value"]), _between(each), band, figure(each["observed"]),
            "–" if share is None else f"{100 * share:.0f}%", ", ".join(marks),
        ])  # fmt: skip
    table(["", "fact", "model", "80% of seeds", "band", "observed", "seeds", ""], rows)
    for each in facts:
        if each.get("note"):
            print(f"{each['fact'].replace('_', ' ')}: {each['note']}")
    failed = sum(each["passed"] is False and each["gated"] for each in facts)
    ungated = sum(each["passed"] is False and not each["gated"] for each in facts)
    unknown = sum(each["passed"] is None for each in facts)
    print(f"{len(facts)} facts: {failed} of the gated fail, {ungated} of the others; {unknown} not computed or not "
          "comparable")


def show_past(rows: Sequence[dict[str, Any]]) -> None:
    """Fit and forecasts of the past with what was wanted of them, failures first."""
    cells = [
        [_MARKS[each["passed"]], each["fact"].replace("_", " "), figure(each["value"]),
         "–" if each["high"] is None else f"{figure(each['low'])} … {figure(each['high'])}",
         each["note"] or str(each["also"].get("best", ""))]
        for each in rows
    ]  # fmt: skip
    if cells:
        table(["", "fit or forecast", "model", "wanted", "best simple forecast"], cells)
        failed = sum(each["passed"] is False for each in rows)
        print(f"{len(rows)} of fit and forecasts of the past: {failed} miss what was wanted. Made by callsheet "
              "calibrate; nothing of it was run now.")


def _between(row: dict[str, Any]) -> str:
    return "–" if row["q10"] is None else f"{figure(row['q10'])} … {figure(row['q90'])}"


def say_if_possible(text: str) -> None:
    """Print a drawing, unless standard output has no letters for it."""
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return
    print(text)


def show_checks(checks: Sequence[dict[str, Any]], name: str) -> None:
    """Checks with what was expected and what was found; those that failed are marked."""
    columns = list(dict.fromkeys(key for each in checks for key in each if key != "passed"))
    rows = [
        ["ok" if each["passed"] else "FAILED", *(figure(each.get(key)) for key in columns)] for each in checks
    ]
    table(["", *columns], rows)
    failed = sum(not each["passed"] for each in checks)
    print(f"{len(checks)} {name}, {failed} failed" if failed else f"{len(checks)} {name}, all hold")


def table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], title: str = "", width: int | None = None
) -> None:
    """A table on standard output; the first column to the left, figures to the right. ``width`` in letters,
    where the terminal does not say.
    """
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    drawn = Table(title=escape(title) or None, title_justify="left", box=box.SIMPLE, pad_edge=False)
    rows = [list(map(str, row)) for row in rows]
    for number, name in enumerate(columns):
        figures = all(row[number][:1] in "-+0123456789.$−" for row in rows) and number > 0
        whole = number == 0 and max((len(row[0]) for row in rows), default=0) <= LONGEST_NAME
        justify = "right" if figures else "left"
        drawn.add_column(escape(name), justify=justify, overflow="fold", no_wrap=whole)
    for row in rows:
        drawn.add_row(*map(escape, row))
    wide = None if sys.stdout.isatty() else width or WIDTH_OF_A_PIPE
    Console(highlight=False, width=wide).print(drawn)


def width(most: int) -> int:
    """How many letters a line of text takes: as many as fit into the terminal, at most so many."""
    if not sys.stdout.isatty():
        return most
    from shutil import get_terminal_size

    return max(NARROWEST, min(most, get_terminal_size().columns))


def figure(value: Any) -> str:
    """A figure for people: four significant ones, thousands set apart."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(figure, value))
    return str(value)


def show_mechanisms(rows: Sequence[dict[str, Any]]) -> None:
    """What is switched off, and what of long spells and of the losses of the displaced goes with it."""
    shown = (("hazard_ratio", "hazard 8m/1m"), ("same_person", "same person"), ("loss", "years lost"))
    columns = ["switched off", *(each for _, name in shown for each in (name, "it adds"))]
    lines = [
        [row["label"] + ("*" if row["nearest"] else ""), *(cell for name, _ in shown for cell in _added(row[name]))]
        for row in rows
    ]
    table(columns, lines, width=WIDTH_OF_A_PIPE)
    futures = rows[0]["futures"]
    print(f"{futures} future{'s' * (futures > 1)}; it adds: baseline less switched off, with a standard error.")
    print("* no legal value switches it off; this is the end of its range that is nearest.")


def _added(one: dict[str, dict[str, float]]) -> tuple[str, str]:
    from experiments.answer.wording import change, figure

    adds = one.get("adds")
    return figure(one["value"]["mean"]), f"{change(adds['mean'], '')} ({figure(adds['se'])})" if adds else ""
