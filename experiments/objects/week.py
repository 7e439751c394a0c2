"""The week once more, worker by worker: the same verbs in the same order as ``model.week``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from experiments.objects import hiring, staying
from experiments.objects.terms import terms_of
from model import accounts, tables, verbs
from model.state.flows import Flows
from model.state.now import MONEY_TERMS
from model.vocabulary import Area, Event, Stage, Status

if TYPE_CHECKING:
    from experiments.objects.market import ObjectMarket


def week(market: ObjectMarket) -> Flows:
    """One week of the labor market, in the order in which it happens."""
    state, world = market.state, market.world
    policy = world.policy(state.week)
    flows = Flows(state.week, policy)
    take_new_terms(market, flows)

    # The model's own: what is made, where, and how far it is
    flows.stopped = verbs.halt_productions(state, world)
    verbs.advance_productions(state, flows, world)
    market.look_at_titles()
    separate(market, flows)
    flows.greenlit = verbs.green_light(state, flows, world, market.studios)
    market.meet_new_titles()

    # Who is needed, and who is found
    posted = hiring.post_vacancies(market, flows)
    hiring.call_known_crew(market, posted, flows)
    hiring.search_and_match(market, posted, flows)

    # What the work pays, who stays covered, who stays at all
    verbs.adjust_wages(state, flows, world)
    staying.review_coverage(market, flows)
    staying.change_course(market, flows)

    count(market, flows)
    accounts.close(state, flows)
    return flows


def take_new_terms(market: ObjectMarket, flows: Flows) -> None:
    """This week's rules; when those of pay and benefits change, everyone is booked under the old ones."""
    state, world = market.state, market.world
    terms = terms_of(verbs.rules_in_force(flows.policy, world, state.week))
    if any(getattr(terms, name) != getattr(market.terms, name) for name in MONEY_TERMS):
        market.settle()
    market.terms = terms
    state.scale_cents[:] = world.scale_cents(state.week)


def separate(market: ObjectMarket, flows: Flows) -> None:
    """Wraps and layoffs, the last to join first; a studio remembers the heads of crews that go home for good."""
    kept = market.world.kept_in_halts.tolist()
    for title in market.titles:
        delivered = title.stage == Stage.DELIVERED
        for call in title.calls:
            keep = 0 if delivered else int(call.need * kept[call.craft] + 0.5) if title.halted else call.need
            if keep == 0 and not title.halted and call.head is not None:
                market.last_heads[title.firm, market.division(title), call.craft] = call.head
            while call.filled > keep:
                call.last().leave(Event.LAYOFF if title.halted else Event.WRAP)
                if title.halted:
                    flows.laid_off += 1
                else:
                    flows.wrapped += 1
    market.titles = [title for title in market.titles if title.stage != Stage.DELIVERED]
    market.state.drop(flows.leaving)


def count(market: ObjectMarket, flows: Flows) -> None:
    """The week's stocks: people and days on calls, who is idle."""
    kinds, crafts = market.world.kinds, market.world.crafts
    flows.people, flows.payroll = np.zeros((kinds.n, crafts.n), np.int64), np.zeros(kinds.n, np.int64)
    for title in market.titles:
        for call in title.calls:
            if call.head is not None:
                flows.people[title.kind, call.craft] += call.filled
                flows.payroll[title.kind] += call.pay
    flows.days = flows.people * kinds.days
    flows.areas = by_area(market)
    districts = tables.districts().n
    flows.idle, flows.on_call = np.zeros(crafts.n, np.int64), np.zeros(crafts.n, np.int64)
    flows.work_by_district, flows.home_idle, flows.home_on_call = np.zeros((3, districts), np.int64)
    for worker in market.workers:
        if worker.status is Status.IDLE:
            flows.idle[worker.craft] += 1
            flows.home_idle[worker.home] += 1
        elif worker.status is Status.ON_CALL:
            flows.on_call[worker.craft] += 1
            flows.home_on_call[worker.home] += 1
            flows.work_by_district[worker.call.title.district] += 1


def by_area(market: ObjectMarket) -> np.ndarray:
    """People on calls by area of making: their title's stage, or effects for those crafts."""
    found, areas = np.zeros(len(Area), np.int64), tables.areas()
    for title in market.titles:
        for call in title.calls:
            if call.head is not None:
                found[areas[title.stage, call.craft]] += call.filled
    return found
