"""The technique in force put together: releases, prices, contracts and rules, as one record that kernels take."""

from __future__ import annotations

import numpy as np

from model import tables
from model.calendar import WEEKS_A_YEAR
from model.mechanisms import tasks
from model.parameters import Params
from model.policy import Policy
from model.state.state import State
from model.state.technique import BACKED, OUTSIDE, PROVIDERS, TERMS, no_technique
from model.tables import exposure
from model.units import CENTS
from model.vocabulary import Area, Stage
from model.world import WORLDS_PART, World

_SHOOT = int(Stage.SHOOT)
LEAST_SPARED = 1e-6  # of a day on which AI works: keeps a price from a division by nothing


def in_force(state: State, policy: Policy, world: World) -> np.ndarray:
    """The record ``technique`` for weeks in which AI may be used, with what titles are expected to save by it."""
    technique = assemble(state, policy, world, state.scale_cents * (1.0 + state.overscale), state.rates)
    for terms in in_use(world.params):
        expected = expected_savings(technique, state.rates, world, terms)
        for name, values in zip(expected._fields, expected, strict=True):
            technique[name][0, terms] = values
    return technique


def in_use(params: Params) -> range:
    """The terms on which titles are made: outside the contracts only if AI-first producers do not sign them."""
    return range(OUTSIDE if params.ai_producer.signatory else TERMS)


def assemble(state: State, policy: Policy, world: World, wages: np.ndarray, rates: np.ndarray) -> np.ndarray:
    """The record at given ``wages``, cents a day by craft, and ``rates`` of calls, (kind, craft)."""
    params = world.params
    t, p = params.ai_tasks, params.ai_producer
    technique = no_technique(world.crafts.n, world.kinds.n)
    record = technique[0]
    record["area"] = tables.areas()
    use = np.array(t.use_by_stage)[record["area"]]  # (stage, craft)
    on = {"visual_models": t.visual_models, "cloud_compute": t.cloud_compute, "scheduling": t.scheduling, "": 0}
    technical = exposure().technical * np.array([on[tool] for tool in exposure().tool])
    able = tasks.capability(state.providers["steps"], t.capability, t.capability_ceiling, t.capability_growth,
                            t.releases)
    price = list_price(state.week, world)
    record["compute"] = price / max(LEAST_SPARED, 1.0 - t.supervision)
    record["levy"] = policy.ai_levy
    record["pay"] = 1.0
    record["la_share"] = np.maximum(params.ai_places.la_share, policy.resident_ai_share)
    new_crew = crew_of_a_day(wages, record["la_share"], world)
    for terms in in_use(params):
        record["paid"][terms] = 1.0 + policy.ai_levy - (p.compute_credit if terms & BACKED else 0.0)
        record["pay"][terms] = p.nonunion_pay if terms & OUTSIDE else 1.0
        allowed = 1.0 if terms & OUTSIDE else params.ai_adoption.contract_limit
        paid = price * record["paid"][terms]
        pays = tasks.profitable(wages[None, :], paid + new_crew, t.rework, t.supervision, t.cost_spread)
        share = tasks.automated(technical, able[:, None, None], allowed, pays, t.supervision, policy.min_crew)
        record["automated"][terms] = share * use
    record["cut"] = t.shoot_cut * t.scheduling * t.use_by_stage[Area.SHOOT]
    record["post_gain"], record["new_tasks"], record["rework"] = t.post_gain, t.new_tasks, t.rework
    record["scope"] = params.ai_budget.scope
    record["retained"] = params.ai_places.retained
    record["outside_pay"] = params.ai_places.outside_pay
    record["ai_craft"], record["known"] = world.ai_craft, 1
    record["kept"] = world.kept_in_halts
    work = usual_work(world, rates)
    budget = tasks.pay_by_stage(work).sum(axis=(1, 2)) / world.pay_share
    by_time, finance = world.beside_pay
    record["time_cost"] = np.rint(budget * by_time / np.maximum(1, world.kinds.weeks[:, _SHOOT]))
    record["finance"] = np.rint(budget * finance / WEEKS_A_YEAR)
    record["below"] = (1.0 - record["pay"][:, None]) * world.pay_share
    return technique


def crew_of_a_day(wages: np.ndarray, la_share: np.ndarray, world: World) -> np.ndarray:
    """Cost of the AI crew that a day on which AI does a craft's work brings with it, as far as it is weighed when that
    is decided, cents, (stage, craft). ``wages`` cents a day by craft, ``la_share`` (stages,) of AI work in Los Angeles.

    The crew is called by the head and week, so that who works two days a week brings as much of it as who works five.
    """
    t = world.params.ai_tasks
    where = la_share + (1.0 - la_share) * world.params.ai_places.outside_pay
    days = world.usual_days[world.ai_craft] / world.usual_days
    own_day = 1.0 - t.supervision  # whose part of a day is not displaced brings nobody
    return t.crew_foreseen * t.new_tasks * own_day * wages[world.ai_craft] * where[:, None] * days


def untouched(state: State, world: World) -> np.ndarray:
    """What no line touches of the budget of a title of usual size, cents, (kinds,): neither pay, nor what runs by the
    shoot week, nor the money's cost over the usual weeks.
    """
    usual = tasks.pay_by_stage(usual_work(world, state.rates)).sum(axis=(1, 2)) / world.pay_share
    return usual * world.untouched_share


def list_price(week: int, world: World) -> float:
    """Compute of all takes at list price for a crew-day tried, cents; falls by the year, rises after lock-in."""
    t, p = world.params.ai_tasks, world.params.ai_providers
    years = max(0, week - WORLDS_PART) / WEEKS_A_YEAR
    locked_in = 1.0 + p.price_rise * (years >= p.lock_in)
    return t.compute_day * t.takes * CENTS * (1.0 - t.compute_fall) ** years * locked_in


def usual_work(world: World, rates: np.ndarray) -> tasks.Work:
    """What titles of usual size call, at given pay."""
    return tasks.Work(world.crew_size, world.kinds.weeks, world.kinds.days, rates)


def cost_of_residents(state: State, world: World, terms: int) -> np.ndarray:
    """What a title saves less when all of its AI work is done in Los Angeles, share of its budget, (kind, area)."""
    there = state.technique.copy()
    there["la_share"] = 1.0
    usual, resident = (expected_savings(each, state.rates, world, terms) for each in (state.technique, there))
    return usual.saved - resident.saved


def expected_savings(technique: np.ndarray, rates: np.ndarray, world: World, terms: int) -> tasks.Expected:
    """What is expected of a title on some terms by the areas in which it uses AI, over the providers alike."""
    return tasks.savings(usual_work(world, rates), technique[0], terms, np.full(PROVIDERS, 1.0 / PROVIDERS),
                         world.pay_share,
                         world.kinds.days[:, world.ai_craft] * rates[:, world.ai_craft])
