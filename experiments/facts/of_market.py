"""Stylized facts read from series: the Beveridge curve and its kin, levels, seasons, stages, places."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from experiments import history
from experiments.facts.panel import Panel
from experiments.statistics import correlation, cycle, loop_area, slope, slope_within
from model import measures, tables
from model.recording import Recording

Fact = dict[str, Any]  # an entry of seeds/facts.yaml
_SEASON_YEARS = (2015, 2016, 2017, 2018, 2019, 2022, 2024)
_LAST_YEAR = 2024  # the series to compare with end here
_FULL_STAGES = (2016, 2017, 2018, 2019, 2021, 2022)


@dataclass(frozen=True)
class Finding:
    """What a run says about a fact: its value, whether all that the fact asks beside the band holds, and what
    goes with it.
    """

    value: float | None
    holds: bool = True
    also: dict[str, Any] = field(default_factory=dict)


def quarters(recording: Recording, last_year: int = _LAST_YEAR) -> np.ndarray:
    """For each week the number of its quarter from the first on, -1 after ``last_year``; a week belongs to
    the quarter of its Thursday.
    """
    month = (recording.dates + np.timedelta64(3, "D")).astype("datetime64[M]").astype(int)
    quarter = month // 3 - month[0] // 3
    return np.where(month // 12 + 1970 <= last_year, quarter, -1)


def quarterly_means(values: np.ndarray, quarter: np.ndarray) -> np.ndarray:
    """Means by quarter of weekly values, (quarters,) or (quarters, columns)."""
    return np.stack([values[quarter == each].mean(axis=0) for each in range(quarter.max() + 1)])


def _unemployment(panel: Panel) -> np.ndarray:
    weekly = measures.measure("unemployment_rate").weekly(panel.recording)
    return quarterly_means(weekly, quarters(panel.recording))


def beveridge_curve(panel: Panel, fact: Fact) -> Finding:
    """Fact 1: correlation of the cycles of ln unemployment and ln vacancies; the loop counter-clockwise."""
    posted = measures.measure("vacancies").weekly(panel.recording)
    u = cycle(np.log(_unemployment(panel)))
    v = cycle(np.log(quarterly_means(posted, quarters(panel.recording))))
    area = loop_area(u, v)
    return Finding(correlation(u, v), area > 0, {"slope": slope(u, v), "loop_area": area})


def unemployment_volatility(panel: Panel, fact: Fact) -> Finding:
    """Fact 2: standard deviation of the cycle of ln unemployment, quarterly."""
    return Finding(float(np.std(cycle(np.log(_unemployment(panel))))))


def okun(panel: Panel, fact: Fact) -> Finding:
    """Fact 3: correlation of the yearly changes of unemployment and of ln spend on work in Los Angeles."""
    recording = panel.recording
    year = recording.years
    years = [each for each in np.unique(year) if each <= _LAST_YEAR]
    rate = measures.measure("unemployment_rate").weekly(recording)
    u = np.array([rate[year == each].mean() for each in years])
    spend = np.array([panel.spend[year == each].mean() for each in years])
    return Finding(correlation(np.diff(u), np.diff(np.log(spend))))


def matching_elasticity(panel: Panel, fact: Fact) -> Finding:
    """Fact 5: slope of ln(hires / u) on ln(v / u) over crafts and quarters; searchers are the idle and the
    hired.
    """
    recording = panel.recording
    quarter = quarters(recording)
    hires = quarterly_means(panel.hired, quarter)
    searchers = quarterly_means(recording.series["idle"] + panel.hired, quarter)
    vacancies = quarterly_means(recording.series["posted"], quarter)
    held = (hires > 0) & (vacancies > 0) & (searchers > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        found, tightness = np.log(hires / searchers), np.log(vacancies / searchers)
    within = slope_within(tightness, found, held * searchers)
    return Finding(slope(tightness[held], found[held]), True, {"with_craft_and_time_effects": within})


def seasonality(panel: Panel, fact: Fact) -> Finding:
    """Fact 14: correlation of the twelve monthly factors of payroll jobs with the published ones."""
    return Finding(
        correlation(
            monthly_factors(measures.monthly_jobs(panel.recording)), np.array(list(fact["factors"].values()))
        )
    )


def monthly_factors(jobs: dict[str, float]) -> np.ndarray:
    """Mean of each month over the mean of its year, of the years without a slump that are whole."""
    years = [year for year in _SEASON_YEARS if all(month in jobs for month in history.months_of([year]))]
    level = np.array([[jobs[month] for month in history.months_of([year])] for year in years])
    return (level / level.mean(axis=1, keepdims=True)).mean(axis=0) if years else np.full(12, np.nan)


def payroll_level(panel: Panel, fact: Fact) -> Finding:
    """Fact 15: mean absolute error of monthly payroll jobs in the fit years."""
    found = history.fit_of_jobs(measures.monthly_jobs(panel.recording))
    return Finding(found["fit_years"], True, {"held_back": found["held_back"]})


def shoot_days(panel: Panel, fact: Fact) -> Finding:
    """Fact 16: the largest, over categories, of the mean absolute errors of quarterly shoot days."""
    found = history.fit_of_shoot_days(measures.quarterly_shoot_days(panel.recording))
    errors = {name: found[name]["fit_years"] for name in ("feature", "tv", "commercial")}
    return Finding(max(errors.values()), True, errors)


def stage_occupancy(panel: Panel, fact: Fact) -> Finding:
    """Fact 18: mean occupancy of the full years; each published year within its band."""
    yearly = measures.measure("stage_occupancy").yearly(panel.recording)
    close = all(abs(yearly[year] - value) <= fact["band"] for year, value in fact["by_year"].items())
    return Finding(
        float(np.mean([yearly[year] for year in _FULL_STAGES])),
        close,
        {str(year): yearly[year] for year in fact["by_year"]},
    )


def la_scripted_share(panel: Panel, fact: Fact) -> Finding:
    """Fact 19: share of scripted titles made in Los Angeles by year of delivery, each within its band."""
    scripted = tables.kinds().scripted[panel.titles["kind"]]
    delivered = panel.titles["delivered"]
    titles = scripted & (delivered >= 0)
    week = delivered[titles] - panel.recording.first_week
    year = panel.recording.years[week]
    here = panel.titles["place"][titles] == 0
    shares = {
        each: float(here[year == each].mean()) if (year == each).any() else float("nan")
        for each in fact["by_year"]
    }
    close = all(abs(shares[each] - value) <= fact["band"] for each, value in fact["by_year"].items())
    return Finding(shares[2022], close, {str(each): value for each, value in shares.items()})


# The published series themselves, put through the same computations


@cache
def _us_quarters() -> np.ndarray:
    monthly = history.us_unemployment()
    values = np.array([monthly[month] for month in sorted(monthly) if int(month[:4]) <= _LAST_YEAR])
    return values[: values.size // 3 * 3].reshape(-1, 3).mean(axis=1)


def observed_volatility(fact: Fact) -> float:
    """Standard deviation of the cycle of ln unemployment in the US industry, quarterly."""
    return float(np.std(cycle(np.log(_us_quarters()))))


def observed_okun(fact: Fact) -> float:
    """Yearly changes of US unemployment in the industry and of ln cash spend on content."""
    spend = {
        int(row["year"]): float(row["value"])
        for row in tables.rows("drivers.csv")
        if row["driver"] == "content_cash_spend_moffettnathanson"
    }
    monthly = history.us_unemployment()
    rate = {
        year: np.mean([monthly[month] for month in history.months_of([year])])
        for year in spend
        if all(month in monthly for month in history.months_of([year]))
    }
    years = sorted(year for year in rate if year - 1 in rate)
    return correlation(
        np.array([rate[year] - rate[year - 1] for year in years]),
        np.array([np.log(spend[year] / spend[year - 1]) for year in years]),
    )


def observed_seasonality(fact: Fact) -> float:
    """The published series against the factors said of it."""
    return correlation(monthly_factors(history.monthly_jobs()), np.array(list(fact["factors"].values())))


def observed_occupancy(fact: Fact) -> float:
    """Mean of the published occupancy of the full years: a period, of which the report says "at least"."""
    for row in tables.rows("history/stages.csv"):
        if row["period"] == "2016-2022" and row["metric"] == "occupancy_pct":
            return float(row["value"]) / 100.0
    return float("nan")


def observed_la_share(fact: Fact) -> float:
    """The published share of 2022."""
    for row in tables.rows("history/la_share.csv"):
        if row["period"] == "2022" and row["metric"] == "la_share_scripted_pct":
            return float(row["value"]) / 100.0
    return float("nan")
