"""The tables of the page: every chart's twin, the years, the crafts, effects, accounts and settings."""

from __future__ import annotations

from typing import Any

from experiments import history
from experiments.answer.settings import sources_named
from experiments.answer.wording import KEY_MEASURES, WRITTEN_OUT, change, figure, label
from experiments.answer.wording_ai import LINES, PARTS
from experiments.page.sheet import Cell, Sheet, agreeing, number
from model import measures

OF_AI = {
    "saved_dollar": ("realised", LINES),
    "saved_dollar_producers": ("realised", LINES),
    "crew_weeks": ("total", PARTS),
}  # what the parts of AI's accounts sum to


def periods(
    name: str,
    caption: str,
    rows: list[dict[str, Any]],
    observed: dict[str, float],
    futures: int,
    against: list[dict[str, Any]] = (),
    other: str = "",
) -> Sheet:
    """The twin of a chart over months or quarters."""
    columns = ["period", "model" if futures == 1 else "model, median"]
    columns += ["10% of futures", "90% of futures"] if futures > 1 else []
    columns += [other] if against else []
    beside = {row["period"]: row["median"] for row in against}
    cells = []
    for row in rows:
        line = [Cell(row["period"]), number(row["median"])]
        line += [number(row["q10"]), number(row["q90"])] if futures > 1 else []
        line += [number(beside.get(row["period"]))] if against else []
        cells.append([*line, number(observed.get(row["period"]))])
    return Sheet(name, caption, [*columns, "published"], cells)


def years(summary: dict[str, Any]) -> Sheet:
    """The years at a glance."""
    known = measures.measures()
    columns = [
        "year",
        *(
            f"{label(known[name])}, {known[name].unit}" if known[name].unit == "USD" else label(known[name])
            for name in KEY_MEASURES
        ),
    ]
    rows = [
        [Cell(str(year["year"])), *(number(year[name], known[name].unit) for name in KEY_MEASURES)]
        for year in summary["years"]
    ]
    return Sheet("years", "The years" + _mean_over(summary), columns, rows)


def all_measures(summary: dict[str, Any]) -> Sheet:
    """Every measure by year, with its unit and definition."""
    rows = [
        [
            Cell(label(one)),
            *(number(year[name], one.unit) for year in summary["years"]),
            Cell(one.unit),
            Cell(one.definition),
        ]
        for name, one in measures.measures().items()
    ]
    return Sheet(
        "measures",
        "Every measure by year" + _mean_over(summary),
        ["measure", *(str(year["year"]) for year in summary["years"]), "unit", "definition"],
        rows,
    )


def crafts(summary: dict[str, Any]) -> Sheet:
    """Employment and unemployment by craft in the last year."""
    rows = [
        [
            Cell(row["label"]),
            number(row["on_call"]),
            number(row["idle"]),
            number(row["unemployment_rate"], "share"),
            number(row["vacancies"]),
        ]
        for row in summary["crafts"]
    ]
    return Sheet(
        "crafts",
        "By craft, means over the last 52 weeks of the first future",
        ["craft", "on call", "between calls", "unemployment", "vacancies"],
        rows,
    )


def effects(summary: dict[str, Any]) -> Sheet:
    """Paired differences over the whole horizon."""
    known, futures = measures.measures(), summary["futures"]
    rows = []
    for name, one in summary["effects"].items():
        about = known[name]
        cells = [Cell(change(one[each], about.unit), one[each]) for each in ("mean", "q10", "q90")]
        named = Cell(f"{label(about)}, {'sum' if about.over == 'sum' else 'weekly mean'}")
        rows.append([named, *cells, agreeing(one, futures), Cell(about.unit)])
    return Sheet(
        "effects",
        f"Scenario less {summary['against']}, same futures, over {summary['weeks']} weeks",
        ["measure", "mean", "10%", "90%", "futures agreeing", "unit"],
        rows,
    )


def accounts(summary: dict[str, Any]) -> Sheet:
    """Both sides of every identity and what is left over."""
    rows = []
    for name, entries in summary["accounts"].items():
        unit = "USD" if name.endswith("usd") or "residual_usd" in entries else ""
        named = name.removesuffix("_usd").replace("_", " ")
        if name in OF_AI:
            total, parts = OF_AI[name]
            entries = {
                "parts": sum(entries[part] for part in parts),
                total: entries[total],
                "residual": entries["residual"],
            }
        sides = "; ".join(
            f"{key.replace('_', ' ')} {figure(value, unit)}"
            for key, value in entries.items()
            if key != "residual"
        )
        left = entries["residual"]
        unknown = left is None
        rows.append(
            [
                Cell(named),
                Cell(sides),
                Cell("not recorded" if unknown else figure(left, "residual"), left),
                Cell("–" if unknown else "✓ closes" if left == 0 else "✗ does not close"),
            ]
        )
    return Sheet(
        "accounts",
        "Accounts of the first future, in agents at the scale of the run, but those of saved dollars and crew-weeks "
        "of the whole market, means over futures; a residual is the largest of all futures, in heads, days, "
        "crew-weeks or cents",
        ["account", "sides", "left over", ""],
        rows,
    )


def settings(rows: list[dict[str, Any]], name: str, caption: str) -> Sheet:
    """What differs from the baseline, with its kind and source."""
    cells = [
        [
            Cell(row["label"]),
            Cell(_plain(row["value"])),
            Cell(_plain(row["baseline"])),
            Cell(row["unit"]),
            Cell(row["kind"], kind=row["kind"]),
            Cell("" if row["source"] else "no source", links=tuple(sources_named(row["source"]))),
        ]
        for row in rows
    ]
    return Sheet(name, caption, ["setting", "here", "baseline", "unit", "kind", "source"], cells)


def fit(summary: dict[str, Any]) -> Sheet:
    """How far the model is from the published series."""
    found = summary["fit"]
    rows = [
        [
            Cell("Payroll jobs, monthly"),
            number(found["monthly_jobs"]["fit_years"], "share"),
            number(found["monthly_jobs"]["held_back"], "share"),
        ]
    ]
    for name in (*history.CATEGORIES, "all"):
        one = found["shoot_days"][name]
        rows.append(
            [
                Cell(f"Shoot days, {'all categories' if name == 'all' else WRITTEN_OUT.get(name, name)}, quarterly"),
                number(one["fit_years"], "share"),
                number(one["held_back"], "share"),
            ]
        )
    return Sheet(
        "fit",
        "Mean absolute error over the mean published figure",
        ["series", "2015–22 without 2020", "2023–24, kept back"],
        rows,
    )


def _mean_over(summary: dict[str, Any]) -> str:
    futures = summary["futures"]
    return "" if futures == 1 else f", means over {futures} futures"


def _plain(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return "–" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
