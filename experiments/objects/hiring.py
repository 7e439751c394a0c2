"""Who is needed and who is found: vacancies, phone calls, the open call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from experiments.objects import chance
from experiments.objects.call import Call, Vacancy
from model.mechanisms import wages
from model.mechanisms.search import attraction
from model.state.flows import Flows
from model.verbs import PAY_STEP
from model.vocabulary import Event, Status, Stream

if TYPE_CHECKING:
    from experiments.objects.market import ObjectMarket
    from experiments.objects.worker import Worker


def post_vacancies(market: ObjectMarket, flows: Flows) -> list[Call]:
    """The calls of titles at work that lack someone, oldest green-light first."""
    posted = [call for title in market.titles if not title.halted for call in title.calls if call.lacking > 0]
    flows.posted = lacking_by_craft(market, posted)
    return posted


def lacking_by_craft(market: ObjectMarket, posted: list[Call]) -> np.ndarray:
    """Vacancies by craft."""
    lacking = np.zeros(market.world.crafts.n, np.int64)
    for call in posted:
        lacking[call.craft] += call.lacking
    return lacking


def call_known_crew(market: ObjectMarket, posted: list[Call], flows: Flows) -> None:
    """Heads of department phone those they know, newest acquaintance first, for part of what they lack."""
    state, terms = market.state, market.terms
    tier, overscale = market.world.kinds.tier, np.round(state.overscale, PAY_STEP)
    state.rates = wages.day_rates(state.scale_cents, tier, overscale)
    rates = state.rates.tolist()
    k = chance.key(market.seed, Stream.REFERRAL, market.week)
    for call in posted:
        me = call.title.uid * 32 + call.craft
        quota = int(terms.referral * call.lacking + chance.uniform(k, me))
        if quota == 0:
            continue
        for known in phone_book(market, call):
            if known.status is not Status.IDLE or known.craft != call.craft:
                continue
            if chance.uniform(k ^ me, known.uid) >= terms.reach:
                continue
            wage = known.accepts(rates[call.title.kind][call.craft], call, known.skill())
            if wage > 0:
                known.answer(call, wage, Event.HIRED_BY_REFERRAL)
                flows.by_referral += 1
                quota -= 1
                if quota == 0:
                    break


def phone_book(market: ObjectMarket, call: Call) -> Iterator[Worker]:
    """Whom to phone: to head the call, who last did so for the studio; then whom the head knows."""
    if call.head is None:
        former = market.last_heads.get((call.title.firm, market.division(call.title), call.craft))
        if former is not None:
            yield former
    if call.head is not None:
        head = call.head
        newest = head.oldest - 1
        for back in range(len(head.contacts)):
            known = head.contacts[(newest - back) % len(head.contacts)]
            if known is not None:
                yield known


def search_and_match(market: ObjectMarket, posted: list[Call], flows: Flows) -> None:
    """The rest is an open call: everyone idle answers one vacancy, each vacancy takes its best applicant."""
    crafts, terms, rates = market.world.crafts.n, market.terms, market.state.rates.tolist()
    vacancies: list[list[Vacancy]] = [[] for _ in range(crafts)]
    for call in posted:
        rate = rates[call.title.kind][call.craft]
        vacancies[call.craft] += [Vacancy(call, rate) for _ in range(call.lacking)]
    flows.open = lacking_by_craft(market, posted)
    attracted = attraction(market.world.ties, flows.open).tolist()
    k = chance.key(market.seed, Stream.SEARCH, market.week)
    k_vacancy = chance.key(market.seed, Stream.VACANCY, market.week)
    flows.searchers = np.zeros(crafts, np.int64)
    for worker in market.workers:
        if worker.status is not Status.IDLE:
            continue
        flows.searchers[worker.craft] += 1
        craft = chosen_craft(attracted[worker.craft], worker.craft, chance.uniform(k, worker.uid))
        if craft is None:
            continue
        where, luck = chance.halves(chance.bits(k_vacancy, worker.uid))
        vacancy = vacancies[craft][int(where * len(vacancies[craft]))]
        skill = worker.skill()
        wage = worker.accepts(vacancy.rate, vacancy.call, skill)
        if wage == 0:
            flows.declined += 1
            continue
        merit = (1.0 - terms.skill_in_choice) * luck + terms.skill_in_choice * skill
        vacancy.consider(worker, int(merit * 4294967295.0), wage)
    for vacancy in (each for of_craft in vacancies for each in of_craft):
        if vacancy.applicant is not None:
            vacancy.applicant.answer(vacancy.call, vacancy.wage, Event.HIRED_FROM_OPEN_CALL)
            flows.by_open_call += 1
    flows.unfilled = lacking_by_craft(market, posted)


def chosen_craft(shares: list[float], own: int, u: float) -> int | None:
    """The craft whose vacancies a searcher looks at; ``shares`` add up from their own craft on."""
    if shares[-1] <= 0.0:
        return None
    beyond = next(k for k, share in enumerate(shares) if u * shares[-1] < share)
    return (own + beyond) % len(shares)
