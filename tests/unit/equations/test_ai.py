"""AI at work on titles, and the clouds they depend on: worked examples for the equations of tasks and providers."""

import math
from itertools import permutations
from types import SimpleNamespace

import numpy as np
import pytest

from model.dollar_account import realised
from model.levers import Levers
from model.mechanisms import (
    providers,
    stages,
    tasks,
    techniques,
)
from model.mechanisms.orders_of_effects import part_of_four, part_of_three
from model.parameters import Params
from model.state import books
from model.state.books import SIXTHS, TWELFTHS, Line
from model.state.call_board import BREACHED, HELD, SENT_HOME, WITHDRAWN, Productions
from model.state.technique import PROVIDERS
from model.vocabulary import Area, Stage
from model.world import World
from tests.unit.equations.ai_titles import AI_CRAFT, CAMERA, CRAFTS, GRIP, KINDS, one_title, technique

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


def test_a_crew_that_costs_what_it_replaces_is_not_called_for():
    """Equation 41: half a head of five days for one of a craft's days a week, at six tenths of the pay outside."""
    world = World(Params.load().override({"ai_tasks.new_tasks": 0.5, "ai_tasks.supervision": 0.0,
                                          "ai_places.outside_pay": 0.6}), Levers())
    wages = np.full(world.crafts.n, 100.0)
    found = techniques.crew_of_a_day(wages, np.array([1.0, 0.5, 1.0, 1.0]), world)
    days = world.usual_days
    assert days[world.ai_craft] == pytest.approx(5.0)
    assert found[0] == pytest.approx(0.5 * 100.0 * 5.0 / days)
    assert found[1] == pytest.approx(0.8 * found[0])
    performers = world.crafts.names.index("performers")
    assert 2.0 <= days[performers] <= 3.5
    assert float(tasks.profitable(np.array(100.0), np.array(10.0 + found[0, performers]), 0.0, 0.0, 0.5)) < 0.6


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


def test_post_grows_or_shrinks_by_the_weeks_that_the_shoot_saved():
    """Equation 43: eight weeks of post and four saved of the shoot make ten at a half, and six at minus a half."""
    assert [stages.weeks_of_post(8, 4, gain, 0.3) for gain in (0.5, 0.0, -0.5, -9.0)] == [10, 8, 6, 1]
    assert [stages.weeks_of_post(8, 3, -0.5, u) for u in (0.4, 0.6)] == [6, 7]  # one and a half fewer, by chance


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


def test_the_lines_of_a_stage_by_hand():
    """Equation 45: half of 160 people at 500 USD a day are 200,000 a week; of 400 days of compute at 9 half is paid."""
    titles, _, _, budget = one_title(technique(automated=0.5, compute=900.0, paid=0.5))
    weeks = int(titles.weeks_left[0])
    by_hand = {Line.PEOPLE_REPLACED: 20_000_000, Line.COMPUTE_LIST: -360_000, Line.COMPUTE_SUBSIDY: 180_000}
    assert budget["lines"].tolist() == [SIXTHS * weeks * by_hand.get(line, 0) for line in Line]


def test_what_a_title_saved_is_its_shadow_less_what_was_spent():
    """Equation 45: the account of a finished title is in sixths of a cent."""
    done = np.zeros(1, books.FINISHED)
    done["shadow"], done["spent"], done["incentive"], done["incentive_shadow"] = 1000, 700, 50, 80
    assert realised(done).tolist() == [SIXTHS * (300 - 30)]


HALF, EVENLY = np.full(KINDS, 0.5), np.full(PROVIDERS, 1.0 / PROVIDERS)  # pay of a budget, weights of providers


def ten_grips(stage):
    """Work of ten grips for eight weeks of a stage, five days at 400 USD, in every kind."""
    crew, weeks = np.zeros((4, KINDS, CRAFTS)), np.zeros((KINDS, 4), np.int64)
    crew[stage, :, GRIP], weeks[:, stage] = 10, 8
    return tasks.Work(crew, weeks, np.full((KINDS, CRAFTS), 5.0), np.full((KINDS, CRAFTS), 40_000.0))


def test_the_expected_saving_is_pay_spared_less_compute_and_new_crew():
    """Equation 46: pay of 8 weeks is half of the budget; half of it is spared, a tenth of that is spent on compute."""
    made, supply = technique(automated=0.5, compute=4_000.0)[0], np.full(KINDS, 200_000.0)
    saved, spent, done = tasks.savings(ten_grips(Stage.SHOOT), made, 0, EVENLY, HALF, supply)
    assert spent[0, Area.SHOOT] == pytest.approx(0.5 * 0.5 * 0.1)
    assert saved[0, Area.SHOOT] == pytest.approx(0.5 * 0.5 * 0.9)
    assert saved[0].sum() == saved[0, Area.SHOOT]
    assert done[0].tolist() == [0.0, 0.0, pytest.approx(0.5), 0.0, 0.0]  # of its work by pay, all of which is the shoot


def test_outside_the_contracts_what_ai_spares_is_paid_less():
    """Equation 46: people at four fifths of scale spare four fifths of what they would; compute costs as much."""
    work, supply = ten_grips(Stage.PREP), np.full(KINDS, 200_000.0)
    made = technique(automated=0.5, compute=4_000.0, pay=0.8)[0]
    assert tasks.savings(work, made, 0, EVENLY, HALF, supply).saved[0, Area.PREP] == pytest.approx(0.25 * (0.8 - 0.1))
    with_new = technique(automated=0.5, new_tasks=1.0, pay=0.8)[0]  # as many new people at the same pay
    assert tasks.savings(work, with_new, 0, EVENLY, HALF, supply).saved[0, Area.PREP] == pytest.approx(0.0)


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
        assert clouds["since"].tolist() == [30] * PROVIDERS
        again = np.full((PROVIDERS, 16), 0.5)
        providers.advance_providers(clouds, again, 31, rules(withdrawals=52.0), 0.0, contracts)
        assert clouds["since"].tolist() == [30] * PROVIDERS  # it is gone already


def dependents(n=400):
    titles = Productions(n)
    titles.add(n)
    titles.uid[:], titles.stage[:], titles.ai[:] = np.arange(n), Stage.SHOOT, 1 << Area.SHOOT
    return titles


def stopped(titles, lost=0.0, back=0, idle_paid=1.0, crew=1.0, automated=0.5, dependence=1.0, week=10, since=9):
    made = technique(automated=automated, area=Area.SHOOT)
    crew = np.full((4, 1, CRAFTS), crew)
    clouds = books.empty(books.PROVIDER, PROVIDERS)
    clouds["lost"], clouds["back"], clouds["since"], clouds["why"] = lost, back, since, BREACHED
    order = np.arange(titles.count, dtype=np.int32)
    return providers.stop_dependent(titles.records, order, clouds, made, crew, week, 5, dependence, idle_paid)


def test_only_titles_that_use_ai_in_their_stage_stand_still():
    """Equation 48: a breach stops all who depend on the provider, and nobody else."""
    titles = dependents(6)
    titles.ai[:2] = 0
    assert stopped(titles, back=12) == (4, 4)
    assert titles.extra.tolist() == [0, 0] + [BREACHED] * 4
    assert stopped(dependents(6), back=12, crew=0.0) == (0, 0)  # nobody is called in whose work AI is used
    assert stopped(dependents(6), back=12, automated=0.0) == (0, 0)  # it does none of the work


def test_who_can_goes_on_by_hand_while_a_provider_is_gone():
    """Equation 48: of 400 titles a tenth does not depend on it, the same ones in every week of a stop."""
    first, second, another = dependents(), dependents(), dependents()
    dependent, stood = stopped(first, back=12, dependence=0.9)
    assert dependent == 400
    assert stood == pytest.approx(360, abs=18)
    stopped(second, back=14, dependence=0.9, week=11)  # however long it takes
    assert second.halted.tolist() == first.halted.tolist()
    stopped(another, back=12, dependence=0.9, since=10)
    assert another.halted.tolist() != first.halted.tolist()


def test_a_lost_share_costs_that_many_titles_a_week_and_pay_is_held_or_not():
    """Equation 48: of 400 about a tenth loses the week; paid for in all cases, or in none."""
    for idle_paid, extra in ((1.0, HELD), (0.0, SENT_HOME)):
        titles = dependents()
        dependent, lost = stopped(titles, lost=0.1, idle_paid=idle_paid)
        assert dependent == 400
        assert lost == pytest.approx(40, abs=18)
        assert set(titles.extra[titles.extra != 0].tolist()) == {extra}
