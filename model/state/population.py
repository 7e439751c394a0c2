"""Who is there in the first week, and what a newcomer brings."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from model import rng, tables
from model.parameters import Params
from model.state.crew import Crew
from model.state.events import Entry
from model.state.in_kernels import people_of
from model.state.newcomers import arrive, traits
from model.state.state import State
from model.vocabulary import Stream


class Setting(Protocol):
    """What the population has to know of the world it lives in, which is made above it."""

    params: Params
    crafts: tables.Crafts
    kinds: tables.Kinds
    firms: tables.Firms
    seed: int
    scale: float
    first_week: int

    def scale_cents(self, week: int) -> np.ndarray:
        """Scale in force, cents a day by craft."""


BENEFIT_WEEKS, LAST_WAGE = 26, 0.9  # with which the first workforce begins; the wage relative to scale
INSURED = 0.5  # share of them with a health plan, in crafts that have one
LONGEST_CAREER, MOST_OF_CAREERS = 45.0, 0.98  # years; how far into the tail of the exponential careers reach
_CAREER, _SAVINGS, _INSURED = 10, 11, 12  # purposes of chance


def plant(world: Setting) -> State:
    """The market in the first week of the burn-in: everyone attached and idle, nothing in production."""
    params, crafts = world.params, world.crafts
    per_craft = largest_remainders(crafts.share * params.population.attached * world.scale)
    n = int(per_craft.sum())
    crew = Crew(int(n * 2.2) + 1024)
    state = State(crew, world.firms.n, world.kinds.n, crafts.n, world.divisions)
    state.week = world.first_week
    state.scale_cents[:] = world.scale_cents(world.first_week)
    state.overscale[:] = params.wages.overscale
    rows = crew.add(n)
    crew.uid[rows] = np.arange(n)
    crew.craft[rows] = np.repeat(np.arange(crafts.n, dtype=np.uint8), per_craft)
    traits(people_of(crew), rows.start, rows.stop, living_costs(state, world), tables.districts().homes_up_to,
           world.seed, state.week)
    u = [rng.uniforms(world.seed, int(Stream.POPULATION), which, crew.uid[rows]) for which in (_CAREER, _INSURED)]
    years = -params.population.career_years * np.log(1.0 - MOST_OF_CAREERS * u[0])
    crew.days_worked[rows] = np.minimum(years, LONGEST_CAREER) * params.population.career_days
    crew.insured[rows] = (u[1] < INSURED) & crafts.covered[crew.craft[rows]]
    endow(state, world)
    crew.spell_wage[rows] = np.rint(state.scale_cents[crew.craft[rows]] * LAST_WAGE)
    crew.benefit_weeks[rows] = BENEFIT_WEEKS
    state.tell(last_attached=n)
    state.refresh()
    return state


def endow(state: State, world: Setting) -> None:
    """Savings of the first workforce, in weeks of living, even from none to twice the mean."""
    crew = state.crew
    u = rng.uniforms(world.seed, int(Stream.POPULATION), _SAVINGS, crew.uid)
    crew.savings[:] = (2.0 * world.params.population.savings_weeks * u * crew.living).astype(np.int64)


def welcome(state: State, per_craft: np.ndarray, world: Setting) -> slice:
    """Newcomers, ``per_craft`` of each craft, arrive idle with a little money and no experience.

    The k-th newcomer of a craft is the same person in every world, whenever they come.
    """
    crew = state.crew
    rows = crew.add(int(per_craft.sum()))
    brought = arrive(people_of(crew), rows.start, per_craft, state.serial, living_costs(state, world),
                     world.params.population.savings_weeks, tables.districts().homes_up_to, world.seed, state.week)
    state.ledger[Entry.ENDOWED] += brought
    state.refresh()
    return rows


def living_costs(state: State, world: Setting) -> np.ndarray:
    """Usual cost of living, cents a week by craft, by what a newcomer to the craft takes home."""
    week = state.scale_cents * 5 * world.params.income.take_home / 1000.0
    return np.rint(week * world.params.income.living)


def largest_remainders(expected: np.ndarray) -> np.ndarray:
    """Whole numbers nearest to ``expected`` whose sum is the rounded sum; ties go to the first.

    Equation 37.
    """
    floor = np.floor(expected)
    short = int(round(expected.sum() - floor.sum()))
    order = np.argsort(floor - expected, kind="stable")
    floor[order[:short]] += 1
    return floor.astype(np.int64)
