"""A producer outside the unions' contracts pays below scale, and the account of the saved dollar shows it."""

from functools import cache

import numpy as np

from model.dollar_account import of_producers, unexplained
from model.scenario import Scenario
from model.simulate import build, simulate
from model.state.books import Line
from model.vocabulary import Status

WORLD = {"worlds.entrant": 2, "ai_producer.failure": 0.0, "ai_producer.capital": 1500.0}


@cache
def finished(**settings):
    scenario = Scenario.named("baseline").varied(scale=0.05, start="2026-04-13", until="2029-12-31",
                                                 set=WORLD | {f"ai_producer.{k}": v for k, v in settings.items()})
    return of_producers(simulate(scenario))


def test_under_the_contracts_no_dollar_is_saved_on_pay():
    found = finished(signatory=1)
    assert found.size
    assert not found["lines"][:, Line.PAY_RATES].any()


def test_outside_the_contracts_dollars_are_saved_on_pay_and_the_account_closes():
    found = finished(signatory=0)
    own = found["firm"] == found["maker"]
    assert own.any()
    assert not own.all()
    assert (found["lines"][own, Line.PAY_RATES] > 0).all()
    assert not found["lines"][~own, Line.PAY_RATES].any()  # as a service it works under the studio's contracts
    assert not np.any(unexplained(found))


def test_scale_paid_outside_the_contracts_saves_nothing_on_pay():
    assert not finished(signatory=0, nonunion_pay=1.0)["lines"][:, Line.PAY_RATES].any()


def test_people_on_its_calls_earn_less_than_scale():
    settings = WORLD | {"ai_producer.signatory": 0, "ai_producer.nonunion_pay": 0.5}
    market = build(Scenario.named("baseline").varied(scale=0.1, start="2026-04-13", until="2029-12-31", set=settings))
    for _ in range(80):
        market.step()
    state = market.state
    rows = np.flatnonzero(state.crew.status == Status.ON_CALL)
    title = state.crew.call[rows] // state.calls.shape[1]
    tier = market.world.kinds.tier[state.productions.kind[title]]
    ratio = state.crew.wage[rows] / (state.scale_cents[state.crew.craft[rows]] * tier)
    cheap = state.productions.pay[title] < 1.0
    assert cheap.sum() > 10
    assert np.median(ratio[cheap]) < 0.6 * np.median(ratio[~cheap])
