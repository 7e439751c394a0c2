"""The verbs of the week that concern AI: providers, capital, adoption, and what becomes of firms and titles."""

from __future__ import annotations

import numpy as np

from model import calendar
from model.mechanisms import (
    adoption,
    bookkeeping,
    budgets,
    capital,
    consolidation,
    production,
    providers,
    retraining,
    techniques,
)
from model.mechanisms.sites import LEAST_COST
from model.policy import Policy
from model.state.books import FINISHED
from model.state.call_board import former
from model.state.events import Entry
from model.state.flows import Flows
from model.state.state import State
from model.state.technique import BACKED, OPEN, OUTSIDE
from model.units import CENTS
from model.vocabulary import Entrant, Stage
from model.world import World

MOST_TAUGHT = 0.99  # fluency that no course exceeds: full fluency would take practice without end
LEAST_SLATE = 1e-12  # keeps shares from a division by nothing
WATCH_EVERY = 4  # weeks between two looks at what the technique can do and saves


def renew_technique(state: State, policy: Policy, world: World) -> None:
    """What AI can do by now, what it costs and what rules leave of it; looked at every fourth week."""
    if world.has_ai(state.week) and (state.week % WATCH_EVERY == 0 or not state.technique["known"]):
        state.technique = techniques.in_force(state, policy, world)


def advance_providers(state: State, policy: Policy, flows: Flows, world: World) -> None:
    """Releases, outages, breaches and withdrawals, and the titles that stand still for them."""
    if not world.has_ai(state.week):
        return
    p = world.params.ai_providers
    contracts = max(policy.cloud_contracts, p.contracts)
    providers.advance_providers(state.providers, providers.events(world.seed, state.week), state.week, p,
                                world.params.ai_tasks.releases, contracts)
    flows.dependent, flows.outage_stopped = providers.stop_dependent(
        state.titles, state.order, state.providers, state.technique, world.crew_size, state.week, world.seed,
        p.dependence, p.idle_paid)
    if flows.outage_stopped:
        state.tell(any_halted=1)


def raise_capital(state: State, policy: Policy, flows: Flows, world: World) -> None:
    """Investors put money into AI-first producers while they believe; producers spend it, and some fail."""
    if not (world.has_ai(state.week) and world.entrant):
        return
    p, firms = world.params.ai_producer, world.ai_firms
    if state.week % WATCH_EVERY == 0 or (state.producers["entered"] == 0).any():
        state.ai_saving[0] = realised_saving(state, policy, world)
    stood_behind = state.producers["backed"] == 1
    failed = capital.raise_capital(state.producers, world.entries, state.week, float(state.ai_saving[0]),
                                   weeks_to_deliver(world), p, world.params.ai_providers.exit, world.scale,
                                   world.seed)
    if failed.any():
        flows.failed = firms[failed]
        wind_up(state, flows, world)
    alone = stood_behind & (state.producers["backed"] == 0)
    if alone.any():
        mine = state.order[np.isin(state.productions.maker[state.order], firms[alone])]
        state.productions.terms[mine] &= ~np.uint8(BACKED)  # from their next stage on
    enters = np.flatnonzero(state.producers["entered"] == state.week)
    if enters.size:
        cost = cost_of_own(state, policy, world)
        state.purse[firms[enters]] -= capital.missing_at_entry(enters, cost, world.seed)
    flows.displaced = fund_slates(state, world)


def fund_slates(state: State, world: World) -> np.ndarray:
    """A week's capital and earnings reach the purses of AI-first producers; returns the cents that buyers' money for
    others' titles falls by, (kinds,).
    """
    p = world.params.ai_producer
    own, earned = capital.budgets_for_titles(state.producers, state.week, p)
    slate = shares_of_slate(world)
    capital.pay_in(state.purse, state.financed, world.ai_firms, own, earned, slate)
    return ((1.0 - p.additional) * own.sum() + earned.sum()) * slate


def weeks_to_deliver(world: World) -> float:
    """Weeks from the green-light to delivery of a title that a producer makes of its own money, made as usual."""
    return float((world.kinds.weeks.sum(axis=1) * shares_of_slate(world)).sum())


def realised_saving(state: State, policy: Policy, world: World) -> float:
    """What the technique saves on what the producer makes of its own money, and pay outside the contracts if it works
    there.
    """
    return float((sum(savings_by_kind(state, policy, world)) * shares_of_slate(world)).sum())


def cost_of_own(state: State, policy: Policy, world: World) -> np.ndarray:
    """What the green-light charges an AI-first producer for a title of usual size, cents, (kinds,)."""
    technique, pay = savings_by_kind(state, policy, world)
    left = 1.0 - pay - technique * (world.entrant == Entrant.AI_FIRST)
    return world.kinds.budget * CENTS * np.maximum(LEAST_COST, left) ** world.params.green_light.feedback


def savings_by_kind(state: State, policy: Policy, world: World) -> tuple[np.ndarray, np.ndarray]:
    """Shares of a title's budget that the technique saves, and pay outside the contracts if it works there, (kinds,).

    Pay is reckoned from what contracts set. It does not look at the market's overscale, nor at who works with AI: so
    that a world in which the entrant works the traditional way has the same capital.
    """
    wages = world.scale_cents(state.week) * (1.0 + world.params.wages.overscale)
    rates = np.rint(world.kinds.tier[:, None] * wages[None, :])
    technique = techniques.assemble(state, policy, world, wages, rates)
    terms = BACKED if world.params.ai_producer.signatory else BACKED | OUTSIDE
    saved = techniques.expected_savings(technique, rates, world, terms).saved.sum(axis=1)
    return saved, technique[0]["below"][terms]


def shares_of_slate(world: World) -> np.ndarray:
    """Share of a producer's own money that each kind gets; nothing is made if no kind is named."""
    slate = np.array(world.params.ai_producer.slate)
    return slate / max(slate.sum(), LEAST_SLATE)


def wind_up(state: State, flows: Flows, world: World) -> None:
    """A producer fails: some of its titles are finished by a large studio, the others stop this week."""
    p, order, firms = state.productions, state.order, flows.failed
    state.purse[firms] = 0
    state.financed[firms] = 0.0
    mine = order[np.isin(p.firm[order], firms) & (p.stage[order] < Stage.DELIVERED)]
    kept = capital.rescued(p.uid[mine], world.params.ai_producer.rescued, world.seed)
    large = world.large_firms
    p.owner[mine[kept]] = large[p.uid[mine[kept]] % large.size]
    p.terms[mine], p.pay[mine] = 0, 1.0  # whoever goes on pays what the contracts ask
    gone = mine[~kept]
    flows.abandoned, flows.sent_home = gone.size, int(state.calls["filled"][gone].sum())
    p.stage[gone], p.halted[gone] = Stage.DELIVERED, 1
    others = order[np.isin(p.maker[order], firms)]
    p.maker[others], p.terms[others] = former(p.maker[others]), 0


def adopt(state: State, flows: Flows, world: World) -> None:
    """Studios take up AI as far as it pays; some of the small ones that do not are bought."""
    if not (world.has_ai(state.week) and world.params.worlds.incumbents):
        return
    a, firms = world.params.ai_adoption, world.ai_firms
    studios = state.adoption[: firms[0]]
    if not studios.any():
        studios[:] = min(a.initial, a.ceiling)
    if state.week % WATCH_EVERY == 0 or not state.area_saving.any():
        saved = state.technique["saved"][0, OPEN]
        weight = world.money[world.at(state.week)].astype(float)
        state.area_saving[:] = (saved * weight[:, None]).sum(axis=0) / weight.sum()
    pace = adoption.pace_of(float(state.area_saving.sum()), a.profit_feedback, a.full_pace_saving)
    pays = (state.area_saving > 0.0) | (a.profit_feedback == 0.0)
    show = (state.producers["active"] == 1) & (world.entrant == Entrant.AI_FIRST)
    everyone = np.concatenate((studios, np.ones((int(show.sum()), studios.shape[1]))))
    studios[:] = adoption.adoption_next(studios, everyone.mean(axis=0), a.innovation, a.imitation, a.ceiling,
                                        pace * pays)
    if state.week % consolidation.EVERY == 0:
        consolidate(state, flows, world)


def consolidate(state: State, flows: Flows, world: World) -> None:
    """Small firms far behind what rivals save are bought by the large ones that save most."""
    use = state.adoption.mean(axis=1)
    own = state.owner == np.arange(state.owner.size)
    small = world.small_firms & own
    sold = np.flatnonzero(consolidation.bought(float(state.area_saving.sum()), use, small,
                                               world.params.ai_firms.failure, state.week, world.seed))
    if sold.size:
        state.owner[sold] = consolidation.buyers(sold, world.large_firms, use)
        state.adoption[sold] = np.maximum(state.adoption[sold], state.adoption[state.owner[sold]])
    flows.bought = sold.size


def retrain(state: State, policy: Policy, flows: Flows, world: World) -> None:
    """The idle of crafts that AI reaches ask for courses; those who finish one change their craft."""
    if not world.works_with_ai(state.week):
        return
    p = world.params.ai_people
    people = state.people
    at_work, spared = production.people_and_spared(state.titles, state.calls, state.order, state.technique)
    done = retraining.done_by_ai(spared, at_work)
    asking = retraining.ask(people.status, people.craft, people.uid, done, p.interest, state.week, world.seed)
    a_year = (p.retraining + policy.retraining_places) * world.scale * spared.any()  # nobody teaches what nobody does
    opened = retraining.places(a_year, state.week)
    state.course, finished, begun = retraining.advance_courses(state.course, asking, people.status, opened,
                                                               p.retraining_weeks, state.week)
    state.ledger[Entry.COURSES] += retraining.granted(begun, p.retraining, policy.retraining_places, p.course_cost)
    if finished.size:
        practice = int(p.taught / max(1.0 - p.taught, 1.0 - MOST_TAUGHT) * p.learning_days)
        retraining.finish(people, finished, world.ai_craft, practice, state.now, state.log)
    flows.retrained = finished.size
    flows.in_course = int(np.count_nonzero(state.course["ends"] != calendar.NEVER))
    flows.queue = state.course.size - flows.in_course


def settle_titles(state: State, flows: Flows, world: World) -> None:
    """Pay producers for what they delivered, and close the budgets of titles with AI that are finished."""
    if not world.has_ai(state.week):
        return
    p = state.productions
    done = state.order[flows.leaving]
    done = done[p.halted[done] == 0]
    rules = world.params.ai_producer
    ours = world.is_ai_firm[p.firm[done]] & (p.owner[done] == p.firm[done])
    if ours.any():
        rows = done[ours]
        size = p.size[rows] / world.crew_growth[world.at(p.greenlit[rows])]  # a larger crew sells no dearer
        income = np.rint(rules.earned_back * p.worth[rows] * size * world.kinds.budget[p.kind[rows]] * CENTS)
        nth = np.searchsorted(world.ai_firms, p.firm[rows])
        np.add.at(state.producers["earned"], nth, income.astype(np.int64))
    flows.finished = close_budgets(state, world, done[p.ai[done] != 0])


def close_budgets(state: State, world: World, rows: np.ndarray) -> np.ndarray:
    """The account of every title in ``rows``, delivered this week, with the credit on the terms of its green-light."""
    accounts = np.zeros(rows.size, FINISHED)
    if rows.size:
        p = state.productions
        rest = np.rint(techniques.untouched(state, world)[p.kind[rows]] * p.size[rows])
        budgets.close(state.titles, state.budgets, rows, rest, *world.credit_terms(p.greenlit[rows]),
                      state.week, accounts)
    return accounts


def close_year(state: State, flows: Flows, world: World) -> None:
    """When a year has ended, hand everyone's crew-weeks of it to the record, before anything of the next is begun."""
    if world.writes_books(state.week - 1) and _last_year(state) != calendar.monday(state.week).year:
        _write_off(state, flows, state.order)


def close_books(state: State, flows: Flows, world: World) -> None:
    """Hand the crew-weeks of delivered titles to the record; in a year's first week that has been done."""
    if world.writes_books(state.week) and flows.books is None:
        _write_off(state, flows, state.order[flows.leaving])


def _last_year(state: State) -> int:
    return calendar.monday(state.week - 1).year


def _write_off(state: State, flows: Flows, rows: np.ndarray) -> None:
    if rows.size:
        flows.books = bookkeeping.written(state.books, state.titles, state.calls, rows, _last_year(state))
        bookkeeping.clear(state.books, state.titles, rows)


def spend_week(state: State, world: World) -> None:
    """Book a week of every title with AI at what it costs, and the levy of it as the public's."""
    if world.has_ai(state.week):
        levied = budgets.spend_week(state.titles, state.budgets, state.order, state.log)
        state.tell(levied=state.levied + levied)

