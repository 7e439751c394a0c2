"""What drivers may do beyond their last figure: as widely as they moved before, and nothing before that figure."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.forecasting import drivers_ahead, unexplained
from experiments.forecasting.drivers_ahead import FOLLOW, Pace, last_known, pace, walk
from experiments.forecasting.ensemble import CONDITIONAL, KINDS, UNCONDITIONAL, Origin
from model.mechanisms.demand import GROUPS

SCRIPTED_TO_2016 = [210, 216, 266, 288, 349, 389, 420, 454]  # the counts of 2009 to 2016, typed from drivers.csv


def meets(pace, near, far):
    """Whether a pace has the mean squares of changes over one year and over three."""
    assert pace.drift**2 + pace.step**2 == pytest.approx(near)
    assert 9 * pace.drift**2 + 3 * pace.step**2 == pytest.approx(far)


def test_the_pace_has_the_mean_square_of_changes_over_one_year_and_over_three():
    logs = np.log(SCRIPTED_TO_2016)
    meets(pace(2017.0), (np.diff(logs) ** 2).mean(), ((logs[3:] - logs[:-3]) ** 2).mean())
    assert last_known(2017.0) == 2016.0


def test_years_between_two_counts_are_bridged_and_both_counts_are_pooled():
    """2019 to 2022 in three equal steps, and so the fall of all originals that orders of 2023 and 2024 came to."""
    bridge = np.linspace(np.log(532), np.log(599), 4)
    scripted = np.concatenate([np.log([*SCRIPTED_TO_2016, 487, 495]), bridge])
    originals = np.linspace(np.log(1695), np.log(1125), 4)
    near = np.concatenate([np.diff(scripted), np.diff(originals)])
    far = np.concatenate([scripted[3:] - scripted[:-3], originals[3:] - originals[:-3]])
    meets(pace(2025.0), (near**2).mean(), (far**2).mean())
    assert last_known(2025.0) == 2025.0  # what was ordered in 2024 is released in 2025


def test_counts_that_take_turns_have_no_drift(monkeypatch):
    years, values = np.arange(2000.0, 2013.0), np.exp(0.1 * (np.arange(13) % 2))
    monkeypatch.setattr(drivers_ahead, "_counts", lambda until: [(years, values)])
    assert pace(2013.0) == (0.0, pytest.approx(0.1))


def test_nothing_moves_up_to_the_last_known_figure_and_then_drifts_and_steps():
    knots, speed = np.arange(2015.0, 2029.0), Pace(0.08, 0.06)
    path = walk(20_000, knots, 2025.0, speed, 3)
    assert path.shape == (20_000, len(GROUPS), len(knots))
    assert (path[:, :, knots <= 2025.0] == 0.0).all()
    scripted = path[:, list(GROUPS).index("scripted")]
    for years in (1, 2, 3):
        wanted = np.sqrt((0.08 * years) ** 2 + 0.06**2 * years)
        assert scripted[:, knots == 2025.0 + years].std() == pytest.approx(wanted, rel=0.03)
    assert abs(scripted[:, -1].mean()) < 0.01  # the middle of the forecast stays where it was
    assert (walk(20_000, knots, 2025.0, speed, 3) == path).all()
    assert (walk(20_000, knots, 2025.0, speed, 4) != path).any()


def test_buyers_orders_walk_together_and_what_has_no_driver_stays():
    path = walk(5, unexplained.knots(), 2025.0, Pace(0.1, 0.05), 3)
    for number, group in enumerate(GROUPS):
        moves = (path[:, number] != 0.0).any()
        assert moves == (group in FOLLOW)
        if moves:
            assert (path[:, number] == path[:, 0]).all()


@pytest.mark.parametrize("year", [2016, 2018, 2020, 2022])
def test_a_forecast_of_the_past_that_knows_the_drivers_has_nothing_to_walk_from(year):
    known, unknown = (Origin(year, kind).drivers(4, 1) for kind in (CONDITIONAL, UNCONDITIONAL))
    ahead = (unexplained.knots() > year + 1) & (unexplained.knots() <= 2025)
    assert (known[:, :, ahead] == 0.0).all()
    assert (unknown[:, 0, ahead] != 0.0).all()
    assert (unknown[:, :, unexplained.knots() <= year + 1] == 0.0).all()


def test_both_kinds_of_the_frozen_forecast_walk_from_the_same_day():
    assert {Origin(2024, kind).orders_known for kind in KINDS} == {2025.0}
