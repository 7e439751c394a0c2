"""Paired differences against scipy, and what looking again and again costs."""

import json
import warnings

import numpy as np
import pytest
from scipy import stats

from experiments.analysis.paired import enough, estimate, needed
from model.errors import CallSheetError


def test_the_interval_is_that_of_a_t_test():
    values = np.random.default_rng(1).normal(2.0, 3.0, 17)
    ours = estimate(values, level=0.9)
    theirs = stats.ttest_1samp(values, 0.0)
    interval = theirs.confidence_interval(0.9)
    assert (ours.low, ours.high) == pytest.approx((interval.low, interval.high))
    assert ours.mean / ours.se == pytest.approx(theirs.statistic)


def test_failed_futures_are_left_out_and_counted():
    ours = estimate([1.0, np.nan, 3.0, -1.0])
    assert (ours.mean, ours.n, ours.missing, ours.agreeing) == (1.0, 3, 1, 2)


def test_one_future_has_a_mean_and_no_interval():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plain = estimate([4.0]).plain()
    assert plain["mean"] == 4.0
    assert plain["se"] is plain["low"] is plain["high"] is None
    json.dumps(plain, allow_nan=False)


def test_nothing_known_is_said_in_a_sentence():
    with pytest.raises(CallSheetError, match="Of 2 differences 0 are numbers"):
        estimate([np.nan, np.nan])
    with pytest.raises(CallSheetError, match="1 infinite"):
        estimate([1.0, np.inf])
    with pytest.raises(CallSheetError, match="confidence level is '95'"):
        estimate([1.0, 2.0], level=95)
    with pytest.raises(CallSheetError, match="half width is '0'"):
        needed([1.0, 2.0], 0)


def test_as_many_more_pairs_as_are_needed_and_not_one_fewer():
    values = np.random.default_rng(2).normal(0.0, 1.0, 12)
    more = needed(values, 0.25)

    def half(n):
        return stats.t.ppf(0.975, n - 1) * values.std(ddof=1) / np.sqrt(n)

    assert half(12 + more) <= 0.25 < half(12 + more - 1)
    assert needed(values, 10.0) == 0
    assert needed([3.0, 3.0, 3.0], 0.1) == 0


def test_the_rule_waits_for_enough_pairs_even_where_they_agree():
    assert not enough([1.0] * 9, 0.5)
    assert enough([1.0] * 10, 0.5)
    assert not enough([*[1.0] * 9, np.nan], 0.5)
    assert not enough(np.random.default_rng(3).normal(size=10), 0.1)


def coverage(half_width, least, repetitions=2000):
    """Share of repetitions whose interval, where the rule stops, holds the true mean of zero."""
    chance = np.random.default_rng(5)
    values = chance.normal(size=(repetitions, 120))
    n = np.arange(1, 121)
    mean = values.cumsum(axis=1) / n
    spread = np.sqrt(np.maximum((values**2).cumsum(axis=1) - n * mean**2, 0.0) / np.maximum(n - 1, 1))
    half = stats.t.ppf(0.975, np.maximum(n - 1, 1)) * spread / np.sqrt(n)
    stop = ((half <= half_width) & (n >= least)).argmax(axis=1)
    for row in range(5):  # the quick computation above is the rule itself
        assert enough(values[row, : stop[row] + 1], half_width, least)
        assert not enough(values[row, : stop[row]], half_width, least)
    at = np.arange(repetitions), stop
    return float((np.abs(mean[at]) <= half[at]).mean())


def test_looking_after_every_pair_costs_one_or_two_points_of_coverage():
    from_two, from_five, from_ten = (coverage(0.5, least) for least in (2, 5, 10))
    assert from_ten == pytest.approx(0.938, abs=0.015)
    assert from_five == pytest.approx(0.92, abs=0.018)
    assert from_two == pytest.approx(0.88, abs=0.02)
