"""Scores of inputs beside one of pure chance."""

import json
import warnings

import numpy as np
import pytest

from experiments.analysis.scores import scores
from model.errors import CallSheetError

NAMES = tuple("abcdef")


def points(n=150, seed=3):
    chance = np.random.default_rng(seed)
    x = chance.random((n, 6))
    return x, 3.0 * x[:, 1] + np.sin(6.0 * x[:, 4]) + chance.normal(0.0, 0.3, n)


def test_what_matters_is_above_the_floor_and_what_does_not_seldom_is():
    above = np.array([scores(*points(seed=seed), NAMES, seed=seed).above for seed in range(8)])
    assert above[:, [1, 4]].all()
    assert above[:, [0, 2, 3, 5]].mean() < 0.2  # the mean of a chance input as the floor gives 0.3 to 0.4


def test_scores_are_shares_with_their_range_over_forests():
    found = scores(*points(), NAMES, forests=5)
    assert found.score[1] == found.score.max() > 0.5
    assert found.score.sum() < 1.0
    assert (found.low <= found.score).all()
    assert (found.score <= found.high).all()
    json.dumps(found.plain(), allow_nan=False)


def test_an_input_that_does_nothing_seldom_passes_the_floor():
    passed = []
    for seed in range(8):
        chance = np.random.default_rng(seed)
        passed.extend(scores(chance.random((60, 6)), chance.normal(size=60), NAMES, seed=seed).above)
    assert np.mean(passed) < 0.15


def test_scores_repeat_and_failed_points_are_left_out():
    x, y = points()
    y[:10] = np.nan
    one, two = scores(x, y, NAMES, seed=4), scores(x, y, NAMES, seed=4)
    assert one.plain() == two.plain()
    assert (one.points, one.missing) == (140, 10)


def test_truth_values_can_be_scored_too():
    x, y = points()
    found = scores(x, x[:, 2] > 0.5, NAMES)
    assert found.above.tolist() == [False, False, True, False, False, False]


def test_values_all_equal_are_explained_by_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = scores(points(40)[0], np.ones(40), NAMES)
    assert not found.above.any()
    with pytest.raises(CallSheetError, match="10 points are known; scores need at least 20"):
        scores(*points(10), NAMES)
