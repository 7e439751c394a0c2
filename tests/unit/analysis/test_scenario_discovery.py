"""Planted regions found again among inputs that do not matter."""

import json
import warnings

import numpy as np
import pytest

from experiments.analysis.boxes import data, quasi_p
from experiments.analysis.discovery import cart, prim
from experiments.analysis.peeling import paste
from model.errors import CallSheetError

NAMES = ("a", "b", "c", "d", "e")


@pytest.fixture(scope="module")
def planted():
    chance = np.random.default_rng(7)
    x = chance.random((500, 5))
    holds = (x[:, 0] > 0.2) & (x[:, 0] < 0.65) & (x[:, 2] > 0.45)
    return x, holds ^ (chance.random(500) < 0.03)


@pytest.fixture(scope="module")
def found(planted):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return prim(*planted, NAMES)


def test_prim_finds_the_planted_box_and_nothing_else(found):
    ranges = found.chosen.ranges()
    assert set(ranges) == {"a", "c"}
    assert ranges["a"] == pytest.approx((0.2, 0.65), abs=0.03)
    assert ranges["c"] == pytest.approx((0.45, 1.0), abs=0.03)
    assert found.chosen.density > 0.93
    assert found.chosen.coverage > 0.85


def test_an_open_side_ends_where_the_data_do_or_where_one_says(found, planted):
    assert found.chosen.ranges()["c"][1] == planted[0][:, 2].max()
    assert found.chosen.ranges({"c": (0.0, 1.0)})["c"][1] == 1.0


def test_limits_that_matter_are_no_chance_and_come_back_in_halves_of_the_data(found):
    for limit in found.chosen.limits:
        assert all(p < 1e-3 for p in (limit.p_low, limit.p_high) if p is not None)
    assert found.returns == {"a": 1.0, "c": 1.0}
    assert found.new_density > 0.85
    assert found.new_coverage > 0.75


def test_the_curve_trades_coverage_for_density_from_all_points_on(found, planted):
    first, last = found.curve[0], found.curve[-1]
    assert (first.coverage, first.mass, first.limits) == (1.0, 1.0, ())
    assert first.density == pytest.approx(planted[1].mean())
    assert last.density > 0.95
    assert all(np.diff([step.coverage for step in found.curve]) <= 0)
    assert all(np.diff([step.mass for step in found.curve]) < 0)
    json.dumps(found.plain(), allow_nan=False)


def test_results_repeat_and_a_step_may_be_chosen(planted, found):
    assert prim(*planted, NAMES).plain() == found.plain()
    assert prim(*planted, NAMES, halves=0, choose=0).chosen.limits == ()
    with pytest.raises(CallSheetError, match="The chosen step is 999; the curve has the steps 0 to"):
        prim(*planted, NAMES, halves=0, choose=999)


def test_the_quasi_p_value_is_the_binomial_tail():
    x = np.arange(40.0)[:, None]
    given = data(x, x[:, 0] >= 30, ["a"], frozenset())
    assert quasi_p(given, {(0, "low"): 35.0}, (0, "low")) == pytest.approx(0.25**5)
    assert quasi_p(given, {(0, "low"): -1.0}, (0, "low")) == 1.0


def test_pasting_gives_back_what_was_cut_too_deep():
    x = np.linspace(0.0, 1.0, 101)[:, None]
    given = data(x, (x[:, 0] > 0.295) & (x[:, 0] < 0.705), ["a"], frozenset())
    faces = paste(given, {(0, "low"): 0.395, (0, "high"): 0.605}, 0.05)
    assert faces[0, "low"] == pytest.approx(0.295)
    assert faces[0, "high"] == pytest.approx(0.705)


def mixed():
    chance = np.random.default_rng(3)
    x = np.column_stack([chance.integers(0, 4, 400), chance.integers(1, 7, 400), chance.random((400, 2))])
    return x, np.isin(x[:, 0], (0, 2)) & (x[:, 1] >= 4) & (x[:, 2] < 0.7)


def test_categories_go_one_at_a_time_and_whole_numbers_by_their_ends():
    found = prim(*mixed(), ("kind", "crews", "u", "v"), categorical={"kind"}, halves=3)
    assert found.chosen.allowed() == {"kind": (0.0, 2.0)}
    assert found.chosen.ranges()["crews"] == (4.0, 6.0)
    assert set(found.chosen.ranges()) == {"crews", "u"}
    assert (found.chosen.density, found.chosen.coverage) == (1.0, 1.0), found.chosen


def test_without_being_told_a_category_cannot_be_a_range():
    found = prim(*mixed(), ("kind", "crews", "u", "v"), halves=0)
    assert found.chosen.density < 0.9 or found.chosen.coverage < 0.9


def test_the_tree_finds_the_planted_box_and_its_leaves_hold_every_point_once(planted):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = cart(*planted, NAMES)
    best = found.leaves[0]
    assert best.ranges()["a"] == pytest.approx((0.2, 0.65), abs=0.03)
    assert best.ranges()["c"] == pytest.approx((0.45, 1.0), abs=0.03)
    assert sum(leaf.points for leaf in found.leaves) == 500
    assert sum(leaf.coverage for leaf in found.leaves) == pytest.approx(1.0)
    json.dumps(found.plain(), allow_nan=False)


def test_the_tree_asks_about_categories_one_at_a_time():
    x, holds = mixed()
    found = cart(x, holds, ("kind", "crews", "u", "v"), categorical={"kind"}, depth=4)
    assert found.leaves[0].density == 1.0
    assert set(found.leaves[0].allowed()["kind"]) <= {0.0, 2.0}
    assert sum(leaf.points for leaf in found.leaves) == 400


@pytest.mark.parametrize("truth", [True, False])
def test_all_alike_is_an_answer_with_a_note(truth):
    x = np.random.default_rng(1).random((30, 2))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        box, tree = prim(x, np.full(30, truth), ("a", "b")), cart(x, np.full(30, truth), ("a", "b"))
    assert box.chosen.limits == ()
    assert len(box.curve) == len(tree.leaves) == 1
    assert "every point" in box.note + tree.note if truth else "no point" in box.note
    assert tree.note
    json.dumps(box.plain(), allow_nan=False)


def test_pure_noise_gives_boxes_that_do_not_hold_up_on_the_other_half():
    chance = np.random.default_rng(11)
    x, holds = chance.random((200, 4)), chance.random(200) < 0.3
    found = prim(x, holds, ("a", "b", "c", "d"))
    assert found.new_density < found.base_rate + 0.1


def test_what_cannot_be_searched_is_said_in_a_sentence():
    x = np.random.default_rng(1).random((30, 2))
    holds = np.where(np.arange(30) < 12, np.nan, 1.0)
    with pytest.raises(CallSheetError, match="18 points are known; scenario discovery needs at least 20"):
        prim(x, holds, ("a", "b"))
    with pytest.raises(CallSheetError, match="18 points are known"):
        cart(x, holds, ("a", "b"))
    with pytest.raises(CallSheetError, match="Compare with a threshold"):
        prim(x, x[:, 0], ("a", "b"))
    with pytest.raises(CallSheetError, match="'z' is not among the inputs"):
        prim(x, x[:, 0] > 0.5, ("a", "b"), categorical={"z"})
    with pytest.raises(CallSheetError, match="30 points but 29 truth values"):
        prim(x, x[1:, 0] > 0.5, ("a", "b"))
    with pytest.raises(CallSheetError, match=r"\(points, 3\) is allowed"):
        prim(x, x[:, 0] > 0.5, ("a", "b", "c"))


def test_failed_points_are_left_out_and_counted():
    x = np.random.default_rng(1).random((60, 2))
    holds = (x[:, 0] > 0.5).astype(float)
    holds[:5] = np.nan
    assert (prim(x, holds, ("a", "b"), halves=0).points, cart(x, holds, ("a", "b")).missing) == (55, 5)
