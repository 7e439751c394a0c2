"""The weekly slate meetings: money comes in, ideas arrive, places are chosen, titles are green-lit."""

from __future__ import annotations

import numpy as np

from model.calendar import WEEKS_A_YEAR
from model.kernels import index, maker
from model.mechanisms import ai_slates, bookkeeping, green_light, location, production
from model.mechanisms.ai_slates import WithAi
from model.mechanisms.green_light import WITH_CREDIT, Ideas, Quotes
from model.mechanisms.purses import fill_purses
from model.mechanisms.sites import LEAST_COST, Sites, choose_sites, counted, place_appeal
from model.mechanisms.studios import wishes
from model.policy import Policy
from model.state import plain
from model.state.events import Entry
from model.state.state import State
from model.units import CENTS
from model.vocabulary import Stage
from model.world import World

_DEVELOPMENT, _LOS_ANGELES = int(Stage.DEVELOPMENT), int(production.LOS_ANGELES)
_CREDIT, _CREDIT_IN_LA = int(Entry.CREDIT), int(Entry.CREDIT_IN_LA)


def green_light_titles(state: State, policy: Policy, world: World, studios: list,
                       displaced: np.ndarray | float = 0.0) -> dict[str, np.ndarray]:
    """One week's slate meetings. Returns the titles, one entry each: uid, kind, place, credited,
    ai, maker, owner and cost (cents).
    """
    fill_purses(state, policy, world, displaced)
    ideas = ideas_of_the_week(state, world)
    made_with = ai_slates.choose(ideas, state, policy, world, studios)
    appeal = place_appeal(state, policy, world)
    sites = choose_sites(ideas, made_with, appeal, policy, world, studios)
    quotes = quote(ideas, made_with, sites, policy, world)
    decision = _choose(ideas, made_with, sites, quotes, state, policy, world, studios)
    size = ideas.size.copy()
    for own, wish in wishes(studios, "staff", ideas):
        size[own] *= wish
    return _admit(state, world, ideas, made_with, sites, quotes, size, decision)


def ideas_of_the_week(state: State, world: World) -> Ideas:
    """Ideas reach the studios that meet this week, as many more than can be made as there ever were."""
    g = world.params.green_light
    firms = np.arange(state.week % green_light.MEETING_EVERY, world.firms.n, green_light.MEETING_EVERY)
    weekly = world.orders[world.at(state.week)]
    expected = world.firms.share[firms] * weekly * (g.oversupply * green_light.MEETING_EVERY)
    if world.has_ai(state.week):  # an AI-first producer looks at as many ideas as its purse could pay for
        own = np.flatnonzero(firms >= world.ai_firms[0])
        affordable = np.ceil(np.maximum(0, state.purse[firms[own]]) / (world.kinds.budget * CENTS))
        expected[own] = affordable * g.oversupply
    return green_light.ideas_arrive(expected, firms, state.week, world.seed, g.dispersion, world.kinds.size_sd)


def quote(ideas: Ideas, made_with: WithAi, sites: Sites, policy: Policy, world: World) -> Quotes:
    """What each idea would cost at the places chosen for it.

    What is charged follows cost from that of 2015 in the same place on, as far as titles answer it. The credit is its
    rate on what qualifies of the budget, which spend on AI may not, up to the cap of a title. Equation 26.
    """
    g = world.params.green_light
    usual = world.kinds.budget[ideas.kind] * CENTS * ideas.size
    cheaper = 1.0 - made_with.saving
    base = policy.credit_base_share * counted(made_with, policy)
    rate = policy.credit_rate + policy.credit_resident * sites.stays
    rebate = rate * np.minimum(base * usual * g.cost_index, policy.credit_title_cap_usd * CENTS)
    actual = sites.net * g.cost_index * cheaper
    actual_credited = sites.net_credited * g.cost_index * (cheaper + made_with.stays * sites.stays) - rebate / usual
    then, then_credited = (world.then[ideas.kind, each] for each in (sites.place, sites.credited))
    charged, charged_credited = (
        np.rint(usual * before * (np.maximum(LEAST_COST, now) / before) ** g.feedback).astype(np.int64)
        for now, before in ((actual, then), (actual_credited, then_credited)))
    return Quotes(usual, rebate, sites.net, sites.net_credited, charged, charged_credited, usual * then,
                  usual * then_credited)


def _choose(ideas: Ideas, made_with: WithAi, sites: Sites, quotes: Quotes, state: State, policy: Policy, world: World,
            studios: list) -> np.ndarray:
    """What becomes of each idea, as `green_light.choose_slate` says it, once studios have had their own way."""
    forced = np.full(ideas.uid.size, -1, np.int8)
    for own, wish in wishes(studios, "choose_slate", ideas, lambda own: (quotes.charged[own],)):
        forced[own] = wish
    worth = ideas.worth * made_with.worth
    rank = np.argsort(-worth, kind="stable")
    may_ask = world.places.at_home[sites.credited] & policy.credit_covers[ideas.kind]
    return green_light.choose_slate(rank, ideas, worth, quotes, may_ask, forced, world.params.green_light.hurdle,
                                    state.purse, state.credit_purse)


def _admit(state: State, world: World, ideas: Ideas, made_with: WithAi, sites: Sites, quotes: Quotes, size: np.ndarray,
           decision: np.ndarray) -> dict[str, np.ndarray]:
    """Titles enter the list of productions in the order of their identity, the same in every world."""
    made = decision.nonzero()[0]
    made = made[np.argsort(ideas.uid[made], kind="stable")]
    uid, kind = ideas.uid[made], ideas.kind[made]
    rows = state.add_productions(made.size)
    plain.wipe(state.titles, rows)  # nothing has happened to them yet
    growth = world.crew_growth[world.at(state.week)]
    place, credited, saving, cost = _enter(
        state.titles, rows, made, ideas, made_with, sites, quotes, decision, size * growth,
        location.district_of(uid, world.seed), state.technique["pay"][0], state.financed, state.week,
        world.params.green_light.cost_index, state.log)
    if world.writes_books(state.week):  # before, nothing was written into them
        bookkeeping.clear(state.books, state.titles, rows)
        plain.wipe(state.budgets, rows)
    if made.size and world.has_ai(state.week):
        a_year = world.money[world.at(state.week)] * WEEKS_A_YEAR
        by_ai = saving - state.technique["below"][0][made_with.terms[made], kind]
        ai_slates.note_savings(state, kind, quotes.usual[made], by_ai, a_year)
    production.begin(state.board, rows, world.usual, state.technique, state.rates, world.writes_books(state.week),
                     world.seed)
    return {"uid": uid, "kind": kind, "place": place, "credited": credited, "ai": made_with.ai[made],
            "maker": made_with.maker[made], "owner": made_with.owner[made], "cost": cost}


@maker
def _enter(titles, rows, made, ideas, made_with, sites, quotes, decision, size, district, pay, financed, week,
           cost_index, log):
    """Write down what is known of the titles just green-lit, those of the ideas that are ``made``, in their ``rows``.

    ``size`` of crews by idea, ``district`` by title, ``pay`` by terms, ``financed`` by firm. Returns of each its place,
    whether it has the credit, what AI is expected to save, share of its budget, and its cost, cents.
    """
    place, credited = np.empty(made.size, np.uint8), np.empty(made.size, np.bool_)
    saving, cost = np.empty(made.size), np.empty(made.size, np.int64)
    for n in range(made.size):
        t, title = made[n], titles[index(rows[n])]
        firm, terms = ideas.firm[t], made_with.terms[t]
        credited[n] = decision[t] == WITH_CREDIT
        place[n] = sites.credited[t] if credited[n] else sites.place[t]
        net = quotes.net_credited[t] if credited[n] else quotes.net[t]
        title.resident = credited[n] and sites.stays[t]
        saving[n] = made_with.saving[t] - made_with.stays[t] * title.resident
        cost[n] = int(np.rint(quotes.usual[t] * net * cost_index * (1.0 - saving[n])))
        title.uid, title.kind, title.firm = ideas.uid[t], ideas.kind[t], firm
        title.place, title.district, title.greenlit = place[n], district[n], week
        title.stage, title.size, title.budget = _DEVELOPMENT, size[t], cost[n]
        title.credited, title.incentive = credited[n], int(np.rint(quotes.rebate[t])) if credited[n] else 0
        title.ai, title.maker, title.owner = made_with.ai[t], made_with.maker[t], made_with.owner[t]
        title.terms, title.provider, title.pay = terms, made_with.provider[t], pay[terms]
        title.worth, title.financed = made_with.worth[t], financed[firm]
        log[_CREDIT] += title.incentive
        log[_CREDIT_IN_LA] += title.incentive * (place[n] == _LOS_ANGELES)
    return place, credited, saving, cost
