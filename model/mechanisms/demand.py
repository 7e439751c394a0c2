"""What buyers spend: the demand drivers as they were published, purged of strike and COVID years.

A driver is read at the time of green-light, that is before the release that it counts; years in which a
strike or the pandemic held releases back are left out and bridged by a straight line, since those shocks
enter once, as stopped productions. Where orders themselves were counted, by half-year, those take the place of what
releases say of them. No driver contains employment.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

import numpy as np

from model import calendar
from model.calendar import WEEKS_A_YEAR
from model.tables import kinds, rows

DAYS_A_YEAR, MONTHS = 365.25, 12
START = 2015.0  # the year that orders are relative to
TURN = 1.0 / WEEKS_A_YEAR  # years in which orders change from one spell to the next
DECLINE_BEGINS = 2018.0  # commercials were level until then
ORIGINALS_BEGIN = 2022.5  # the middle of the first year for which all original series were counted
GROUPS = {"scripted": ("series", "cash", "animation"), "unscripted": ("unscripted",), "short": ("commercial", "flat")}


@cache
def published(driver: str, known_until: float = np.inf) -> tuple[np.ndarray, np.ndarray]:
    """Years and values of a driver's clean figures, oldest first; only of years over by ``known_until``."""
    pairs = sorted((float(row["year"]), float(row["value"])) for row in rows("drivers.csv")
                   if row["driver"] == driver and row["clean"] == "1" and int(row["year"]) + 1 <= known_until)
    found = np.array(pairs).reshape(-1, 2)
    return found[:, 0], found[:, 1]


@cache
def decimal_year(week: int) -> float:
    """The calendar as a number: the middle of 2015 is 2015.5."""
    return decimal(calendar.monday(week))


def years_since_start(week: int) -> float:
    """Years over which what drifts from 2015 on has drifted; none before it."""
    return max(0.0, decimal_year(week) - START)


def decimal(day: date) -> float:
    """A day as a number: the middle of 2015 is 2015.5."""
    return day.year + (day - date(day.year, 1, 1)).days / DAYS_A_YEAR


def chained(first: tuple[np.ndarray, np.ndarray], then: tuple[np.ndarray, np.ndarray]
            ) -> tuple[np.ndarray, np.ndarray]:
    """One series continued by the growth of another from the last year that the first one has."""
    years, values = first
    later, growth = then
    if not later.size:
        return first
    link = np.interp(years[-1], later, growth)
    keep = later > years[-1]
    return np.append(years, later[keep]), np.append(values, values[-1] * growth[keep] / link)


@cache
def _originals(known_until: float) -> tuple[np.ndarray, np.ndarray]:
    """All original series by year of release; orders stand for the year after them until it is counted."""
    years, values = published("us_original_series_luminate", known_until)
    ordered, expected = published("us_original_series_by_orders", known_until + 1.0)
    if not years.size:
        return years, values
    later = ordered > years[-1]
    return np.append(years, ordered[later]), np.append(values, expected[later])


@cache
def _series(known_until: float) -> tuple[np.ndarray, np.ndarray]:
    return chained(published("us_scripted_series_fx", known_until), _originals(known_until))


@cache
def spells(driver: str, known_until: float = np.inf) -> tuple[tuple[float, float, float], ...]:
    """Spells of which orders themselves were counted: first and last decimal year, and ratio to the year before."""
    found = (tuple(decimal(date.fromisoformat(row[end])) for end in ("from", "to"))
             + (1.0 + float(row["value"]) / 100.0,) for row in rows("order_changes.csv") if row["driver"] == driver)
    return tuple(sorted(spell for spell in found if spell[1] <= known_until))


def turned(years: np.ndarray, values: np.ndarray, counted: Iterable[tuple[float, float, float]]
           ) -> tuple[np.ndarray, np.ndarray]:
    """A series of orders by ``years`` with what was counted by spell in it. Equation 69.

    The level of a year earlier holds until a spell begins, in it that level times its ratio; from its end a straight
    line leads to the next figure of the series.
    """
    for first, last, ratio in counted:
        before = np.interp(0.5 * (first + last) - 1.0, years, values)
        goes_on = np.isclose(years, first).any()  # from the spell before
        until = np.interp(first - TURN, years, values) if goes_on else before
        early, late = years < first - TURN, years > last
        years = np.concatenate((years[early], [first - TURN, first, last], years[late]))
        values = np.concatenate((values[early], [until, before * ratio, before * ratio], values[late]))
    return years, values


@cache
def _ordered(lag: float, known_until: float) -> tuple[np.ndarray, np.ndarray]:
    """Scripted series by the decimal year in which they are ordered."""
    years, values = _series(known_until)
    return turned(years + 0.5 - lag, values, spells("series", known_until))


def _real_cash(inflation: float, early_growth: float, known_until: float) -> tuple[np.ndarray, np.ndarray]:
    """Decimal years and levels of buyers' cash spend at the prices of 2019, from 2015 on."""
    years, values = published("content_cash_spend_moffettnathanson", known_until)
    if not years.size:  # before the series begins there is nothing but its assumed growth
        span = max(1.0, known_until - START)
        return np.array([START, START + span]), np.array([1.0, (1.0 + early_growth) ** span])
    real = values / (1.0 + inflation) ** (years - years[0])
    before = real[0] / (1.0 + early_growth) ** (years[0] + 0.5 - START)
    return np.concatenate(([START], years + 0.5)), np.concatenate(([before], real))


def index(driver: str, when: float, lag: float, inflation: float, pull: dict[str, float],
          early_growth: float, known_until: float = np.inf) -> float:
    """Titles that buyers order at ``when`` (decimal year) relative to the start of 2015. Equation 1.

    ``lag`` years from order to the middle of the year of release; ``inflation`` of the cost of a title, by
    which money is deflated; ``pull`` elasticity of a kind's orders to the driver; ``early_growth`` of spend
    a year before the first published figure; ``known_until`` the time (decimal year) after which no figure is
    looked at: the last known one holds.
    """
    at, start = when + lag, START + lag
    if driver == "flat":
        return 1.0
    if driver == "series":
        years, values = _ordered(lag, known_until)
        return float(np.interp(when, years, values) / np.interp(START, years, values))
    if driver == "animation":
        years, values = _series(known_until)
        ratio = np.interp(at, years + 0.5, values) / np.interp(start, years + 0.5, values)
        return float(ratio ** pull[driver])
    if driver == "commercial":
        return float(np.exp(-pull["commercial"] * max(0.0, when - DECLINE_BEGINS)))
    span, level = _real_cash(inflation, early_growth, known_until)
    ratio = np.interp(at, span, level) / np.interp(start, span, level)
    ratio = ratio ** pull[driver]
    if driver == "unscripted" and at > ORIGINALS_BEGIN:  # all originals, scripted or not, from 2022 on
        all_years, all_values = _originals(known_until)
        if all_years.size:
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
    """The parameters of demand that concern orders, in the order of ``seeds/parameters/demand.yaml``."""

    level: float
    short_level: float
    release_lag: float
    cost_inflation: float
    cash_pull: float
    unscripted_pull: float
    animation_pull: float
    commercial_decline: float
    early_cash_growth: float
    known_until: float

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
                            pull.early_cash_growth, pull.known_until) for driver in set(table.driver.tolist())}
    by_kind = np.array([levels[driver] * seasons()[pattern][month - 1]
                        for driver, pattern in zip(table.driver.tolist(), table.season.tolist(), strict=True)])
    level = np.where(np.isin(table.driver, GROUPS["short"]), pull.level * pull.short_level, pull.level)
    return table.titles / WEEKS_A_YEAR * by_kind * level


def unexplained(first: int, last: int, groups: Iterable[tuple[str, tuple[float, ...]]]) -> np.ndarray:
    """Factor on orders that no driver explains, (weeks, kinds), from ``first`` up to ``last``. Equation 67.

    ``groups`` log points by name of a group of `GROUPS`, one for the start of each year from 2015 on, with straight
    lines between them and the last one held. Zeros give exactly one.
    """
    when = np.array([decimal_year(week) for week in range(first, last)])
    table, found = kinds(), np.ones((last - first, kinds().n))
    for group, values in groups:
        path = np.exp(np.interp(when, START + np.arange(len(values)), values))
        found[:, np.isin(table.driver, GROUPS[group])] = path[:, None]
    return found


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
