"""The four worlds of one future at one parameter point, run from the announcement on.

Before the announcement every world is the same and no parameter of AI is read, so a history is run once for each future
and each way the market may be, and its state lent to every world. The world without AI is the same at every point of a
market, too, and is kept.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from experiments.runners.kept import kept_world
from model.calendar import monday
from model.recording import Recording
from model.scenario import Scenario
from model.simulate import ONLY_WHERE_WORLDS_PART, simulate
from model.world import WORLDS_PART

WEEKS = 520  # ten years
WORLDS: dict[str, dict[str, int]] = {
    "W0": {},
    "W1": {"worlds.entrant": 1},
    "W2": {"worlds.entrant": 2},
    "W3": {"worlds.entrant": 2, "worlds.incumbents": 1},
}


@dataclass(frozen=True)
class Chance:
    """Which future of which seed, at which scale."""

    seed: int
    future: int
    scale: float


class Worlds:
    """One future at one point: ``settings`` are parameters that differ from their middle. Each world is run
    when it is first asked for, so a measure costs the worlds it compares and no more.
    """

    def __init__(self, settings: Mapping[str, Any], chance: Chance) -> None:
        self.settings, self.chance = dict(settings), chance

    @property
    def market(self) -> dict[str, Any]:
        """The settings that are read before the announcement, too."""
        return {name: value for name, value in self.settings.items() if not name.startswith(ONLY_WHERE_WORLDS_PART)}

    @cached_property
    def w0(self) -> Recording:
        """No entrant and no new adoption."""
        _ = self.before  # leaves the state in which the worlds of this point part
        return _of_the_market(self.market, self.chance, WORLDS_PART, WORLDS_PART + WEEKS)

    @cached_property
    def w1(self) -> Recording:
        """An entrant with the same capital that works the traditional way."""
        return world({**self.settings, **WORLDS["W1"]}, self.chance)

    @cached_property
    def w2(self) -> Recording:
        """The AI-first entrant."""
        return world({**self.settings, **WORLDS["W2"]}, self.chance)

    @cached_property
    def w3(self) -> Recording:
        """The AI-first entrant, its imitators, and studios that adopt."""
        return world({**self.settings, **WORLDS["W3"]}, self.chance)

    @cached_property
    def before(self) -> Mapping[int, float]:
        """Crew-weeks of the calendar years before the announcement."""
        if self.market:
            return by_year(_of_the_market(self.market, self.chance, 0, WORLDS_PART))
        return before(self.chance)


def world(settings: Mapping[str, Any], chance: Chance) -> Recording:
    """Ten years of one world from the announcement on."""
    scenario = _scenario(chance, WORLDS_PART, WORLDS_PART + WEEKS).varied(set=dict(settings))
    recording = simulate(scenario, future=chance.future, keep_events=False)
    gc.collect()  # a market and its agents know each other
    return recording


@lru_cache
def before(chance: Chance) -> dict[int, float]:
    """Crew-weeks by calendar year from 2015 to the announcement, the market as assumed."""
    return by_year(_of_the_market({}, chance, 0, WORLDS_PART))


def _of_the_market(market: Mapping[str, Any], chance: Chance, first: int, end: int) -> Recording:
    """A stretch of the world without AI, kept, since several points ask for the same."""
    return kept_world(_scenario(chance, first, end).varied(set=dict(market)), chance.future)


def by_year(recording: Recording) -> dict[int, float]:
    """Crew-weeks in Los Angeles by calendar year, of the whole market."""
    year = recording.years
    worked = recording.series["on_call"].sum(axis=1) / recording.scale
    return {int(each): float(worked[year == each].sum()) for each in np.unique(year)}


def _scenario(chance: Chance, first: int, end: int) -> Scenario:
    return Scenario.named("baseline").varied(
        start=monday(first), until=monday(end), scale=chance.scale, seed=chance.seed, against="", futures=1
    )
