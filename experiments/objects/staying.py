"""Who stays covered, who stays at all: half-year reviews, quits, exits, returns, newcomers."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

from experiments.objects import chance
from experiments.objects.worker import Worker
from model.mechanisms.coverage import HALF_YEAR
from model.mechanisms.mobility import EVERY, LEAVERS_EVERY, MOST_CHANGE, entrants
from model.mechanisms.wages import NEARLY_NONE
from model.state.events import Entry
from model.state.flows import Flows
from model.state.newcomers import MOST_CRAFTS, NEWCOMERS
from model.verbs import MOOD_STEP, MOODS, SETTLED
from model.vocabulary import Event, Status, Stream

if TYPE_CHECKING:
    from experiments.objects.market import ObjectMarket

_TALENT, _HOME, _PURSE = 1, 2, 13  # which numbers a newcomer's talent, home and savings come from


def review_coverage(market: ObjectMarket, flows: Flows) -> None:
    """The health plan counts the hours of those whose half-year ends. Equation 21."""
    terms, reviewed, gained, lost = market.terms, 0, 0, 0
    for worker in market.workers[market.week % HALF_YEAR :: HALF_YEAR]:
        if worker.status is Status.OUT or not terms.covered[worker.craft]:
            worker.insured, worker.hours_before, worker.hours_now = False, worker.hours_now, 0
        else:
            market.book(worker)
            had, hours = worker.insured, worker.hours_now
            has = hours >= terms.health_keep if had else hours + worker.hours_before >= terms.health_enter
            worker.insured, worker.hours_before, worker.hours_now = has, hours, 0
            reviewed += 1
            gained += has and not had
            lost += had and not has
    flows.coverage = (reviewed, gained, lost)


def change_course(market: ObjectMarket, flows: Flows) -> None:
    """Quits, exits, returns, and newcomers."""
    state = market.state
    if state.week < SETTLED:
        return
    relative = np.round((flows.tightness + NEARLY_NONE) / (state.usual_tightness + NEARLY_NONE), MOOD_STEP)
    take_stock(market, np.clip(relative, *MOODS).tolist(), flows)
    world, m = market.world, market.world.params.mobility
    usual = world.crafts.share * world.params.population.attached * world.scale
    k = chance.key(market.seed, Stream.ENTRY, state.week)
    luck = np.array([chance.uniform(k, craft) for craft in range(world.crafts.n)])
    per_craft = entrants(usual, flows.unfilled, relative, m.entry / 52.0, m.entry_answer, luck)
    for craft, newcomers in enumerate(per_craft.tolist()):
        for _ in range(newcomers):
            market.note(Event.ENTRY, welcome(market, craft))
            flows.entries += 1


def take_stock(market: ObjectMarket, tightness: list[float], flows: Flows) -> None:
    """A quarter of the workers thinks about going, an eighth of the leavers about coming back."""
    week, terms = market.week, market.terms
    k = chance.key(market.seed, Stream.TAKE_STOCK, week)
    for worker in market.workers[week % EVERY :: EVERY]:
        u = chance.uniform(k, worker.uid)
        if u >= MOST_CHANGE:
            continue
        if worker.status is Status.IDLE:
            if u < worker.exit_hazard():
                market.book(worker)
                worker.status = Status.OUT
                market.note(Event.EXIT, worker)
                flows.exits += 1
        elif worker.status is Status.ON_CALL:
            if u < terms.quit:
                worker.leave(Event.QUIT)
                flows.quits += 1
        elif (week // EVERY + worker.row // EVERY) % (LEAVERS_EVERY // EVERY) == 0:
            if week - worker.since <= terms.back_weeks and u < terms.back * tightness[worker.craft]:
                worker.status = Status.IDLE
                market.note(Event.RETURN, worker)
                flows.returns += 1


def welcome(market: ObjectMarket, craft: int) -> Worker:
    """A newcomer with a little money and no experience: the k-th of a craft is the same in every world."""
    state, params = market.state, market.world.params
    uid = NEWCOMERS + int(state.serial[craft]) * MOST_CRAFTS + craft
    state.serial[craft] += 1

    def number(which: int) -> float:
        return chance.uniform(chance.key(market.seed, Stream.POPULATION, which), uid)

    week_of_pay = int(state.scale_cents[craft]) * 5 * params.income.take_home / 1000.0
    living = round(week_of_pay * params.income.living)
    home = min(bisect_left(market.homes, number(_HOME)), len(market.homes) - 1)
    worker = Worker(market, len(market.workers), uid, craft, float(np.float32(number(_TALENT))), living, home)
    worker.savings = int(params.population.savings_weeks * number(_PURSE) * living)
    market.ledger[Entry.ENDOWED] += worker.savings
    market.workers.append(worker)
    return worker
