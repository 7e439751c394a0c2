"""Losses of the displaced: known answers on small panels, and a world in which nothing closes."""

from types import SimpleNamespace

import numpy as np
import pytest

from experiments.scars import closings, fact
from experiments.scars.closings import Closing, losses_of, present_value
from experiments.scars.twins import pay_of_week, twin_of
from model.scenario import Scenario
from model.simulate import build
from model.vocabulary import Status

SCENARIO = Scenario.named("baseline").varied(scale=0.02)


def test_losses_are_shares_of_the_pay_before():
    before = np.array([100.0, 300.0, 200.0])
    hit = np.array([True, True, False])
    without = np.array([[100.0, 300.0, 200.0], [100.0, 300.0, 200.0]])
    with_closing = np.array([[50.0, 250.0, 220.0], [100.0, 260.0, 200.0]])
    found = losses_of(before, hit, without, with_closing)
    assert found.displaced == 2
    assert found.by_year == pytest.approx([0.25, 0.1])
    assert found.bystanders == pytest.approx([-0.1, 0.0])
    assert found.present_value == pytest.approx(0.25 / 1.05**0.5 + 0.1 / 1.05**1.5)


def test_present_value_without_discount_is_the_sum():
    assert present_value(np.array([0.3, 0.2, 0.1]), 0.0) == pytest.approx(0.6)


def test_only_those_on_a_call_are_paid():
    crew = np.array([(100, 5), (200, 4), (300, 5)], [("wage", np.int32), ("days", np.uint8)])
    status = np.array([Status.ON_CALL, Status.IDLE, Status.ON_CALL])
    state = SimpleNamespace(people=SimpleNamespace(records=crew, status=status))
    assert pay_of_week(state) == pytest.approx([500.0, 0.0, 1500.0])


def test_a_twin_goes_on_exactly_as_the_market_does():
    market = build(SCENARIO, 3)
    market.advance_to(30)
    twin = twin_of(market)
    market.advance_to(60)
    twin.advance_to(60)
    ours, theirs = market.state.arrays(), twin.state.arrays()
    assert all(np.array_equal(ours[name], theirs[name]) for name in ours)
    twin.advance_to(61)
    assert market.week == 60


def looked_on(closing, weeks):
    market = build(SCENARIO, 1)
    for _ in range(weeks):
        market.step()
        closing(market)
    return market, closing.losses()


def test_where_nothing_closes_nobody_loses_anything(monkeypatch):
    market = build(SCENARIO, 1)
    monkeypatch.setattr(closings, "closing_down", lambda state, seed: state.order[:0])
    closing = Closing(104, 1)
    _, losses = looked_on(closing, 156)
    assert losses is None
    assert closing.rows.size > 100
    assert np.array_equal(closing.without, closing.with_closing)
    assert market.week == 0


def test_the_displaced_were_steady_lose_pay_at_first_and_the_world_looked_on_is_not_changed(monkeypatch):
    monkeypatch.setattr(closings, "CLOSED", 0.3)
    closing = Closing(104, 1)
    market, losses = looked_on(closing, 156)
    assert losses.displaced > 20
    assert losses.by_year[0] > 0
    assert (closing.weeks[:, closing.rows] >= closings.STEADY).all()
    alone = build(SCENARIO, 1)
    alone.advance_to(156)
    ours, theirs = market.state.arrays(), alone.state.arrays()
    assert all(np.array_equal(ours[name], theirs[name]) for name in ours)


def test_pay_in_the_world_without_is_the_pay_of_those_weeks():
    closing = Closing(104, 1)
    market = build(SCENARIO, 1)
    total = 0.0
    for _ in range(156):
        market.step()
        closing(market)
        if market.week > 104:
            total += pay_of_week(market.state)[closing.rows].sum()
    assert closing.without.sum() == pytest.approx(total)


def test_a_run_that_is_too_short_gives_no_value():
    assert fact.Displaced().finding().value is None


def test_the_fact_follows_no_further_than_the_end_of_2024():
    from experiments.facts.validation import UNTIL

    weeks = Scenario.named("baseline").varied(until=UNTIL).weeks
    assert fact.GOOD_TIMES + fact.YEARS * closings.YEAR <= weeks
    assert fact.SLUMP + fact.YEARS_OF_SLUMP * closings.YEAR <= weeks
