"""What a stop does besides stopping: weeks that are lost for good, stages that stay taken, days that count."""

import copy
from datetime import date

import numpy as np
import pytest

from model import calendar, contracts
from model.levers import Levers
from model.mechanisms import production
from model.mechanisms.stages import post_of_cut
from model.parameters import Params
from model.state.call_board import empty_calls
from model.state.technique import no_technique
from model.vocabulary import Area, Stage
from model.world import WORLDS_PART, World
from tests.unit.equations.titles import advance, titles_in

SEASON, FILM = 0, 1


def lose(titles, share=0.25, week=7):
    order = np.arange(titles.count, dtype=np.int32)
    return production.lose_weeks(titles.records, order, np.array([True, False]), share, 9, week)


def stopped(stage, n=4000, kind=SEASON, weeks_left=10):
    titles = titles_in(stage, n, weeks_left=weeks_left, kind=kind)
    titles.halted[...] = 1
    return titles


def test_a_stopped_season_loses_the_share_of_its_weeks_and_a_film_none():
    """Equation 68: a quarter of 4,000 seasons lose this week of their shoot, other ones the next; films lose none."""
    shoots = stopped(Stage.SHOOT)
    lost = lose(shoots)
    assert lost / 4000 == pytest.approx(0.25, abs=0.02)
    assert sorted(set(shoots.weeks_left.tolist())) == [9, 10]
    assert np.count_nonzero(shoots.weeks_left == 9) == lost
    both = lost + lose(shoots, week=8)
    assert (10 - shoots.weeks_left).sum() == both
    assert np.count_nonzero(shoots.weeks_left == 8) / 4000 == pytest.approx(0.25**2, abs=0.015)
    assert lose(stopped(Stage.SHOOT, kind=FILM), share=1.0) == 0


def test_what_is_lost_before_a_shoot_is_taken_off_it_and_a_week_is_left():
    """Equation 68: three weeks lost in prep leave five of eight; of a shoot that lost more than it has one is left."""
    ready = stopped(Stage.PREP, 3)
    for week in range(3):
        assert lose(ready, share=1.0, week=week) == 3
    assert ready.weeks_left.tolist() == [10] * 3  # prep itself is late, not shorter
    ready.halted[...], ready.weeks_left[...] = 0, 1
    whole = copy.deepcopy(ready)
    whole.lost_weeks[:], ready.lost_weeks[:] = 0, [0, 3, 50]
    for titles in (whole, ready):
        advance(titles, 20.0, usual=8)
    usual = whole.weeks_left.tolist()
    assert all(6 <= weeks <= 10 for weeks in usual)
    assert ready.weeks_left.tolist() == [usual[0], usual[1] - 3, 1]
    last = stopped(Stage.SHOOT, 5, weeks_left=1)
    assert lose(last, share=1.0) == 0
    assert last.weeks_left.tolist() == [1] * 5


def test_a_season_that_was_cut_short_has_as_much_less_post():
    """Equation 71: of eight shoot weeks two were lost: twelve of sixteen weeks of post are left; one at least."""
    assert post_of_cut(16, 8, 2) == 12
    assert post_of_cut(16, 8, 50) == 2  # one week was shot
    assert post_of_cut(1, 8, 7) == 1
    whole, cut = titles_in(Stage.SHOOT, 200, weeks_left=1), titles_in(Stage.SHOOT, 200, weeks_left=1)
    cut.lost_weeks[...] = 4
    for titles in (whole, cut):
        advance(titles, 1e6, usual=8)
    assert (cut.weeks_left <= whole.weeks_left).all()
    assert cut.weeks_left.mean() == pytest.approx(whole.weeks_left.mean() / 2, rel=0.05)


def test_what_is_lost_during_a_shoot_is_remembered_for_its_post():
    """Equation 68: a week lost before the shoot and one lost in it are two."""
    shoots = stopped(Stage.SHOOT, 10)
    shoots.lost_weeks[...] = 1
    assert lose(shoots, share=1.0) == 10
    assert shoots.lost_weeks.tolist() == [2] * 10


def test_titles_at_work_or_in_post_lose_nothing():
    """Equation 68: only what is stopped, and only what is not shot yet."""
    at_work = titles_in(Stage.SHOOT, 50, weeks_left=4)
    assert lose(at_work, share=1.0) == 0
    assert lose(stopped(Stage.POST, 50), share=1.0) == 0
    assert lose(stopped(Stage.SHOOT, 50), share=0.0) == 0


def test_a_shoot_that_is_stopped_in_its_last_week_keeps_its_stage():
    """Equation 30: the next title waits for a stage that a stopped shoot stands on, and enters when that goes on."""
    two = titles_in(Stage.PREP, 2)
    two.stage[0], two.halted[0] = Stage.SHOOT, 1
    assert advance(two, 2.0) == ([], 0, 1)
    assert two.stage.tolist() == [Stage.SHOOT, Stage.PREP]
    two.halted[0], two.extra[...] = 0, 0
    assert advance(two, 2.0) == ([], 0, 0)
    assert two.stage.tolist() == [Stage.POST, Stage.SHOOT]


def test_a_stopped_shoot_uses_its_stages_and_shoots_nothing():
    """Equation 4: occupancy counts sets that stand; shoot days count work."""
    three = titles_in(Stage.SHOOT, 3, weeks_left=4)
    three.halted[0] = 1
    order = np.arange(3, dtype=np.int32)
    count, days, used, _ = production.shooting(three.records, order, 1, np.array([4.0]), np.array([2.0]), 1)
    assert (count.tolist(), days.tolist(), used) == ([2], [8.0], 6.0)


def test_titles_that_use_ai_and_those_of_ai_first_producers_are_told_apart():
    four = titles_in(Stage.SHOOT, 4)
    four.ai[[1, 3]], four.firm[...], four.owner[...] = 1, [0, 1, 5, 6], [0, 5, 5, 6]
    calls = empty_calls(4, 3)
    calls["filled"] = np.arange(12).reshape(4, 3)
    found = production.list_with_ai(four.records, calls, np.array([3, 2, 1, 0], np.int32), 5)
    assert [each.tolist() for each in found] == [[3, 1], [3, 2], [30, 12], [30, 21]]
    four.owner[3] = 2  # a large studio goes on with it
    assert production.list_with_ai(four.records, calls, np.array([3, 2], np.int32), 5)[1].tolist() == [2]


def test_whom_ai_spares_is_counted_by_craft_where_a_title_uses_it():
    four = titles_in(Stage.SHOOT, 4)
    four.ai[[1, 3]] = 1 << Area.SHOOT, 1 << Area.POST
    calls = empty_calls(4, 3)
    calls["filled"] = np.arange(12).reshape(4, 3)
    technique = no_technique(3, 1)
    technique["area"][0, Stage.SHOOT] = Area.SHOOT, Area.SHOOT, Area.POST
    technique["automated"][..., Stage.SHOOT, :] = 0.5, 0.2, 0.75
    at_work, spared = production.people_and_spared(four.records, calls, np.array([3, 1, 0], np.int32), technique)
    assert at_work.tolist() == [12, 15, 18]
    assert spared == pytest.approx([3.0, 1.0, 33.0])  # 3, 4 · 0.2 / 0.8, and 11 · 0.75 / 0.25 on the other title


@pytest.fixture(scope="module")
def world():
    return World(Params.load(), Levers())


def severity(world, name, day):
    week = calendar.week_of(day)
    return dict((shock.name, share) for shock, share in world.stops(week)).get(name, 0.0)


def test_a_week_is_stopped_by_as_many_of_its_working_days_as_the_shock_lasts(world):
    """Equation 29: the shutdown began on a Saturday, and the performers' strike on a Friday: nothing, and a fifth."""
    assert severity(world, "covid_shutdown", date(2020, 3, 9)) == 0.0
    assert severity(world, "covid_shutdown", date(2020, 3, 16)) == pytest.approx(0.97)
    assert severity(world, "sag_strike", date(2023, 7, 14)) == pytest.approx(0.98 / 5)
    assert severity(world, "covid_shutdown", date(2020, 6, 15)) == 0.0  # it restarted that Monday
    assert severity(world, "covid_restart", date(2020, 6, 15)) == pytest.approx(0.75)
    half = severity(world, "covid_restart", date(2020, 7, 15))
    assert half == pytest.approx((2 * 0.75 + 3 * 0.58) / 5)


def test_no_dated_stop_lies_in_the_weeks_in_which_books_are_kept(world):
    """Equation 68: the books plan a shoot's weeks when it begins, and a stop would cut what they plan."""
    assert max(shock.first + np.flatnonzero(shock.severity).max() for shock in world.shocks) < WORLDS_PART


@pytest.mark.parametrize(("day", "first"), [
    (date(2025, 8, 3), date(2025, 8, 4)),  # a Sunday: from the next day on
    (date(2025, 7, 31), date(2025, 8, 4)),  # a Thursday: two working days of five are few
    (date(2025, 7, 30), date(2025, 7, 28)),  # a Wednesday: three are most
    (date(2025, 7, 28), date(2025, 7, 28)),
])
def test_terms_hold_from_the_week_in_which_they_hold_on_most_working_days(day, first):
    """Equation 39: contracts are dated on Sundays, and weeks begin on Mondays."""
    assert calendar.monday(calendar.first_week_from(day)) == first


def test_the_yearly_default_comes_on_the_same_day_as_the_last_raise_that_is_listed():
    """Equation 39: the crafts' last listed raise is that of 2 August 2026; the default of 2029 comes with 2 August."""
    weeks = [week for week, _ in contracts._raises_of("mpi")]
    assert calendar.week_of(date(2026, 8, 3)) in weeks
    assert calendar.first_week_from(date(2029, 8, 2)) in weeks
