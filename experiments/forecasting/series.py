"""A published series as a forecaster sees it: dates, values, and what was known of it at a month in the past.

A date is a month, as 2025-01; a quarter goes by its first month. What is known at an origin are the periods that
had ended by then, in the figures as published today: revisions made since are not undone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from experiments import history
from model import tables
from model.errors import CallSheetError, UnknownName, nearest, sentences, shown

JOBS = "la_payroll_jobs_512"
SHOOT_DAYS = {f"shoot_days_{name}": name for name in ("all", *history.CATEGORIES)}
NAMES = (JOBS, *SHOOT_DAYS)
MONTHS = 12
# First and last month in which the pandemic, not the market, decided what was made: from the first closures in
# Los Angeles to the end of California's tiers on 15 June 2021. A rule fitted to them would learn the closures.
SHUT = ("2020-03", "2021-06")
_MONTH = re.compile(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])\Z")


def number(month: str) -> int:
    """Months from January of year 0 to ``month``, as 2022-12; raises CallSheetError for what is no month."""
    if not isinstance(month, str) or not _MONTH.match(month):
        raise CallSheetError(f"The month is {shown(month)}; write year and month, as 2022-12.")
    return int(month[:4]) * MONTHS + int(month[5:]) - 1


def month(count: int) -> str:
    """The month that is ``count`` months after January of year 0, as 2022-12."""
    return f"{count // MONTHS}-{count % MONTHS + 1:02d}"


@dataclass(frozen=True, eq=False)
class Series:
    """``values`` from the period that begins with month ``first`` on, NaN where nothing was published.

    ``per_year`` is 12 for months and 4 for quarters. Units are those of the source: jobs, or shoot days.
    """

    name: str
    first: str
    values: np.ndarray
    per_year: int

    @property
    def span(self) -> int:
        """Months in a period."""
        return MONTHS // self.per_year

    @property
    def dates(self) -> tuple[str, ...]:
        """First months of the periods."""
        return tuple(month(number(self.first) + i * self.span) for i in range(len(self.values)))

    @property
    def season(self) -> np.ndarray:
        """Which month or quarter of the year each period is, from 0."""
        return seasons(self.dates, self.per_year)

    def until(self, origin: str) -> Series:
        """The periods that had ended with the month ``origin``; a sentence where the series does not reach it."""
        count = (number(origin) - number(self.first) + 1) // self.span
        if not 0 < count <= len(self.values):
            raise CallSheetError(
                f"The origin {origin} lies outside the series {self.name}, which runs from {self.first} to "
                f"{self.dates[-1]}. Choose an origin within it."
            )
        return replace(self, values=self.values[:count])

    def ahead(self, steps: int) -> tuple[str, ...]:
        """Dates of the ``steps`` periods that follow the last one."""
        return tuple(month(number(self.first) + (len(self.values) + i) * self.span) for i in range(steps))

    def at(self, dates: Sequence[str]) -> np.ndarray:
        """Values at ``dates``; NaN where there is none."""
        found = dict(zip(self.dates, self.values.tolist(), strict=True))
        return np.array([found.get(each, np.nan) for each in dates])

    def without(self, window: tuple[str, str] | None) -> Series:
        """The series with the periods that touch a window of months made NaN; None leaves all in."""
        if window is None:
            return self
        return replace(self, values=np.where(touches(self.dates, self.per_year, window), np.nan, self.values))


def touches(dates: Sequence[str], per_year: int, window: tuple[str, str] = SHUT) -> np.ndarray:
    """Whether a period shares a month with a window of months, both ends in it; bool of the shape of ``dates``."""
    first, last = number(window[0]), number(window[1])
    starts = np.array([number(each) for each in dates], int)
    return (starts + MONTHS // per_year - 1 >= first) & (starts <= last)


def seasons(dates: Sequence[str], per_year: int) -> np.ndarray:
    """Which month or quarter of the year each date is, from 0."""
    return np.array([number(each) % MONTHS // (MONTHS // per_year) for each in dates], int)


def from_months(name: str, values: Mapping[str, float]) -> Series:
    """A monthly series from values by month, gaps as NaN."""
    return _from(name, {number(each): value for each, value in values.items()}, MONTHS)


def from_quarters(name: str, values: Mapping[str, float]) -> Series:
    """A quarterly series from values by quarter, as 2017Q1, gaps as NaN."""
    starts = {number(f"{each[:4]}-{int(each[5:]) * 3 - 2:02d}"): value for each, value in values.items()}
    return _from(name, starts, 4)


def _from(name: str, values: Mapping[int, float], per_year: int) -> Series:
    if not values:
        raise CallSheetError(f"The series {name} is empty. Look at its file in seeds/history.")
    starts = range(min(values), max(values) + 1, MONTHS // per_year)
    held = np.array([values.get(each, np.nan) for each in starts], float)
    held.flags.writeable = False  # `observed` hands the same array to everyone
    return Series(name, month(starts[0]), held, per_year)


@cache
def observed(name: str) -> Series:
    """One of the published series that are forecast: monthly payroll jobs, or quarterly shoot days by category.

    Sources: `seeds/history/la_payroll_jobs.csv` (BLS, NAICS 512, not seasonally adjusted), `shoot_days.csv` (FilmLA).
    """
    if name == JOBS:
        return from_months(name, history.monthly_jobs())
    if name not in SHOOT_DAYS:
        raise UnknownName(sentences(f"There is no series {shown(name)}.", nearest(name, NAMES)))
    return from_quarters(name, history.quarterly_shoot_days()[SHOOT_DAYS[name]])


@cache
def us_jobs() -> Series:
    """US payroll jobs of NAICS 512 by month, not seasonally adjusted (BLS; `seeds/history/us_payroll_jobs.csv`)."""
    return from_months("us_payroll_jobs_512", {row["month"]: float(row["value"])
                                               for row in tables.rows("history/us_payroll_jobs.csv")})
