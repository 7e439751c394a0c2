"""Sensitivity against known answers, and the traps of SALib that are kept from it."""

import json
import warnings

import numpy as np
import pytest

from experiments.analysis.sensitivity import morris, morris_points, sobol, sobol_points
from model.errors import CallSheetError

NAMES = ("a", "b", "c")
BASE = 1024


def ishigami(unit):
    x = np.pi * (2.0 * unit - 1.0)
    return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


@pytest.fixture(scope="module")
def design():
    points = sobol_points(NAMES, BASE, seed=0)
    return points, ishigami(points)


def test_ishigami_comes_out_right_shuffled_and_with_a_failed_run(design):
    points, values = design
    order = np.random.default_rng(1).permutation(len(points))
    mine = values[order].copy()
    mine[17] = np.nan
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = sobol(NAMES, order, mine, BASE)
    assert found.first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.05)
    assert found.total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.05)
    assert (found.used, found.dropped) == (BASE - 1, 1)
    assert "1 of 1024 blocks" in found.caution
    assert (found.total_low < [0.5576, 0.4424, 0.2437]).all()
    assert (found.total_high > [0.5576, 0.4424, 0.2437]).all()
    json.dumps(found.plain(), allow_nan=False)


def test_salib_itself_makes_zeros_of_one_failed_run(design):
    from SALib.analyze import sobol as raw

    values = design[1].copy()
    values[17] = np.nan
    problem = {"num_vars": 3, "names": list(NAMES), "bounds": [[0, 1]] * 3}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = raw.analyze(problem, values, calc_second_order=False, num_resamples=10, seed=1)
    assert np.nan_to_num(theirs["ST"]) == pytest.approx([0.0, 0.0, 0.0])
    assert sobol(NAMES, np.arange(len(values)), values, BASE).total.min() > 0.2


def test_results_repeat_whatever_global_chance_does_also_with_seed_zero(design):
    rows = np.arange(len(design[1]))
    np.random.seed(1)
    one = sobol(NAMES, rows, design[1], BASE, seed=0)
    np.random.seed(2)
    assert one.plain() == sobol(NAMES, rows, design[1], BASE, seed=0).plain()
    assert (sobol_points(NAMES, 8, 0) == sobol_points(NAMES, 8, 0)).all()
    assert (sobol_points(NAMES, 8, 0) != sobol_points(NAMES, 8, 1)).any()
    assert (morris_points(NAMES, 6, 0) == morris_points(NAMES, 6, 0)).all()
    assert (morris_points(NAMES, 6, 0) != morris_points(NAMES, 6, 1)).any()


def test_a_missing_row_drops_its_block_as_a_failed_one_does(design):
    rows = np.delete(np.arange(len(design[1])), [7, 8, 400])
    assert sobol(NAMES, rows, design[1][rows], BASE).dropped == 2


def test_second_order_finds_the_pair_that_acts_together():
    points = sobol_points(NAMES, 512, seed=3, second_order=True)
    found = sobol(NAMES, np.arange(len(points)), ishigami(points), 512, second_order=True)
    assert found.second[0, 2] == pytest.approx(0.2437, abs=0.1)
    assert abs(found.second[0, 1]) < 0.1


def test_what_makes_no_design_is_said_in_a_sentence(design):
    points, values = design
    rows = np.arange(len(values))
    with pytest.raises(CallSheetError, match="power of two is balanced. Take 64 or 128"):
        sobol_points(NAMES, 100, 1)
    with pytest.raises(CallSheetError, match="row 3 of the design has 2 values"):
        sobol(NAMES, np.where(rows == 5, 3, rows), values, BASE)
    with pytest.raises(CallSheetError, match="row 5120 is not in the design"):
        sobol(NAMES, rows + 1, values, BASE)
    with pytest.raises(CallSheetError, match="Only 4 of 1024 blocks are whole"):
        sobol(NAMES, rows[:20], values[:20], BASE)
    with pytest.raises(CallSheetError, match="'a' comes more than once"):
        sobol_points(("a", "a"), 8, 1)


def test_negative_and_wide_indices_are_cautioned_against():
    points = sobol_points(NAMES, 16, seed=1)
    noise = np.random.default_rng(1).normal(size=len(points))
    found = sobol(NAMES, np.arange(len(points)), noise, 16)
    assert "twice the base would tell more" in found.caution
    assert "below zero are chance" in found.caution


def test_values_all_equal_explain_nothing_and_warn_of_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = sobol(NAMES, np.arange(80), np.ones(80), 16)
        still = morris(NAMES, morris_points(NAMES, 8, 1), np.arange(32), np.ones(32))
        rounding = 0.1 * np.tile([3.0, 1.0 + 2.0 + 1e-15], 40)
        assert sobol(NAMES, np.arange(80), rounding, 16).total.tolist() == [0.0, 0.0, 0.0]
    assert found.total.tolist() == still.mu_star.tolist() == [0.0, 0.0, 0.0]
    assert "all equal" in found.caution


@pytest.mark.parametrize("levels", [4, 6])
def test_morris_finds_slopes_and_a_dead_parameter_is_exactly_zero(levels):
    points = morris_points(NAMES, 10, seed=0, levels=levels)
    values = 3.0 * points[:, 0] - 2.0 * points[:, 2]
    order = np.random.default_rng(2).permutation(len(points))
    mine = values[order].copy()
    mine[3] = np.nan
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = morris(NAMES, points, order, mine, levels=levels)
    assert found.mu_star == pytest.approx([3.0, 0.0, 2.0])
    assert found.mu == pytest.approx([3.0, 0.0, -2.0])
    assert found.mu_star[1] == found.sigma[1] == 0.0
    assert (found.used, found.dropped) == (9, 1)


def test_morris_refuses_a_design_of_other_levels_and_too_few_trajectories():
    points = morris_points(NAMES, 6, seed=1)
    with pytest.raises(CallSheetError, match=r"move by 0\.6, as it does in a design of 6 levels"):
        morris(NAMES, points, np.arange(24), points[:, 0], levels=6)
    with pytest.raises(CallSheetError, match="Only 4 of 6 trajectories are whole"):
        morris(NAMES, points, np.arange(16), points[:16, 0])
    with pytest.raises(CallSheetError, match="an even number"):
        morris_points(NAMES, 6, seed=1, levels=5)


def test_coordinates_that_went_through_a_file_still_move_one_input_at_a_time():
    points = morris_points(NAMES, 6, seed=1)
    rounded = points + np.random.default_rng(0).uniform(-1e-9, 1e-9, points.shape)
    assert morris(NAMES, rounded, np.arange(24), points[:, 0]).mu_star[1:].tolist() == [0.0, 0.0]
