"""The week: what happens in the Los Angeles screen labor market between one Monday and the next."""

from __future__ import annotations

from model import accounts
from model.ai_verbs import (
    adopt,
    advance_providers,
    close_books,
    close_year,
    raise_capital,
    renew_technique,
    retrain,
    settle_titles,
    spend_week,
)
from model.state.flows import Flows
from model.state.state import State
from model.verbs import (
    adjust_wages,
    advance_productions,
    call_known_crew,
    change_course,
    count,
    green_light,
    halt_productions,
    post_vacancies,
    review_coverage,
    search_and_match,
    separate,
    settle_before_new_terms,
)
from model.world import World


def step(state: State, world: World, studios: list) -> Flows:
    """One week of the Los Angeles screen labor market, in the order in which it happens."""
    policy = world.policy(state.week)  # law, contracts and levers of this week
    flows = Flows(state.week, policy)
    settle_before_new_terms(state, policy, world)

    # What AI can do, what stands still, who pays for AI and who uses it
    renew_technique(state, policy, world)
    flows.stopped = halt_productions(state, world)
    advance_providers(state, policy, flows, world)
    raise_capital(state, policy, flows, world)
    adopt(state, flows, world)

    # How far productions are, whose work is done, and what gets made next, and where
    close_year(state, flows, world)
    advance_productions(state, flows, world)
    settle_titles(state, flows, world)
    close_books(state, flows, world)
    separate(state, flows, world)
    flows.greenlit = green_light(state, flows, world, studios)

    # Who is needed, and who is found
    posted = post_vacancies(state, flows)
    call_known_crew(state, posted, flows, world)
    search_and_match(state, posted, flows, world)

    # What the work pays, who stays covered, who stays at all
    adjust_wages(state, flows, world)
    review_coverage(state, flows)
    retrain(state, policy, flows, world)
    change_course(state, flows, world)

    spend_week(state, world)
    count(state, flows, world)
    accounts.close(state, flows)  # every head accounted for; days and pay are once a year
    accounts.close_public(state)  # and every cent that the public pays
    return flows
