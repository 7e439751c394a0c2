"""The oracles of AI fail when the model does something else, and the announcement is said in words."""

import numpy as np
import pytest

from experiments.answer.announcement import announcement_interval
from experiments.oracles import ai
from model.mechanisms import adoption, providers
from model.scenario import Scenario
from model.simulate import simulate


def failed(rows):
    return [row["oracle"] for row in rows if not row["passed"]]


def test_break_even_fails_where_people_are_put_back_that_the_closed_form_does_not_know(monkeypatch):
    monkeypatch.setattr(ai, "GRID", ai.GRID[1:2])
    monkeypatch.setattr(ai, "FUTURES", 3)
    monkeypatch.setattr(ai, "UNIFORM", ai.UNIFORM | {"ai_budget.scope": 0.3})
    assert failed(ai.break_even())


def test_the_pay_share_fails_where_savings_are_not_spent(monkeypatch):
    monkeypatch.setattr(ai, "FUTURES", 3)
    monkeypatch.setattr(ai, "MANY_TITLES", 0.1)
    kept = ai.OPEN_MARKET | {"green_light.feedback": 0.0}
    monkeypatch.setattr(ai, "OPEN_MARKET", kept)
    assert len(failed(ai.pay_share())) == 2


def test_outages_fail_where_they_last_half_as_long_again(monkeypatch):
    usual = providers.outage_hours
    monkeypatch.setattr(providers, "outage_hours", lambda mean, u: 1.5 * usual(mean, u))
    assert len(failed(ai.outages(seeds=60))) >= 2


def test_outages_fail_where_all_providers_are_one(monkeypatch):
    usual = providers.events
    monkeypatch.setattr(providers, "events", lambda seed, week: np.repeat(usual(seed, week)[:1], 3, axis=0))
    assert failed(ai.outages(seeds=60)) == [
        "outages: variance of a decade's loss with three providers, relative to one"]


def test_adoption_fails_where_nobody_looks_at_others(monkeypatch):
    usual = adoption.adoption_next
    monkeypatch.setattr(adoption, "adoption_next", lambda adopted, peers, *rest: usual(adopted, 0.5 * peers, *rest))
    assert len(failed(ai.bass())) == 2


def weaker(clouds):
    """Clouds whose outages lose less than half of what they should."""
    found = clouds.copy()
    found["lost"] *= 0.4
    return found


def test_outages_fail_where_titles_in_the_market_do_not_feel_them(monkeypatch):
    monkeypatch.setattr(ai, "FUTURES", 3)
    usual = providers.stop_dependent
    monkeypatch.setattr(providers, "stop_dependent",
                        lambda titles, order, clouds, *rest: usual(titles, order, weaker(clouds), *rest))
    assert failed(ai.outages_in_the_market())


def test_adoption_in_the_market_fails_where_it_answers_what_it_saves(monkeypatch):
    monkeypatch.setattr(adoption, "pace_of", lambda saving, feedback, full: 0.9)
    assert failed(ai.adoption_in_the_market())


def lost_to_outages(idle_paid, future=0):
    """(people held on calls, crew-weeks of standstill, crew pay) in a world of long outages."""
    settings = {"worlds.incumbents": 1, "ai_adoption.initial": 0.3, "ai_providers.outages": 6.0,
                "ai_providers.outage_hours": 96.0, "ai_providers.dependence": 1.0, "ai_providers.withdrawals": 0.0,
                "ai_providers.breaches": 0.0, "ai_providers.idle_paid": idle_paid}
    recording = simulate(Scenario.named("baseline").varied(
        start="2026-04-13", until="2030-04-08", scale=0.05, set=settings), future)
    held = recording.tables["cells"]["held"][recording.tables["titles"]["ai"][recording.tables["cells"]["title"]] != 0]
    return held.sum(), recording.series["standing"].sum(), recording.series["payroll"].sum()


def test_idle_pay_shows_in_who_is_held_and_in_pay():
    paid, unpaid = (np.mean([lost_to_outages(share, future) for future in range(3)], axis=0) for share in (1.0, 0.0))
    assert paid[0] > 1.5 * unpaid[0]  # some wait for a sound stage in any case
    assert paid[2] > unpaid[2]


def test_the_announcement_needs_an_interval_of_titles_that_is_said_in_words():
    found = announcement_interval()
    assert 1.0 < found.time_only < found.pay_only[0] < found.pay_only[1]
    assert found.pay_only == pytest.approx((1.81, 7.0), abs=0.01)
    assert found.paid_for == pytest.approx(1 / 0.7)
    assert f"{found.time_only:.2f} titles" in found.text
    assert "1.8 to 7.0" in found.text
