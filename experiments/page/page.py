"""The page: one HTML file that shows a run, needs no network, and says where each number comes from."""

from __future__ import annotations

import json
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING, Any

from experiments import history
from experiments.answer.settings import sources_named, spells_shaded
from experiments.answer.wording import answer, change, command, figure, fit_years_said, world_said
from experiments.charts import of_market
from experiments.page import sheets
from experiments.page.sections_ai import ai_sections
from experiments.page.sheet import KINDS, Cell, Chart, Sheet
from experiments.terminal.console import plain_json

if TYPE_CHECKING:
    from jinja2 import Environment

    from model.scenario import Scenario

CONFIG = {"displaylogo": False, "responsive": True, "displayModeBar": False}


def page(summary: dict[str, Any], scenario: Scenario) -> str:
    """The whole page as text. Every number in it is a number of the summary, or a published one."""
    from plotly.offline import get_plotlyjs

    version = version_of_package()
    head = [
        f"Call Sheet {version}, model {summary['model']}, scenario {summary['scenario']}, seed "
        f"{summary['seed']}, {summary['futures']} futures, scale {summary['scale']}, hash {summary['hash']}"
    ]
    jobs, small = _jobs(summary), _shoot_days(summary)
    ai = ai_sections(summary)
    figures = {one.id: one.figure for one in (jobs, *small, *(ai.charts if ai else ()))}
    compared = bool(summary["effects"])
    return environment().get_template("summary.html.j2").render(
        summary=summary,
        scenario=scenario,
        title=scenario.title or scenario.name,
        question=scenario.question,
        answer=answer(summary, scenario),
        version=version,
        against=world_said(summary["against"]) if compared else "",
        head=head,
        jobs=jobs,
        shoot_days=small,
        kinds=KINDS,
        figure=figure,
        fit=sheets.fit(summary) if _beside_history(summary) else None,
        years=sheets.years(summary),
        measures=sheets.all_measures(summary),
        crafts=sheets.crafts(summary),
        accounts=sheets.accounts(summary),
        effects=sheets.effects(summary) if compared else None,
        pairing=_pairing(summary),
        ai=ai,
        settings=_settings(summary),
        command=command(scenario, summary),
        spells=_spells_within(summary, scenario),
        sources=_sources(),
        plotly=get_plotlyjs(),
        figures=in_script(figures),
        config=in_script(CONFIG),
    )


def _beside_history(summary: dict[str, Any]) -> bool:
    """Whether any month of the run has a published figure beside it."""
    return any(row["period"] in history.monthly_jobs() for row in summary["monthly_jobs"])


def _spells_within(summary: dict[str, Any], scenario: Scenario) -> list[dict[str, Any]]:
    """The spells of strikes and shutdowns that charts of this run can show."""
    return [each for each in spells_shaded(scenario.without)
            if each["from"] <= summary["until"] and each["to"] >= summary["start"]]


def _jobs(summary: dict[str, Any]) -> Chart:
    sheet = sheets.periods(
        "monthly_jobs",
        "Payroll jobs in motion pictures and sound recording (NAICS 512), Los Angeles, by month",
        summary["monthly_jobs"],
        history.monthly_jobs(),
        summary["futures"],
        summary["monthly_jobs_against"],
        summary["against"] or "",
    )
    fit = summary["fit"]["monthly_jobs"]["fit_years"]
    says = (
        ""
        if fit is None
        else "On average the model is off by "
        f"{figure(fit, 'share')} of the published number in {fit_years_said(summary['monthly_jobs'])}."
    )
    return Chart("chart-jobs", "Payroll jobs, month by month", says, of_market.jobs(summary), sheet)


def _shoot_days(summary: dict[str, Any]) -> list[Chart]:
    found = []
    for name in history.CATEGORIES:
        sheet = sheets.periods(
            f"shoot_days_{name}",
            f"Shoot days a quarter on location in Los Angeles: {of_market.TITLES[name]}",
            summary["shoot_days_quarterly"][name],
            history.quarterly_shoot_days()[name],
            summary["futures"],
        )
        fit = summary["fit"]["shoot_days"][name]["fit_years"]
        says = "" if fit is None else f"Off by {figure(fit, 'share')} on average in the fit years."
        found.append(
            Chart(f"chart-{name}", of_market.TITLES[name], says, of_market.shoot_days(summary, name), sheet)
        )
    return found


def _settings(summary: dict[str, Any]) -> list[Sheet]:
    """One table for each world that differs from the baseline."""
    worlds = (("scenario", summary["scenario"]), ("against", summary["against"]))
    return [
        sheets.settings(summary["settings"][key], f"settings_{key}", f"What {name} sets otherwise")
        for key, name in worlds
        if summary["settings"][key]
    ]


def _sources() -> dict[str, list[dict[str, str]]]:
    """Who published what the charts compare with."""
    from model import tables

    def of(table: str) -> str:
        return " ".join(dict.fromkeys(each for row in tables.rows(table) for each in row["source"].split()))

    return {
        "jobs": sources_named(of("history/la_payroll_jobs.csv")),
        "shoot_days": sources_named(of("history/shoot_days.csv")),
    }


@cache
def environment() -> Environment:
    """What turns the templates into pages: everything is escaped, and a name that is not there is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("experiments"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip


def in_script(value: Any) -> str:
    """JSON that may stand inside a script element."""
    return json.dumps(plain_json(value), ensure_ascii=True, allow_nan=False).replace("<", "\\u003c")


def version_of_package() -> str:
    """The version that is installed, or that it is a checkout."""
    try:
        return metadata.version("callsheet")
    except metadata.PackageNotFoundError:
        return "from a checkout"


def _pairing(summary: dict[str, Any]) -> Sheet | None:
    rows = [
        [
            Cell(f"first {each['years']} year{'s' if each['years'] > 1 else ''}"),
            Cell(change(each["difference"], "crew-weeks"), each["difference"]),
            Cell(figure(each["paired_se"], "crew-weeks"), each["paired_se"]),
            Cell(figure(each["unpaired_se"], "crew-weeks"), each["unpaired_se"]),
            Cell("–") if each["variance_ratio"] is None
            else Cell(f"{each['variance_ratio']:,.1f}", each["variance_ratio"]),
        ]
        for each in summary["pairing"]
    ]
    if not rows:
        return None
    return Sheet(
        "pairing",
        f"Crew-weeks in Los Angeles less those of {summary['against']}, and the standard error of the mean",
        ["over the", "difference", "error as paired", "error were they not", "ratio of variances"],
        rows,
        ["Paired: both worlds share all chance. Not paired: as many futures of their own for each world."],
    )
