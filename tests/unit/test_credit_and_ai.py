"""The California credit and what is spent on AI: where titles are made, on whose terms, and up to which cap."""

import copy
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from model.ai_verbs import close_budgets, wind_up
from model.levers import Levers
from model.mechanisms import purses, sites, tasks, techniques
from model.parameters import Params
from model.recorder import Recorder
from model.scenario import Scenario
from model.simulate import build
from model.state.books import Line
from model.state.call_board import NO_FIRM, former
from model.state.flows import Flows
from model.vocabulary import Stage
from model.world import WORLDS_PART, World

AI = {"worlds.entrant": 2, "worlds.incumbents": 1}


def lost(usual, saving, spend, counts_ai, week=600):
    """Log points of cost that home loses to titles of ``usual`` cost, USD million, with a credit of half of that
    which counts, six tenths of a budget.
    """
    world = World(Params.load(), Levers())
    policy = replace(world.policy(week).copy(), credit_counts_ai=counts_ai, credit_base_share=0.6)
    usual = np.array(usual)
    ideas = SimpleNamespace(kind=np.zeros(usual.size, int), size=usual * 1e6 / world.kinds.budget[0])
    made_with = SimpleNamespace(saving=np.array(saving), spend=np.array(spend))
    return sites.lost_at_home(ideas, made_with, 0.5, policy, world) / world.params.location.cost_sensitivity


def test_spend_that_the_credit_does_not_count_takes_from_the_appeal_of_home_as_it_does_from_the_credit():
    found = lost([10.0, 10.0], [0.0, 0.2], [0.0, 0.4], counts_ai=0.0)
    assert found == pytest.approx([0.0, np.log(1.0 - 0.15) - np.log(1.0 - 0.3)])


@pytest.mark.parametrize(("week", "cap"), [(540, 100.0), (550, 120.0)])  # before and after July 2025
def test_what_lies_above_the_cap_of_a_title_takes_from_the_appeal_of_home(week, cap):
    """A title of three times the cap, six tenths of which qualify, gets the credit on a third; one with AI that costs
    half of it, on all six tenths of that half less nothing as long as they lie below the cap.
    """
    found = lost([cap, 3.0 * cap, 3.0 * cap], [0.0, 0.0, 0.5], [0.0] * 3, counts_ai=1.0, week=week)
    assert found == pytest.approx([0.0, np.log(1.0 - 0.5 / 3.0) - np.log(1.0 - 0.3), 0.0])


def test_lumps_in_orders_have_a_mean_of_one_whatever_their_spread():
    luck = (np.arange(100_000) + 0.5) / 100_000
    for spread in (0.0, 0.06, 0.2):
        found = purses.lumpy(luck, spread)
        assert found.mean() == pytest.approx(1.0, abs=1e-6)
        assert np.log(found).std() == pytest.approx(spread, abs=1e-4)


def test_what_the_credit_does_not_count_is_lost_at_home_alone_and_more_of_it_where_it_is_higher(monkeypatch):
    world = World(Params.load(), Levers())
    policy = replace(world.policy(600).copy(), credit_counts_ai=0.0, credit_resident=0.13)
    policy.credit_covers[...] = True
    ideas = SimpleNamespace(uid=np.arange(2), kind=np.zeros(2, int), size=np.full(2, 1e-3))
    made_with = SimpleNamespace(saving=np.zeros(2), spend=np.full(2, 0.25), stays=np.array([0.0, 1.0]),
                                ai=np.ones(2), promised=np.array([True, False]), gap=np.ones(2))
    appeal = sites.Appeal(*np.zeros((4, world.kinds.n, world.places.n)), cost=np.ones(world.places.n))
    asked = {}
    monkeypatch.setattr(sites.location, "choose_place",
                        lambda kind, appeal, against: asked.update({len(asked): against}) or np.ones(kind.size, int))
    found = sites.choose_sites(ideas, made_with, appeal, policy, world, [])
    assert found.place.tolist() == found.credited.tolist() == [0, 1]  # what was promised is made here
    plain, leaves, stays = asked[0], asked[1][0] - asked[0][1], asked[2][0] - asked[0][0]
    less, more = (sites.lost_at_home(ideas, made_with, each, policy, world)[0]
                  for each in (policy.credit_rate, policy.credit_rate + 0.13))
    assert plain.shape == (2, world.places.n)
    assert leaves == pytest.approx(np.where(world.places.at_home, less, 0.0))
    assert stays == pytest.approx([more, *leaves[1:]])
    assert more > less > 0.0


@pytest.fixture(scope="module")
def market():
    """A market some years after the announcement, in which the rate of the credit rises in 2029."""
    made = build(Scenario.named("baseline").varied(start="2026-04-13", until="2031-06-30", scale=0.05, set=AI,
                                                   levers={"TaxCredit.rate": "0.5", "TaxCredit.from": "2029-01-01"}))
    for _ in range(160):
        made.step()
    return made


def test_terms_of_the_credit_are_those_of_the_week(market):
    early, late = (market.world.policy(week) for week in (620, 740))
    assert early.credit_rate < late.credit_rate == 0.5
    rate, resident, share, counts, cap = market.world.credit_terms(np.array([740, 620, 740]))
    assert rate.tolist() == [late.credit_rate, early.credit_rate, late.credit_rate]
    assert (resident.tolist(), counts.tolist()) == ([0.0] * 3, [1.0] * 3)
    assert cap.tolist() == [120e8] * 3  # cents
    assert share.tolist() == [late.credit_base_share, early.credit_base_share, late.credit_base_share]


def test_the_credit_of_a_title_is_that_of_the_week_in_which_it_was_green_lit_up_to_its_cap(market):
    state, world, p = market.state, market.world, market.state.productions
    rows = state.order[p.credited[state.order] != 0]
    rate, _, share, _, cap = world.credit_terms(p.greenlit[rows])
    assert len(set(rate.tolist())) == 2
    kept = state.budgets["spent"][rows].copy(), state.budgets["shadow"][rows].copy()
    try:
        small, large = 10**9, 10**13  # cents
        state.budgets["spent"][rows] = state.budgets["shadow"][rows] = small
        found = close_budgets(state, world, rows)
        assert found["incentive_shadow"] == pytest.approx(rate * share * (small + found["rest"]), abs=1.0)
        state.budgets["spent"][rows] = state.budgets["shadow"][rows] = large
        found = close_budgets(state, world, rows)
        assert found["incentive"] == pytest.approx(rate * cap, abs=1.0)
        assert not found["lines"][:, Line.INCENTIVE].any()  # the cap binds either way
    finally:
        state.budgets["spent"][rows], state.budgets["shadow"][rows] = kept


def test_compute_is_booked_for_all_the_work_that_ai_tries():
    booked = []
    for supervision in (0.0, 0.5):
        market = build(Scenario.named("baseline").varied(
            start="2026-04-13", until="2027-04-12", scale=0.01, set=AI | {"ai_tasks.supervision": supervision}))
        market.step()
        known, world = market.state.technique[0], market.world
        price = techniques.list_price(market.state.week - 1, world)
        assert known["compute"] == pytest.approx(price / (1.0 - supervision))
        booked.append(known["compute"][0, 0] * (1.0 - supervision))
    assert booked[0] == pytest.approx(booked[1])
    assert tasks.automated(1.0, 1.0, 1.0, 1.0, 0.5, 0.0) == 0.5  # half of a day's work is spared, all of it is tried


def test_compute_falls_in_price_by_the_year_and_rises_once_people_are_locked_in():
    """Two dollars a take, five takes a day: 1,000 cents, a tenth less every year, half more from the second on."""
    world = World(Params.load().override({
        "ai_tasks.compute_day": 2.0, "ai_tasks.takes": 5.0, "ai_tasks.compute_fall": 0.1,
        "ai_providers.lock_in": 2.0, "ai_providers.price_rise": 0.5}), Levers())
    prices = [techniques.list_price(WORLDS_PART + 52 * year, world) for year in range(3)]
    assert prices == pytest.approx([1000.0, 900.0, 1215.0])


def test_titles_of_a_producer_that_failed_stay_in_its_accounts_and_in_the_series(market):
    failing = copy.deepcopy(market)
    state, world, p = failing.state, failing.world, failing.state.productions
    maker = p.maker[state.order]
    firm = int(np.bincount(maker[maker >= 0]).argmax())
    rows = state.order[maker == firm]
    flows = Flows(state.week, world.policy(state.week), failed=np.array([firm]))
    wind_up(state, flows, world)
    own = rows[p.firm[rows] == firm]
    stopped = p.stage[own] == Stage.DELIVERED
    assert flows.abandoned == stopped.sum()
    assert np.isin(p.owner[own[~stopped]], world.large_firms).all()  # others go on with what they rescue
    assert (p.maker[rows] < NO_FIRM).all()
    assert not np.isin(p.firm[rows][p.owner[rows] != p.firm[rows]], world.large_firms).any()
    assert close_budgets(state, world, rows)["maker"].tolist() == [firm] * rows.size
    recorder = Recorder(state.week, 1, world.crafts.n, world.kinds.n, state.ledger[1:])
    recorder.write(state, failing.flows)
    with_ai = rows[p.ai[rows] != 0]
    alone = state.calls["filled"][with_ai].sum()
    assert 0 < alone <= recorder.series["crew_of_makers"][0]


def test_codes_of_makers_that_failed_lead_back_to_them():
    makers = np.array([48, 51], np.int16)
    gone = former(makers)
    assert (gone < NO_FIRM).all()
    assert former(gone).tolist() == makers.tolist()
