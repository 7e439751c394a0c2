"""The verbs of the week: each takes a mechanism's pure core to the state and says in the ledger what it did."""

from __future__ import annotations

import numpy as np

from model import rng, tables
from model.calendar import WEEKS_A_YEAR
from model.mechanisms import (
    coverage,
    income,
    matching,
    mobility,
    production,
    referral,
    search,
    separations,
    sites,
    slates,
    vacancies,
    wages,
)
from model.policy import Policy
from model.state import plain, population
from model.state.flows import Flows
from model.state.now import money_terms
from model.state.state import State
from model.vocabulary import WORKING_STAGES, Stage, Status, Stream
from model.world import World

USUAL_OVER = 104.0  # weeks over which what counts as usual tightness is formed
_NORM_SPEED = 1.0 / USUAL_OVER
PAY_STEP, MOOD_STEP = 3, 1  # decimals: overscale moves in tenths of a percent, and what people make of
# tightness in tenths, so that one person more or less does not stir every wage and every decision
MOODS = 0.25, 3.0  # how far people take the market to be from the usual, at least and at most
SETTLED = -52  # until this week of the burn-in nobody leaves, comes or spends: productions are filling up


def rules_in_force(policy: Policy, world: World, week: int) -> np.ndarray:
    """This week's rules of a working life, parameters and policy together, as the record ``now`` of kernels."""
    now = plain.copied(world.life_rules)
    now["seed"], now["week"] = world.seed, week
    now["benefit_max"], now["benefit_topup"] = policy.benefit_weekly_max_cents, policy.benefit_topup_cents
    now["benefit_weeks"] = policy.benefit_weeks
    if policy.wage_insurance_weeks > 0:
        now["wage_insurance"] = round(policy.wage_insurance * wages.PER_MILLE)
        now["wage_insurance_weeks"] = policy.wage_insurance_weeks
    now["health_enter"], now["health_keep"] = policy.health_hours_enter, policy.health_hours_keep
    return now


def settle_before_new_terms(state: State, policy: Policy, world: World) -> None:
    """When the terms of pay or benefits change, everyone is settled under the old ones first."""
    now = rules_in_force(policy, world, state.week)
    changed = (money_terms(now) != money_terms(state.now)).any()
    if changed:
        settle_everyone(state)
    state.now = now
    if changed:
        income.foresee_everyone(state.people, now)
    state.scale_cents[:] = world.scale_cents(state.week)


def settle_everyone(state: State) -> None:
    """Bring every worker's money and time up to the end of last week, on the terms in force until then."""
    income.settle_everyone(state.people, state.week, state.now, state.log)


def halt_productions(state: State, world: World) -> int:
    """Strikes and shutdowns stop what they stop, and buyers know which kinds are stalled."""
    production.begin_week(state.titles, state.order)
    stops = world.stops(state.week)
    if not stops and not state.any_halted:
        state.stalled[:] = 0.0
        return 0
    stages = np.array([shock.stages for shock, _ in stops], bool).reshape(-1, len(WORKING_STAGES))
    kinds = np.array([shock.kinds for shock, _ in stops], bool).reshape(-1, world.kinds.n)
    severity = np.array([value for _, value in stops], float)
    stopped = production.halt(state.titles, state.order, world.seed, stages, kinds, severity)
    if stopped:
        lost = world.params.production.lost_in_halts
        production.lose_weeks(state.titles, state.order, world.seasons, lost, world.seed, state.week)
    making = stages[:, Stage.PREP] | stages[:, Stage.SHOOT]
    state.stalled[:] = (kinds * (severity * making)[:, None]).max(axis=0, initial=0.0)
    state.tell(any_halted=int(stopped > 0))
    return stopped


def green_light(state: State, flows: Flows, world: World, studios: list) -> dict[str, np.ndarray]:
    """Studios choose their slates and where to make them."""
    sites.remember_fullness(state, flows.stages_used, world)
    return slates.green_light_titles(state, flows.policy, world, studios, flows.displaced)


def advance_productions(state: State, flows: Flows, world: World) -> None:
    """Development, prep, shoot, post: a week's work on every title that is not stopped, and what is shot in it."""
    flows.leaving, flows.delivered, flows.waiting = production.advance(
        state.board, state.order, world.usual, world.kinds.stages, world.stage_capacity, state.technique, state.rates,
        world.writes_books(state.week), world.seed)
    _, flows.shoot_days, flows.stages_used, flows.shoots_by_district = production.shooting(
        state.titles, state.order, world.kinds.n, world.kinds.shoot_days, world.kinds.stages, tables.districts().n)


def separate(state: State, flows: Flows, world: World) -> None:
    """Wraps and layoffs; titles that are done leave the list."""
    flows.wrapped, flows.laid_off = separations.end_calls(
        state.people, state.board, state.order, state.known_heads, world.kept_in_halts, state.now, state.log)
    state.drop(flows.leaving)


def post_vacancies(state: State, flows: Flows) -> np.ndarray:
    """Post what the calls lack; returns the open calls, (n, 2) production row and craft."""
    posted = vacancies.post(state.titles, state.calls, state.order)
    flows.posted = vacancies.count_open(state.calls, posted)
    return posted


def call_known_crew(state: State, posted: np.ndarray, flows: Flows, world: World) -> None:
    """Heads of department fill what they can by phone."""
    state.rates = wages.day_rates(state.scale_cents, world.kinds.tier, np.round(state.overscale, PAY_STEP))
    flows.by_referral = referral.call_known_crew(
        state.people, state.board, state.known_heads, posted, state.rates, world.kinds.days, world.way_to_work,
        state.now, state.log)


def search_and_match(state: State, posted: np.ndarray, flows: Flows, world: World) -> None:
    """The rest is an open call: one application each, one hire per vacancy that got any."""
    people = state.people
    searchers, flows.searchers = search.list_idle(people.status, people.craft, world.crafts.n)
    flows.open = open_by_craft = vacancies.count_open(state.calls, posted)
    first, rows, pay, where = vacancies.list_vacancies(state.titles, state.calls, posted, open_by_craft, state.rates)
    cumulative = search.attraction(world.ties, open_by_craft)
    n = searchers.size
    target, wage, rank = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.uint32)
    flows.declined = search.apply_to_open_call(people, searchers, cumulative, first, pay, where, world.way_to_work,
                                               state.now, target, wage, rank)
    chosen = matching.choose(target, rank, rows.size)
    flows.by_open_call = matching.hire(people, state.board, chosen, searchers, wage, first, rows, world.kinds.days,
                                       state.now, state.log)
    flows.unfilled = vacancies.count_open(state.calls, posted)


def adjust_wages(state: State, flows: Flows, world: World) -> None:
    """Overscale follows tightness; what is usual follows slowly. Equation 38."""
    w = world.params.wages
    tightness = flows.tightness
    if state.week <= SETTLED:
        state.usual_tightness = tightness.copy()
    state.usual_tightness += _NORM_SPEED * (tightness - state.usual_tightness)
    state.overscale = wages.overscale_next(state.overscale, tightness, state.usual_tightness, w.slope, w.overscale,
                                           w.speed, w.ceiling)


def review_coverage(state: State, flows: Flows) -> None:
    """Health hours are counted for those whose half-year ends."""
    flows.coverage = coverage.review_coverage(state.people, state.now, state.log)


def change_course(state: State, flows: Flows, world: World) -> None:
    """Quits, exits, returns, and newcomers."""
    if state.week < SETTLED:
        return
    relative = np.round((flows.tightness + wages.NEARLY_NONE) / (state.usual_tightness + wages.NEARLY_NONE), MOOD_STEP)
    flows.quits, flows.exits, flows.returns = mobility.take_stock(
        state.people, state.board, np.clip(relative, *MOODS), state.now, state.log)
    usual = world.crafts.share * world.params.population.attached * world.scale
    luck = rng.uniforms(world.seed, int(Stream.ENTRY), state.week, np.arange(world.crafts.n))
    m = world.params.mobility
    answered = flows.unfilled * (np.arange(world.crafts.n) != world.ai_craft)  # AI is learned at work or in courses
    per_craft = mobility.entrants(usual, answered, relative, m.entry / WEEKS_A_YEAR, m.entry_answer, luck)
    flows.entries = int(per_craft.sum())
    if flows.entries:
        rows = population.welcome(state, per_craft, world)
        mobility.note_entries(rows.start, rows.stop, state.log)


def count(state: State, flows: Flows, world: World) -> None:
    """The week's stocks: people and days on calls, who is idle."""
    kinds = world.kinds
    districts = tables.districts().n
    flows.people, flows.days, flows.payroll, flows.areas, flows.work_by_district = production.count_work(
        state.board, state.order, kinds.n, kinds.days, tables.areas(), districts, world.writes_books(state.week))
    people = state.people
    by_craft, by_home = production.count_people(people.status, people.craft, people.home, len(Status), world.crafts.n,
                                                districts)
    flows.idle, flows.on_call = by_craft[Status.IDLE], by_craft[Status.ON_CALL]
    flows.home_idle, flows.home_on_call = by_home[Status.IDLE], by_home[Status.ON_CALL]
