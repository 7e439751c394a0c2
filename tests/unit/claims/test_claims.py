"""Claims get their verdicts by the rules fixed beforehand, from points inside their ranges and runs that resume."""

import numpy as np
import pytest

from experiments import cli
from experiments.calibration.declared import priors
from experiments.calibration.shipped import shipped_draws
from experiments.claims import surface, unknowns
from experiments.claims.declared import claim, claims
from experiments.claims.spreads import spreads
from experiments.claims.study import Design
from experiments.claims.verdicts import Spread, spread, stands, verdict
from model.errors import UnknownName
from model.parameters import Params
from model.simulate import ONLY_WHERE_WORLDS_PART

C1, C3, C5, C6, C8 = (claim(name) for name in ("C1", "C3", "C5", "C6", "C8"))


def over(low, high):
    return Spread((low + high) / 2, low, high, 2, 2)


# How a claim stands at one point


@pytest.mark.parametrize(
    ("which", "low", "high", "found"),
    [
        (C1, 0.30, 0.40, "holds"),
        (C1, 0.29, 0.40, "between"),
        (C1, 0.10, 0.30, "between"),
        (C1, 0.10, 0.29, "fails"),
        (C3, 0.011, 0.02, "holds"),
        (C3, -0.02, 0.009, "fails"),
        (C3, -0.02, 0.02, "between"),
        (C6, 0.0, 0.011, "holds"),
        (C6, 0.0, 0.01, "fails"),
        (C5, 0.51, 0.6, "holds"),
        (C5, 0.3, 0.4, "fails"),
        (C8, -0.02, -0.01, "holds"),
        (C8, 0.01, 0.02, "fails"),
        (C8, -0.01, 0.01, "between"),
        (C8, -0.01, 0.0, "between"),
    ],
)
def test_a_claim_stands_at_a_point_by_its_percentiles(which, low, high, found):
    assert stands(which, over(low, high)) == found


def test_a_point_without_any_number_is_unknown():
    assert stands(C1, spread([None, float("nan")])) == "unknown"


def test_the_spread_leaves_out_what_is_no_number_and_counts_agreement():
    found = spread([1.0, 3.0, -1.0, None, float("nan")])
    assert (found.mean, found.futures, found.agreeing) == (1.0, 3, 2)
    assert found.q10 == pytest.approx(np.percentile([1, 3, -1], 10))


# The verdict over points


@pytest.mark.parametrize(
    ("holding", "failing", "between_them", "found"),
    [
        (18, 0, 2, "holds"),
        (17, 0, 3, "depends on"),
        (2, 18, 0, "fails"),
        (3, 17, 0, "depends on"),
        (0, 0, 20, "depends on"),
        (10, 10, 0, "depends on"),
        (9, 0, 0, "cannot tell"),
        (0, 9, 0, "cannot tell"),
        (0, 0, 0, "cannot tell"),
    ],
)
def test_the_verdict_is_the_share_of_points(holding, failing, between_them, found):
    points = ["holds"] * holding + ["fails"] * failing + ["between"] * between_them
    assert verdict(C1, points) == found


def test_points_without_a_number_do_not_count_towards_a_verdict():
    assert verdict(C1, ["holds"] * 9 + ["fails"] + ["unknown"] * 50) == "holds"
    assert verdict(C1, ["holds"] * 9 + ["unknown"] * 50) == "cannot tell"


@pytest.mark.parametrize(
    ("holding", "found"),
    [(10, "matters"), (9, "matters"), (5, "depends on"), (1, "does not matter"), (0, "does not matter")],
)
def test_exposure_matters_by_the_worst_tenth(holding, found):
    assert verdict(C6, ["holds"] * holding + ["fails"] * (10 - holding)) == found


def test_a_doubt_without_a_threshold_gets_no_verdict():
    for one in claims().values():
        if one.judged == "none":
            assert verdict(one, ["holds"] * 20) == "no threshold"


def test_the_thresholds_are_those_of_the_article_and_of_the_rules():
    assert {name: one.threshold for name, one in claims().items() if one.has_verdict} == {
        "C1": 0.30, "C2": 0.40, "C3": 0.01, "C6": 0.01,
    }  # fmt: skip
    assert all(one.number and one.unit for one in claims().values())


def test_a_claim_is_found_by_any_case_and_a_wrong_one_gets_a_sentence():
    assert claim(" c3 ") is C3
    with pytest.raises(UnknownName, match="There is no claim C12"):
        claim("C12")


# Points


def test_every_point_is_legal_and_the_same_for_the_same_seed():
    one, again, other = (unknowns.spread_points(20, seed) for seed in (3, 3, 4))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)
    for row in one:
        assert set(Params.load().override(unknowns.point(row)).changed()) <= set(unknowns.unknowns())


def test_points_lie_one_in_each_slice_of_each_parameter_that_nothing_is_known_of():
    rows = unknowns.spread_points(16, 0)
    for name, column in zip(unknowns.unknowns(), rows.T, strict=True):
        if unknowns.source(name) != unknowns.SPOKEN:
            assert sorted((column * 16).astype(int)) == list(range(16)), name


def test_what_the_past_speaks_of_is_a_draw_of_the_posterior_whole_as_it_was_drawn():
    draws = shipped_draws()
    for number in (0, 3, unknowns.MARKETS - 1):
        row = unknowns.spread_points(number + 1, 5)[number]
        held = {name: value for name, value in unknowns.point(row).items() if unknowns.source(name) == unknowns.SPOKEN}
        assert held == pytest.approx(dict(draws[number % len(draws)]), rel=1e-5)


def test_points_take_turns_in_markets_whose_history_they_share_with_their_future():
    rows = unknowns.spread_points(2 * unknowns.MARKETS + 3, 5)
    market = np.array([not name.startswith(ONLY_WHERE_WORLDS_PART) for name in unknowns.unknowns()])
    design = Design(30, len(rows), 1, 1.0, 0, ("C3",))
    for k in (0, 2, unknowns.MARKETS - 1):
        again = k + unknowns.MARKETS
        assert np.array_equal(rows[k, market], rows[again, market])
        assert (rows[k, ~market] != rows[again, ~market]).all()
        assert design.turns(k) == design.turns(again)
    assert len({row.tobytes() for row in rows[:, market]}) == unknowns.MARKETS


def test_points_differ_in_all_that_is_not_known_and_nothing_is_counted_twice():
    counted = unknowns.counts()
    assert sum(counted.values()) == len(unknowns.unknowns())
    assert counted[unknowns.SPOKEN] == len(shipped_draws()[0])
    assert set(priors()) < set(unknowns.unknowns())  # what no fit moved is as unknown as ever
    assert set(unknowns.ANSWERS_TO_SAVINGS) <= set(unknowns.unknowns())


def test_coordinates_run_from_the_low_to_the_high_end_and_lists_through_their_middle():
    for about in unknowns.unknowns().values():
        low, high = about.range
        ends = [unknowns.value_at(about, u) for u in (0.0, 1.0)]
        if isinstance(about.value, tuple):
            assert ends == [(low,) * len(about.value), (high,) * len(about.value)], about.name
            assert unknowns.value_at(about, 0.5) == pytest.approx(about.value), about.name
        else:
            assert ends == pytest.approx([low, high], rel=1e-5), about.name


def test_what_is_held_exists_and_says_why():
    assert all(name in Params.load() and why for name, why in unknowns.HELD.items())
    assert not unknowns.HELD.keys() & unknowns.unknowns().keys()


# The rest


def test_a_nest_of_results_becomes_a_nest_of_spreads():
    one = {"a": {"b": 1.0}, "c": [1, 2], "d": True, "e": "x"}
    found = spreads([one, {"a": {"b": 3.0}, "c": [3], "d": False, "e": "x"}])
    assert found["a"]["b"]["mean"] == 2.0
    assert [each["mean"] for each in found["c"]] == [2.0, 2.0]
    assert (found["d"], found["e"]) == (0.5, "x")


def test_the_surface_marks_the_announcement_and_where_work_is_unchanged():
    cells = surface.cells()
    means = [{"value": each[surface.ACROSS] + 0.3, "saving": each[surface.UP] / 2} for each in cells]
    row = [[each[surface.ACROSS] - 0.2, each[surface.ACROSS] - 0.4, None] for each in surface.through_the_middle()]
    found = surface.surface(means, row)
    assert len(found["slices"]) == 3
    assert found["slices"][0]["zero_at"] == pytest.approx([-0.3] * 3)
    assert found["cells_announced"] == 5 * 3  # tools at 95 %
    assert found["middle"]["distance"] == pytest.approx(0.3)  # of the mean; what lacks a run does not count
    assert found["middle"]["zeros"] == pytest.approx([0.2, 0.4])
    assert surface.crossing((0.0, 1.0), (1.0, 2.0)) is None
    for each in cells:
        Params.load().override(each)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("claims --futures 0", "--futures is '0', but must be a whole number from 1 to 1000"),
        ("claims --points many", "--points is 'many'"),
        ("claims --each 1.5", "--each is '1.5'"),
        ("claims --workers 0", "--workers is '0'"),
        ("claims --scale 0", "above 0 and at most 10"),
        ("claims --seed -1", "from 0 to"),
        ("claims --claim C12", "There is no claim C12"),
        ("claims --clam C1", "Did you mean --claim"),
        ("claims extra", "extra"),
    ],
)
def test_wrong_input_is_answered_with_a_sentence(capsys, words, said):
    assert cli.main(words.split()) == 2
    caught = capsys.readouterr()
    assert caught.out == ""
    assert said in caught.err
    assert "Traceback" not in caught.err


def test_a_file_in_the_place_of_the_folder_is_answered_before_any_work(capsys, tmp_path):
    (tmp_path / "taken").write_text("")
    assert cli.main(["claims", "--out", str(tmp_path / "taken")]) == 2
    assert "taken is a file, not a folder" in capsys.readouterr().err
