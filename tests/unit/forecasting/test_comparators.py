"""Simple forecasts say what their sentences say, and never look beyond their origin."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from experiments.forecasting import comparators
from experiments.forecasting.comparators import (
    COMPARATORS,
    autoregression,
    changes,
    constant_share,
    drivers_regression,
    last_value,
    same_month_last_year,
)
from experiments.forecasting.regression import autoregression as fitted
from experiments.forecasting.regression import dummies, least_squares, within
from experiments.forecasting.series import JOBS, MONTHS, Series, observed, us_jobs
from model.errors import CallSheetError
from model.mechanisms.demand import published

ORIGINS = ("2016-12", "2018-12", "2020-12", "2022-12")
OF_DAYS = [each for each in COMPARATORS if each != "constant_share"]


def monthly(values, first="2015-01"):
    return Series("made_up", first, np.asarray(values, float), MONTHS)


def after(series, origin, factor):
    """The series with everything after the origin multiplied."""
    known = len(series.until(origin).values)
    return replace(series, values=np.where(np.arange(len(series.values)) < known, series.values,
                                           series.values * factor))


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("name", COMPARATORS)
def test_what_comes_after_the_origin_changes_nothing(name, origin):
    """Also the driver's later figures; of the constant share its own series, for US jobs are given to it."""
    make = COMPARATORS[name]
    before = make(observed(JOBS), origin, 24)
    years, counts = published(comparators.DRIVER)
    if name == "drivers_regression":
        make = partial(make, driver=(years, np.where(years > int(origin[:4]), counts * 7.0, counts)))
    then = make(after(observed(JOBS), origin, 3.0), origin, 24)
    assert np.array_equal(before.ensemble, then.ensemble)
    assert before.dates == then.dates


@pytest.mark.parametrize("name", COMPARATORS)
def test_what_was_known_at_the_origin_matters(name):
    jobs = observed(JOBS)
    doubled = COMPARATORS[name](replace(jobs, values=2.0 * jobs.values), "2022-12", 12).ensemble
    assert doubled == pytest.approx(2.0 * COMPARATORS[name](jobs, "2022-12", 12).ensemble)


@pytest.mark.parametrize("name", OF_DAYS)
def test_quarters_after_the_origin_change_nothing_either(name):
    days = observed("shoot_days_all")
    before = COMPARATORS[name](days, "2022-12", 8)
    assert np.array_equal(before.ensemble, COMPARATORS[name](after(days, "2022-12", 0.2), "2022-12", 8).ensemble)
    assert before.dates[0] == "2023-01"
    assert before.dates[-1] == "2024-10"


@pytest.mark.parametrize("name", COMPARATORS)
def test_forecasts_are_the_same_at_every_call_positive_and_of_their_shape(name):
    made = COMPARATORS[name](observed(JOBS), "2022-12", 24)
    assert np.array_equal(made.ensemble, COMPARATORS[name](observed(JOBS), "2022-12", 24).ensemble)
    assert made.ensemble.shape == (400, 24)
    assert np.isfinite(made.ensemble).all()
    assert (made.ensemble > 0).all()
    assert (made.ensemble.std(axis=0) > 0).all()
    assert (made.dates[0], made.dates[-1]) == ("2023-01", "2024-12")
    assert made.conditional is (name in ("constant_share", "regression_on_later_drivers"))


def test_the_median_of_the_last_value_is_the_last_value_and_its_spread_grows():
    made = last_value(observed(JOBS), "2018-12", 24)
    assert np.median(made.ensemble, axis=0) == pytest.approx(np.full(24, 136200.0), rel=1e-4)
    steady = last_value(monthly(100.0 * np.exp(np.cumsum(np.tile([0.1, -0.1, 0.1, 0.1, -0.1], 20)))), "2023-04", 24)
    widths = np.log(steady.ensemble).std(axis=0)
    assert widths[23] > widths[0]


def test_the_median_of_the_seasonal_forecast_is_last_years_value_in_every_year_ahead():
    jobs = observed(JOBS)
    made = same_month_last_year(jobs, "2018-12", 24)
    last_year = jobs.at([f"2018-{month:02d}" for month in range(1, 13)])
    assert np.median(made.ensemble, axis=0) == pytest.approx(np.tile(last_year, 2), rel=1e-4)
    days = observed("shoot_days_all")
    made = same_month_last_year(days, "2022-12", 4)
    assert np.median(made.ensemble, axis=0) == pytest.approx(days.at(["2022-01", "2022-04", "2022-07", "2022-10"]),
                                                             rel=1e-4)


def test_a_month_left_out_is_looked_up_a_year_earlier():
    jobs = observed(JOBS)
    (april,) = jobs.at(["2019-04"])
    assert np.median(same_month_last_year(jobs, "2020-12", 4).ensemble[:, 3]) == pytest.approx(april, rel=1e-4)
    (april,) = jobs.at(["2020-04"])
    found = same_month_last_year(jobs, "2020-12", 4, left_out=None).ensemble[:, 3]
    assert np.median(found) == pytest.approx(april, rel=1e-4)


def test_spreads_are_those_of_past_changes_by_hand():
    logs = np.array([0.0, 0.1, 0.3, 0.2, np.nan, 0.4])
    of_one = np.sqrt((0.1**2 + 0.2**2 + 0.1**2) / 3)
    of_two = np.sqrt((0.3**2 + 0.1**2 + 0.2**2) / 3)
    assert changes(logs, np.array([1, 2]), 1, 3) == pytest.approx([of_one, of_two])
    assert changes(logs, np.array([1, 4]), 1, 3) == pytest.approx([of_one, of_two * np.sqrt(2.0)])
    with pytest.raises(CallSheetError, match="too short"):
        changes(logs, np.array([1]), 1, 4)


def test_what_is_left_out_is_not_in_the_spread():
    wild = observed(JOBS)
    shut = wild.without(("2020-03", "2021-06"))
    calm = replace(wild, values=np.where(np.isnan(shut.values), 1000.0, wild.values))
    for make in (last_value, same_month_last_year, autoregression, drivers_regression, constant_share):
        assert np.array_equal(make(wild, "2022-12", 12).ensemble, make(calm, "2022-12", 12).ensemble)
        assert not np.allclose(make(wild, "2022-12", 12, left_out=None).ensemble, make(wild, "2022-12", 12).ensemble)


@pytest.mark.parametrize("slopes", [(0.7,), (0.4, 0.4)])
def test_an_autoregression_recovers_the_coefficients_of_a_made_one(slopes):
    season = np.arange(3000) % MONTHS
    effects = 0.1 * np.cos(season)
    shocks = np.random.default_rng(1).normal(0.0, 0.05, 3000)
    logs = np.zeros(3000)
    for t in range(2, 3000):
        logs[t] = effects[t] + sum(slope * logs[t - 1 - i] for i, slope in enumerate(slopes)) + shocks[t]
    found_effects, found, residuals = fitted(logs, season, MONTHS, orders=(len(slopes),))
    assert found == pytest.approx(slopes, abs=0.05)
    assert found_effects == pytest.approx(0.1 * np.cos(np.arange(MONTHS)), abs=0.02)
    assert residuals.std() == pytest.approx(0.05, rel=0.05)
    assert len(fitted(logs, season, MONTHS)[1]) == len(slopes)


def test_an_autoregression_goes_on_where_a_made_one_would():
    logs = [0.3, 0.5]
    for _ in range(70):
        logs.append(1.6 * logs[-1] - 0.9 * logs[-2])
    made = autoregression(monthly(1000.0 * np.exp(logs[:60])), "2019-12", 12)
    assert made.ensemble == pytest.approx(np.tile(1000.0 * np.exp(logs[60:]), (400, 1)), rel=1e-6)


def test_residuals_are_as_wide_as_the_shocks_however_many_effects_are_fitted():
    month = dummies(np.arange(24) % MONTHS, MONTHS)
    shocks = np.random.default_rng(4).normal(0.0, 0.1, (300, 24))
    found = [least_squares(each, month, "It").residuals.var() for each in shocks]
    assert np.mean(found) == pytest.approx(0.01, rel=0.06)


def test_gaps_cost_an_autoregression_rows_and_not_its_slope():
    logs = np.zeros(2000)
    shocks = np.random.default_rng(2).normal(0.0, 0.1, 2000)
    for t in range(1, 2000):
        logs[t] = 0.6 * logs[t - 1] + shocks[t]
    logs[500:516] = np.nan
    assert fitted(logs, np.arange(2000) % MONTHS, MONTHS, orders=(1,))[1] == pytest.approx([0.6], abs=0.05)


def test_roots_are_held_within_the_largest_allowed():
    assert within(np.array([0.5]), 0.98).tolist() == [0.5]
    assert within(np.array([1.3]), 0.98) == pytest.approx([0.98])
    held = within(np.array([1.2, 0.1]), 0.98)
    assert np.abs(np.roots([1.0, *-held])).max() == pytest.approx(0.98)
    booming = monthly(100.0 * np.exp(0.02 * np.arange(60) ** 1.2))
    assert autoregression(booming, "2019-12", 36).ensemble.max() < 100 * booming.values[-1]


def test_an_autoregression_starts_from_what_was_seen_last_even_if_it_is_left_out():
    jobs = observed(JOBS)
    low = replace(jobs, values=np.where(np.array(jobs.dates) == "2020-12", 60000.0, jobs.values))
    first = np.median(autoregression(jobs, "2020-12", 1).ensemble)
    assert np.median(autoregression(low, "2020-12", 1).ensemble) < 0.9 * first


def test_the_regression_on_drivers_finds_the_elasticity_and_holds_the_last_driver_known():
    years, counts = np.array([2014.0, 2015, 2016, 2017, 2018, 2019]), np.array([50.0, 100, 110, 130, 160, 900])
    season = np.exp(0.1 * np.sin(np.arange(48)))
    level = np.repeat(counts[1:5], 12) ** 0.5 * np.tile(season[:12], 4)
    made = drivers_regression(monthly(level), "2018-12", 24, driver=(years, counts))
    assert made.ensemble == pytest.approx(np.tile(160.0**0.5 * np.tile(season[:12], 2), (400, 1)), rel=1e-6)


def test_a_driver_of_a_year_is_not_known_before_it_has_ended():
    years, counts = published(comparators.DRIVER)
    jobs, other = observed(JOBS), (years, np.where(years == 2018, 9.0 * counts, counts))
    same = [np.array_equal(drivers_regression(jobs, origin, 12).ensemble,
                           drivers_regression(jobs, origin, 12, driver=other).ensemble)
            for origin in ("2018-11", "2018-12")]
    assert same == [True, False]


def test_a_constant_share_follows_us_jobs_after_the_origin():
    us = us_jobs()
    made = constant_share(observed(JOBS), "2022-12", 24)
    share = observed(JOBS).values[84:96].sum() / us.values[84:96].sum()
    assert np.median(made.ensemble, axis=0) == pytest.approx(share * us.values[96:120], rel=1e-4)
    halved = constant_share(observed(JOBS), "2022-12", 24, us=after(us, "2022-12", 0.5))
    assert halved.ensemble == pytest.approx(0.5 * made.ensemble)
    longer = constant_share(observed(JOBS), "2022-12", 24, window=24)
    share = observed(JOBS).values[78:96].sum() / us.values[78:96].sum()  # the closures end in the window
    assert not np.allclose(longer.ensemble, made.ensemble)
    assert np.median(longer.ensemble[:, 0]) / us.values[96] == pytest.approx(share, rel=0.05)


def test_a_constant_share_ends_where_the_us_series_does_and_has_no_word_on_days():
    made = constant_share(observed(JOBS), "2022-12", 36)
    assert made.dates[-1] == "2024-12"
    assert made.ensemble.shape == (400, 24)
    with pytest.raises(CallSheetError, match="US series ends before 2025-01"):
        constant_share(observed(JOBS), "2024-12", 12)
    with pytest.raises(CallSheetError, match="monthly jobs only"):
        constant_share(observed("shoot_days_all"), "2022-12", 8)


@pytest.mark.parametrize("name", OF_DAYS)
def test_a_series_too_short_is_a_sentence(name):
    with pytest.raises(CallSheetError, match=r"later origin|too short|at least"):
        COMPARATORS[name](observed("shoot_days_feature"), "2016-09", 8)


def test_values_that_have_no_log_are_a_sentence():
    with pytest.raises(CallSheetError, match="above zero"):
        last_value(monthly([1.0] * 30 + [0.0] + [1.0] * 5), "2017-12", 3)
