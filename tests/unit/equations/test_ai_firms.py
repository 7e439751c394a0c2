"""Who takes up AI, who pays for it, and who learns it: worked examples for the equations of firms and people."""

from types import SimpleNamespace

import numpy as np
import pytest

from model import rng
from model.calendar import NEVER
from model.mechanisms import (
    adoption,
    budgets,
    capital,
    consolidation,
    retraining,
    skills,
)
from model.mechanisms.quality import quality
from model.state import books
from model.state.books import SIXTHS, Line
from model.state.call_board import BREACHED, HALTED, HELD, SENT_HOME, WAITING, WITHDRAWN
from model.state.events import empty_log
from model.state.now import empty_now
from model.vocabulary import Stage, Status, Stream
from tests.unit.equations.ai_titles import CRAFTS, one_title, technique

# Adoption, capital, consolidation


def test_adoption_moves_by_push_and_pull_towards_its_ceiling():
    """Equation 49: (0.02 + 0.4 · 0.3) · (0.8 − 0.2) / 52 in a week, and never back."""
    next_week = adoption.adoption_next(np.array([[0.2], [0.9]]), np.array([0.3]), 0.02, 0.4, 0.8, np.array([1.0]))
    assert next_week[:, 0] == pytest.approx([0.2 + 0.14 * 0.6 / 52, 0.9])


def test_a_saving_as_large_as_is_asked_for_adopts_at_the_pace_of_the_curve():
    """Equation 59: half of it half as fast, no more than twice as fast, and always so without feedback."""
    for full in (0.1, 0.2):
        paces = [adoption.pace_of(full * of, 1.0, full) for of in (1.0, 0.5, 5.0, -1.0)]
        assert paces == pytest.approx([1.0, 0.5, 2.0, 0.0])
    assert adoption.pace_of(-0.1, 0.0, 0.1) == 1.0


def test_belief_closes_part_of_the_gap_to_what_is_realised():
    """Equation 50: from 0.3 towards 0.1 at 0.52 a year: a hundredth of the gap a week."""
    assert capital.belief_next(0.3, 0.1, 0.52) == pytest.approx(0.298)


def investors(**changes):
    usual = {"announced_saving": 0.3, "belief_speed": 0.0, "walk_away": 0.5, "capital": 100.0, "round_weeks": 130,
             "failure": 0.0, "failure_unfunded": 0.0, "overhead": 0.3, "service": 0.5}
    return SimpleNamespace(**usual | changes)


def test_a_round_is_raised_by_belief_and_stops_below_the_line():
    """Equation 51: at a belief of 0.24 of 0.3 a round of 100 million brings 80; at 0.14 it brings nothing."""
    for belief, raised in ((0.24, 80e8), (0.14, 0.0)):
        makers = books.empty(books.PRODUCER, 1)
        makers["entered"], makers["active"], makers["backed"], makers["belief"] = 5, 1, 1, belief
        failed = capital.raise_capital(makers, np.array([5]), 20, 0.1, 0.0, investors(), 0.0, 1.0, 3)
        assert makers["raised"].tolist() == [raised]
        assert not failed.any()


def test_belief_waits_for_the_first_titles_and_a_producer_for_its_money_to_be_spent():
    """Equations 50 and 51: nothing is seen before titles are out; nobody fails for want of money still there."""
    quick = investors(belief_speed=52.0, failure_unfunded=1.0)
    for making, cash, belief, gone in ((30.0, 0, 0.3, False), (10.0, 9_000, 0.1, False), (10.0, 0, 0.1, True)):
        makers = books.empty(books.PRODUCER, 1)
        makers["entered"], makers["active"], makers["backed"], makers["belief"] = 5, 1, 1, 0.3
        makers["cash"], makers["next_round"] = cash, 40
        failed = capital.raise_capital(makers, np.array([5]), 20, 0.1, making, quick, 0.0, 1.0, 3)
        assert makers["belief"][0] == pytest.approx(belief)
        assert failed.tolist() == [gone]


def test_a_provider_that_leaves_takes_the_rest_of_its_round_along():
    """Equation 51: what is not paid in by then never comes, and no further round is raised; earnings stay."""
    makers = books.empty(books.PRODUCER, 1)
    makers["entered"], makers["active"], makers["backed"], makers["belief"] = 5, 1, 1, 0.3
    makers["cash"], makers["earned"], makers["next_round"] = 70_000, 900, 20
    capital.raise_capital(makers, np.array([5]), 20, 0.3, 0.0, investors(), 1.0, 1.0, 3)
    assert (makers["backed"][0], makers["cash"][0], makers["raised"][0], makers["earned"][0]) == (0, 0, 0, 900)


def test_capital_is_spread_over_the_weeks_to_the_next_round():
    """Equation 52: of 10 million over ten weeks, seven tenths and of that half goes to own titles."""
    makers = books.empty(books.PRODUCER, 1)
    makers["active"], makers["cash"], makers["next_round"], makers["earned"] = 1, 1_000_000_000, 30, 1300
    own, earned = capital.budgets_for_titles(makers, 20, investors())
    assert own.tolist() == [35_000_000]
    assert earned.tolist() == [100]
    assert makers["cash"].tolist() == [900_000_000]


def test_small_studios_far_behind_are_bought_at_the_chance_of_the_gap():
    """Equation 53: a saving of 0.2 and no own use is twice the chance; whoever uses AI fully is safe."""
    small = np.ones(4000, bool)
    small[0] = False
    none, full = np.zeros(4000), np.ones(4000)
    taken = consolidation.bought(0.2, none, small, 0.2, 26, 4)
    assert taken.mean() == pytest.approx(0.1, abs=0.015)
    assert not taken[0]
    assert not consolidation.bought(0.2, full, small, 0.2, 26, 4).any()


# People and quality


def terms(**values):
    """This week's rules with what is named."""
    now = empty_now(CRAFTS)
    for name, value in values.items():
        now[name] = value
    return now[0]


def test_a_year_without_ai_takes_its_share_of_practice():
    """Equation 54: a tenth a year; 81 of 100 days are left after two."""
    now = terms(ai_aging=0.1)
    assert skills.practice_kept(100, 104, now) == pytest.approx(81.0)


def test_half_of_fluency_is_reached_after_the_learning_days():
    """Equation 55: 60 of 60 days are a half; before any, chance gives up to the start's share."""
    now = terms(ai_aging=0.0, ai_initial=0.35, ai_learning_days=60.0)
    assert skills.fluency(60, 10, 0.2, 3.0, now) == pytest.approx(0.5)
    assert skills.fluency(0, 0, 0.4, 3.0, now) == pytest.approx(0.14)


def test_what_one_came_with_gets_old_like_practice():
    """Equation 55: of 0.35 · 0.4 = 0.14 two years at a tenth leave 0.1134."""
    now = terms(ai_aging=0.1, ai_initial=0.35, ai_learning_days=60.0)
    assert skills.fluency(0, 0, 0.4, 2.0, now) == pytest.approx(0.1134)


def test_what_ai_does_of_a_craft_counts_the_titles_made_without_it():
    """Equation 72: ten spared beside ten at work are half of the work, beside ninety a tenth."""
    found = retraining.done_by_ai(np.array([10.0, 10.0, 0.0, 0.0]), np.array([10, 90, 10, 0]))
    assert found.tolist() == [0.5, 0.1, 0.0, 0.0]


def test_the_idle_of_an_exposed_craft_ask_in_turns():
    """Equation 56: a quarter is asked each week; of those idle in a craft half automated, half of the interest."""
    n = 8000
    status, craft = np.full(n, Status.IDLE, np.uint8), np.zeros(n, np.uint8)
    status[: n // 2], craft[np.arange(n) // 4 % 2 == 1] = Status.ON_CALL, 1
    rows = retraining.ask(status, craft, np.arange(n), np.array([0.5, 0.0]), 0.4, 8, 2)
    assert set(rows % retraining.EVERY) == {0}
    assert (rows >= n // 2).all()
    assert not craft[rows].any()
    turn = np.flatnonzero((status == Status.IDLE) & (craft == 0) & (np.arange(n) % retraining.EVERY == 0))
    luck = rng.uniforms(2, int(Stream.RETRAINING), 8, turn)
    assert rows.tolist() == turn[luck < 0.2].tolist()


def test_places_go_in_the_order_of_asking_and_a_call_gives_one_back():
    """Equation 57: one place; the first who still waits gets it, and whoever found a call is gone."""
    status = np.full(10, Status.IDLE, np.uint8)
    queue = np.zeros(2, books.COURSE)
    queue["row"], queue["ends"] = [4, 5], NEVER
    status[4] = Status.ON_CALL
    queue, finished, _ = retraining.advance_courses(queue, np.array([5, 7]), status, 1, 16, 100)
    assert queue["row"].tolist() == [5, 7]
    assert queue["ends"].tolist() == [116, NEVER]
    _, finished, _ = retraining.advance_courses(queue, np.zeros(0, np.int64), status, 0, 16, 116)
    assert finished.tolist() == [5]


def test_quality_is_skill_and_how_well_the_rest_is_done():
    """Equation 58: 0.6 · 0.7 + 0.4 · (1 − 0.25 · 0.4) = 0.78."""
    assert quality(0.7, 0.25, 0.6, 0.6) == pytest.approx(0.78)


def test_a_week_of_spending_is_what_the_stage_costs():
    """Equation 45: at work the weekly sum; lost to a provider the crew held, or who works on; no line for a strike."""
    titles, _, _, budget = one_title(technique(automated=0.5, compute=900.0, paid=1.0, kept=0.5, time_cost=3_000_000,
                                               finance=500_000))
    assert budget["idle"] == pytest.approx(0.5 * 0.5 * 160 * 5 * 50_000 + 3_500_000, rel=1e-6)
    spent = budget[None].copy()
    lines = int(spent["lines"].sum())
    titles.stage[0] = Stage.SHOOT
    costs = {0: budget["weekly"], HELD: budget["held"], SENT_HOME: budget["idle"], BREACHED: budget["idle"],
             WITHDRAWN: budget["idle"], WAITING: 0, HALTED: 0}
    for extra, cost in costs.items():
        titles.extra[0], before = extra, int(spent["spent"][0])
        budgets.spend_week(titles.records, spent, np.zeros(1, np.int32), empty_log(0))
        assert int(spent["spent"][0]) - before == cost
    wasted = budget["held"] + 3 * budget["idle"]
    assert lines - int(spent["lines"].sum()) == SIXTHS * wasted
    assert spent["lines"][0, Line.DISRUPTION] == -SIXTHS * wasted
