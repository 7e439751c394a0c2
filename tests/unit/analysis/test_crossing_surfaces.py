"""The line at which a noisy function crosses zero, found with fewer points where they are chosen."""

import json
import warnings

import numpy as np
import pytest

from experiments.analysis.emulator import fit
from experiments.analysis.surface import crossing, first, next_points
from model.errors import CallSheetError

NOISE = 0.1
MIDDLE = [0.5, 0.5, 0.5]


def line(across):
    return 0.6 - 0.25 * np.sin(6.0 * across)


def known(x):
    """Crosses zero at `line` where the third input is 0.5."""
    return np.tanh(3.0 * (x[:, 1] - line(x[:, 0]))) + 0.3 * (x[:, 2] - 0.5)


def run(x, seed):
    return known(x) + np.random.default_rng(seed).normal(0.0, NOISE, len(x))


def chosen(seed):
    x = first(3, 16, seed)
    y = run(x, seed)
    for batch in range(3):
        new = next_points(x, y, NOISE, 8, seed=100 * seed + batch)
        x, y = np.vstack([x, new]), np.append(y, run(new, 1000 * seed + batch))
    return x, y


def spread_out(seed):
    x = first(3, 40, seed)
    return x, run(x, seed)


def surface(x, y):
    return crossing(fit(x, y, NOISE, folds=0), (0, 1), MIDDLE)


def off(found):
    return float(np.abs(found.line[:, 1] - line(found.line[:, 0])).mean())


@pytest.fixture(scope="module")
def both():
    return [(surface(*chosen(seed)), surface(*spread_out(seed))) for seed in range(6)]


def test_forty_chosen_points_find_the_line_closer_than_forty_spread_evenly(both):
    mine, even = (np.array([off(each) for each in side]) for side in zip(*both, strict=True))
    assert mine.mean() < 0.75 * even.mean()
    assert (mine < even).sum() >= 4


def test_the_offset_reported_is_about_the_true_one(both):
    for side in zip(*both, strict=True):
        true, said = (np.mean([get(each) for each in side]) for get in (off, lambda each: each.offset))
        assert 0.5 < true / said < 2.0  # of a normal error the mean size is 0.8 standard deviations


def test_fewer_places_are_unsure_after_choosing(both):
    assert np.mean([mine.unsure for mine, _ in both]) < np.mean([even.unsure for _, even in both])


def test_a_batch_is_kept_apart_and_near_the_line():
    x, y = spread_out(1)
    new = next_points(x, y, NOISE, 8, seed=5)
    apart = np.sqrt(((new[:, None] - new[None]) ** 2).sum(axis=2))[np.triu_indices(8, 1)]
    assert apart.min() > 0.1
    assert np.abs(known(new)).mean() < 0.5 * np.abs(known(first(3, 256, 9))).mean()
    assert (next_points(x, y, NOISE, 8, seed=5) == new).all()
    assert (next_points(x, y, NOISE, 8, seed=6) != new).any()


def test_another_level_is_looked_for_where_it_is():
    x, y = spread_out(2)
    assert known(next_points(x, y, NOISE, 6, seed=1, level=0.6)).mean() > 0.3


def test_the_axes_may_be_turned_and_above_is_a_probability(both):
    model = fit(*spread_out(1), NOISE, folds=0)
    one, other = crossing(model, (0, 1), MIDDLE), crossing(model, (1, 0), MIDDLE)
    assert one.mean == pytest.approx(other.mean.T)
    assert np.sort(one.line[:, 0]) == pytest.approx(np.sort(other.line[:, 1]))
    assert one.above.min() >= 0.0
    assert one.above.max() <= 1.0
    assert ((one.above > 0.5) == (one.mean > 0.0)).all()
    json.dumps(one.plain(), allow_nan=False)


def test_a_level_that_is_never_crossed_has_no_line():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = crossing(fit(*spread_out(1), NOISE, folds=0), (0, 1), MIDDLE, level=9.0)
    assert found.line.shape == (0, 2)
    assert found.error is found.offset is None
    assert found.above.max() < 0.01


def test_failed_runs_do_not_stop_the_search_and_wrong_axes_are_said():
    x, y = spread_out(1)
    y[::7] = np.nan
    assert next_points(x, y, None, 4, seed=1).shape == (4, 3)
    model = fit(x, y, folds=0)
    with pytest.raises(CallSheetError, match="two different whole numbers from 0 to 2"):
        crossing(model, (0, 3), MIDDLE)
    with pytest.raises(CallSheetError, match="3 numbers from 0 to 1"):
        crossing(model, (0, 1), [0.5, 0.5])


def test_the_first_points_are_balanced_or_a_latin_hypercube_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for n in (1, 16, 40):
            points = first(3, n, 2)
            for each in points.T:
                assert sorted((each * n).astype(int)) == list(range(n))
