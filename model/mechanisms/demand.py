"""What buyers spend: the demand drivers as they were published, purged of strike and COVID years.

A driver is read at the time of green-light, that is before the release that it counts; years in which a
strike or the pandemic held releases back are left out and bridged by a straight line, since those shocks
enter once, as stopped productions. No driver contains employment.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

import numpy as np

from model import calendar
from model.tables import kinds, rows

DAYS_A_YEAR, WEEKS_A_YEAR, MONTHS = 365.25, 52.0, 12
START = 2015.0  # the year that orders are relative to
DECLINE_BEGINS = 2018.0  # commercials were level until then
ORIGINALS_BEGIN = 2022.5  # the middle of the first year for which all original series were counted


@cache
def published(driver: str) -> tuple[np.ndarray, np.ndarray]:
    """Years and values of a driver's clean figures, oldest first."""
    pairs = sorted((int(row["year"]), float(row["value"])) for row in rows("drivers.csv")
                   if row["driver"] == driver and row["clean"] == "1")
    years, values = zip(*pairs, strict=True)
    return np.array(years, float), np.array(values)


def decimal_year(week: int) -> float:
    """The calendar as a number: the middle of 2015 is 2015.5."""
    day = calendar.monday(week)
    return day.year + (day - date(day.year, 1, 1)).days / DAYS_A_YEAR


def chained(first: tuple[np.ndarray, np.ndarray], then: tuple[np.ndarray, np.ndarray]
            ) -> tuple[np.ndarray, np.ndarray]:
    """One series continued by the growth of another from the last year that the first one has."""
    years, values = first
    later, growth = then
    link = np.interp(years[-1], later, growth)
    keep = later > years[-1]
    return np.append(years, later[keep]), np.append(values, values[-1] * growth[keep] / link)


@cache
def _series() -> tuple[np.ndarray, np.ndarray]:
    return chained(published("us_scripted_series_fx"), published("us_original_series_luminate"))


def index(driver: str, when: float, lag: float, inflation: float, pull: dict[str, float],
          early_growth: float) -> float:
    """Titles that buyers order at ``when`` (decimal year) relative to the start of 2015. Equation 1.

    ``lag`` years from order to the middle of the year of release; ``inflation`` of the cost of a title, by
    which money is deflated; ``pull`` elasticity of a kind's orders to the driver; ``early_growth`` of spend
    a year before the first published figure.
    """
    at, start = when + lag, START + lag
    if driver == "flat":
        return 1.0
    if driver in ("series", "animation"):
        years, values = _series()
        ratio = np.interp(at, years + 0.5, values) / np.interp(start, years + 0.5, values)
        return float(ratio ** pull.get(driver, 1.0))
    if driver == "commercial":
        return float(np.exp(-pull["commercial"] * max(0.0, when - DECLINE_BEGINS)))
    years, values = published("content_cash_spend_moffettnathanson")
    real = values / (1.0 + inflation) ** (years - years[0])
    span = np.concatenate(([START], years + 0.5))
    level = np.concatenate(([real[0] / (1.0 + early_growth) ** (years[0] + 0.5 - START)], real))
    ratio = np.interp(at, span, level) / np.interp(start, span, level)
    ratio = ratio ** pull[driver]
    if driver == "unscripted" and at > ORIGINALS_BEGIN:  # all originals, scripted or not, from 2022 on
        all_years, all_values = published("us_original_series_luminate")
        ratio *= np.interp(at, all_years + 0.5, all_values) / all_values[0]
    return float(ratio)


@cache
def seasons() -> dict[str, np.ndarray]:
    """Monthly pattern of green-lights by name, each with mean one."""
    patterns = {}
    for row in rows("seasons.csv"):
        months = np.array([float(row[f"m{m:02d}"]) for m in range(1, MONTHS + 1)])
        patterns[row["pattern"]] = months / months.mean()
    return patterns


class Pull(NamedTuple):
    """The parameters of demand, in the order of ``seeds/parameters/demand.yaml`` that concerns orders."""

    level: float
    release_lag: float
    cost_inflation: float
    cash_pull: float
    unscripted_pull: float
    animation_pull: float
    commercial_decline: float
    early_cash_growth: float

    @classmethod
    def of(cls, demand) -> Pull:
        """From the parameter group ``demand``."""
        return cls(*(float(getattr(demand, name)) for name in cls._fields))


def orders(week: int, pull: Pull) -> np.ndarray:
    """Titles that buyers would pay for in a week at usual cost, by kind, at full scale. Equation 2."""
    table = kinds()
    when = decimal_year(week)
    month = calendar.monday(week).month
    elasticity = {"cash": pull.cash_pull, "unscripted": pull.unscripted_pull, "animation": pull.animation_pull,
                  "commercial": pull.commercial_decline, "series": 1.0}
    levels = {driver: index(driver, when, pull.release_lag, pull.cost_inflation, elasticity,
                            pull.early_cash_growth) for driver in set(table.driver.tolist())}
    by_kind = np.array([levels[driver] * seasons()[pattern][month - 1]
                        for driver, pattern in zip(table.driver.tolist(), table.season.tolist(), strict=True)])
    return table.titles / WEEKS_A_YEAR * by_kind * pull.level


@cache
def orders_path(first: int, last: int, pull: Pull) -> np.ndarray:
    """Orders of every week from ``first`` up to ``last``, (weeks, kinds); computed once for all runs alike."""
    return np.stack([orders(week, pull) for week in range(first, last)])


def money(orders: np.ndarray, budget: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """Cents that buyers set aside for ``orders`` titles, int64, same shape. Equation 3.

    ``budget`` USD by kind, made in Los Angeles; ``usual`` cost relative to that where the kind's titles were
    made in 2015, net of incentives.
    """
    return np.rint(orders * budget * usual * 100.0).astype(np.int64)
