"""Scores against values worked out by hand."""

import json

import numpy as np
import pytest

from experiments.forecasting.scoring import (
    ALL,
    OPEN,
    _without_gaps,
    coverage,
    crps,
    mae_percent,
    paired,
    score,
    stratum,
)
from experiments.statistics import wilson
from model.errors import CallSheetError

MONTHS_2020 = [f"2020-{month:02d}" for month in range(1, 13)]


def test_the_crps_of_a_point_mass_is_the_absolute_error():
    observed = np.array([3.0, 10.0, 7.0])
    assert crps(observed, np.tile([5.0, 5.0, 7.0], (9, 1))) == pytest.approx([2.0, 5.0, 0.0])


def test_the_crps_of_a_small_ensemble_by_hand():
    """Mean distance to the observed value less half the mean distance between two different members."""
    members = np.array([[1.0], [2.0], [6.0]])
    assert crps(np.array([4.0]), members) == pytest.approx([(3 + 2 + 2) / 3 - 0.5 * (1 + 5 + 4) / 3])


def test_a_fair_crps_does_not_reward_more_members():
    chance = np.random.default_rng(1)
    observed = chance.normal(size=4000)
    few, many = (crps(observed, chance.normal(size=(m, 4000))).mean() for m in (3, 60))
    assert few == pytest.approx(many, abs=0.03)
    assert many == pytest.approx(1 / np.sqrt(np.pi), abs=0.02)


def test_the_crps_is_missing_where_nothing_was_observed():
    found = crps(np.array([np.nan, 1.0]), np.zeros((4, 2)))
    assert np.isnan(found[0])
    assert found[1] == 1.0


def test_coverage_counted_by_hand():
    """Members 0..100: the central 50 % run from 25 to 75, the 80 % from 10 to 90, the 90 % from 5 to 95."""
    members = np.tile(np.arange(101.0)[:, None], (1, 6))
    observed = np.array([25.0, 50.0, 76.0, 8.0, 97.0, np.nan])
    for level, inside in ((50, 2), (80, 3), (90, 4)):
        found = coverage(observed, members, level)
        assert (found.inside, found.n, found.share) == (inside, 5, inside / 5)
        assert (found.low, found.high) == wilson(inside, 5)


def test_the_error_of_the_median_in_percent_of_the_mean_observed():
    members = np.array([[90.0, 10.0], [110.0, 20.0], [1000.0, 30.0]])
    assert mae_percent(np.array([100.0, 60.0]), members) == pytest.approx(100 * (10 + 40) / 2 / 80)


def test_the_stratum_without_the_closures_leaves_them_out():
    observed = np.where(np.arange(12) < 2, 100.0, 10.0)
    members = np.tile(np.full(12, 100.0), (5, 1))
    whole, open_ = score(MONTHS_2020, 12, observed, members), score(MONTHS_2020, 12, observed, members, OPEN)
    assert (whole.n, open_.n) == (12, 2)
    assert whole.crps == pytest.approx(75.0)
    assert open_.crps == 0.0
    assert open_.mae_percent == 0.0
    assert [each.inside for each in whole.coverage] == [2, 2, 2]
    assert stratum(["2019-10", "2020-01", "2021-04", "2021-07"], 4, OPEN).tolist() == [True, False, False, True]
    with pytest.raises(CallSheetError, match="no stratum"):
        stratum(MONTHS_2020, 12, "some")


def test_a_stratum_without_dates_scores_nothing_and_still_becomes_json():
    found = score(MONTHS_2020[3:], 12, np.full(9, 5.0), np.ones((3, 9)), OPEN)
    assert found.n == 0
    assert np.isnan(found.crps)
    assert json.loads(json.dumps(found.plain(), allow_nan=False))["crps"] is None


def test_ensembles_that_cannot_be_scored_are_sentences():
    with pytest.raises(CallSheetError, match="at least two members"):
        crps(np.ones(3), np.ones((1, 3)))
    with pytest.raises(CallSheetError, match="shape"):
        score(MONTHS_2020, 12, np.ones(12), np.ones((5, 11)))
    with pytest.raises(CallSheetError, match="not finite"):
        crps(np.ones(2), np.array([[1.0, np.nan], [1.0, 2.0]]))
    with pytest.raises(CallSheetError, match="one for each"):
        score(MONTHS_2020[1:], 12, np.ones(12), np.ones((5, 12)))


def dates(count, start=2015):
    return [f"{start + i // 12}-{i % 12 + 1:02d}" for i in range(count)]


def test_a_constant_difference_has_no_spread_and_the_sign_of_the_better():
    found = paired([dates(36)], 12, [np.full(36, 2.0)], [np.full(36, 5.0)])
    assert (found.difference, found.low, found.high, found.n) == (-3.0, -3.0, -3.0, 36)


def test_a_paired_difference_leaves_the_closures_out_of_its_stratum():
    when = dates(24, 2020)
    shut = np.array(when) <= "2021-06"
    first = np.where(shut & (np.array(when) >= "2020-03"), 100.0, 1.0)
    assert paired([when] * 2, 12, [first] * 2, [np.zeros(24)] * 2, OPEN).difference == 1.0
    assert paired([when] * 2, 12, [first] * 2, [np.zeros(24)] * 2, ALL).difference == (16 * 100 + 8) / 24


def test_no_block_joins_dates_on_both_sides_of_a_gap():
    kept = np.array([True, True, False, True, False, False, True])
    assert [each.tolist() for each in _without_gaps(np.arange(7.0), kept)] == [[0.0, 1.0], [3.0], [6.0]]
    assert _without_gaps(np.arange(3.0), np.zeros(3, bool)) == []
    when = dates(36, 2019)  # 14 months before the closures and six after them
    sides = np.where(np.array(when) < "2020-03", 1.0, -1.0)
    found = paired([when], 12, [sides], [np.zeros(36)], OPEN)
    assert found.n == 20
    assert found.low < found.difference < found.high


def test_errors_that_last_widen_the_interval():
    """The same values, once in runs of half a year and once mixed: blocks see what single draws do not."""
    lasting = np.repeat([1.0, -1.0] * 6, 6)
    mixed = np.tile([1.0, -1.0], 36)
    zero = np.zeros(72)
    one, other = (paired([dates(72)], 12, [each], [zero]) for each in (lasting, mixed))
    assert one.difference == other.difference == 0.0
    assert one.high - one.low > 3 * (other.high - other.low)


def test_blocks_never_join_two_origins():
    """Half a year of each is one block, so two drawn blocks are both of the first as often as one in four times;
    a block over the seam would make that rare.
    """
    pair = paired([dates(6), dates(6, 2018)], 12, [np.ones(6), -np.ones(6)], [np.zeros(6)] * 2)
    assert (pair.difference, pair.low, pair.high) == (0.0, -1.0, 1.0)


def test_the_ends_of_a_run_count_as_much_as_its_middle():
    """Only the first and the last month differ, which lie in one block each and not in six."""
    values = np.zeros(24)
    values[[0, -1]] = 12.0
    found = paired([dates(24)], 12, [values], [np.zeros(24)])
    assert found.difference == 1.0
    assert 0.5 < found.low < 1.0 < found.high


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    chance = np.random.default_rng(5)
    held = 0
    for _ in range(200):
        found = paired([dates(120)], 12, [chance.normal(0.5, 1.0, 120)], [np.zeros(120)], draws=300)
        held += found.low <= 0.5 <= found.high
    assert 155 <= held <= 195


def test_the_interval_is_the_same_at_every_call_and_missing_where_there_is_too_little():
    values = np.random.default_rng(7).normal(size=30)
    assert paired([dates(30)], 12, [values], [np.zeros(30)]) == paired([dates(30)], 12, [values], [np.zeros(30)])
    short = paired([dates(11)], 12, [values[:11]], [np.zeros(11)])
    assert short.difference == pytest.approx(values[:11].mean())
    assert np.isnan(short.low)
    with pytest.raises(CallSheetError, match="each origin"):
        paired([dates(11)], 12, [values[:11]] * 2, [values[:11]])
