"""Does it match reality?: the facts, those that fail first; the published series; and what a naive forecast does."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from experiments import history
from experiments.answer.settings import sources_named
from experiments.answer.wording import MINUS, figure, uncapitalized
from experiments.charts import of_market
from experiments.facts.validation import facts as facts_asked
from experiments.page import sheets
from experiments.page.sheet import Cell, Chart, Sheet
from experiments.study.report.blocks import Section, chart, heading, key, pairs, small, table, text
from experiments.study.report.blocks import charts as charts_shown
from model.tables import crafts
from viz.fragments import Fragment, sections
from viz.pages.method import ahead, carried, mechanisms, naive
from viz.pages.method.facts import Kept, shipped
from viz.pages.method.horizon import charts_by_distance
from viz.pages.of_model import of_model

FAILS, WARNS, PASSES = "✗ fails", "! not judged", "✓ passes"
_ORDER = (FAILS, WARNS, PASSES)
MONTHS, QUARTERS = (1, 3, 6), (1, 2)  # ahead
ALSO = {  # what goes with the value of a fact, in words; all else is said by its own name
    "share_without_a_week": "share of people without a week", "held_back": "in 2023–24", "feature": "features",
    "tv": "television", "commercial": "commercials", "correlation_with_unemployment": "correlation with unemployment",
    "shock_in_points": "shock in points", "shares_within": "crafts with their share in the band",
    "pay_within": "crafts with their pay in the band", "pay_over_survey": "pay over the survey's, middle of the crafts",
    "worst_share": "share furthest off", "worst_pay": "pay furthest off", "first_year": "of it in the first year",
    "last_year": "in the last year", "bystanders": "lost by other steady workers",
    "first_year_in_a_slump": "in the first year of a slump",
}
OF_CRAFTS = ("worst_share", "worst_pay")  # these name crafts
COUNTS = {"displaced": "{} people displaced", "years_followed": "{} years followed"}
NONE_KEPT = "No results are kept. The command callsheet validate computes them in a minute or two for 8 seeds."


def tab(kept: Kept | None = None) -> Fragment:
    """The tab, from ``kept`` results or those that come with the app."""
    kept = kept or shipped()
    if kept is None:
        return sections([Section("facts", "The facts", [text(NONE_KEPT)])], "method", "no run", contents=False)
    about = f"the baseline, {kept.futures} futures, scale {kept.scale:g}"
    shown = [_facts(kept), *carried.parts(), _jobs(kept), _naive(kept), *mechanisms.parts(), *ahead.parts()]
    return sections(shown, "method", about, contents=False)


def verdict(row: dict[str, Any]) -> str:
    """What a judged fact comes to. One that is shown but binds nobody warns where it lies outside."""
    if row["passed"] is None or (row["passed"] is False and not row["gated"]):
        return WARNS
    return PASSES if row["passed"] else FAILS


def from_whom(kept: Kept) -> str:
    """Which model, how many futures and what scale the results are of, and whether they are still its."""
    return (f"{kept.futures} futures at scale {kept.scale:g}. "
            + of_model(kept.model, "python -m viz.pages.method.facts", ai=False))


def _facts(kept: Kept) -> Section:
    rows = sorted(kept.facts, key=lambda row: _ORDER.index(verdict(row)))
    counts = {each: sum(verdict(row) == each for row in rows) for each in _ORDER}
    fitted = sum(row["fitted"] for row in rows)
    said = (f"Of {len(rows)} stylized facts the baseline fails {counts[FAILS]} and passes {counts[PASSES]}; "
            f"{counts[WARNS]} {'is' if counts[WARNS] == 1 else 'are'} shown and not judged. A fact passes when at "
            "least half of the futures lie in its band and hold whatever else it asks, as its text below says. "
            f"{fitted} were in sight when parameters were chosen, and say nothing of its worth where they pass.")
    sheet = Sheet("facts", "Stylized facts, those that fail first",
                  ["fact", "verdict", "model (80% of futures)", "band", "observed", "futures that pass", "sources"],
                  [_fact(row, kept.futures) for row in rows])
    return Section("facts", "The facts, failed first",
                   [text(said), small(from_whom(kept)), table(sheet), heading("What is measured, and why it is missed"),
                    pairs([_explained(row) for row in rows]),
                    small("Observed is the real series put through the same computation, or what the literature finds "
                          "where there is none; an error is 0 when the series is held against itself. A band that the "
                          "real series fails judges nothing."
                          + ("" if kept.scale >= 1 else f" A market of {kept.scale:.0%} of the agents is a rougher one "
                             "than the whole."))])


def _fact(row: dict[str, Any], futures: int) -> list[Cell]:
    asked = facts_asked().get(row["fact"], {})
    share = row["share_of_seeds"]
    links = tuple(sources_named(asked.get("source") or ""))
    return [
        Cell(_statement(row)),
        Cell(verdict(row) + (", in sight when tuned" if row["fitted"] else "")), _model(row),
        Cell(f"{_end(row['low'], 'any')} to {_end(row['high'], 'any')}"), _observed(row, asked),
        Cell("–") if share is None else Cell(f"{round(share * futures)} of {futures}", round(share * futures)),
        Cell("" if links else "recalled, not confirmed", links=links),
    ]


def _statement(row: dict[str, Any]) -> str:
    """A fact in a sentence."""
    return facts_asked().get(row["fact"], {}).get("statement", row["fact"].replace("_", " "))


def _explained(row: dict[str, Any]) -> tuple[str, str]:
    """A fact, and what is measured of it, what goes with it, and why it is missed where it is."""
    asked = facts_asked().get(row["fact"], {})
    also = "; ".join(_also(name, value) for name, value in row["also"].items())
    missed = f"Why it is missed: {asked['misses']}" if row["passed"] is False and "misses" in asked else ""
    measured = "; ".join(filter(None, (row["unit"], also)))
    says = filter(None, (measured[:1].upper() + measured[1:], row["note"].rstrip("."), missed))
    return _statement(row), "".join(f"{each}. " for each in says).rstrip()


def _also(name: str, value: str | float) -> str:
    """What goes with the value of a fact, in words."""
    if isinstance(value, str):
        said = _crafts(value) if name in OF_CRAFTS else value
    elif name in COUNTS:
        return COUNTS[name].format(figure(round(value)))
    else:
        said = _short(value)
    return f"{ALSO.get(name, name.replace('_', ' '))}: {said}"


def _crafts(named: str) -> str:
    """Crafts that the survey counts together, by their labels."""
    labels = dict(zip(crafts().names, crafts().labels, strict=True))
    return " and ".join(uncapitalized(labels.get(each, each)) for each in named.split(" and "))


def _model(row: dict[str, Any]) -> Cell:
    """The value with where 80 % of futures lie, all with as many decimals as the spread of the futures deserves."""
    value, low, high = row["value"], row.get("q10"), row.get("q90")
    if value is None or low is None or high <= low:
        return _number(value)
    decimals = max(0, 1 - math.floor(math.log10(high - low)))
    shown, begins, ends = (f"{each:,.{decimals}f}".replace("-", MINUS) for each in (value, low, high))
    return Cell(f"{shown} ({begins} to {ends})", value)


def _jobs(kept: Kept) -> Section:
    rows = [{"period": month, "q10": low, "median": middle, "q90": high}
            for month, (low, middle, high) in kept.jobs.items()]
    summary = {"monthly_jobs": rows, "monthly_jobs_against": [], "futures": kept.futures, "against": None,
               "settings": {"scenario": []}}
    sheet = sheets.periods("jobs", "Payroll jobs in motion pictures and sound recording (NAICS 512), Los Angeles, "
                                "by month", rows, history.monthly_jobs(), kept.futures)
    fit = history.fit_of_jobs(_middle(kept.jobs))
    says = (f"On average the median future is off by {figure(fit['fit_years'], 'share')} of the published figure in "
            f"2015–22 without 2020, the years that parameters were chosen on, and by "
            f"{figure(fit['held_back'], 'share')} in 2023–24, which were kept back.")
    drawn = Chart("chart-method-jobs", "Payroll jobs in Los Angeles", says, of_market.jobs(summary), sheet)
    marks = key(("model-line", f"median of {kept.futures} futures"), ("band", "10 to 90% of them"),
                ("dot", "published"))
    return Section("jobs", "Month by month", [marks, chart(drawn)])


def _naive(kept: Kept) -> Section:
    jobs = naive.compared(_middle(kept.jobs), history.monthly_jobs(), MONTHS, 12, "month", 2)
    published = history.quarterly_shoot_days()["all"]
    days = naive.compared(_middle(kept.shoot_days["all"]), published, QUARTERS, 4, "quarter", 1)
    blocks = [
        text("A forecaster who looks at nothing but the last figure can be hard to beat. Here is what “no change” and "
             "“the same month last year” would have been off by, at several distances, beside the model. They are told "
             "every published figure up to the day of the forecast; the model never sees one, but is told what buyers "
             "ordered and when strikes and the pandemic stopped work. Its error is the same at any distance. The same "
             "month last year serves up to twelve months ahead, that of two years before up to twenty-four."),
        *(text(_said(jobs, window)) for window in range(len(naive.WINDOWS))),
        table(_sheet("naive_jobs", "Payroll jobs by month: mean absolute error over the mean published figure", jobs,
                     "months")),
        key(("model-line", "the model"), ("against-line", "no change"),
            ("dotted-line", "the same month of a year before")),
        charts_shown(charts_by_distance(_middle(kept.jobs), history.monthly_jobs())),
        text(f"Shoot days, all categories. {_said(days, len(naive.WINDOWS) - 1)}"),
        table(_sheet("naive_shoot_days", "Shoot days by quarter, all categories: mean absolute error over the mean "
                     "published figure", days, "quarters")),
        small("Quarterly shoot days are published from 2017 on, so that forecasts over a year have fewer quarters to "
              "be judged by in 2017–19. Parameters were chosen on the years up to 2022; only 2023–24 compare fairly, "
              "and there the model is told when the strikes began and ended. Errors that differ by less than a "
              "twentieth are called alike."),
    ]
    return Section("naive", "Against naive forecasts", blocks)


def _said(rows: list[naive.Forecast], window: int) -> str:
    """Where the model loses, and where it wins, in one window."""
    name = naive.WINDOWS[window][0]
    found = naive.verdict(rows, window)
    said = f"In {name}, the model is off by {figure(rows[0].errors[window], 'share')}."
    said += f" It loses to {_listed(found['loses'])}." if found["loses"] else " It loses to none of them."
    said += f" It is as far off as {_listed(found['alike'])}." if found["alike"] else ""
    return said + (f" It beats {_listed(found['wins'])}." if found["wins"] else " It beats none of them.")


def _sheet(name: str, caption: str, rows: list[naive.Forecast], unit: str) -> Sheet:
    model = rows[0].errors
    cells = []
    for each in rows:
        says = "–" if each is rows[0] else _beside(model, each.errors)
        cells.append([Cell(each.words), Cell("none used") if each.ahead is None else Cell(str(each.ahead), each.ahead),
                      *(Cell(figure(error, "share"), error) for error in each.errors), Cell(says)])
    windows = [words for words, _ in naive.WINDOWS]
    return Sheet(name, caption, ["forecast", f"{unit} ahead, at most", *windows, "beside it"], cells)


def _beside(model: Sequence[float | None], other: Sequence[float | None]) -> str:
    """In which windows the model loses to another forecast, wins, or is as far off."""
    stands = [naive.stands(mine, its) for mine, its in zip(model, other, strict=True)]
    said = []
    for how, words in (("loses", "model loses"), ("alike", "alike"), ("wins", "model wins")):
        windows = [name for (name, _), one in zip(naive.WINDOWS, stands, strict=True) if one == how]
        said += [f"{words} in {'all' if len(windows) == len(stands) else ', '.join(windows)}"] if windows else []
    return "; ".join(said)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _middle(series: dict[str, list[float]]) -> dict[str, float]:
    return {period: middle for period, (_, middle, _) in series.items()}


def _number(value: float | None) -> Cell:
    return Cell("–" if value is None else _short(value), value)


def _end(value: float | None, open_end: str) -> str:
    return open_end if value is None else _short(value)


def _observed(row: dict[str, Any], asked: dict[str, Any]) -> Cell:
    """The real series put through the same computation; where there is none, what the literature finds."""
    if row["observed"] is not None:
        return _number(row["observed"])
    value = asked.get("value")
    return Cell("–") if value is None else Cell(f"{_short(value)} (literature)", value)


def _short(value: float) -> str:
    return (f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}").replace("-", MINUS)
