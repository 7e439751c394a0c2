"""Unexplained orders: how they wander, and how what was observed moves them, tried where the answer is known."""

import numpy as np
import pytest

from experiments.calibration.declared import declared, groups
from experiments.calibration.observed import observations, values
from experiments.forecasting import unexplained
from experiments.forecasting.unexplained import knots

MEMBERS, UNTIL = 150, 2025.0
LOOKED_AT = observations(2024)
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
    paths = prior
    for step in range(unexplained.STEPS):
        paths = unexplained.moved(paths, at(paths), wanted, LOOKED_AT, UNTIL, seed=step)
        paths = unexplained.ahead(paths, prior, UNTIL)
    return prior, paths, truth


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


def test_work_long_after_orders_does_not_move_them():
    prior = unexplained.wander(MEMBERS, seed=3)
    found = at(prior)
    wanted = values(LOOKED_AT).copy()
    late = np.array([unexplained._middle(each) > 2020.0 for each in LOOKED_AT])
    wanted[late] -= 0.3
    gone = unexplained.moved(prior, found, wanted, LOOKED_AT, UNTIL, seed=0)
    early = knots() <= 2016.0
    plain = unexplained.moved(prior, found, values(LOOKED_AT), LOOKED_AT, UNTIL, seed=0)
    assert np.abs(gone - plain)[:, :, early].max() < 0.05 < np.abs(gone - plain)[:, SCRIPTED, ~early].max()


def test_the_middle_of_a_period_is_where_the_calendar_has_it():
    by_name = {each.name: unexplained._middle(each) for each in LOOKED_AT}
    assert by_name["jobs.2019-01"] == pytest.approx(2019 + 0.5 / 12)
    assert by_name["jobs.2019-12"] == pytest.approx(2020 - 0.5 / 12)
    assert by_name["days.tv.2019Q4"] == pytest.approx(2020 - 0.125)
    assert by_name["occupancy.2019"] == pytest.approx(2019.5)


def test_settings_of_a_member_are_legal_and_zero_is_no_change():
    from model.scenario import Scenario

    path = unexplained.wander(1, seed=4)[0] * 20.0  # beyond the legal range
    Scenario.named("baseline").varied(set=dict(unexplained.settings(path)))
    assert all(-1.5 <= v <= 1.5 for row in unexplained.settings(path).values() for v in row)
    assert groups()  # the errors that conditioning uses are those of the fit
