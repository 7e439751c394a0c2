"""What a budget is made of where AI is used: pay, what runs by the shoot week, finance and a rest are all of it."""

import numpy as np
import pytest

from model.mechanisms import tasks, techniques
from model.parameters import Params
from model.scenario import Scenario
from model.simulate import build
from model.state.technique import BACKED, OPEN, OUTSIDE
from model.vocabulary import Area, Stage

AI = {"worlds.entrant": 2, "worlds.incumbents": 1}


def market(scale=0.01, **settings):
    chosen = AI | {name.replace("__", "."): value for name, value in settings.items()}
    made = build(Scenario.named("baseline").varied(start="2026-04-13", until="2034-04-03", scale=scale, set=chosen))
    made.step()
    return made


def budgets(made):
    """(kinds,) cents: the whole budget of a title of usual size, its pay, time costs, finance and rest."""
    world, state = made.world, made.state
    work = techniques.usual_work(world, state.rates)
    pay = tasks.pay_by_stage(work).sum(axis=(1, 2))
    technique, weeks = state.technique[0], world.kinds.weeks
    by_time = technique["time_cost"] * weeks[:, Stage.SHOOT]
    finance = technique["finance"] * weeks.sum(axis=1)
    return pay / world.params.ai_budget.pay_share, pay, by_time, finance, techniques.untouched(state, world)


def test_parts_of_a_budget_are_the_whole_of_it():
    made = market()
    whole, *parts = budgets(made)
    assert sum(parts) == pytest.approx(whole, rel=1e-3)
    assert (parts[-1] > 0).all()
    unshot = made.world.kinds.weeks[:, Stage.SHOOT] == 0
    assert unshot.any()
    assert not parts[1][unshot].any()


def test_where_the_parts_are_too_many_time_and_money_share_what_pay_leaves():
    about = Params.load().about
    time, finance = (about(f"ai_budget.{name}").range[1] for name in ("time_share", "finance"))
    made = market(ai_budget__time_share=time, ai_budget__finance=finance, ai_budget__pay_share=(0.75,) * 10)
    whole, *parts = budgets(made)
    assert sum(parts) == pytest.approx(whole, rel=1e-3)
    assert (parts[-1] >= 0).all()
    assert parts[-1].min() == pytest.approx(0.0, abs=1.0)


def test_outside_the_contracts_pay_is_saved_on_with_and_without_ai():
    made = market(ai_producer__signatory=0, ai_producer__nonunion_pay=0.8)
    technique, share = made.state.technique[0], np.array(made.world.params.ai_budget.pay_share)
    assert technique["below"][OUTSIDE] == pytest.approx(0.2 * share)
    assert not technique["below"][[OPEN, BACKED]].any()
    assert (technique["automated"][OUTSIDE] >= technique["automated"][OPEN]).all()  # no contract limits it
    assert (technique["automated"][OUTSIDE] > technique["automated"][OPEN]).any()
    assert technique["pay"].tolist() == [1.0, 1.0, 0.8, 0.8]
    half = made.world.params.ai_producer.compute_credit
    assert technique["paid"] == pytest.approx([1.0, 1.0 - half, 1.0, 1.0 - half])


def test_a_provider_that_leaves_takes_its_price_from_titles_in_hand():
    rich = {"ai_producer__signatory": 0, "ai_producer__capital": 1500.0, "ai_producer__failure": 0.0,
            "ai_producer__failure_unfunded": 0.0}
    made = market(0.05, ai_providers__exit=0.3, **rich)
    state, had = made.state, 0
    for _ in range(300):
        made.step()
        terms = state.productions.terms[state.order]
        if state.producers["raised"][0] and not state.producers["backed"][0]:
            break
        had = np.count_nonzero(terms == BACKED | OUTSIDE)
    assert had > 0  # titles of its own in the week before
    assert state.producers["active"][0]
    assert state.producers["cash"][0] == 0
    assert not (terms & BACKED).any()
    assert (terms == OUTSIDE).any()


def test_a_post_that_gets_shorter_spares_no_more_weeks_than_it_has():
    saved = []
    for gain in (-0.4, 0.0):
        made = market(ai_tasks__post_gain=gain, ai_tasks__shoot_cut=0.8)
        saved.append(made.state.technique[0]["saved"][OPEN, :, Area.SHOOT])
        technique, weeks = made.state.technique[0], made.world.kinds.weeks
    pay = tasks.pay_by_stage(techniques.usual_work(made.world, made.state.rates))
    budget = pay.sum(axis=(1, 2)) / made.world.params.ai_budget.pay_share
    a_week = pay[:, Stage.POST].sum(axis=1) / np.maximum(1, weeks[:, Stage.POST]) + technique["finance"]
    most = np.maximum(0, weeks[:, Stage.POST] - 1) * a_week / budget
    assert (saved[0] - saved[1] <= most + 1e-9).all()
    assert (saved[0] > saved[1]).any()
