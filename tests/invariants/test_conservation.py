"""Heads, days and cents are conserved in every week, under any legal parameters."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model import accounts
from model.levers import Levers
from model.market import LaborMarket
from model.parameters import Params
from model.state.events import unpack
from model.vocabulary import SEPARATIONS, Event, Status

FREE = ("green_light.feedback", "green_light.hurdle", "green_light.dispersion", "green_light.oversupply",
        "location.cost_sensitivity", "production.crew_scale", "production.kept_in_halts", "search.near_craft",
        "search.skill_in_choice", "referral.share", "referral.reach", "referral.rewiring", "wages.premium",
        "wages.patience", "wages.first_ask", "wages.slope", "skills.fade", "income.living", "mobility.quit",
        "mobility.exit_base", "mobility.back", "mobility.entry", "mobility.entry_answer", "demand.level")


def legal_values():
    """Any legal combination of the parameters above."""
    params = Params.load()
    return st.fixed_dictionaries({name: st.floats(*map(float, params.about(name).range)) for name in FREE})


def check_calls(market):
    """Every call's list of members is whole: right length, right call, right pay, and nobody is on two."""
    state = market.state
    seen = np.zeros(state.crew.count, bool)
    crew, crafts = state.crew, state.calls.shape[1]
    for row in state.order:
        for craft in range(crafts):
            call = state.calls[row, craft]
            members, i = [], int(call["head"])
            while i >= 0:
                members.append(i)
                i = int(crew.next[i])
            assert len(members) == call["filled"]
            assert int(call["filled"]) >= 0
            for member in members:
                assert not seen[member], "a worker answers two calls"
                seen[member] = True
                assert crew.status[member] == Status.ON_CALL
                assert crew.call[member] == row * crafts + craft
                assert crew.craft[member] == craft
            pay = sum(int(crew.wage[m]) * int(crew.days[m]) for m in members)
            assert pay == call["pay"]
    assert seen.sum() == (crew.status == Status.ON_CALL).sum()


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(overrides=legal_values(), seed=st.integers(0, 2**62))
def test_heads_days_and_cents_close_in_every_week_under_any_legal_parameters(overrides, seed):
    market = LaborMarket(Params.load().override(overrides, by="test"), Levers(), seed, 0.01, history=False)
    market.advance_to(-45)  # past the week from which people leave and come
    market.settle()
    accounts.open_money(market.state)
    for _ in range(6):
        market.step()  # heads are checked inside the week
        market.settle()
        accounts.close_money(market.state)
        f = market.flows
        assert f.by_open_call <= min(int(f.posted.sum()), int(f.searchers.sum()))
        assert (market.state.crew.savings >= 0).all()
        assert (f.unfilled >= 0).all()
        assert (f.unfilled <= f.posted).all()
    check_calls(market)


def test_a_worker_never_answers_two_calls_in_a_week(small_market):
    market = small_market()
    for _ in range(8):
        market.step()
        check_calls(market)


def test_the_event_log_accounts_for_every_change_of_status(small_market):
    market = small_market()
    for _ in range(12):
        before = market.state.crew.status.copy()
        market.step()
        what, _, who = unpack(market.state.events)
        after = market.state.crew.status
        hired = np.bincount(who[(what == Event.HIRED_BY_REFERRAL) | (what == Event.HIRED_FROM_OPEN_CALL)],
                            minlength=after.size)
        gone = np.bincount(who[np.isin(what, [int(e) for e in SEPARATIONS])], minlength=after.size)
        was = np.zeros(after.size, int)
        was[: before.size] = before == Status.ON_CALL
        assert (was + hired - gone == (after == Status.ON_CALL)).all()


@pytest.mark.parametrize("drop", ["GROSS_PAY", "SPENT", "ENDOWED", "DAYS"])
def test_dropping_an_entry_of_the_ledger_breaks_the_closing(small_market, drop):
    from model.state.events import Entry

    market = small_market()
    for _ in range(4):
        market.step()
    market.settle()
    accounts.close_money(market.state)
    if market.state.ledger[Entry[drop]] == 0:
        market.state.ledger[Entry[drop]] = 1
    market.state.ledger[Entry[drop]] -= 1
    with pytest.raises(accounts.AccountsDoNotClose, match="differ"):
        accounts.close_money(market.state)


def test_a_worker_taken_out_by_hand_leaves_the_call_and_the_accounts_close(small_market):
    market = small_market()
    on_call = int(np.flatnonzero(market.state.crew.status == Status.ON_CALL)[5])
    market.crew.worker(on_call).remove()
    check_calls(market)
    market.step()
    market.settle()
    accounts.close_money(market.state)
    assert market.state.crew.status[on_call] == Status.OUT
