"""Who is there in the first week, and what a newcomer brings."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from model import rng, tables
from model.parameters import Params
from model.state.crew import Crew
from model.state.events import Entry
from model.state.state import State
from model.vocabulary import Status, Stream


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


NEWCOMERS = 1 << 24  # identities of newcomers begin here, above every row of the first week
_BENEFIT_WEEKS = 26


def plant(world: Setting) -> State:
    """The market in the first week of the burn-in: everyone attached and idle, nothing in production."""
    params, crafts = world.params, world.crafts
    per_craft = largest_remainders(crafts.share * params.population.attached * world.scale)
    n = int(per_craft.sum())
    crew = Crew(int(n * 2.2) + 1024)
    state = State(crew, world.firms.n, world.kinds.n, crafts.n)
    state.week = world.first_week
    state.scale_cents[:] = world.scale_cents(world.first_week)
    state.overscale[:] = params.wages.overscale
    rows = crew.add(n)
    crew.uid[rows] = np.arange(n)
    crew.craft[rows] = np.repeat(np.arange(crafts.n, dtype=np.uint8), per_craft)
    _traits(state, rows, world)
    u = [rng.uniforms(world.seed, int(Stream.POPULATION), 10 + k, crew.uid[rows]) for k in (0, 2)]
    years = -params.population.career_years * np.log(1.0 - 0.98 * u[0])
    crew.days_worked[rows] = np.minimum(years, 45.0) * params.population.career_days
    crew.insured[rows] = (u[1] < 0.5) & crafts.covered[crew.craft[rows]]
    endow(state, world)
    crew.spell_wage[rows] = np.rint(state.scale_cents[crew.craft[rows]] * 0.9)
    crew.benefit_weeks[rows] = _BENEFIT_WEEKS
    state.tell(last_attached=n)
    state.refresh()
    return state


def endow(state: State, world: Setting) -> None:
    """Savings of the first workforce, in weeks of living, even from none to twice the mean."""
    crew = state.crew
    u = rng.uniforms(world.seed, int(Stream.POPULATION), 11, crew.uid)
    crew.savings[:] = (2.0 * world.params.population.savings_weeks * u * crew.living).astype(np.int64)


def welcome(state: State, per_craft: np.ndarray, world: Setting) -> slice:
    """Newcomers, ``per_craft`` of each craft, arrive idle with a little money and no experience.

    The k-th newcomer of a craft is the same person in every world, whenever they come.
    """
    crew, n = state.crew, int(per_craft.sum())
    rows = crew.add(n)
    craft = np.repeat(np.arange(per_craft.size), per_craft)
    nth = np.arange(n) - np.repeat(np.cumsum(per_craft) - per_craft - state.serial, per_craft)
    state.serial += per_craft
    crew.uid[rows] = NEWCOMERS + nth * 32 + craft
    crew.craft[rows] = craft
    crew.entered[rows] = crew.since[rows] = crew.settled[rows] = state.week
    _traits(state, rows, world)
    u = rng.uniforms(world.seed, int(Stream.POPULATION), 13, crew.uid[rows])
    crew.savings[rows] = (world.params.population.savings_weeks * u * crew.living[rows]).astype(np.int64)
    weeks = -(-crew.savings[rows] // np.maximum(1, crew.living[rows]))
    crew.broke[rows] = np.minimum(32767, state.week + weeks)
    state.ledger[Entry.ENDOWED] += int(crew.savings[rows].sum())
    state.refresh()
    return rows


def _traits(state: State, rows: slice, world: Setting) -> None:
    """Talent, home district and usual living cost: constant, and the same person's in every world."""
    crew = state.crew
    uid = crew.uid[rows]
    crew.talent[rows] = rng.uniforms(world.seed, int(Stream.POPULATION), 1, uid)
    home = rng.uniforms(world.seed, int(Stream.POPULATION), 2, uid)
    crew.district[rows] = rng.in_shares(tables.districts().homes_up_to, home)
    week = state.scale_cents[crew.craft[rows]] * 5 * world.params.income.take_home / 1000.0
    crew.living[rows] = np.rint(week * world.params.income.living)
    crew.status[rows] = Status.IDLE
    if state.week < 0:
        crew.entered[rows] = crew.since[rows] = crew.settled[rows] = state.week


def largest_remainders(expected: np.ndarray) -> np.ndarray:
    """Whole numbers nearest to ``expected`` whose sum is the rounded sum; ties go to the first.

    Equation 37.
    """
    floor = np.floor(expected)
    short = int(round(expected.sum() - floor.sum()))
    order = np.argsort(floor - expected, kind="stable")
    floor[order[:short]] += 1
    return floor.astype(np.int64)
