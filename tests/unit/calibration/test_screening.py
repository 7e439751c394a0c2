"""Which parameters matter: by elementary effects in allowed errors, zero for what does nothing."""

import numpy as np
import pytest

from experiments.calibration.declared import priors
from experiments.calibration.observed import observations, tolerance
from experiments.calibration.screening import points, screen, settings_at

CHOSEN = tuple(priors().values())[:5]


def found_at(coordinates, looked_at):
    """Jobs move by three errors over the first parameter, television by one over the second."""
    moved = np.zeros((len(coordinates), len(looked_at)))
    for k, each in enumerate(looked_at):
        if each.group == "jobs":
            moved[:, k] = 3.0 * coordinates[:, 0]
        if each.group == "days.tv":
            moved[:, k] = 1.0 * coordinates[:, 1]
    return moved * tolerance(looked_at)


def test_effects_are_in_allowed_errors_over_the_whole_prior():
    looked_at, coordinates = observations(), points(CHOSEN, 6, seed=3)
    first, second, *idle = screen(CHOSEN, coordinates, found_at(coordinates, looked_at), looked_at)
    assert (first.name, first.on, first.effect) == (CHOSEN[0].name, "jobs", pytest.approx(3.0))
    assert (second.name, second.on, second.effect) == (CHOSEN[1].name, "days.tv", pytest.approx(1.0))
    assert all(each.effect == 0.0 for each in idle)


def test_a_step_with_a_failed_run_is_left_out():
    looked_at, coordinates = observations(), points(CHOSEN, 6, seed=3)
    found = found_at(coordinates, looked_at)
    found[4] = np.nan
    assert screen(CHOSEN, coordinates, found, looked_at)[0].effect == pytest.approx(3.0)


def test_points_are_legal_settings():
    for row in points(CHOSEN, 6, seed=3):
        for prior, value in zip(CHOSEN, settings_at(CHOSEN, row).values(), strict=True):
            assert prior.about.legal(value) == value
