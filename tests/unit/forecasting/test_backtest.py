"""The table of comparators at past origins."""

import pytest

from experiments.forecasting.backtest import LAST, forecasts, table
from experiments.forecasting.comparators import COMPARATORS
from experiments.forecasting.series import JOBS


@pytest.mark.parametrize("origin", ["2018-12", "2022-12"])
def test_no_rehearsal_runs_past_its_horizon_or_2024(origin):
    made = forecasts(JOBS, origin)
    assert list(made) == list(COMPARATORS)
    for each in made.values():
        assert each.dates[-1] == min(LAST, "2021-12" if origin == "2018-12" else LAST)


def test_a_forecast_that_cannot_be_made_says_why_and_has_no_row():
    assert "usable observations" in forecasts("shoot_days_all", "2016-12")["autoregression"]
    found = {row["comparator"] for row in table(["shoot_days_all"], ["2016-12"])}
    assert found == {"last_value", "same_month_last_year", "drivers_regression", "regression_on_later_drivers"}


def test_rows_hold_both_strata():
    rows = table([JOBS], ["2018-12"])
    assert [(row["stratum"], row["n"]) for row in rows[:2]] == [("all", 36), ("open", 20)]
    assert [row["comparator"] for row in rows if row["conditional"]] == [
        *["regression_on_later_drivers"] * 2, *["constant_share"] * 2]
