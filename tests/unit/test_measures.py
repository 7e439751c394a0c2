"""Measures that are held against published series: which week is a month's, and which days a quarter's."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from model import calendar, measures, tables


@pytest.mark.parametrize(("year", "month", "monday"), [
    (2019, 5, date(2019, 5, 13)),  # the 12th is a Sunday, with which a week of pay begins
    (2019, 10, date(2019, 10, 7)),  # a Saturday, with which one ends
    (2018, 11, date(2018, 11, 12)),  # a Monday
])
def test_the_payroll_week_runs_from_sunday_to_saturday(year, month, monday):
    assert calendar.monday(calendar.week_holding_12th(year, month)) == monday


def recording_of(first, weeks, days):
    """Weeks of ``days`` shoot days on location, all of the first kind."""
    kinds = tables.kinds()
    series = np.zeros((weeks, kinds.n))
    series[:, 0] = days / kinds.on_location[0]
    dates = np.datetime64(first) + 7 * np.arange(weeks).astype("timedelta64[D]")
    return SimpleNamespace(series={"shoot_days": series}, dates=dates, scale=1.0)


def test_a_quarter_has_the_shoot_days_of_its_own_working_days():
    """October 2026 begins on a Thursday: of that week three fifths are of the quarter before."""
    found = measures.quarterly_shoot_days(recording_of("2026-06-29", 53, 100.0))
    category = str(tables.kinds().category[0])
    workdays = {"2026Q3": 66, "2026Q4": 66, "2027Q1": 64}
    for quarter, days in workdays.items():
        begin = np.datetime64(f"{quarter[:4]}-{3 * int(quarter[5]) - 2:02d}-01")
        end = (begin.astype("datetime64[M]") + 3).astype("datetime64[D]")
        assert np.busday_count(begin, end) == days
        assert found[category][quarter] == pytest.approx(20.0 * days)
        assert found["all"][quarter] == pytest.approx(20.0 * days)
    assert sum(found[category].values()) == pytest.approx(5300.0)
