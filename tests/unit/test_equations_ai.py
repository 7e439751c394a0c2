"""AI at work, the money behind it, and the people: worked examples for the equations of AI."""

import math
from itertools import permutations
from types import SimpleNamespace

import numpy as np
import pytest

from model import rng
from model.calendar import NEVER
from model.dollar_account import realised
from model.mechanisms import (
    adoption,
    budgets,
    capital,
    consolidation,
    providers,
    retraining,
    skills,
    stages,
    tasks,
)
from model.mechanisms.orders_of_effects import part_of_four, part_of_three
from model.mechanisms.quality import quality
from model.state import books
from model.state.books import SIXTHS, TWELFTHS, Line
from model.state.call_board import BREACHED, HALTED, HELD, SENT_HOME, WAITING, WITHDRAWN, Productions
from model.state.events import empty_log
from model.state.now import empty_now
from model.state.technique import PROVIDERS
from model.vocabulary import Area, Stage, Status, Stream
from tests.unit.ai_titles import AI_CRAFT, CAMERA, CRAFTS, GRIP, KINDS, one_title, technique

# Tasks


def test_a_year_of_releases_closes_its_part_of_the_gap():
    """Equation 40: from 0.45 towards 0.85, a quarter of the gap closes with two releases."""
    assert tasks.capability(np.array([0, 2, 4]), 0.45, 0.85, 0.25, 2.0) == pytest.approx([0.45, 0.55, 0.625])


def test_where_ai_costs_what_it_spares_it_pays_for_half_of_the_tasks():
    """Equation 41: 400 USD less a tenth is 360; compute of 300 and a fifth of rework is 360."""
    spared, dear, cheap = (
        float(tasks.profitable(np.array(40_000.0), np.array(compute), 0.2, 0.1, 0.8))
        for compute in (30_000.0, 120_000.0, 100.0)
    )
    assert spared == pytest.approx(0.5, abs=1e-6)
    assert dear < 0.1 < 0.99 < cheap


def test_what_is_automated_is_a_product_of_shares_under_a_floor():
    """Equation 42: 0.5 · 0.8 · 0.9 · 0.5 · 0.9 = 0.162; a floor of nine tenths leaves a tenth."""
    terms = np.array(0.5), np.array(0.8), 0.9, np.array(0.5), 0.1
    assert tasks.automated(*terms, 0.0) == pytest.approx(0.162)
    assert tasks.automated(*terms, 0.9) == pytest.approx(0.1)


def test_a_shoot_of_eight_weeks_cut_by_a_quarter_takes_six():
    """Equation 43: chance rounds; a shoot of one week stays one."""
    assert stages.weeks_after_cut(8, 0.25, 0.5) == 6
    assert [stages.weeks_after_cut(6, 0.25, u) for u in (0.4, 0.6)] == [5, 4]
    assert stages.weeks_after_cut(1, 0.9, 0.99) == 1


def test_a_stage_with_ai_calls_who_is_left_and_the_ai_crew():
    """Equation 44: half of 160 is displaced; 0.5 new per displaced and a tenth of rework make 44 of AI work."""
    _, calls, book, _ = one_title(technique(new_tasks=0.5, rework=0.1))
    assert calls["need"][[GRIP, CAMERA]] == pytest.approx([50, 30], abs=1)
    assert calls["need"][AI_CRAFT] == pytest.approx(44, abs=1)
    effects = sum(book[name].astype(int) for name in ("displacement", "compression", "location", "scope", "new_tasks"))
    assert (TWELFTHS * (book["planned"] - book["shadow"]) == effects).all()


def test_what_is_put_back_goes_to_those_who_are_left():
    """Equation 44: of 80 displaced a fifth is put back: 96 people work where 80 were left."""
    _, calls, book, _ = one_title(technique(scope=0.2))
    assert calls["need"][[GRIP, CAMERA]].sum() == pytest.approx(96, abs=2)
    assert (book["scope"][[GRIP, CAMERA]] > 0).all()
    assert not book["new_tasks"].any()


def test_the_lines_of_a_stage_add_up_to_shadow_less_cost():
    """Equation 45: with every effect at work, shadow less weekly cost times weeks is the sum of the lines."""
    made = technique(automated=0.3, new_tasks=0.4, rework=0.15, scope=0.2, cut=0.25, compute=900.0,
                     paid=0.5, outside_pay=0.7, la_share=0.6, time_cost=3_000_000, finance=500_000)
    titles, _, _, budget = one_title(made)
    saved = int(budget["shadow"]) - int(budget["weekly"]) * int(titles.weeks_left[0])
    assert saved * SIXTHS == int(budget["lines"].sum())
    assert budget["lines"][Line.PEOPLE_REPLACED] > 0 > budget["lines"][Line.NEW_CREW]


def test_what_a_title_saved_is_its_shadow_less_what_was_spent():
    """Equation 45: the account of a finished title is in sixths of a cent."""
    done = np.zeros(1, books.FINISHED)
    done["shadow"], done["spent"], done["incentive"], done["incentive_shadow"] = 1000, 700, 50, 80
    assert realised(done).tolist() == [SIXTHS * (300 - 30)]


def test_the_expected_saving_is_pay_spared_less_compute_and_new_crew():
    """Equation 46: pay of 8 weeks is half of the budget; half of it is spared, a tenth of that is spent on compute."""
    crew = np.zeros((4, KINDS, CRAFTS))
    crew[Stage.SHOOT, :, GRIP] = 10
    weeks = np.zeros((KINDS, 4), np.int64)
    weeks[:, Stage.SHOOT] = 8
    work = tasks.Work(crew, weeks, np.full((KINDS, CRAFTS), 5.0), np.full((KINDS, CRAFTS), 40_000.0))
    made = technique(automated=0.5, compute=4_000.0)[0]
    half, pay = np.full(KINDS, 0.5), np.full(KINDS, 40_000.0)
    saved, spent = tasks.savings(work, made, 0, np.array([1.0, 0.0, 0.0]), half, pay)
    assert spent[0, Area.SHOOT] == pytest.approx(0.5 * 0.5 * 0.1)
    assert saved[0, Area.SHOOT] == pytest.approx(0.5 * 0.5 * 0.9)
    assert saved[0].sum() == saved[0, Area.SHOOT]


def test_four_effects_are_shared_out_as_over_all_orders():
    """Equation 60: against the mean over all 24 orders (and 6 of three), written out."""
    drawn = np.random.default_rng(3)
    for part, n, unit in ((part_of_four, 4, TWELFTHS), (part_of_three, 3, SIXTHS)):
        values = drawn.integers(0, 1000, 1 << n)
        for effect in range(n):
            gains = []
            for order in permutations(range(n)):
                before = sum(1 << each for each in order[: order.index(effect)])
                gains.append(values[before | 1 << effect] - values[before])
            assert part.py_func(values, effect) == round(unit * np.mean(gains))


# Providers


def rules(**changes):
    usual = {"outages": 0.0, "outage_hours": 10.0, "dependence": 0.9, "withdrawals": 0.0, "withdrawal_weeks": 8,
             "breaches": 0.0, "breach_weeks": 2}
    return SimpleNamespace(**usual | changes)


def test_an_outage_loses_its_hours_of_the_week_times_dependence():
    """Equation 47: a median draw of the length gives the mean less half the variance of its logarithm."""
    clouds = books.empty(books.PROVIDER, PROVIDERS)
    luck = np.full((PROVIDERS, 16), 0.5)
    providers.advance_providers(clouds, luck, 30, rules(outages=52.0), 2.0, 1)
    hours = 10.0 * math.exp(-0.5 * providers.LENGTH_SD**2)
    assert clouds["lost"] == pytest.approx([hours / 168.0 * 0.9] * PROVIDERS)
    assert clouds["outages"].tolist() == [1] * PROVIDERS
    assert not clouds["steps"].any()


def test_a_withdrawal_takes_a_release_and_is_shorter_with_more_contracts():
    """Equation 47: eight weeks with one contract, four with two; the third release is gone."""
    for contracts, weeks in ((1, 8), (2, 4)):
        clouds = books.empty(books.PROVIDER, PROVIDERS)
        clouds["steps"] = 3
        providers.advance_providers(clouds, np.full((PROVIDERS, 16), 0.5), 30, rules(withdrawals=52.0), 0.0, contracts)
        assert clouds["back"].tolist() == [30 + weeks] * PROVIDERS
        assert clouds["why"].tolist() == [WITHDRAWN] * PROVIDERS
        assert clouds["steps"].tolist() == [2] * PROVIDERS


def dependents(n=400):
    titles = Productions(n)
    titles.add(n)
    titles.uid[:], titles.stage[:], titles.ai[:] = np.arange(n), Stage.SHOOT, 1 << Area.SHOOT
    return titles


def stopped(titles, lost=0.0, back=0, idle_paid=1.0):
    area = np.full((4, CRAFTS), Area.SHOOT, np.uint8)
    return providers.stop_dependent(
        titles.records, np.arange(titles.count, dtype=np.int32), np.full(PROVIDERS, lost),
        np.full(PROVIDERS, back, np.int32), np.full(PROVIDERS, BREACHED, np.uint8), area, 10, 5, idle_paid)


def test_only_titles_that_use_ai_in_their_stage_stand_still():
    """Equation 48: a breach stops all who depend on the provider, and nobody else."""
    titles = dependents(6)
    titles.ai[:2] = 0
    assert stopped(titles, back=12) == (4, 4)
    assert titles.extra.tolist() == [0, 0] + [BREACHED] * 4


def test_a_lost_share_costs_that_many_titles_a_week_and_pay_is_held_or_not():
    """Equation 48: of 400 about a tenth loses the week; paid for in all cases, or in none."""
    for idle_paid, extra in ((1.0, HELD), (0.0, SENT_HOME)):
        titles = dependents()
        dependent, lost = stopped(titles, lost=0.1, idle_paid=idle_paid)
        assert dependent == 400
        assert lost == pytest.approx(40, abs=18)
        assert set(titles.extra[titles.extra != 0].tolist()) == {extra}


# Adoption, capital, consolidation


def test_adoption_moves_by_push_and_pull_towards_its_ceiling():
    """Equation 49: (0.02 + 0.4 · 0.3) · (0.8 − 0.2) / 52 in a week, and never back."""
    next_week = adoption.adoption_next(np.array([[0.2], [0.9]]), np.array([0.3]), 0.02, 0.4, 0.8, np.array([1.0]))
    assert next_week[:, 0] == pytest.approx([0.2 + 0.14 * 0.6 / 52, 0.9])


def test_a_saving_of_a_tenth_adopts_at_the_pace_of_the_curve():
    """Equation 59: half of it half as fast, no more than twice as fast, and always so without feedback."""
    assert [adoption.pace_of(saving, 1.0) for saving in (0.1, 0.05, 0.5, -0.1)] == pytest.approx([1.0, 0.5, 2.0, 0.0])
    assert adoption.pace_of(-0.1, 0.0) == 1.0


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
        failed = capital.raise_capital(makers, np.array([5]), 20, 0.1, investors(), 0.0, 1.0, 3)
        assert makers["raised"].tolist() == [raised]
        assert not failed.any()


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
    assert skills.fluency(60, 10, 0.2, now) == pytest.approx(0.5)
    assert skills.fluency(0, 0, 0.4, now) == pytest.approx(0.14)


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
