"""Unexplained orders: how they wander, and how what was observed moves them, tried where the answer is known."""

import numpy as np
import pytest

from experiments.calibration.declared import declared
from experiments.calibration.observed import observations, values
from experiments.forecasting import unexplained
from experiments.forecasting.unexplained import knots

MEMBERS, UNTIL = 150, 2025.0
LOOKED_AT = unexplained.telling(observations(2024))
SCRIPTED = 0  # of the groups


def at(paths, lag=1.0):
    """Numbers of a market in which every series follows scripted orders a year later."""
    when = np.array([unexplained._middle(each) for each in LOOKED_AT]) - lag
    return values(LOOKED_AT) + np.array([np.interp(when, knots(), path[SCRIPTED]) for path in paths])


@pytest.fixture(scope="module")
def fitted():
    """(prior, conditioned, truth) where the truth is a fall of orders that no driver shows."""
    prior = unexplained.wander(MEMBERS, seed=1)
    truth = np.interp(knots(), [2015.0, 2021.0, 2023.0, 2025.0], [0.0, 0.0, -0.3, -0.3])
    wanted = at(np.repeat(truth[None, None], 1, axis=0))[0]
    paths = unexplained.ahead(conditioned(prior, wanted), prior, UNTIL)
    return prior, paths, truth


def answer_to(prior):
    return unexplained.answers(prior, at(prior), at(-prior), LOOKED_AT, UNTIL)


def conditioned(prior, wanted):
    return unexplained.moved(prior, at(prior), wanted, answer_to(prior), LOOKED_AT, UNTIL, seed=0)


def test_the_answer_is_found_where_it_comes_from_and_nowhere_else():
    """A number a year after orders answers the two knots that lie around them, with weights that add up to one."""
    prior = unexplained.wander(MEMBERS, seed=1)
    found = answer_to(prior)
    assert found.shape == (len(LOOKED_AT), 3, np.count_nonzero(knots() <= UNTIL))
    place = [each.name for each in LOOKED_AT].index("jobs.2019-07")  # orders of the middle of July 2018
    assert found[place, SCRIPTED, 3:5] == pytest.approx([0.46, 0.54], abs=0.05)
    assert np.abs(found[place, SCRIPTED, [0, 1, 2, 5, 6, 7, 8, 9, 10]]).max() < 0.05
    assert np.abs(found[place, 1:]).max() < 0.02


def test_what_is_expected_is_how_paths_wander():
    expected = unexplained.expected(UNTIL)
    prior = unexplained.wander(20_000, seed=6)[:, 0, : len(expected)]
    assert np.cov(prior.T) == pytest.approx(expected, abs=0.0008)
    assert (expected[0] == 0.0).all()


def test_paths_begin_at_zero_and_spread_as_declared():
    paths, about = unexplained.wander(4000, seed=2), declared()["unexplained"]
    assert (paths[:, :, 0] == 0.0).all()
    assert paths[:, :, -1].std() == pytest.approx(about["spread"], rel=0.05)
    lasting = np.corrcoef(paths[:, 0, -2], paths[:, 0, -1])[0, 1]
    assert lasting == pytest.approx(about["lasts"], abs=0.03)
    assert abs(np.corrcoef(paths[:, 0, -1], paths[:, 1, -1])[0, 1]) < 0.06


def test_what_was_observed_moves_the_paths_to_the_truth(fitted):
    prior, paths, truth = fitted
    known = (knots() >= 2016.0) & (knots() <= 2024.0)  # work that shows orders of 2025 is not there yet
    off = np.abs(paths[:, SCRIPTED].mean(axis=0) - truth)[known]
    assert off.max() < 0.04
    of_members = paths[:, SCRIPTED, known].std(axis=0), prior[:, SCRIPTED, known].std(axis=0)
    assert (of_members[0] < 0.5 * of_members[1]).all()


def test_a_group_that_nothing_depends_on_stays_as_wide_as_it_was(fitted):
    prior, paths, _ = fitted
    assert paths[:, 1].std() == pytest.approx(prior[:, 1].std(), rel=0.15)


def test_years_ahead_forget_and_keep_their_own_news(fitted):
    prior, paths, _ = fitted
    lasts = declared()["unexplained"]["lasts"]
    later = int(np.flatnonzero(knots() > UNTIL)[0])
    news = prior[:, SCRIPTED, later] - lasts * prior[:, SCRIPTED, later - 1]
    assert paths[:, SCRIPTED, later] == pytest.approx(lasts * paths[:, SCRIPTED, later - 1] + news)
    assert paths[:, SCRIPTED, -1].std() > paths[:, SCRIPTED, later - 2].std()


def test_a_number_that_is_mostly_chance_moves_paths_little():
    """One quarter two log points off, in which members differ by one: it tells next to nothing of orders."""
    prior = unexplained.wander(MEMBERS, seed=5)
    odd = [each.name for each in LOOKED_AT].index("days.feature.2023Q3")
    found, wanted, luck = at(prior), values(LOOKED_AT).copy(), np.random.default_rng(1).standard_normal(MEMBERS)
    wanted[odd] += 2.0
    moves = []
    for spread in (0.0, 1.0):
        found[:, odd] = at(prior)[:, odd] + spread * luck
        moved = unexplained.moved(prior, found, wanted, answer_to(prior), LOOKED_AT, UNTIL, seed=0)
        moves.append(np.abs((moved - conditioned(prior, values(LOOKED_AT))).mean(axis=0)).max())
    assert moves[1] < 0.005 < 0.02 < moves[0]


def test_shares_of_places_and_stages_tell_nothing_of_orders():
    left_out = {each.group for each in observations(2024)} - {each.group for each in LOOKED_AT}
    assert left_out == {"occupancy", "la_share"}


def test_work_long_after_orders_does_not_move_them():
    prior = unexplained.wander(MEMBERS, seed=3)
    wanted = values(LOOKED_AT).copy()
    late = np.array([unexplained._middle(each) > 2020.0 for each in LOOKED_AT])
    wanted[late] -= 0.3
    gone = conditioned(prior, wanted)
    early = knots() <= 2016.0
    plain = conditioned(prior, values(LOOKED_AT))
    assert np.abs(gone - plain)[:, :, early].max() < 0.05 < np.abs(gone - plain)[:, SCRIPTED, ~early].max()


def test_the_middle_of_a_period_is_where_the_calendar_has_it():
    by_name = {each.name: unexplained._middle(each) for each in observations(2024)}
    assert by_name["jobs.2019-01"] == pytest.approx(2019 + 0.5 / 12)
    assert by_name["jobs.2019-12"] == pytest.approx(2020 - 0.5 / 12)
    assert by_name["days.tv.2019Q4"] == pytest.approx(2020 - 0.125)
    assert by_name["occupancy.2019"] == pytest.approx(2019.5)


def test_settings_of_a_member_are_legal_and_zero_is_no_change():
    from model.scenario import Scenario

    path = unexplained.wander(1, seed=4)[0] * 20.0  # beyond the legal range
    Scenario.named("baseline").varied(set=dict(unexplained.settings(path)))
    assert all(-1.5 <= v <= 1.5 for row in unexplained.settings(path).values() for v in row)
