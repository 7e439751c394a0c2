"""The weekly slate meetings: money comes in, ideas arrive, places are chosen, titles are green-lit."""

from __future__ import annotations

import numpy as np

from model import rng, tables
from model.kernels import kernel
from model.mechanisms import ai_slates, bookkeeping, consolidation, green_light, location, production
from model.mechanisms.demand import START, WEEKS_A_YEAR, decimal_year
from model.mechanisms.studios import overriding
from model.policy import Policy
from model.state import books
from model.state.events import Entry
from model.state.state import State
from model.state.technique import BACKED
from model.vocabulary import Stage, Stream
from model.world import World

UNIFORM_UNIT = 3.4641016151377544  # √12: makes an even number one of unit standard deviation
CAP_CARRIED = 26  # weeks of the credit's cap that can wait for applicants
LEAST_COST = 0.05  # of a budget: no incentive pays for all of a title
REMEMBERED = 26  # weeks over which it is remembered how full the stages are
SAVED_UP = 2.0  # titles of a kind for which money never lapses
CENTS, CENTS_A_MILLION = 100, 1e8
_DEVELOPMENT, _LOS_ANGELES = int(Stage.DEVELOPMENT), int(production.LOS_ANGELES)
_CREDIT, _CREDIT_IN_LA = int(Entry.CREDIT), int(Entry.CREDIT_IN_LA)
_QUARTER = 13  # weeks for which a lump in orders lasts
_A_YEAR = 52.0


def fill_purses(state: State, policy: Policy, world: World, displaced: np.ndarray | float = 0.0) -> None:
    """Buyers' money reaches the studios, the credit's cap accrues, and what was carried too long lapses.

    ``displaced`` (kinds,) cents of it go to titles of AI-first producers instead. While titles of a kind are
    stopped, buyers hold back that share of its money: slots that a stalled title fills are not bought twice.
    Equation 25.
    """
    g = world.params.green_light
    quarter, kinds = state.week // _QUARTER, np.arange(world.kinds.n)
    lumps = rng.uniforms(world.seed, int(Stream.ORDERS), quarter, kinds)
    noise = np.exp(world.params.demand.noise * (lumps - 0.5) * UNIFORM_UNIT)
    response = g.cost_index ** -g.spend_response
    share = world.firms.share
    usual = world.money[world.at(state.week)]
    money = np.rint(usual * noise * response * (1.0 - g.stalled_money * state.stalled))
    if world.has_ai(state.week):
        answer = (1.0 - state.kind_saving) ** -world.params.ai_firms.spend_pull
        money = np.maximum(0.0, np.rint(money * answer) - displaced)
        share = consolidation.slate_shares(share, state.owner, world.params.ai_firms.kept)
    # A title or two can be saved up for even in a small market; what an AI-first producer raised is its own to keep.
    saved_up = SAVED_UP * world.kinds.budget * CENTS
    _pay_in(state.purse, share, money, usual * g.purse_weeks, saved_up, world.ai_firms[0])
    cap = policy.credit_cap_usd * CENTS / WEEKS_A_YEAR * world.scale
    left = min(int(state.credit_purse[0]) + int(cap), int(CAP_CARRIED * cap))
    state.tell(credit_accrued=state.credit_accrued + left - int(state.credit_purse[0]))
    state.credit_purse[0] = left


@kernel
def _pay_in(purse, share, money, waits, saved_up, studios):
    """Each firm's part of the ``money`` (kinds,); what the first ``studios`` firms then have of a kind, all together,
    over what ``waits`` for slate meetings and is ``saved_up`` for titles, lapses.
    """
    for kind in range(money.size):
        for firm in range(purse.shape[0]):
            purse[firm, kind] += int(np.rint(share[firm, kind] * money[kind]))
        held = full = 0
        for firm in range(studios):
            held += purse[firm, kind]
            full += max(0, purse[firm, kind])
        lapse = min(1.0, max(0.0, (held - waits[kind] - saved_up[kind]) / max(1, full)))
        for firm in range(studios):
            purse[firm, kind] -= int(np.rint(max(0, purse[firm, kind]) * lapse))


def remember_fullness(state: State, world: World) -> None:
    """How full the sound stages of Los Angeles have been over about half a year, by which they turn titles away."""
    used = production.shooting(state.titles, state.order, world.kinds.n, world.kinds.shoot_days, world.kinds.stages,
                               tables.districts().n)[2]
    state.fullness += (used / world.stage_capacity - state.fullness) / REMEMBERED


def place_appeal(state: State, policy: Policy, world: World
                 ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(appeal without a credit, with one, with one for residents' AI work, cost ratios), each (kind, place).

    The cost ratio is that of the same title before incentives at home, net of them elsewhere.
    """
    places, params = world.places, world.params.location
    returned = location.incentives(state.week)
    returned[places.names.index("georgia")] *= params.georgia
    years = max(0.0, decimal_year(state.week) - START)
    cost = location.cost_ratios(places.cost, places.drift, years, params.drift_scale)
    net = location.net_ratios(cost, returned, world.reach)
    crowding = np.zeros((world.kinds.n, places.n))
    full = max(0.0, float(state.fullness[0]) - params.crowding_from)
    crowding[:, production.LOS_ANGELES] = params.crowding * full * np.minimum(1.0, world.kinds.stages)
    plain = location.appeal(places.habit, net, world.then, params.cost_sensitivity, crowding)
    rebate = policy.credit_rate * policy.credit_base_share
    credited = plain - params.cost_sensitivity * np.log(max(LEAST_COST, 1.0 - rebate)) * places.at_home
    resident = credited.copy()
    more = rebate + policy.credit_resident * policy.credit_base_share
    resident[:, production.LOS_ANGELES] += params.cost_sensitivity * (np.log(max(LEAST_COST, 1.0 - rebate))
                                                                     - np.log(max(LEAST_COST, 1.0 - more)))
    return plain, credited, resident, net


def green_light_titles(state: State, policy: Policy, world: World, studios: list,
                       displaced: np.ndarray | float = 0.0) -> dict[str, np.ndarray]:
    """One week's slate meetings. Returns the ideas made: uid, kind, place and credited, one entry a title.

    Equation 26.
    """
    fill_purses(state, policy, world, displaced)
    g, kinds = world.params.green_light, world.kinds
    firms = np.arange(state.week % green_light.MEETING_EVERY, world.firms.n, green_light.MEETING_EVERY)
    weekly = world.orders[world.at(state.week)]
    expected = world.firms.share[firms] * weekly * (g.oversupply * green_light.MEETING_EVERY)
    if world.has_ai(state.week):  # an AI-first producer looks at as many ideas as its purse could pay for
        own = np.flatnonzero(firms >= world.ai_firms[0])
        affordable = np.ceil(np.maximum(0, state.purse[firms[own]]) / (kinds.budget * CENTS))
        expected[own] = affordable * g.oversupply
    ideas = green_light.ideas_arrive(expected, firms, state.week, world.seed, g.dispersion, kinds.size_sd)

    remember_fullness(state, world)
    plain, credited, resident, net = place_appeal(state, policy, world)
    against = location.distastes(ideas.uid, world.places.n, world.seed)
    place = location.choose_place(ideas.kind, plain, against)
    place_credited = place.copy()
    made_with = ai_slates.choose(ideas, state, policy, world, studios)
    stays = (policy.credit_resident * policy.credit_base_share * (1.0 - made_with.saving) > made_with.stays)
    stays &= (made_with.ai != 0) & policy.credit_covers[ideas.kind]
    for appeal, chosen in ((credited, ~stays), (resident, stays)):
        asks = (policy.credit_covers[ideas.kind] & chosen).nonzero()[0]
        place_credited[asks] = location.choose_place(ideas.kind[asks], appeal, against[asks])
    place[made_with.promised] = place_credited[made_with.promised] = production.LOS_ANGELES
    size = ideas.size.copy()
    for studio in overriding(studios, "choose_place"):
        own = ideas.firm == studio.code
        wish = studio.choose_place(ideas.of(own), plain)
        if wish is not None:
            place[own] = place_credited[own] = wish
    for studio in overriding(studios, "staff"):
        own = ideas.firm == studio.code
        wish = studio.staff(ideas.of(own))
        if wish is not None:
            size[own] *= wish

    usual = kinds.budget[ideas.kind] * CENTS * ideas.size
    cap = world.params.location.project_cap * CENTS_A_MILLION
    cheaper = 1.0 - made_with.saving
    base = policy.credit_base_share * (cheaper - (1.0 - policy.credit_counts_ai) * made_with.spend)
    stays &= place_credited == production.LOS_ANGELES  # the rise of the credit is for work that stays there
    rate = policy.credit_rate + policy.credit_resident * stays
    rebate = rate * np.minimum(base * usual * g.cost_index, cap)
    actual = net[ideas.kind, place] * g.cost_index * cheaper
    cheaper_credited = cheaper + made_with.stays * stays
    actual_credited = net[ideas.kind, place_credited] * g.cost_index * cheaper_credited - rebate / usual
    charged = np.rint(usual * np.maximum(LEAST_COST, actual) ** g.feedback).astype(np.int64)
    charged_credited = np.rint(usual * np.maximum(LEAST_COST, actual_credited) ** g.feedback).astype(np.int64)
    then, then_credited = (usual * world.then[ideas.kind, where] ** g.feedback for where in (place, place_credited))
    forced = np.full(ideas.uid.size, -1, np.int8)
    for studio in overriding(studios, "choose_slate"):
        own = ideas.firm == studio.code
        wish = studio.choose_slate(ideas.of(own), charged[own])
        if wish is not None:
            forced[own] = wish
    worth = ideas.worth * made_with.worth
    rank = np.argsort(-worth, kind="stable")
    decision = green_light.choose_slate(
        rank, ideas.firm, ideas.kind, worth, then, then_credited, charged, charged_credited,
        np.rint(rebate).astype(np.int64), world.places.at_home[place_credited], policy.credit_covers[ideas.kind],
        forced, g.hurdle, state.purse, state.credit_purse)
    return _admit(state, world, ideas, made_with, decision, place, place_credited, size, usual, net, rebate, stays)


def _admit(state: State, world: World, ideas: green_light.Ideas, made_with: ai_slates.WithAi, decision: np.ndarray,
           place: np.ndarray, place_credited: np.ndarray, size: np.ndarray, usual: np.ndarray, net: np.ndarray,
           rebate: np.ndarray, stays: np.ndarray) -> dict[str, np.ndarray]:
    """Titles enter the list of productions in the order of their identity, the same in every world."""
    made = decision.nonzero()[0]
    made = made[np.argsort(ideas.uid[made], kind="stable")]
    credited = decision[made] == 2
    where = np.where(credited, place_credited[made], place[made])
    resident = credited & stays[made]
    saving = made_with.saving[made] - made_with.stays[made] * resident
    cost = np.rint(usual[made] * net[ideas.kind[made], where] * world.params.green_light.cost_index * (1.0 - saving))
    growth = (1.0 + world.params.production.crew_growth) ** max(0.0, decimal_year(state.week) - START)
    rows = state.add_productions(made.size)
    _enter(state.titles, rows, made, ideas.uid, ideas.kind, ideas.firm, where, size * growth, cost, credited, resident,
           rebate, location.district_of(ideas.uid[made], world.seed), made_with.ai, made_with.maker, made_with.owner,
           made_with.backed, made_with.provider, state.technique["pay"][0, BACKED], state.financed, state.week,
           state.ledger)
    bookkeeping.clear(state.books, state.titles, rows)
    books.wipe(state.budgets, rows)
    if made.size and world.has_ai(state.week):
        ai_slates.note_savings(state, ideas.kind[made], usual[made], saving, _A_YEAR)
    production.begin(state.titles, state.calls, state.books, state.budgets, rows, world.crew_size, world.kinds.weeks,
                     world.local, state.technique, state.rates, world.kinds.days, world.writes_books(state.week),
                     world.seed)
    return {"uid": ideas.uid[made], "kind": ideas.kind[made], "place": where, "credited": credited,
            "ai": made_with.ai[made], "maker": made_with.maker[made], "owner": made_with.owner[made],
            "cost": cost.astype(np.int64)}


@kernel
def _enter(titles, rows, made, uid, kind, firm, place, size, cost, credited, resident, rebate, district, ai, maker,
           owner, backed, provider, pay_if_backed, financed, week, ledger):
    """Write down the titles of the ideas ``made``; ``place``, ``cost`` (cents), ``credited``, ``resident`` and
    ``district`` are by title, the others by idea, ``financed`` by firm.
    """
    for n in range(rows.size):
        idea, title = made[n], titles[rows[n]]
        title.uid, title.kind, title.firm = uid[idea], kind[idea], firm[idea]
        title.place, title.district = place[n], district[n]
        title.greenlit, title.stage = week, _DEVELOPMENT
        title.size, title.budget = size[idea], cost[n]
        title.credited, title.resident = credited[n], resident[n]
        title.incentive = 0
        if credited[n]:
            title.incentive = int(np.rint(rebate[idea]))
            ledger[_CREDIT] += title.incentive
            if place[n] == _LOS_ANGELES:
                ledger[_CREDIT_IN_LA] += title.incentive
        title.ai, title.maker, title.owner = ai[idea], maker[idea], owner[idea]
        title.backed, title.provider = backed[idea], provider[idea]
        title.pay = pay_if_backed if backed[idea] != 0 else 1.0
        title.financed = financed[firm[idea]]
        title.halted = title.saved_weeks = title.extra = title.at_work = 0
