"""What a verdict turns on: parameters that tell points apart, borders at which it flips, and what adds to what."""

import numpy as np
import pytest

from experiments.claims import unknowns
from experiments.claims.declared import claim
from experiments.claims.study import Design, _turns
from experiments.claims.turns import Split, between, splits, turns_on, with_first
from experiments.claims.verdicts import at_point, spread, stands
from experiments.claims.wording import UNSOUGHT, turns_said

C1, C2, C3, C8 = (claim(name) for name in ("C1", "C2", "C3", "C8"))


def test_the_best_split_names_the_parameter_that_decides():
    rows = unknowns.spread_points(40, 1)
    names = list(unknowns.unknowns())
    decides = names.index("ai_tasks.shoot_cut")
    ranked = splits(claim("C2"), rows, list(rows[:, decides]))
    assert ranked[0].name == "ai_tasks.shoot_cut"
    assert ranked[0].accuracy == 1.0
    assert ranked[0].rising
    assert ranked[0].at == pytest.approx(0.4, abs=0.05)


def test_a_parameter_that_tells_the_few_points_that_hold_comes_before_one_that_calls_all_failures():
    """Where one point in ten holds, a split that says "fails" throughout is right of nine in ten and tells nothing."""
    rows = unknowns.spread_points(60, 1)
    names = list(unknowns.unknowns())
    decides = names.index("ai_tasks.shoot_cut")
    held = np.sort(rows[:, decides])[-6]
    ranked = splits(claim("C2"), rows, list(rows[:, decides] - held + 0.4))
    assert ranked[0].name == "ai_tasks.shoot_cut"
    assert ranked[0].accuracy == 1.0
    assert ranked[len(ranked) // 2].accuracy < 0.8


def test_what_moves_a_claim_less_is_told_once_what_moves_it_most_is_known():
    """Of 136 parameters some go by chance with what one of them decides; explained by that one, they no longer do."""
    rows = unknowns.spread_points(200, 1)
    names = list(unknowns.unknowns())
    strong, weak = (names.index(each) for each in ("ai_places.retained", "ai_tasks.post_gain"))
    number = rows[:, strong] - 0.2 * rows[:, weak]
    ranked = splits(C3, rows, list(number))
    assert [each.name for each in ranked[:2]] == ["ai_places.retained", "ai_tasks.post_gain"]
    assert [each.rising for each in ranked[:2]] == [True, False]


def test_where_all_points_stand_alike_no_split_tells_anything():
    rows = unknowns.spread_points(40, 1)
    ranked = splits(claim("C2"), rows, list(rows[:, 0] - 5.0))
    assert len({each.accuracy for each in ranked}) == 1


def test_a_falling_parameter_and_a_doubt_of_a_fall_are_told_by_their_signs():
    rows = unknowns.spread_points(40, 1)
    assert not splits(claim("C2"), rows, list(1.0 - rows[:, 0]))[0].rising
    assert splits(C8, rows, list(0.5 - rows[:, 0]))[0].rising
    assert splits(C1, rows[:0], []) == []


def noisy(number):
    """A market in which one number decides, and luck moves it a little."""
    return lambda at: spread([number(at) + luck for luck in (-0.01, 0.0, 0.01)])


def test_the_border_lies_where_the_verdict_flips_and_flips_on_either_side():
    ask = noisy(lambda at: at["ai_tasks.shoot_cut"])
    border = turns_on(claim("C2"), [Split("ai_tasks.shoot_cut", 1.0, 1.0, 0.4)], ask, ask)
    assert stands(claim("C2"), ask(border.fails_at)) == "fails"
    assert stands(claim("C2"), ask(border.holds_at)) == "holds"
    (entry,) = border.plain()
    assert entry["parameter"] == "ai_tasks.shoot_cut"
    assert entry["holds_if"] == "above"
    assert entry["fails_at"] < entry["border"] < entry["holds_at"]
    assert entry["border"] == pytest.approx(0.4 * 0.8, abs=0.02)  # the coordinate 0.4 of a range to 0.8


def test_a_parameter_that_flips_nothing_is_passed_over_and_a_falling_one_holds_below():
    ask = noisy(lambda at: 1.0 - at.get("ai_tasks.rework", 1.0))
    ranked = [Split("ai_tasks.takes", 1.0, 0.9, 0.5), Split("ai_tasks.rework", 0.8, -0.5, 0.5)]
    (entry,) = turns_on(C1, ranked, ask, ask).plain()
    assert (entry["parameter"], entry["holds_if"]) == ("ai_tasks.rework", "below")
    assert entry["holds_at"] < entry["border"] < entry["fails_at"]


def test_what_helps_alone_but_hinders_the_others_is_not_moved_with_them():
    """Without adoption nothing is lost and nothing won: it helps a claim that fails, and spoils the rest."""
    use, pull, gain = "ai_adoption.initial", "ai_firms.spend_pull", "ai_tasks.post_gain"

    def number(at):
        won = 0.5 * (at.get(pull, 0.5) + at.get(gain, 0.5) - 1.6)
        return 2.0 * at.get(use, 0.5) * won - 0.1

    ranked = [Split(use, 0.9, -0.5, 0.5), Split(gain, 0.8, 0.4, 0.5), Split(pull, 0.7, 0.3, 0.5)]
    border = turns_on(C3, ranked, noisy(number), noisy(number))
    assert border is not None
    assert set(border.names) == {pull, gain}


def test_where_points_do_not_tell_the_direction_both_ends_are_asked():
    ask = noisy(lambda at: 0.5 - at.get("ai_tasks.takes", 0.5))
    found = turns_on(C1, [Split("ai_tasks.takes", 0.6, 0.05, 0.5, told=False)], ask, ask)
    assert found.plain()[0]["holds_if"] == "below"
    assert turns_on(C1, [Split("ai_tasks.takes", 0.6, 0.05, 0.5)], ask, ask) is None


def test_correlations_that_may_be_chance_tell_no_direction():
    rows = unknowns.spread_points(60, 1)
    names = list(unknowns.unknowns())
    ranked = splits(claim("C2"), rows, list(rows[:, names.index("ai_tasks.shoot_cut")]))
    assert ranked[0].told
    assert sum(each.told for each in ranked) < 0.15 * len(ranked)


def test_some_parameters_may_come_first():
    ranked = [Split(name, 0.5, 0.1, 0.5) for name in ("a", "b", "c")]
    assert [each.name for each in with_first(ranked, ("c", "b"))] == ["c", "b", "a"]


def test_two_parameters_are_named_together_where_neither_alone_will_do():
    ask = noisy(lambda at: at.get("ai_tasks.takes", 0.0) * at.get("ai_tasks.rework", 0.0))
    ranked = [Split("ai_tasks.takes", 0.9, 0.9, 0.5), Split("ai_tasks.rework", 0.8, 0.8, 0.5)]
    assert set(turns_on(C1, ranked, ask, ask).names) == {"ai_tasks.takes", "ai_tasks.rework"}


def test_a_parameter_that_adds_nothing_to_the_others_is_not_named_with_them():
    def number(at):
        alone = 0.06 * at.get("ai_tasks.cost_spread", 0.0)  # helps more than either by itself, and is not needed
        return at.get("ai_tasks.takes", 0.05) * at.get("ai_tasks.rework", 0.05) + alone

    ranked = [Split(f"ai_tasks.{name}", 0.9, 0.9, 0.5) for name in ("cost_spread", "takes", "rework")]
    found = turns_on(claim("C2"), ranked, noisy(number), noisy(number))
    assert set(found.names) == {"ai_tasks.takes", "ai_tasks.rework"}


def test_what_fails_at_a_glance_is_not_asked_again_and_what_is_said_of_a_verdict_is():
    """Few futures tell which of several values comes furthest; the border rests on all of them."""
    asked, glanced = [], []

    def noting(where):
        def number(at):
            where.append(dict(at))
            return at.get("ai_tasks.takes", 0.0) * at.get("ai_tasks.rework", 0.0)

        return noisy(number)

    ranked = [Split(f"ai_tasks.{name}", 0.9, 0.9, 0.5) for name in ("cost_spread", "takes", "rework")]
    border = turns_on(C1, ranked, noting(asked), noting(glanced))
    assert set(border.names) == {"ai_tasks.takes", "ai_tasks.rework"}
    assert {"ai_tasks.cost_spread": 1.0} in glanced
    assert all("ai_tasks.cost_spread" not in at for at in asked)
    assert border.holds_at in asked
    assert border.fails_at in asked


def test_nothing_is_named_where_nothing_flips():
    ask = noisy(lambda at: 0.1)
    assert turns_on(C1, [Split("ai_tasks.takes", 1.0, 1.0, 0.5)], ask, ask) is None
    assert between(C1, {"ai_tasks.takes": True}, noisy(lambda at: 0.9)) is None


class NoRuns:
    """A batch that was stopped, or whose runs all fail."""

    def results(self, tasks):
        return [None] * len(tasks)


def test_a_border_whose_runs_are_missing_is_not_one_that_does_not_exist():
    design = Design(8, 40, 1, 1.0, 0, ("C1",))
    found = _turns(C1, design, NoRuns(), [Split("ai_tasks.takes", 1.0, 1.0, 0.5)], [0.1] * 8)
    assert found is None
    assert turns_said({"turns_on": found, "verdict": "depends on"}) == UNSOUGHT
    assert turns_said({"turns_on": None, "verdict": "fails"}) == ""


@pytest.mark.parametrize(("futures", "each"), [(8, 1), (1, 1), (30, 1), (4, 3), (8, 12)])
def test_points_run_on_futures_that_lend_them_their_luck(futures, each):
    """Three of eight futures lie on either side of 30 %: a point like the middle is undecided whichever it runs on."""
    design = Design(futures, 40, each, 1.0, 0, ("C1",))
    middle = [0.3 + 0.01 * (k - (futures - 1) / 2) for k in range(futures)]
    for number in range(40):
        turns = design.turns(number)
        assert len(set(turns)) == each
        if each <= futures:
            assert max(turns) < futures
            found = at_point([middle[future] for future in turns], turns, middle)
            assert (found.q10 < 0.3 < found.q90) == (futures > 1)
