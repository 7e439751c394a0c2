"""From a study file to its answer, against answers that are known."""

import json

import pytest

from experiments import cli

STUDY = """
title: Known indices
question: Are they found?
runner: function
function: {function}
against: null
uncertainties:
  x1: {{low: -3.141592653589793, high: 3.141592653589793}}
  x2: {{low: -3.141592653589793, high: 3.141592653589793}}
  x3: {{low: -3.141592653589793, high: 3.141592653589793}}
outcomes: [y]
design: {design}
"""
TOTAL = {"x1": 0.5576, "x2": 0.4424, "x3": 0.2437}
FIRST = {"x1": 0.3139, "x2": 0.4424, "x3": 0.0}


def answer(tmp_path, text, code=0):
    study = tmp_path / "study.yaml"
    study.write_text(text)
    assert cli.main(["study", "run", str(study), "--out", str(tmp_path / "out"), "--workers", "2", "-q"]) == code
    return json.loads((tmp_path / "out" / "answer.json").read_text())


def test_indices_are_right_though_runs_come_back_in_any_order_and_some_fail(tmp_path):
    text = STUDY.format(function="ishigami_with_a_hole", design="{kind: sobol, base: 1024}")
    found = answer(tmp_path, text, code=1)
    assert found["runs"]["failed"] >= 1
    assert found["indices"]["dropped"] >= 1
    for row in found["indices"]["ranked"]:
        assert row["value"] == pytest.approx(TOTAL[row["name"]], abs=0.06)
        assert row["first"] == pytest.approx(FIRST[row["name"]], abs=0.08)
    assert "runs failed and are left out" in found["answer"]
    log = [json.loads(line) for line in (tmp_path / "out" / "log.jsonl").read_text().splitlines()]
    assert len({line["pid"] for line in log}) >= 2, "two processes, so that the order is not that of the plan"


def test_elementary_effects_rank_as_they_should(tmp_path):
    found = answer(tmp_path, STUDY.format(function="ishigami", design="{kind: morris, trajectories: 40}"))
    assert found["indices"]["used"] == 40
    ranked = {row["name"]: row["value"] for row in found["indices"]["ranked"]}
    assert list(ranked)[-1] == "x3"
    assert ranked["x2"] == pytest.approx(7.875, abs=1e-3), "7 sin² at the four levels of the design, by hand"


def test_futures_are_added_until_the_headline_is_known_well_enough(tmp_path):
    text = """
title: Enough
question: When?
runner: function
function: noisy_line
against: null
constants: {a: 2.0}
outcomes: [y]
design: {kind: paired, precision: {half_width: 0.3, most: 200}}
"""
    found = answer(tmp_path, text)
    (one,) = found["comparisons"]
    estimate = one["outcomes"][0]["estimate"]
    assert 30 < one["futures"] < 200, "more than it begins with"
    assert one["futures"] % 10 == 0
    assert (estimate["high"] - estimate["low"]) / 2 <= 0.3
    assert abs(estimate["mean"] - 2.0) < 3 * estimate["se"]


def test_where_a_promise_holds_is_found(tmp_path):
    text = """
title: Where
question: Where is it?
runner: function
function: noisy_line
against: null
uncertainties: {a: {low: 0, high: 20}, b: {low: 0, high: 1}, c: {low: 0, high: 1}}
outcomes: [y]
holds: {outcome: y, at_least: 12}
design: {kind: lhs, points: 200, futures: 1}
"""
    found = answer(tmp_path, text)["spread"]
    (limit,) = [each for each in found["box"] if each["name"] == "a"]
    assert limit["value_low"] == pytest.approx(11.0, abs=2.5)
    assert found["prim"]["chosen"]["density"] > 0.8
    assert found["scores"]["names"][max(range(3), key=lambda k: found["scores"]["score"][k])] == "a"


def test_a_crossing_is_found_with_few_runs_and_its_error_is_said(tmp_path):
    text = """
title: Crossing
question: Where?
runner: function
function: noisy_line
against: null
uncertainties: {a: {low: -3, high: 3}, b: {low: -3, high: 3}}
outcomes: [y]
design: {kind: surface, start: 16, points: 40, batch: 8, futures: 6}
"""
    found = answer(tmp_path, text)["surface"]
    a, b = (axis["at"] for axis in found["axes"])
    wrong = sum((found["grid"][k][j] > 0) != (a[j] + b[k] > 0) for k in range(len(b)) for j in range(len(a)))
    assert wrong < 0.12 * len(a) * len(b)
    assert found["error"]["rmse"] < 1.0
    assert len(found["points"]) == 40


def test_cost_per_job_year_is_a_ratio_of_means_with_an_interval_that_holds():
    import numpy as np
    from scipy.stats import norm

    from experiments.study.sections.cost import fieller

    u = (np.arange(1, 401) - 0.5) / 400
    noise = norm.ppf(u)
    over, under = 100.0 + noise, 4.0 + 0.5 * np.roll(noise, 137)
    low, high = fieller(over, under)
    assert low < over.mean() / under.mean() < high
    se = np.sqrt(over.var() / 400 / 16 + 625 * under.var() / 400 / 16)  # by the delta method, nearly uncorrelated
    assert (high - low) / 2 == pytest.approx(1.96 * se, rel=0.15)
    assert fieller(over, noise) == (None, None), "work that cannot be told from none has no cost"


def test_runs_that_know_nothing_of_a_promise_are_no_trouble(tmp_path):
    text = """
title: Nothing
question: Is it there?
runner: function
function: noisy_line
against: null
uncertainties: {a: {low: 0, high: 1}, b: {low: 0, high: 1}}
outcomes: [y]
holds: {outcome: other, at_least: 0}
design: {kind: lhs, points: 30}
"""
    found = answer(tmp_path, text)["spread"]
    assert found["headline"]["points"] == 30
    assert found["holds"]["points"] == 0
    assert found["prim"] is None


def test_a_mix_that_fails_where_the_world_is_bad_does_not_look_good():
    import numpy as np

    from experiments.study.ways.mixes import _known

    gains = np.array([[0.0, 0.0, 0.0], [3.0, 2.0, -5.0], [4.0, 4.0, np.nan], [np.nan, np.nan, np.nan]])
    mixes, known, _ = _known([{}, {"a": 1}, {"a": 2}, {"a": 3}], gains, np.zeros_like(gains))
    assert mixes == [{}, {"a": 1}, {"a": 2}]
    assert known.shape == (3, 2), "the state in which one failed is left out for all, a mix that always fails first"


def test_luck_at_a_point_is_that_of_the_middle_moved_by_what_both_share():
    from experiments.claims.verdicts import at_point, spread

    middle = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]
    found = at_point([13.0], [3], middle)
    assert found.mean == 13.0
    assert found.futures == 1
    whole = spread([each + 10.0 for each in middle])
    assert (found.q10, found.q90) == (whole.q10, whole.q90)
    own = [5.0, 6.0, 7.0, 8.0, 9.0]
    assert at_point(own, [0, 1, 2, 3, 4], middle) == spread(own), "five futures tell their own luck"
    assert at_point([None], [0], middle).mean is None
    assert at_point([13.0], [3], middle, tail=True).q90 is None, "rare events do not move with the mean"
    assert at_point([2.0], [0], [None, 1.0]) == spread([2.0])
