"""What buyers order, what studios make of it, and where: a worked example of every equation of titles."""

import math

import numpy as np
import pytest

from model import verbs
from model.mechanisms import demand, location, production, purses, slates, stages
from model.parameters import Params
from model.state.crew import Crew
from model.state.state import State
from model.vocabulary import Stage
from model.world import World
from tests.unit.equations.titles import (
    JULY_2015,
    advance,
    arrive,
    halted,
    index,
    logit,
    published,
    pull,
    slate,
    table,
    titles_in,
)

# Orders and money


def test_series_follow_the_count_of_releases_a_lag_later():
    """Equation 1: a title ordered at the start of 2016 is counted in 2016.8, three tenths into a year."""
    fx = published("us_scripted_series_fx")
    start = fx[2015] + 0.3 * (fx[2016] - fx[2015])  # the release of what is ordered on the first day: 2015.8
    later = fx[2016] + 0.3 * (fx[2017] - fx[2016])
    assert index("series", 2016.0) == pytest.approx(later / start)
    assert index("animation", 2016.0) == pytest.approx((later / start) ** 0.5)


def test_what_no_driver_explains_raises_the_orders_of_its_group_alone():
    """Equation 67: 0.2 log points at the start of 2016 are 0.1 half a year before; other groups stay as they are."""
    groups = {"scripted": (0.0, 0.2), "unscripted": (0.0, 0.0), "short": (0.0,)}
    found = demand.unexplained(JULY_2015, JULY_2015 + 80, groups.items())
    kinds = table("kinds.csv", "kind")
    drivers = [row["driver"] for row in kinds.values()]
    series, flat = drivers.index("series"), drivers.index("flat")
    at = demand.decimal_year(JULY_2015) - 2015.0
    assert found[0, series] == pytest.approx(math.exp(0.2 * at))
    assert found[-1, series] == pytest.approx(math.exp(0.2))  # held after the last one
    assert (found[:, flat] == 1.0).all()
    assert (found[:, drivers.index("unscripted")] == 1.0).all()


def test_a_kind_on_no_driver_gets_its_titles_spread_by_the_season():
    """Equation 2: titles a year over 52 weeks, times the month's weight, times the level."""
    kinds = table("kinds.csv", "kind")
    at = list(kinds).index("talk_variety")
    months = [
        float(table("seasons.csv", "pattern")[kinds["talk_variety"]["season"]][f"m{m:02d}"])
        for m in range(1, 13)
    ]
    by_hand = float(kinds["talk_variety"]["titles"]) / 52 * months[6] / (sum(months) / 12) * 1.2
    assert kinds["talk_variety"]["driver"] == "flat"
    assert demand.orders(JULY_2015, pull(level=1.2))[at] == pytest.approx(by_hand)


def test_money_is_orders_times_what_a_title_usually_costs_in_whole_cents():
    """Equation 3: 2 titles of 25 million dollars, usually made at 0.9 of that, are 4,500,000,000 cents."""
    money = demand.money(np.array([[2.0, 0.5]]), np.array([25e6, 10e6]), np.array([0.9, 1.0]))
    assert money.dtype == np.int64
    assert money.tolist() == [[4_500_000_000, 500_000_000]]


# Places


def test_a_place_a_fifth_cheaper_takes_five_sixths_at_sensitivity_seven():
    """Equation 4: 0.8 to the power of -7 is 4.77, so of two equal habits it takes 4.77 / 5.77 = 0.827."""
    appeal = location.appeal(
        np.array([[0.5, 0.5]]), np.array([[1.0, 0.8]]), np.ones((1, 2)), 7.0, np.zeros((1, 2))
    )
    assert logit(appeal[0])[1] == pytest.approx(0.8267, abs=1e-4)


def test_costs_net_of_incentives_fall_by_what_is_returned_on_the_part_in_reach():
    """Equation 27: a place at 0.9 that returns 20 % of a budget on half of a kind's titles costs 0.81."""
    net = location.net_ratios(np.array([1.0, 0.9]), np.array([0.0, 0.2]), np.array([1.0, 0.5, 0.0]))
    assert net == pytest.approx(np.array([[1.0, 0.72], [1.0, 0.81], [1.0, 0.9]]))


def test_places_are_taken_with_the_shares_of_a_logit():
    """Equation 28: 60,000 titles, utilities 0, ln 2 and ln 3: shares of one, two and three sixths."""
    n = 60_000
    against = location.distastes(np.arange(n, dtype=np.int64), 3, 7)
    chosen = location.choose_place(np.zeros(n, np.uint8), np.log([[1.0, 2.0, 3.0]]), against)
    assert np.bincount(chosen, minlength=3) / n == pytest.approx([1 / 6, 2 / 6, 3 / 6], abs=0.006)


# Slates


def test_the_best_ideas_are_made_until_the_purse_is_spent():
    """Equation 7: 1,000 cents pay for two titles of 400, and the third overdraws the purse."""
    assert slate() == ([1, 1, 1, 0, 0], -200, 0)


def test_the_worth_of_ideas_has_median_one_and_the_dispersion_asked_for():
    """Equation 24: the logarithm of worth is symmetric around nothing; sizes average about one."""
    ideas = arrive(500.0)
    pooled = [arrive(500.0, week) for week in range(100)]
    worth = np.log(np.concatenate([each.worth for each in pooled]))
    size = np.concatenate([each.size for each in pooled])
    assert np.median(worth) == pytest.approx(0.0, abs=0.01)
    assert worth.std() == pytest.approx(0.5, abs=0.01)
    assert np.log(size).std() == pytest.approx(0.3, abs=0.01)
    assert size.mean() == pytest.approx(1.0, abs=0.02)
    assert np.unique(ideas.uid).size == ideas.uid.size


@pytest.fixture(scope="module")
def world():
    from model.levers import Levers

    terms = Params.load().override({"demand.noise": 0.0})
    return World(terms, Levers(), seed=5, scale=10.0)


def market(world):
    return State(Crew(4), world.firms.n, world.kinds.n, world.crafts.n)


def test_once_a_shock_is_over_buyers_hold_nothing_back(world):
    """Equation 25: also after one whose last week found no title to stop."""
    state = market(world)
    state.stalled[:] = 0.5
    state.week = JULY_2015
    assert verbs.halt_productions(state, world) == 0
    assert not state.stalled.any()


def test_a_purse_gets_its_share_of_the_money_less_what_is_held_back_for_stalled_titles(world):
    """Equation 25: with half of a kind stopped, half of its money stays with the buyers."""
    policy, kind = world.policy(0), 2
    everything = world.money[world.at(0), kind]
    state, halted = market(world), market(world)
    purses.fill_purses(state, policy, world)
    assert state.purse[:, kind] == pytest.approx(world.firms.share[:, kind] * everything, abs=1)
    halted.stalled[kind] = 0.5
    purses.fill_purses(halted, policy, world)
    held = 0.5 * world.params.green_light.stalled_money
    assert halted.purse[:, kind].sum() == pytest.approx((1 - held) * everything, abs=world.firms.n)


def test_a_purse_that_is_never_opened_lapses_at_its_weeks(world):
    """Equation 25: a kind's purses never exceed so many weeks of its money and two titles, the cap not half a year."""
    state, policy = market(world), world.policy(0)
    for _ in range(200):
        purses.fill_purses(state, policy, world)
    most = world.money[world.at(0)] * world.params.green_light.purse_weeks + 2 * 100 * world.kinds.budget
    assert state.purse.sum(axis=0) == pytest.approx(most, rel=1e-6, abs=world.firms.n)
    half_a_year = policy.credit_cap_usd * 100 * world.scale / 2
    assert state.credit_purse[0] == pytest.approx(half_a_year, rel=1e-6)


def test_a_credit_is_its_rate_on_the_qualified_part_up_to_the_cap_of_a_title(world):
    """Equation 26: half of 48 million are 24 million, and of 150 million no more than half of the cap."""
    state, policy = market(world), world.policy(0)
    policy.credit_rate, policy.credit_base_share = 0.5, 1.0  # so that many come
    policy.credit_title_cap_usd = 60e6  # and large ones reach it
    state.purse[:] = 10**15
    state.credit_purse[0] = 10**15
    made = slates.green_light_titles(state, policy, world, [])
    p, kinds = state.productions, world.kinds
    grown = (1 + world.params.production.crew_growth) ** (4 / 365.25)  # crews since the first day of 2015
    usual = kinds.budget[p.kind] * 100 * p.size / grown
    cap = policy.credit_title_cap_usd * 100
    by_hand = policy.credit_rate * np.minimum(policy.credit_base_share * usual, cap)
    credited = p.credited == 1
    assert 0 < credited.sum() == made["credited"].sum()
    assert kinds.credit[p.kind[credited]].all()
    assert 0 < (usual[credited] > cap).sum() < credited.sum()
    assert p.incentive[credited] == pytest.approx(by_hand[credited], rel=1e-6, abs=1)
    assert not p.incentive[~credited].any()
    georgia = table("places.csv", "place")["georgia"]
    returned = location.incentives(0)[2] * world.params.location.georgia
    reach = np.array([float(row["incentive_reach"]) for row in table("place_habits.csv", "kind").values()])
    there = p.place == 2
    net = float(georgia["cost"]) * (1 - returned * reach[p.kind[there]])
    assert there.any()
    assert p.budget[there] == pytest.approx(usual[there] * net, rel=1e-3)  # costs drift from the first day
    home = p.place == production.LOS_ANGELES
    assert p.budget[home] == pytest.approx(usual[home], rel=1e-6, abs=1)


# Productions


def test_a_stage_takes_a_quarter_more_or_less_than_usual_and_never_less_than_a_week():
    """Equation 5: 20 weeks become 15 to 25; a stage that takes no time takes none."""
    assert [stages.stage_weeks(20, u) for u in (0.0, 0.5, 0.999)] == [15, 20, 25]
    assert [stages.stage_weeks(1, u) for u in (0.0, 0.999)] == [1, 1]
    assert stages.stage_weeks(0, 0.5) == 0
    assert np.mean(
        [stages.stage_weeks(20, u) for u in np.linspace(0.0005, 0.9995, 1000)]
    ) == pytest.approx(20)


def test_the_people_called_are_the_usual_number_times_the_size_on_average():
    """Equation 6: 5.2 people at size 1.5 are 7.8, so 7 one time in five and 8 otherwise."""
    called = [stages.people_called(5.2, 1.5, u) for u in np.linspace(0.0005, 0.9995, 1000)]
    assert set(called) == {7, 8}
    assert np.mean(called) == pytest.approx(7.8)
    assert stages.people_called(0.0, 3.0, 0.9) == 0


def test_of_two_shocks_the_larger_counts():
    """Equation 29: severities of 0.3 and 0.6 stop what 0.6 stops, not 0.9 and not 0.72."""
    shoots = titles_in(Stage.SHOOT, 4000)
    alone, _ = halted(shoots, 0.6)
    both, _ = halted(shoots, 0.3, 0.6)
    assert both == alone


def test_a_title_waits_for_a_free_stage_and_the_oldest_goes_first():
    """Equation 30: six stages, each title takes two: three of five go on to shoot, two wait a week."""
    ready = titles_in(Stage.PREP, 5)
    assert advance(ready, 6.0) == ([], 0, 2)
    assert ready.stage.tolist() == [Stage.SHOOT] * 3 + [Stage.PREP] * 2
    assert ready.weeks_left.tolist()[3:] == [1, 1]
