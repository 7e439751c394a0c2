"""Figures in words: a sign where there is a difference to be seen, and how long something takes."""

import math

import pytest

from experiments.answer.wording import DASH, MINUS, change, duration, figure, is_zero, label, signed
from experiments.page.sheet import Cell
from model.measures import measure


@pytest.mark.parametrize(("value", "unit", "says"), [
    (0.25, "share", "+25.0%"), (-0.25, "rate", f"{MINUS}25.0%"), (12.0, "", "+12"), (-1234.5, "USD", f"{MINUS}$1,234"),
    (0.0, "share", "0.0%"), (-0.0004, "share", "0.0%"), (0.0004, "USD", "$0"), (0.0, "", "0"),
    (-0.001, "years", "0.00"), (None, "share", DASH), (math.nan, "share", DASH),
])  # fmt: skip
def test_a_difference_has_its_sign_where_more_than_zeros_is_shown(value, unit, says):
    assert signed(value, unit) == says


@pytest.mark.parametrize("value", [0.3, -0.3, 0.0, 1e-9, -1e-9, 1234.5, -8.0])
def test_a_difference_is_the_figure_with_a_sign_and_of_shares_in_points_where_it_is_one_of_levels(value):
    assert signed(value, "jobs") == change(value, "jobs")
    assert signed(value, "jobs").removeprefix("+") == figure(value, "jobs")
    assert change(value, "share").endswith(" points")
    assert signed(value, "share").endswith("%")
    assert is_zero(signed(value, "share")) == (abs(value) < 0.0005)


@pytest.mark.parametrize(("seconds", "says"), [
    (0.4, "0 s"), (119.4, "119 s"), (120, "2 min"), (7100, "118 min"), (7200, "2.0 h"), (1e5, "27.8 h"),
])  # fmt: skip
def test_how_long_something_takes_is_said_in_a_unit_that_fits(seconds, says):
    assert duration(seconds) == says


def test_a_file_rounds_what_is_not_whole_and_has_dates_as_programs_read_them():
    assert Cell("0.12", 0.123456789).in_file == 0.123457
    assert Cell("1,234,567", 1_234_567.0).in_file == 1_234_567.0
    assert Cell("12", 12).in_file == 12
    assert Cell("13 Apr 2026", filed="2026-04-13").in_file == "2026-04-13"
    assert Cell("in words").in_file == "in words"


def test_a_label_writes_television_out():
    assert label(measure("shoot_days_tv")) == "Shoot days, television"
    assert label(measure("crew_weeks")) == measure("crew_weeks").label
