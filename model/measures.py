"""Every number that is reported, declared once: label, unit, definition, and how it comes from a recording.

Counts are divided by the scale, so that a run of a tenth of the workforce reports the whole market's figures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from model import measures_ai, public_account, tables
from model.calendar import WORKING_DAYS, week_holding_12th
from model.errors import UnknownName, nearest, sentences
from model.recording import Recording
from model.state.events import Entry
from model.units import CENTS_A_MILLION

CATEGORIES = ("feature", "tv", "commercial", "other")
STAGES_SURVEYED = "production.stage_capacity"


@dataclass(frozen=True)
class Measure:
    """A reported number. ``weekly`` gives one value a week; ``over`` how weeks make a year: mean or sum."""

    name: str
    label: str
    unit: str
    definition: str
    over: str
    weekly: Callable[[Recording], np.ndarray]

    def yearly(self, recording: Recording) -> dict[int, float]:
        """Value by calendar year; a year counts the weeks that begin in it and are recorded."""
        years = recording.years
        values = self.weekly(recording)
        gather = np.sum if self.over == "sum" else np.mean
        return {int(year): float(gather(values[years == year])) for year in np.unique(years)}


_MEASURES: dict[str, Measure] = {}


def _declare(name: str, label: str, unit: str, definition: str, over: str = "mean"
             ) -> Callable[[Callable[[Recording], np.ndarray]], Callable[[Recording], np.ndarray]]:
    def put(weekly: Callable[[Recording], np.ndarray]) -> Callable[[Recording], np.ndarray]:
        _MEASURES[name] = Measure(name, label, unit, definition, over, weekly)
        return weekly

    return put


def measures() -> dict[str, Measure]:
    """All measures by name, in the order in which they are shown."""
    return dict(_MEASURES)


def measure(name: str) -> Measure:
    """One measure; a sentence with the nearest names for one that does not exist."""
    if name not in _MEASURES:
        raise UnknownName(sentences(f"There is no measure {name[:80]}.", nearest(name, _MEASURES)))
    return _MEASURES[name]


@cache
def fixed_staff() -> dict[str, float]:
    """Payroll jobs the model does not represent, by month 2015-01…: corporate, cinema, recording."""
    return {row["month"]: float(row["corporate"]) + float(row["cinema"]) + float(row["recording"])
            for row in tables.rows("fixed_staff.csv")}


def months(recording: Recording) -> list[tuple[str, int]]:
    """(month, row of its week with the 12th) for every month whose 12th is recorded."""
    found = []
    first = recording.dates[0].astype(object)
    last = recording.dates[-1].astype(object)
    for year in range(first.year, last.year + 1):
        for month in range(1, 13):
            row = week_holding_12th(year, month) - recording.first_week
            if 0 <= row < recording.weeks:
                found.append((f"{year}-{month:02d}", row))
    return found


def monthly_jobs(recording: Recording) -> dict[str, float]:
    """Payroll jobs of NAICS 512 in Los Angeles by month: workers paid in the week of the 12th plus fixed staff."""
    staff = fixed_staff()
    last = staff[max(staff)]
    crew = recording.series["on_call"].sum(axis=1)
    return {month: float(crew[row] / recording.scale + staff.get(month, last)) for month, row in months(recording)}


def quarterly_shoot_days(recording: Recording) -> dict[str, dict[str, float]]:
    """On-location shoot days by FilmLA's category and quarter; each working day of a week counts in its own."""
    category, on_location = tables.kinds().category, tables.kinds().on_location
    days = recording.series["shoot_days"] * on_location[None, :] / recording.scale
    a_day = np.arange(WORKING_DAYS).astype("timedelta64[D]")
    quarter = (recording.dates[:, None] + a_day).astype("datetime64[M]").astype(int) // 3  # since 1970
    first = int(quarter.min())
    labels = [f"{1970 + q // 4}Q{q % 4 + 1}" for q in range(first, int(quarter.max()) + 1)]
    out: dict[str, dict[str, float]] = {}
    for name in (*CATEGORIES, "all"):
        of = days.sum(axis=1) if name == "all" else days[:, category == name].sum(axis=1)
        each = np.repeat(of / WORKING_DAYS, WORKING_DAYS)
        out[name] = dict(zip(labels, np.bincount(quarter.ravel() - first, each).tolist(), strict=True))
    return out


def _per_head(name: str) -> Callable[[Recording], np.ndarray]:
    return lambda r: r.series[name].reshape(r.weeks, -1).sum(axis=1) / r.scale


@_declare("payroll_jobs", "LA payroll jobs", "jobs",
          "Workers on a call in a week plus corporate, cinema and recording staff (NAICS 512 as the payroll "
          "survey counts it; monthly figures use the week of the 12th)")
def _jobs(r: Recording) -> np.ndarray:
    staff = fixed_staff()
    last = staff[max(staff)]
    month = r.dates.astype("datetime64[M]").astype(str)
    return r.series["on_call"].sum(axis=1) / r.scale + np.array([staff.get(m, last) for m in month])


@_declare("crew_weeks", "Crew-weeks", "crew-weeks", "One worker on a call in one week, in Los Angeles", "sum")
def _crew_weeks(r: Recording) -> np.ndarray:
    return r.series["on_call"].sum(axis=1) / r.scale


@_declare("crew_days", "Crew-days", "crew-days", "Days that workers spent on calls", "sum")
def _crew_days(r: Recording) -> np.ndarray:
    return r.series["crew_days"].sum(axis=1) / r.scale


@_declare("attached", "Attached workers", "workers", "Workers on a call or looking for one")
def _attached(r: Recording) -> np.ndarray:
    return (r.series["on_call"] + r.series["idle"]).sum(axis=1) / r.scale


@_declare("unemployment_rate", "Crew unemployment rate", "share", "Attached workers who are between calls")
def _unemployment(r: Recording) -> np.ndarray:
    idle, on_call = r.series["idle"].sum(axis=1), r.series["on_call"].sum(axis=1)
    return idle / np.maximum(1, idle + on_call)


@_declare("vacancies", "Vacancies", "vacancies", "Posts that calls lacked at the start of the week's hiring")
def _vacancies(r: Recording) -> np.ndarray:
    return r.series["posted"].sum(axis=1) / r.scale


@_declare("hires", "Hires", "hires", "Workers who joined a call", "sum")
def _hires(r: Recording) -> np.ndarray:
    return (r.series["by_referral"] + r.series["by_open_call"]) / r.scale


@_declare("referral_share", "Hired by referral", "share", "Share of hires made by phone before an open call")
def _referral(r: Recording) -> np.ndarray:
    hires = r.series["by_referral"] + r.series["by_open_call"]
    return r.series["by_referral"] / np.maximum(1, hires)


@_declare("job_finding_rate", "Job-finding rate", "rate", "Hires a week per worker idle or hired")
def _finding(r: Recording) -> np.ndarray:
    hires = r.series["by_referral"] + r.series["by_open_call"]
    return hires / np.maximum(1, r.series["idle"].sum(axis=1) + hires)


@_declare("separation_rate", "Separation rate", "rate", "Wraps, layoffs and quits a week per worker on a call")
def _separation(r: Recording) -> np.ndarray:
    gone = r.series["wrapped"] + r.series["laid_off"] + r.series["quits"]
    return gone / np.maximum(1, r.series["on_call"].sum(axis=1))


for _name, _label, _definition in (
    ("entries", "Newcomers", "Workers who entered the market for the first time"),
    ("exits", "Exits", "Idle workers who left the market"),
    ("returns", "Returns", "Leavers who came back"),
):
    _declare(_name, _label, "workers", _definition, "sum")(_per_head(_name))


@_declare("payroll_musd", "Crew payroll", "USD million", "Gross pay of everyone on calls", "sum")
def _payroll(r: Recording) -> np.ndarray:
    return r.series["payroll"].sum(axis=1) / r.scale / CENTS_A_MILLION


@_declare("day_pay", "Mean day pay", "USD", "Gross pay per crew-day")
def _day_pay(r: Recording) -> np.ndarray:
    return r.series["payroll"].sum(axis=1) / np.maximum(1, r.series["crew_days"].sum(axis=1)) / 100.0


@_declare("benefits_musd", "Unemployment benefits", "USD million",
          "Benefits drawn, wage insurance included; booked when a worker's row is settled, at the latest every 52 "
          "weeks", "sum")
def _benefits(r: Recording) -> np.ndarray:
    at = Entry.BENEFITS - 1
    # The ledger runs from January 2015, also where the recording begins later.
    before = 0 if r.first_week == 0 else r.manifest.get("opening", r.series["ledger"][0])[at]
    drawn = np.diff(r.series["ledger"][:, at], prepend=before)
    return drawn / r.scale / CENTS_A_MILLION


@_declare("coverage_lost", "Health coverage lost at a review", "workers",
          "Workers found without enough hours at their review", "sum")
def _lost(r: Recording) -> np.ndarray:
    return r.series["coverage_lost"] / r.scale


def _shoot_days_of(category: str) -> Callable[[Recording], np.ndarray]:
    def weekly(r: Recording) -> np.ndarray:
        kinds = tables.kinds()
        days = r.series["shoot_days"] * kinds.on_location[None, :] / r.scale
        return days.sum(axis=1) if category == "all" else days[:, kinds.category == category].sum(axis=1)

    return weekly


for _category in ("all", *CATEGORIES):
    _declare("shoot_days" if _category == "all" else f"shoot_days_{_category}",
             "Shoot days" if _category == "all" else f"Shoot days, {_category}", "shoot days",
             "Days on location in Los Angeles, as FilmLA counts permits"
             + ("" if _category == "all" else f"; category {_category}"), "sum")(_shoot_days_of(_category))


@_declare("stage_occupancy", "Stage occupancy", "share", "Sound stages in use of those there are")
def _occupancy(r: Recording) -> np.ndarray:
    from model.parameters import Params

    overrides = r.manifest.get("scenario", {}).get("overrides", {})
    capacity = overrides.get(STAGES_SURVEYED, Params.load()[STAGES_SURVEYED])
    return r.series["stages_used"] / (capacity * r.scale)


@_declare("titles", "Titles green-lit", "titles", "All kinds, wherever they are made", "sum")
def _titles(r: Recording) -> np.ndarray:
    return r.series["greenlit"].sum(axis=1) / r.scale


@_declare("scripted_titles", "Scripted titles green-lit", "titles", "Features, series and pilots anywhere", "sum")
def _scripted(r: Recording) -> np.ndarray:
    return r.series["greenlit"][:, tables.kinds().scripted].sum(axis=1) / r.scale


@_declare("la_share_scripted", "LA share of scripted titles", "share",
          "Features, series and pilots green-lit for Los Angeles, of all of them")
def _la_share(r: Recording) -> np.ndarray:
    scripted = tables.kinds().scripted
    here = r.series["greenlit_home"][:, scripted].sum(axis=1)
    all_titles = r.series["greenlit"][:, scripted].sum(axis=1)
    share = np.zeros(r.weeks)
    for each in np.unique(r.years):  # a year's share, not a mean of weekly shares of a few titles
        of_year = r.years == each
        share[of_year] = here[of_year].sum() / max(1, all_titles[of_year].sum())
    return share


@_declare("credited_titles", "Credited titles", "titles", "Titles with an allocation of the California credit", "sum")
def _credited(r: Recording) -> np.ndarray:
    return r.series["greenlit_credited"].sum(axis=1) / r.scale


for _about in (*public_account.DECLARED, *measures_ai.DECLARED):
    _declare(*_about[:-1])(_about[-1])


def years_of(recording: Recording) -> list[dict[str, float]]:
    """One row per calendar year with every measure."""
    columns = {name: one.yearly(recording) for name, one in _MEASURES.items()}
    years = sorted(next(iter(columns.values())))
    return [{"year": year} | {name: values[year] for name, values in columns.items()} for year in years]
