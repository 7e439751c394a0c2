"""What carries a missed fact: ends that move it towards its band count, by their own doing and not by chance."""

import pytest

from experiments.calibration.declared import priors
from experiments.facts import reach
from experiments.facts.validation import computations, facts

FACT = "long_spells"  # band from 0.15 to 0.45
LOW, HIGH = facts()[FACT]["low"], facts()[FACT]["high"]


def values(number, **others):
    return {**dict.fromkeys(computations()), FACT: number, **others}


def row(parameter, value, error=0.001, base=0.10, end="low"):
    return {"fact": FACT, "parameter": parameter, "end": end, "base": base, "value": value,
            "difference": value - base, "error": error, "in_band": LOW <= value <= HIGH}


def test_every_parameter_that_a_fit_may_move_is_tried_at_both_ends():
    worlds = reach.settings()
    assert {name for name, _ in worlds} == set(priors())
    for (name, end), setting in worlds.items():
        prior = priors()[name]
        assert setting == {name: pytest.approx({"low": prior.low, "high": prior.high}[end], rel=1e-5)}


def test_a_row_is_the_mean_and_the_paired_difference():
    base = [values(0.10), values(0.12)]
    (one,) = reach.moved(base, {("a", "high"): [values(0.20), values(0.24)]})
    assert (one["base"], one["value"], one["in_band"]) == (pytest.approx(0.11), pytest.approx(0.22), True)
    assert one["difference"] == pytest.approx(0.11)
    assert one["error"] == pytest.approx(0.01)  # of 0.10 and 0.12
    assert reach.moved(base, {("a", "high"): [values(None), values(None)]}) == []


def test_the_strongest_come_first_each_parameter_once_and_none_by_chance():
    rows = [row("a", 0.12), row("a", 0.13, end="high"), row("b", 0.30), row("away", 0.05), row("chance", 0.14, 0.1)]
    found = reach.strongest(rows, FACT)
    assert [(each["parameter"], each["end"]) for each in found] == [("b", "low"), ("a", "high")]
    (kept,) = reach.summary(rows)
    assert (kept["ends"], kept["in_band"]) == (5, 1)
    assert reach.summary([row("a", 0.3, base=0.2)]) == []  # not missed


def test_of_ends_inside_the_band_the_one_that_moves_most_comes_first():
    rows = [row("a", LOW + 0.01), row("b", HIGH - 0.01), row("b", LOW + 0.02, end="high"), row("c", LOW + 0.05)]
    found = reach.strongest(rows, FACT)
    assert [(each["parameter"], each["end"]) for each in found] == [("b", "low"), ("c", "low"), ("a", "low")]


@pytest.mark.parametrize(("value", "away"), [(LOW - 0.1, 0.1), (LOW, 0.0), (HIGH + 0.2, 0.2)])
def test_the_gap_is_how_far_outside_the_band(value, away):
    assert reach.gap(value, facts()[FACT]) == pytest.approx(away)


@pytest.mark.slow
def test_a_world_with_nothing_set_is_the_baseline_and_one_that_loses_no_skill_pays_more_after_a_spell():
    setting = {("skills.fade", "low"): {"skills.fade": 0.0}, ("nothing", "low"): {}}
    rows = reach.run(futures=1, scale=0.05, worlds=setting)
    by = {(each["parameter"], each["fact"]): each for each in rows}
    assert all(each["difference"] == 0.0 for (name, _), each in by.items() if name == "nothing")
    assert by["skills.fade", "pay_after_spell"]["difference"] > 0
