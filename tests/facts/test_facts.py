"""Every stylized fact is answered for, and the real series pass the bands that judge the model."""

import pytest

from experiments.facts import validation
from tests.facts.panels import FACTS


def test_every_fact_is_computed():
    answered = {*validation.computations(), "hysteresis", "displaced_losses"}
    assert answered == set(FACTS)
    assert len(FACTS) == 19


@pytest.mark.parametrize("name", sorted(validation.observed()))
def test_the_real_series_passes_the_band_that_judges_the_model(name):
    assert validation.in_band(validation.observed()[name], FACTS[name])


def test_a_band_that_the_world_fails_judges_nothing():
    seeds = [{"value": -0.5, "passed": True, "also": {}}]
    row = validation.judged("okun", FACTS["okun"], seeds, 0.2)
    assert row["passed"] is None
    assert "judges nothing" in row["note"]


def test_a_fact_that_was_not_computed_says_so():
    row = validation.judged("displaced_losses", FACTS["displaced_losses"], [], None)
    assert row["passed"] is None
    assert row["share_of_seeds"] is None
    assert row["note"]


def test_half_of_the_seeds_have_to_pass():
    seeds = [
        {"value": -0.5, "passed": True, "also": {"slope": 1.0}},
        {"value": 0.1, "passed": False, "also": {"slope": 2.0}},
    ]
    row = validation.judged("okun", FACTS["okun"], seeds, None)
    assert row["passed"] is True
    assert row["share_of_seeds"] == 0.5
    assert row["also"] == {"slope": 1.5}
    assert row["wilson"][0] < 0.5 < row["wilson"][1]
    assert validation.judged("okun", FACTS["okun"], seeds[1:], None)["passed"] is False


@pytest.mark.slow
def test_validate_answers_for_every_fact():
    told = []
    rows = validation.validate(seeds=2, scale=0.05, progress=lambda done, seeds: told.append((done, seeds)))
    assert {row["fact"] for row in rows} == set(FACTS)
    assert told == [(1, 2), (2, 2)]
    order = [(False, None, True).index(row["passed"]) for row in rows]
    assert order == sorted(order)
    assert {"fact", "value", "low", "high", "source", "passed", "share_of_seeds"} <= set(rows[0])
    assert all(row["value"] is not None for row in rows)
