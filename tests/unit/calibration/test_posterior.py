"""Inference from a table of runs, tried on a model whose answer is known: lines in its parameters and noise."""

from dataclasses import replace

import numpy as np
import pytest

from experiments.analysis.chance import seed_of, uniforms
from experiments.calibration.observed import observations, tolerance, values
from experiments.calibration.posterior import FEWEST, Posterior, Table, expit, logit
from experiments.calibration.recovery import look_for, recover, stretch_of
from model.errors import CallSheetError

POINTS, STRENGTH = 900, np.array([2.0, 0.7, 0.0])  # allowed errors that a parameter moves an observation by


@pytest.fixture(scope="module")
def lines():
    """Series that are lines in three parameters, the last of which does nothing. A parameter lifts or lowers a whole
    group, as lasting errors do, and each of its numbers by a little more or less.
    """
    looked_at, generator = observations(), np.random.default_rng(5)
    groups, group = np.unique([each.group for each in looked_at], return_inverse=True)
    lifts = generator.standard_normal((3, len(groups)))[:, group] + 0.3 * generator.standard_normal((3, len(looked_at)))
    effect = lifts * tolerance(looked_at) * STRENGTH[:, None]
    coordinates = generator.random((POINTS, 3))
    found = values(looked_at) + (coordinates - [0.6, 0.3, 0.5]) @ effect
    return Table(coordinates, found, looked_at, seed=1)


def test_logits_go_back_to_where_they_came_from():
    u = np.linspace(0.01, 0.99, 50)
    assert expit(logit(u)) == pytest.approx(u)
    assert np.isfinite(logit(np.array([0.0, 1.0]))).all()


def test_the_truth_is_found_and_what_does_nothing_keeps_its_prior(lines):
    posterior = lines.posterior()
    assert posterior.mean()[:2] == pytest.approx([0.6, 0.3], abs=0.12)
    prior = lines.coordinates.std(axis=0)
    assert posterior.sd()[0] < 0.35 * prior[0]
    assert posterior.sd()[0] < posterior.sd()[1] < prior[1]
    assert posterior.sd()[2] == pytest.approx(prior[2], rel=0.15)
    assert posterior.distance_rank > 0.05  # the published numbers lie among the runs


def test_numbers_that_no_run_comes_near_are_said_to_lie_outside(lines):
    far = lines.learner().posterior(values(lines.looked_at) + 6.0 * tolerance(lines.looked_at) * np.sign(
        lines.found.mean(axis=0) - values(lines.looked_at) + 1e-9))
    own = [lines.learner().distance(lines.with_error(row, lines.seed)) for row in range(50)]
    assert max(own) < far.distance


@pytest.fixture(scope="module")
def truths(lines):
    return look_for(lines, 240)


def test_intervals_hold_as_many_truths_as_they_say(lines, truths):
    found = recover(truths[1::2], stretch_of(truths[::2]), lines.coordinates.var(axis=0))
    for each in found:
        assert 0.83 <= each.coverage <= 0.97
        assert sum(each.ranks) == each.truths == 120
        assert 0.8 < each.stretch < 1.5
    strong, weak, idle = found
    assert strong.error < weak.error < idle.error
    assert strong.contraction > 0.8
    assert abs(idle.contraction) < 0.15


def test_draws_that_are_too_narrow_hold_fewer_truths_and_are_stretched_back(lines, truths):
    """The test of recovery can fail, and says by how much."""
    half, prior = np.full(3, 0.5), lines.coordinates.var(axis=0)
    assert all(each.coverage < 0.8 for each in recover(truths, half, prior))
    narrow = [replace(each, posterior=each.posterior.stretched(half)) for each in truths]
    assert stretch_of(narrow) == pytest.approx(2.0 * stretch_of(truths), rel=0.1)


def test_a_fold_is_not_learned_from_when_its_truths_are_looked_for(lines):
    """Other numbers in a truth's own row change nothing but that truth."""
    moved = Table(lines.coordinates, lines.found.copy(), lines.looked_at, seed=1)
    chosen = int(np.argsort(uniforms(POINTS, seed_of("truths", 0)), kind="stable")[0])
    moved.found[chosen] += 5.0 * moved.scale
    moved.__dict__["_center"] = lines._center
    before, after = look_for(lines, 1)[0], look_for(moved, 1)[0]
    assert (before.truth == after.truth).all()
    assert not np.allclose(before.posterior.mean(), after.posterior.mean())


def test_the_same_table_gives_the_same_draws(lines):
    again = Table(lines.coordinates, lines.found, lines.looked_at, seed=1)
    assert (again.posterior().sample(50, 3) == lines.posterior().sample(50, 3)).all()


def test_draws_come_as_often_as_they_weigh():
    posterior = Posterior(np.array([[0.1], [0.9]]), np.array([0.25, 0.75]), 0.0, 1.0)
    drawn = posterior.sample(100, 0)[:, 0]
    assert (drawn == 0.1).sum() == 25
    assert (drawn == 0.9).sum() == 75


def test_runs_that_failed_are_left_out_and_too_few_are_refused(lines):
    found = lines.found.copy()
    found[::2, 3] = np.nan
    assert len(Table(lines.coordinates, found, lines.looked_at).found) == POINTS // 2
    with pytest.raises(CallSheetError, match=f"at least {FEWEST}"):
        Table(lines.coordinates[:10], lines.found[:10], lines.looked_at)
