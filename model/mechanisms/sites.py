"""Where each idea would be made: Los Angeles against its competitors, without a California credit and with one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.mechanisms import location, production
from model.mechanisms.ai_slates import WithAi
from model.mechanisms.demand import years_since_start
from model.mechanisms.green_light import Ideas
from model.mechanisms.studios import wishes
from model.policy import Policy
from model.state.state import State
from model.units import CENTS
from model.world import World

LEAST_COST = 0.05  # of a budget: no incentive pays for all of a title
REMEMBERED = 26  # weeks over which it is remembered how full the stages are


class Appeal(NamedTuple):
    """How each kind of title weighs the places, (kind, place)."""

    plain: np.ndarray  # without a California credit
    credited: np.ndarray  # with one
    resident: np.ndarray  # with one and its rise for AI work done by residents
    net: np.ndarray  # cost ratio of the same title: before incentives at home, net of them elsewhere
    cost: np.ndarray  # before incentives, (place,)


class Sites(NamedTuple):
    """Where each idea would be made; arrays of one length."""

    place: np.ndarray  # code, without a California credit
    credited: np.ndarray  # code, with one
    stays: np.ndarray  # bool: with a credit it is made here, and so is its AI work, for the rise of the credit
    net: np.ndarray  # cost ratio at the place chosen without a credit, as of Appeal
    net_credited: np.ndarray  # of the place chosen with one


def remember_fullness(state: State, used: float, world: World) -> None:
    """How full the sound stages of Los Angeles have been over about half a year, by which they turn titles away.

    ``used`` stages this week.
    """
    state.fullness += (used / world.stage_capacity - state.fullness) / REMEMBERED


def place_appeal(state: State, policy: Policy, world: World) -> Appeal:
    """What speaks for each place this week: cost, habit, room on the stages and incentives."""
    places, params = world.places, world.params.location
    returned = location.incentives(state.week)
    returned[places.names.index("georgia")] *= params.georgia
    cost = location.cost_ratios(places.cost, places.drift, years_since_start(state.week), params.drift_scale)
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
    return Appeal(plain, credited, resident, net, cost)


def counted(made_with: WithAi, policy: Policy) -> np.ndarray:
    """What the California credit counts of each idea's cost, before the share of a budget that qualifies; of its usual
    cost.
    """
    return 1.0 - made_with.saving - (1.0 - policy.credit_counts_ai) * made_with.spend


def lost_at_home(ideas: Ideas, made_with: WithAi, rate: float, policy: Policy, world: World) -> np.ndarray:
    """What home loses of its appeal to each idea, log points, because the credit does not count all spend on AI, or
    only what is below the cap of a title.

    ``rate`` share of what counts that it returns.
    """
    usual = world.kinds.budget[ideas.kind] * CENTS * ideas.size * world.params.green_light.cost_index
    counts = np.maximum(0.0, policy.credit_base_share * counted(made_with, policy))
    counts = np.minimum(counts, policy.credit_title_cap_usd * CENTS / usual)
    cost = np.maximum(LEAST_COST, 1.0 - made_with.saving)
    shares = policy.credit_base_share, counts / cost
    full, part = (np.log(np.maximum(LEAST_COST, 1.0 - rate * each)) for each in shares)
    return world.params.location.cost_sensitivity * (part - full)


def nearer(made_with: WithAi, cost: np.ndarray) -> np.ndarray:
    """Cost of each title in each place relative to what it would be if AI saved the same part of it everywhere,
    (titles, places). Equation 74.

    A place is cheaper by a gap, part of it in crews' pay; where AI does crews' work less of that part is left.
    """
    return 1.0 + (1.0 - 1.0 / cost)[None, :] * (made_with.gap - 1.0)[:, None]


def choose_sites(ideas: Ideas, made_with: WithAi, appeal: Appeal, policy: Policy, world: World, studios: list
                 ) -> Sites:
    """The best place for each idea: by the common rule, by what was promised, or by its studio's own decision."""
    against = location.distastes(ideas.uid, world.places.n, world.seed)
    closer = nearer(made_with, appeal.cost)
    against += world.params.location.cost_sensitivity * np.log(closer)
    covered = policy.credit_covers[ideas.kind]
    rate, rise = policy.credit_rate, policy.credit_resident
    pays = rise * policy.credit_base_share * counted(made_with, policy) > made_with.stays
    stays = pays & (made_with.ai != 0) & covered
    place = location.choose_place(ideas.kind, appeal.plain, against)
    credited = place.copy()
    less = world.places.at_home * lost_at_home(ideas, made_with, rate, policy, world)[:, None]
    if stays.any():
        less[stays, production.LOS_ANGELES] = lost_at_home(ideas, made_with, rate + rise, policy, world)[stays]
    against = against + less
    for with_credit, asking in ((appeal.credited, ~stays), (appeal.resident, stays)):
        asks = (covered & asking).nonzero()[0]
        credited[asks] = location.choose_place(ideas.kind[asks], with_credit, against[asks])
    place[made_with.promised] = credited[made_with.promised] = production.LOS_ANGELES
    for own, wish in wishes(studios, "choose_place", ideas, lambda own: (appeal.plain,)):
        place[own] = credited[own] = wish
    at = np.arange(ideas.uid.size)
    net, net_credited = (appeal.net[ideas.kind, each] * closer[at, each] for each in (place, credited))
    return Sites(place, credited, stays & (credited == production.LOS_ANGELES), net, net_credited)
