"""Results as tables at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model.scenario import Scenario

MOST_COLUMNS = 8
WIDTH_OF_A_PIPE = 140


def show_summary(summary: dict[str, Any], scenario: Scenario) -> None:
    """The years of a run, the measures the scenario watches first, and its effects if it was compared."""
    years = summary.get("years") or []
    measures = _ordered(years[0] if years else {}, scenario.watch)
    rows = [[str(year["year"]), *(figure(year.get(each)) for each in measures)] for year in years]
    table(
        ["year", *(each.replace("_", " ") for each in measures)], rows, title=scenario.title or scenario.name
    )
    effects = summary.get("effects") or {}
    if effects:
        rows = [
            [
                name.replace("_", " "),
                figure(one["mean"]),
                f"{figure(one['q10'])} … {figure(one['q90'])}",
                f"{one['futures_agreeing']} of {summary.get('futures', 1)}",
            ]
            for name, one in effects.items()
        ]
        table(
            ["effect on", "mean", "10% … 90%", "futures agreeing"],
            rows,
            title=f"against {summary['against']}",
        )
    print(
        f"{summary.get('workers', 0):,} workers, {summary.get('weeks', 0)} weeks, "
        f"{summary.get('agent_steps', 0):,} agent-steps; "
        f"seed {summary.get('seed')}, hash {summary.get('hash')}"
    )


def show_checks(checks: Sequence[dict[str, Any]], name: str) -> None:
    """Checks with what was expected and what was found; those that failed are marked."""
    columns = list(dict.fromkeys(key for each in checks for key in each if key != "passed"))
    rows = [
        ["ok" if each["passed"] else "FAILED", *(figure(each.get(key)) for key in columns)] for each in checks
    ]
    table(["", *columns], rows)
    failed = sum(not each["passed"] for each in checks)
    print(f"{len(checks)} {name}, {failed} failed" if failed else f"{len(checks)} {name}, all hold")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> None:
    """A table on standard output; the first column to the left, figures to the right."""
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    drawn = Table(title=escape(title) or None, title_justify="left", box=box.SIMPLE, pad_edge=False)
    rows = [list(map(str, row)) for row in rows]
    for number, name in enumerate(columns):
        figures = all(row[number][:1] in "-+0123456789." for row in rows) and number > 0
        drawn.add_column(escape(name), justify="right" if figures else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*map(escape, row))
    wide = None if sys.stdout.isatty() else WIDTH_OF_A_PIPE
    Console(highlight=False, width=wide).print(drawn)


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


def _ordered(year: dict[str, Any], watch: Sequence[str]) -> list[str]:
    there = [name for name, value in year.items() if name != "year" and not isinstance(value, (dict, list))]
    return [*(name for name in watch if name in there), *(name for name in there if name not in watch)][
        :MOST_COLUMNS
    ]
