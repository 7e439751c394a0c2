"""A title is stopped, waits and goes on as its stage allows: limits of the equations of production."""

import pytest

from model.vocabulary import Stage
from tests.unit.equations.titles import advance, halted, titles_in


def test_a_shock_stops_its_share_of_what_it_reaches_and_lets_titles_resume_one_by_one():
    """Equation 29: a title has one number; it is stopped while that is below the severity."""
    shoots = titles_in(Stage.SHOOT, 4000)
    most, count = halted(shoots, 0.6)
    assert count / 4000 == pytest.approx(0.6, abs=0.025)
    fewer, _ = halted(shoots, 0.3)
    assert fewer < most
    assert halted(shoots, 1.0)[1] == 4000
    assert halted(shoots, 0.0)[1] == 0
    assert halted(titles_in(Stage.POST, 100), 1.0)[1] == 0


def test_a_stage_is_free_again_when_its_shoot_ends_and_titles_elsewhere_need_none():
    """Equation 30: shoots in their last week give their stages back at once."""
    mixed = titles_in(Stage.PREP, 4)
    mixed.stage[:2] = Stage.SHOOT
    mixed.weeks_left[:2] = [1, 5]
    assert advance(mixed, 4.0) == ([], 0, 1)
    assert mixed.stage.tolist() == [Stage.POST, Stage.SHOOT, Stage.SHOOT, Stage.PREP]
    away = titles_in(Stage.PREP, 5, place=3)
    assert advance(away, 0.0) == ([], 0, 0)


def test_a_week_of_work_takes_a_week_off_every_title_that_is_not_stopped():
    """Equation 30: three weeks left become two; a stopped title keeps its three; the last stage delivers.

    Whoever was given up before the week leaves the order with those delivered, and is not counted with them.
    """
    some = titles_in(Stage.POST, 4, weeks_left=3)
    some.halted[1] = 1
    some.weeks_left[2] = 1
    some.stage[3] = Stage.DELIVERED
    assert advance(some, 9.0) == ([2, 3], 1, 0)
    assert some.weeks_left.tolist()[:2] == [2, 3]
    assert some.stage.tolist() == [Stage.POST, Stage.POST, Stage.DELIVERED, Stage.DELIVERED]
