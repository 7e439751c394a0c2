"""An emulator whose reported error is its true one."""

import json
import warnings

import numpy as np
import pytest

from experiments.analysis.chance import space_filling
from experiments.analysis.emulator import fit
from model.errors import CallSheetError

NEW = space_filling(512, 3, 77)


def smooth(x):
    """A result in an unhandy unit, so that nothing works only for numbers near one; the third input is dead."""
    return 5000.0 + 300.0 * (np.sin(4.0 * x[:, 0]) + x[:, 1] ** 2)


def noisy(n, sd, seed):
    x = space_filling(n, 3, seed)
    return x, smooth(x) + np.random.default_rng(seed).normal(0.0, sd, n) if sd else smooth(x)


def test_the_reported_error_is_close_to_the_true_one():
    said, true, covered = [], [], []
    for seed in range(4):
        found = fit(*noisy(80, 30.0, seed))
        mean, sd = found.predict(NEW, noisy=True)
        said.append(found.rmse)
        true.append(np.sqrt(np.mean((mean - smooth(NEW)) ** 2) + 30.0**2))
        covered.append(found.covered)
        assert found.rmse < 0.3 * found.rmse_mean
    assert np.mean(said) == pytest.approx(np.mean(true), rel=0.15)
    assert 0.8 < np.mean(covered) < 0.97


def test_a_function_without_noise_is_learned_and_the_dead_input_seen():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = fit(*noisy(60, 0.0, 1))
        mean, sd = found.predict(NEW)
    assert np.sqrt(np.mean((mean - smooth(NEW)) ** 2)) < 3.0
    assert found.lengths[2] > 3.0 * found.lengths[0]
    json.dumps(found.plain(), allow_nan=False)


def test_the_band_is_that_of_the_function_or_of_a_new_value():
    found = fit(*noisy(80, 30.0, 2), folds=0)
    mean, sd = found.predict(NEW)
    assert found.noise == pytest.approx(30.0, rel=0.4)
    assert found.predict(NEW, noisy=True)[1] == pytest.approx(np.hypot(sd, found.noise))
    assert np.mean(np.abs(mean - smooth(NEW)) <= 1.645 * sd) > 0.75
    assert np.sqrt(np.diag(found.covariance(NEW[:5]))) == pytest.approx(sd[:5], rel=1e-3, abs=1e-3)


def test_known_noise_is_taken_in_the_unit_of_the_values():
    x, y = noisy(60, 30.0, 3)
    sure = np.where(np.arange(60) < 30, 1.0, 120.0)
    y = smooth(x) + np.random.default_rng(1).normal(0.0, 1.0, 60) * sure
    found = fit(x, y, noise=sure, folds=0)
    off = np.abs(found.predict(x)[0] - y)
    assert off[:30].mean() < 3.0
    assert off[30:].mean() > 30.0
    # Knowing which values to trust is worth something.
    blind = fit(x, y, folds=0)
    assert np.std(found.predict(NEW)[0] - smooth(NEW)) < 0.6 * np.std(blind.predict(NEW)[0] - smooth(NEW))


def test_an_emulator_of_noise_says_so():
    x = space_filling(40, 3, 1)
    found = fit(x, np.random.default_rng(5).normal(size=40))
    assert "hardly better than the mean" in found.caution


def test_failed_points_are_left_out_and_equal_values_are_no_failure():
    x, y = noisy(40, 0.0, 1)
    y[3] = np.nan
    noise = np.where(np.arange(40) == 3, np.nan, 1.0)
    assert (fit(x, y, noise, folds=0).n, fit(x, y, noise, folds=0).missing) == (39, 1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert fit(x, np.full(40, 7.0)).predict(x)[0] == pytest.approx(7.0)


def test_results_repeat():
    assert fit(*noisy(40, 30.0, 1)).plain() == fit(*noisy(40, 30.0, 1)).plain()


def test_what_cannot_be_fitted_is_said_in_a_sentence():
    x, y = noisy(40, 0.0, 1)
    with pytest.raises(CallSheetError, match="9 points are known; an emulator needs at least 10"):
        fit(x[:9], y[:9])
    with pytest.raises(CallSheetError, match="the unit cube, 0 to 1"):
        fit(3.0 * x, y)
    with pytest.raises(CallSheetError, match="negative or not numbers"):
        fit(x, y, noise=-1.0)
    with pytest.raises(CallSheetError, match="39 standard errors but 40 values"):
        fit(x, y, noise=np.ones(39))
