"""Studios take the best ideas they can pay for and the places that suit them: limits of the equations of choice."""

import math

import numpy as np
import pytest

from model.mechanisms import location
from tests.unit.equations.titles import arrive, logit, slate

# Places


def test_without_sensitivity_habit_decides_and_crowding_is_log_points():
    """Equation 4: limiting cases."""
    habit, net, then = np.array([[0.6, 0.4]]), np.array([[1.0, 0.7]]), np.ones((1, 2))
    assert logit(location.appeal(habit, net, then, 0.0, np.zeros((1, 2)))[0]) == pytest.approx([0.6, 0.4])
    assert logit(location.appeal(habit, then, then, 9.0, np.zeros((1, 2)))[0]) == pytest.approx([0.6, 0.4])
    full = logit(location.appeal(habit, then, then, 9.0, np.array([[math.log(2), 0.0]]))[0])
    assert full == pytest.approx([0.3 / 0.7, 0.4 / 0.7])


def test_relative_costs_drift_by_compound_rates():
    """Equation 27: one percent a year, scaled by three, over two years is 1.03 squared."""
    cost = location.cost_ratios(np.array([1.0, 0.8]), np.array([0.0, 0.01]), 2.0, 3.0)
    assert cost == pytest.approx([1.0, 0.8 * 1.0609])
    assert location.cost_ratios(np.array([0.8]), np.array([0.01]), 2.0, 0.0) == pytest.approx([0.8])


def test_a_title_keeps_its_tastes_so_that_a_dearer_place_only_loses():
    """Equation 28: whoever leaves the dearer place is the only one who moves."""
    uid, kind = np.arange(5000, dtype=np.int64), np.zeros(5000, np.uint8)
    against = location.distastes(uid, 3, 3)
    before = location.choose_place(kind, np.array([[0.0, 0.0, 0.0]]), against)
    after = location.choose_place(kind, np.array([[-0.5, 0.0, 0.0]]), against)
    moved = before != after
    assert moved.any()
    assert (before[moved] == 0).all()
    assert (after[moved] != 0).all()


# Slates


def test_an_idea_below_the_hurdle_waits_however_full_the_purse():
    """Equation 7: worth 0.9 clears a hurdle of 0.8 and worth 0.5 does not."""
    assert slate(purse=100_000)[0] == [1, 1, 1, 1, 0]
    assert slate(purse=100_000, hurdle=1.2)[0] == [1, 1, 0, 0, 0]


def test_cheaper_titles_clear_the_hurdle_more_easily_and_more_of_them_are_paid_for():
    """Equation 7: at half the cost even worth 0.5 returns 1.0, and 1,000 cents pay for five titles of 200."""
    assert slate(charged=200) == ([1, 1, 1, 1, 1], 0, 0)


def test_the_credit_goes_to_the_best_until_its_cap_is_spent():
    """Equation 7: 150 cents of cap serve two titles of 100, at 300 instead of 400; the third pays in full."""
    assert slate(credit_purse=150) == ([2, 2, 1, 0, 0], 0, -50)


def test_whoever_may_not_ask_for_the_credit_pays_in_full():
    """Equation 7: the first two may not, whose kind is not covered or who would not come."""
    assert slate(credit_purse=1000, may_ask=[False, False, True, True, True])[0] == [1, 1, 2, 0, 0]


def test_a_studio_with_its_own_decision_is_not_asked_by_the_rule():
    """Equation 7: a forced title is made below the hurdle and a refused one is not made above it."""
    assert slate(purse=100_000, forced=[0, -1, -1, -1, 1])[0] == [0, 1, 1, 1, 1]


def test_ideas_come_in_poisson_numbers_around_what_is_expected():
    """Equation 24: mean and variance of the count are what is expected."""
    counts = [arrive(20.0, week).uid.size for week in range(2000)]
    assert np.mean(counts) == pytest.approx(20.0, abs=0.35)
    assert np.var(counts) == pytest.approx(20.0, rel=0.12)


def test_more_ideas_are_the_same_ideas_and_some_more():
    """Equation 24: an idea keeps identity, worth and size in a world with more of them."""
    few, many = arrive(10.0), arrive(15.0)
    assert few.uid.size < many.uid.size
    for name in few._fields:
        assert getattr(many, name)[: few.uid.size].tolist() == getattr(few, name).tolist()
