"""Results in words: figures with units, the answer in a sentence, and the command that gives it again."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from experiments import history
from experiments.answer.differing import differing, typed

if TYPE_CHECKING:
    from model.measures import Measure
    from model.parameter import Parameter
    from model.scenario import Scenario

# The measures that tell a year at a glance; all others are in the JSON and at the end of the page.
KEY_MEASURES = (
    "payroll_jobs",
    "attached",
    "unemployment_rate",
    "shoot_days",
    "titles",
    "la_share_scripted",
    "day_pay",
)
MINUS, DASH = "−", "–"
NAMES = ("California", "Georgia", "Los Angeles")  # of places, with which a label may begin
WRITTEN_OUT = {"tv": "television"}  # how a label's last word is shown
SIGNIFICANT = 3  # figures of a number in a sentence; tables hold them all


def figure(value: float | None, unit: str = "") -> str:
    """A figure for people: shares in percent, dollars with their sign, thousands set apart."""
    if value is None or value != value:
        return DASH
    if unit in ("share", "rate"):
        text = f"{100 * abs(value):.1f}%"
    elif unit == "USD":
        text = f"${abs(value):,.0f}"
    elif unit == "residual":
        text = f"{abs(value):,}"
    elif abs(value) >= 10 or value == int(value):
        text = f"{abs(value):,.0f}"
    else:
        text = f"{abs(value):,.2f}"
    return (MINUS if value < 0 and not is_zero(text) else "") + text


def is_zero(text: str) -> bool:
    """Whether a figure holds nothing but zeros as it is rounded, so that a sign before it would say nothing."""
    return not any(digit in text for digit in "123456789")


def change(value: float, unit: str) -> str:
    """A difference, with its sign; a difference of shares in percentage points."""
    text = f"{100 * abs(value):.2f} points" if unit in ("share", "rate") else figure(abs(value), unit)
    return _with_sign(value, text)


def signed(value: float | None, unit: str) -> str:
    """A difference, with its sign; one of shares, which is a relative change, in percent."""
    return DASH if value is None else _with_sign(value, figure(abs(value), unit))


def _with_sign(value: float, text: str) -> str:
    return text if is_zero(text) else (MINUS if value < 0 else "+") + text


def rounded(value: float) -> float:
    """A number as a sentence gives it."""
    return float(f"{value:.{SIGNIFICANT}g}")


def agreement(agreeing: int, futures: int, mean: float | None) -> str:
    """How many futures have the sign of the mean, as "27 of 30"; a dash where nothing differs on average."""
    return f"{agreeing} of {futures}" if mean else DASH


def label(one: Measure) -> str:
    """A measure's label as people read it: "Shoot days, television"."""
    head, comma, last = one.label.rpartition(", ")
    return f"{head}{comma}{WRITTEN_OUT.get(last, last)}"


def uncapitalized(words: str) -> str:
    """Words as they stand inside a sentence: the first letter is small, but of an abbreviation or a name.

    >>> uncapitalized("All titles made with AI"), uncapitalized("AI-first producers"), uncapitalized("W3 less W0")
    ('all titles made with AI', 'AI-first producers', 'W3 less W0')
    """
    first = words.partition(" ")[0].partition("-")[0]
    abbreviation = any(each.isupper() or each.isdigit() for each in first[1:])
    return words if abbreviation or words.startswith(NAMES) else f"{words[:1].lower()}{words[1:]}"


def world_said(name: str) -> str:
    """A world as a sentence names it: by the title of its scenario, or as it is given if no scenario has that name."""
    from model.scenario import Scenario

    title = Scenario.named(name).title if name in Scenario.names() else ""
    return f"“{title}”" if title else name


def answer(summary: dict[str, Any], scenario: Scenario) -> str:
    """One sentence with figures and how sure they are."""
    if summary["effects"]:
        return _answer_compared(summary, scenario)
    futures = summary["futures"]
    whose = "in the one future simulated" if futures == 1 else f"in the median of {futures} futures"
    yearly = _mean_of_years(summary["monthly_jobs"])
    if not yearly:
        months = len(summary["monthly_jobs"])
        there = f"its {months} months are drawn above" if months else "it holds no week of a month's payroll count"
        return f"The run holds no whole calendar year, of which a mean could be given; {there}."
    years = sorted(yearly)
    last = years[-1]
    text = f"Los Angeles has {figure(yearly[last])} payroll jobs in {last} {whose}"
    observed = _mean_of_years(
        [{"period": month, "median": value} for month, value in history.monthly_jobs().items()]
    ).get(last)
    if observed:
        text += f", where {figure(observed)} were counted, both in the weeks of the 12th"
    if len(years) > 1:
        before = 2022 if 2022 in years and last > 2022 else years[0]
        text += (
            f"; that is {figure(abs(yearly[last] / yearly[before] - 1), 'share')} "
            + ("fewer" if yearly[last] < yearly[before] else "more")
            + f" than in {before}"
        )
    fit = summary["fit"]["monthly_jobs"]
    if fit["fit_years"] is not None:
        text += (
            f". The mean error against the published series is {figure(fit['fit_years'], 'share')} in "
            + fit_years_said(summary["monthly_jobs"])
        )
        if fit["held_back"] is not None:
            text += f" and {figure(fit['held_back'], 'share')} in the years kept back from tuning, 2023–24"
    return text + "."


def fit_years_said(months: list[dict[str, Any]]) -> str:
    """The years that were tuned to and of which a run has months, in words."""
    mine = sorted({int(row["period"][:4]) for row in months}.intersection(history.FIT_YEARS))
    if len(mine) == 1:
        return str(mine[0])
    without = " without 2020" if mine[0] < 2020 < mine[-1] else ""
    return f"{mine[0]}–{mine[-1] % 100}{without}"


def _answer_compared(summary: dict[str, Any], scenario: Scenario) -> str:
    from model import measures

    watched = [name for name in (*scenario.watch, "payroll_jobs") if name in summary["effects"]]
    one, effect, futures = measures.measure(watched[0]), summary["effects"][watched[0]], summary["futures"]
    over = "in all" if one.over == "sum" else "on average"
    if not any(any(each[name] for name in ("mean", "q10", "q90")) for each in summary["effects"].values()):
        return (f"Against {world_said(summary['against'])}, nothing differs over {summary['weeks']} weeks. What was "
                "changed does not act in this time, or acts only where there is AI; more futures will not help.")
    text = (
        f"Against {world_said(summary['against'])}, {label(one)} differ by {change(effect['mean'], one.unit)} "
        f"{over} over {summary['weeks']} weeks"
    )
    if futures > 1:
        low, high = (change(effect[each], one.unit) for each in ("q10", "q90"))
        text += (
            f" (80% of futures between {low} and {high}; "
            f"{effect['futures_agreeing']} of {futures} agree on the direction)"
        )
        if effect["futures_agreeing"] < 0.8 * futures:
            text += ". Futures disagree about the direction: read this as no clear effect"
    else:
        text += ", in the one future simulated: luck is not told from effect until there are more"
    return text + "."


def _mean_of_years(rows: list[dict[str, Any]]) -> dict[int, float]:
    """Means of the years of which all twelve months are there."""
    years: dict[int, list[float]] = {}
    for row in rows:
        years.setdefault(int(row["period"][:4]), []).append(row["median"])
    return {year: sum(values) / 12 for year, values in years.items() if len(values) == 12}


def duration(seconds: float) -> str:
    """How long something takes, for people who wait."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def parameter_said(about: Parameter) -> str:
    """A parameter's value with its unit; a list whose parts are all alike is said once."""
    parts = about.value
    if isinstance(parts, tuple) and len(parts) > 1 and len(set(parts)) == 1:
        return f"{about.say(parts[0])}, each of {len(parts)}"
    return about.say()


def command(scenario: Scenario, summary: dict[str, Any]) -> str:
    """The command line that gives the same result again, bit for bit with the same model digest."""
    from model.scenario import Scenario as Known

    words = ["callsheet", "simulate"]
    named = Known.named(scenario.name) if scenario.name in Known.names() else None
    if named is None or named.without != scenario.without:
        named = scenario
        words += ["--scenario", "scenario.yaml"]
    else:
        words += ["--scenario", scenario.name]
        for option in ("start", "until", "scale", "seed", "futures"):
            if getattr(named, option) != getattr(scenario, option):
                words += [f"--{option}", str(getattr(scenario, option))]
        for option, name, value in differing(scenario, named):
            words += [option, f"{name}={typed(value)}"]
    if summary["against"] != (named.against or None):
        words += ["--against", summary["against"] or "none"]
    if "dose_response" in summary.get("shift", {}):
        words.append("--dose")
    if summary.get("posterior"):
        words.append("--posterior")
    return shlex.join(words)
