"""What is known at an origin, and which periods the closures touch."""

import numpy as np
import pytest

from experiments.forecasting.series import JOBS, NAMES, from_months, from_quarters, observed, touches, us_jobs
from model.errors import CallSheetError


def test_a_quarter_is_known_only_once_its_last_month_is():
    days = from_quarters("days", {f"2019Q{quarter}": 100.0 * quarter for quarter in range(1, 5)})
    assert days.until("2019-11").dates == ("2019-01", "2019-04", "2019-07")
    assert days.until("2019-12").values.tolist() == [100.0, 200.0, 300.0, 400.0]
    assert days.until("2019-12").ahead(2) == ("2020-01", "2020-04")
    jobs = from_months("jobs", {"2019-01": 1.0, "2019-02": 2.0, "2019-03": 3.0})
    assert jobs.until("2019-02").values.tolist() == [1.0, 2.0]
    assert jobs.until("2019-02").ahead(2) == ("2019-03", "2019-04")


def test_an_origin_outside_the_series_is_a_sentence():
    jobs = from_months("jobs", {"2019-01": 1.0, "2019-02": 2.0})
    for origin in ("2018-12", "2019-03", "2018-01"):
        with pytest.raises(CallSheetError, match="lies outside the series jobs"):
            jobs.until(origin)
    with pytest.raises(CallSheetError, match="write year and month"):
        jobs.until("2019-13")


def test_gaps_are_not_numbers():
    days = from_quarters("days", {"2016Q3": 5.0, "2017Q1": 7.0})
    assert days.dates == ("2016-07", "2016-10", "2017-01")
    assert np.isnan(days.values[1])
    assert days.season.tolist() == [2, 3, 0]
    assert days.at(["2017-01", "2031-01"]).tolist()[0] == 7.0
    assert np.isnan(days.at(["2031-01"]))


def test_the_closures_touch_the_months_and_quarters_one_counts_by_hand():
    months = ["2020-02", "2020-03", "2021-06", "2021-07"]
    assert touches(months, 12).tolist() == [False, True, True, False]
    quarters = ["2019-10", "2020-01", "2021-04", "2021-07"]
    assert touches(quarters, 4).tolist() == [False, True, True, False]


def test_left_out_periods_are_missing_and_the_rest_is_as_published():
    jobs = observed(JOBS)
    out = jobs.without(("2020-03", "2021-06"))
    assert np.isnan(out.values).sum() == 16
    seen = np.isfinite(out.values)
    assert np.array_equal(out.values[seen], jobs.values[seen])
    assert jobs.without(None) is jobs


def test_nothing_published_after_2024_is_read():
    for series in (*map(observed, NAMES), us_jobs()):
        assert series.dates[-1] in ("2024-12", "2024-10")
        assert np.nanmin(series.values) > 0
