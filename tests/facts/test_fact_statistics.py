"""What facts are computed with gives the answers of textbooks."""

import numpy as np
import pytest

from experiments import statistics


def test_the_gini_of_known_vectors():
    assert statistics.gini([5, 5, 5, 5]) == pytest.approx(0.0)
    assert statistics.gini([0, 0, 0, 1]) == pytest.approx(0.75)
    assert statistics.gini([1, 2, 3, 4]) == pytest.approx(0.25)


def test_a_straight_line_has_no_cycle():
    assert statistics.cycle(np.linspace(3, 8, 40)) == pytest.approx(np.zeros(40), abs=1e-8)


def test_slopes_and_effects():
    rng = np.arange(60.0).reshape(6, 10)
    x = np.sin(rng * 1.7)
    y = 3.0 * x + np.arange(6.0)[:, None] * 2 + np.arange(10.0)[None, :] ** 2
    assert statistics.slope_within(x, y, np.ones_like(x)) == pytest.approx(3.0)
    weight = np.ones_like(x)
    weight[2, 3] = 0
    y[2, 3] = np.nan
    assert statistics.slope_within(x, y, weight) == pytest.approx(3.0)


def test_a_square_walked_counter_clockwise_has_its_area():
    assert statistics.loop_area([0, 1, 1, 0], [0, 0, 1, 1]) == 1.0
    assert statistics.loop_area([0, 0, 1, 1], [0, 1, 1, 0]) == -1.0


def test_the_pooled_ratio_is_the_ratio_within_strata():
    exposure = np.array([[1000.0, 10.0], [100.0, 400.0]])
    rates = np.array([[0.4, 0.2], [0.1, 0.05]])
    assert statistics.pooled_ratio(rates * exposure, exposure) == pytest.approx(0.5)


def test_wilsons_interval():
    low, high = statistics.wilson(8, 8)
    assert (round(low, 3), round(high, 3)) == (0.676, 1.0)
