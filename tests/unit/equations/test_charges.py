"""What a title is charged, what money buyers send, and full stages, worked out by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from model.levers import Levers
from model.mechanisms import ai_slates, green_light, purses, sites, slates
from model.parameters import Params
from model.state.crew import Crew
from model.state.state import State
from model.world import WORLDS_PART, World

BUYERS = {"demand.noise": 0.0}


def world_with(**settings):
    return World(Params.load().override(settings), Levers(), seed=5)


def market(world):
    return State(Crew(4), world.firms.n, world.kinds.n, world.crafts.n)


def quote(settings, saving=0.0, cap=1e12):
    """What is asked of one idea of 100 million USD in a place at 0.8 of the cost; the credit is a quarter of half."""
    world = world_with(**settings)
    policy = world.policy(0).copy()
    policy.credit_rate, policy.credit_base_share, policy.credit_title_cap_usd = 0.25, 0.5, cap
    none, first = np.zeros(1), np.zeros(1, np.int64)
    ideas = green_light.Ideas(first, first.astype(np.int16), first.astype(np.uint8), np.ones(1),
                              100e6 / world.kinds.budget[:1])
    made_with = SimpleNamespace(saving=np.array([saving]), spend=none, stays=none)
    there = np.array([0.8])
    return slates.quote(ideas, made_with, sites.Sites(first, first, first > 0, there, there), policy, world)


def test_a_title_is_charged_by_the_feedback_of_what_it_costs():
    """Equation 26: 0.8 of place times 0.8 of cost are 0.64, with root 0.8; less a credit of 0.1, the root of 0.54."""
    found = quote({"green_light.feedback": 0.5, "green_light.cost_index": 0.8})
    assert found.rebate == pytest.approx([1e9])  # cents: a quarter of half of 80 million USD
    assert found.charged.tolist() == [8_000_000_000]
    assert found.charged_credited == pytest.approx([7_348_469_228], abs=1)


def test_without_feedback_a_title_is_charged_what_its_place_cost_in_2015():
    """Equation 26: abroad it was cheaper then, too, and stays as much so whatever its cost has become."""
    for feedback, times in ((0.0, 1.0), (1.0, 0.5)):
        world = world_with(**{"green_light.feedback": feedback, "green_light.cost_index": 0.5})
        none, canada = np.zeros(1), np.full(1, world.places.names.index("canada"))
        first = np.zeros(1, np.int64)
        ideas = green_light.Ideas(first, first.astype(np.int16), first.astype(np.uint8), np.ones(1), np.ones(1))
        made_with = SimpleNamespace(saving=none, spend=none, stays=none)
        before = world.then[0, canada]
        there = sites.Sites(canada, canada, canada < 0, before, before)
        found = slates.quote(ideas, made_with, there, world.policy(0), world)
        assert before[0] < 0.9
        assert found.charged == pytest.approx(times * before * world.kinds.budget[0] * 100, abs=1)
        assert found.then == pytest.approx(before * world.kinds.budget[0] * 100)


def test_a_credit_counts_what_is_spent_up_to_the_cap():
    """Equation 26: with AI half of 60 million count and a quarter is paid; with a cap a quarter of 20."""
    full = {"green_light.feedback": 1.0, "green_light.cost_index": 1.0}
    assert quote(full, saving=0.4).rebate == pytest.approx([0.75e9])
    assert quote(full, saving=0.4, cap=20e6).rebate == pytest.approx([0.5e9])
    assert quote(full, saving=0.4, cap=20e6).charged_credited == pytest.approx([4.8e9 - 0.5e9])


@pytest.mark.parametrize(("response", "times"), [(0.0, 1.0), (1.0, 2.0), (-1.0, 0.5)])
def test_buyers_answer_a_lower_cost_with_more_money_or_less(response, times):
    """Equation 25: at half of the cost they spend as before, twice as much, or half."""
    world = world_with(**BUYERS, **{"green_light.cost_index": 0.5, "green_light.spend_response": response})
    state = market(world)
    purses.fill_purses(state, world.policy(0), world)
    assert state.purse.sum(axis=0) == pytest.approx(times * world.money[world.at(0)], abs=world.firms.n)


def test_what_ai_saves_brings_money_as_far_as_buyers_answer():
    """Equation 25: a kind on which AI saves a fifth gets 1.25 times the money where buyers answer in full."""
    got = []
    for pull in (0.0, 1.0):
        world = world_with(**BUYERS, **{"worlds.incumbents": 1, "ai_firms.spend_pull": pull})
        state = market(world)
        state.week, state.kind_saving[:2] = WORLDS_PART + 1, (0.2, 0.0)
        state.owner[:] = np.arange(world.firms.n)
        assert world.has_ai(state.week)
        purses.fill_purses(state, world.policy(state.week), world)
        got.append(state.purse.sum(axis=0))
    assert got[1][:2] / got[0][:2] == pytest.approx([1.25, 1.0], rel=1e-6)


def test_what_ai_leaves_of_a_gap_in_pay():
    """Equation 73: AI does a fifth and saves a tenth: of a gap in pay 8/9 is left, of any other all, of half 17/18."""
    for in_pay, left in ((1.0, 8 / 9), (0.0, 1.0), (0.5, 17 / 18)):
        assert ai_slates.gap_left(np.array([0.2]), np.array([0.1]), in_pay) == pytest.approx([left])


def test_a_title_with_ai_finds_other_places_less_cheap():
    """Equation 74: at 0.8 of the cost and half of the gap left it is 0.9, an eighth more; at home nothing changes."""
    found = sites.nearer(SimpleNamespace(gap=np.array([1.0, 0.5])), np.array([1.0, 0.8]))
    assert found.tolist() == [[1.0, 1.0], [1.0, pytest.approx(1.125)]]


def test_full_stages_take_appeal_from_los_angeles_alone():
    """Equation 4: a tenth beyond where it begins takes a tenth of what all would, from kinds as they need a stage."""
    world = world_with()
    empty, full, about = market(world), market(world), world.params.location
    full.fullness[0] = about.crowding_from + 0.1
    less = np.subtract(*(sites.place_appeal(each, world.policy(0), world).plain for each in (empty, full)))
    assert less[:, 0] == pytest.approx(about.crowding * 0.1 * np.minimum(1.0, world.kinds.stages))
    assert less[:, 0].any()
    assert not less[:, 1:].any()


def test_how_full_the_stages_are_is_remembered_over_half_a_year():
    """Equation 4: after one week of full stages a 26th of it, after 26 weeks two thirds."""
    world = world_with()
    state = market(world)
    sites.remember_fullness(state, world.stage_capacity, world)
    assert state.fullness[0] == pytest.approx(1 / 26)
    for _ in range(25):
        sites.remember_fullness(state, world.stage_capacity, world)
    assert state.fullness[0] == pytest.approx(0.64, abs=0.01)
