"""What a fit is held against: published numbers of 2015-2022, in logs where errors are, and the errors it allows."""

import math

import numpy as np
import pytest

from experiments import history
from experiments.calibration import declared
from experiments.calibration.observed import errors, observations, of_runs, tolerance, values
from model.parameters import Params


def test_nothing_after_the_fit_is_looked_at():
    assert max(each.year for each in observations()) == 2022
    assert {each.year for each in observations() if each.group == "jobs"} == set(history.FIT_YEARS)


def test_an_earlier_fit_sees_less_and_the_rest_is_the_same():
    until_2018, all_of_it = set(observations(2018)), set(observations())
    assert until_2018 < all_of_it
    assert until_2018 == {each for each in all_of_it if each.year <= 2018}


def test_quarters_that_an_input_was_read_from_are_no_evidence():
    names = {each.name for each in observations()}
    assert "days.tv.2021Q2" in names
    assert not names & {f"days.{category}.{quarter}" for category in history.CATEGORIES
                        for quarter in history.NO_EVIDENCE}


def test_a_run_that_equals_what_was_published_has_no_gap():
    looked_at = observations()
    published = {each.name: math.exp(each.value) if declared.groups()[each.group].unit == "log points" else each.value
                 for each in looked_at}
    run = {name: np.array([value]) for name, value in published.items()}
    assert of_runs(run, looked_at)[0] == pytest.approx(values(looked_at))
    jobs = next(each for each in looked_at if each.name == "jobs.2019-06")
    assert jobs.value == pytest.approx(math.log(history.monthly_jobs()["2019-06"]))


def test_allowed_errors_have_the_size_that_is_declared_and_last_as_long():
    looked_at = observations()
    drawn = errors(looked_at, 20_000, "test")
    assert drawn.std(axis=0) == pytest.approx(tolerance(looked_at), rel=0.05)
    jobs = [k for k, each in enumerate(looked_at) if each.group == "jobs"]
    group = declared.groups()["jobs"]
    one, half_life_on = jobs[0], jobs[int(group.half_life)]
    lasting = np.mean(drawn[:, one] * drawn[:, half_life_on])
    assert lasting == pytest.approx(0.5 * group.misfit**2, rel=0.1)
    other = next(k for k, each in enumerate(looked_at) if each.group == "days.tv")
    assert abs(np.corrcoef(drawn[:, one], drawn[:, other])[0, 1]) < 0.03


def test_every_parameter_of_the_market_is_either_fitted_or_held_with_a_reason():
    held, free, params = declared.declared()["held"], declared.priors(), Params.load()
    for name in params.names():
        of_ai = name.startswith(declared.AI_GROUPS)
        assert of_ai or (name in held) != (name in free), f"{name} must be in one of the two"
    assert all(held.values())


def test_a_prior_that_was_narrowed_keeps_to_its_part():
    prior = declared.priors()["demand.level"]
    part = prior.narrowed(0.25, 0.75).narrowed(0.5, 1.0)
    assert part.at(0.0) == pytest.approx(prior.at(0.5))
    assert part.at(1.0) == pytest.approx(prior.at(0.75))
