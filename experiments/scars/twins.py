"""A second market in the same state, on the same chance: what is changed in it afterwards is all that differs."""

from __future__ import annotations

import numpy as np

from model.market import LaborMarket
from model.state.state import State
from model.verbs import rules_in_force
from model.vocabulary import Status


def twin_of(market: LaborMarket) -> LaborMarket:
    """A market of its own that goes on, week for week, exactly as ``market`` would (tested).

    Studios with decisions of their own are not taken along: those of the model are used.
    """
    world = market.world
    twin = LaborMarket(world.params, world.levers, world.seed, world.scale, world.without, history=False)
    twin.state.load({name: values.copy() for name, values in market.state.arrays().items()})
    week = twin.state.week - 1
    twin.state.now = rules_in_force(twin.world.policy(week), twin.world, week)
    return twin


def pay_of_week(state: State) -> np.ndarray:
    """Cents that each worker earned in the week that was, (rows,); nothing for those not on a call."""
    crew, status = state.people.records, state.people.status
    crew = crew[: status.size]
    return np.where(status == Status.ON_CALL, crew["wage"].astype(float) * crew["days"], 0.0)
