"""Weeks and dates: a step is a week that begins on a Monday; week 0 begins on 5 January 2015."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from model.errors import CallSheetError, shown

EPOCH = date(2015, 1, 5)
LAST_DAY = date(2040, 12, 31)
DAYS_A_WEEK, WORKING_DAYS = 7, 5
WEEKS_A_YEAR = 52.0  # for what is said of a year and happens in weeks
NEVER = 32767  # a week that does not come


def week_of(day: date) -> int:
    """The week that holds a day; negative before the epoch."""
    return (day - EPOCH).days // 7


def first_week_from(day: date) -> int:
    """The first week of which most working days lie on or after a day: what begins on a Sunday begins on Monday."""
    return week_of(day + timedelta(days=WORKING_DAYS - 1))


def monday(week: int) -> date:
    """The day on which a week begins."""
    return EPOCH + timedelta(days=7 * int(week))


def week_holding_12th(year: int, month: int) -> int:
    """The week of the pay period by which the payroll survey counts the jobs of a month. Crews are paid by weeks from
    Sunday to Saturday: where the 12th is a Sunday, that is the week of the Monday after.
    """
    return week_of(date(year, month, 12) + timedelta(days=1))


def parse_date(value: object, what: str = "the date") -> date:
    """A date from a date or from text as 2015-01-05; raises a sentence that calls it `what`."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if len(text) == 10 and text[4] == text[7] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise CallSheetError(
        f"{what} is {shown(value)}, which is not a day of the calendar. Write year-month-day, as 2015-01-05."
    )
