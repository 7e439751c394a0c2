"""The four worlds of one future at one parameter point, run from the announcement on.

Before the announcement every world is the same and no parameter of AI is read, so a future's history is run once
and its state lent to every point and world. The world without AI is the same at every point, too.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from model import checkpoints
from model.calendar import monday
from model.errors import CallSheetError
from model.recording import Recording
from model.rng import future_seed
from model.scenario import Scenario
from model.simulate import CHECKPOINT_EVERY, checkpoint_name, simulate
from model.world import WORLDS_PART

WEEKS = 520  # ten years
WORLDS: dict[str, dict[str, int]] = {
    "W0": {},
    "W1": {"worlds.entrant": 1},
    "W2": {"worlds.entrant": 2},
    "W3": {"worlds.entrant": 2, "worlds.incumbents": 1},
}
_WORLDS_KEPT = 8  # futures whose world without AI a process remembers


@dataclass(frozen=True)
class Chance:
    """Which future of which seed, at which scale."""

    seed: int
    future: int
    scale: float


class Worlds:
    """One future at one point: ``settings`` are parameters of AI that differ from their middle. Each world is run
    when it is first asked for, so a measure costs the worlds it compares and no more.
    """

    def __init__(self, settings: Mapping[str, Any], chance: Chance) -> None:
        self.settings, self.chance = dict(settings), chance

    @property
    def w0(self) -> Recording:
        """No entrant and no new adoption."""
        return _without_ai(self.chance)

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

    @property
    def before(self) -> Mapping[int, float]:
        """Crew-weeks of the calendar years before the announcement."""
        return before(self.chance)


def world(settings: Mapping[str, Any], chance: Chance) -> Recording:
    """Ten years of one world from the announcement on. Raises a sentence for a parameter of the years before."""
    early = next((name for name in settings if not name.startswith(("ai_", "worlds."))), None)
    if early is not None:
        raise CallSheetError(f"{early} acts before April 2026; points of claims differ in parameters of AI only.")
    scenario = _scenario(chance, WORLDS_PART, WORLDS_PART + WEEKS).varied(set=dict(settings))
    with _history_lent(scenario, chance):
        recording = simulate(scenario, future=chance.future, keep_events=False)
    gc.collect()  # a market and its agents know each other
    return recording


@lru_cache(_WORLDS_KEPT)
def _without_ai(chance: Chance) -> Recording:
    return world(WORLDS["W0"], chance)


@lru_cache
def before(chance: Chance) -> dict[int, float]:
    """Crew-weeks by calendar year from 2015 to the announcement; the state is kept on the way."""
    recording = simulate(
        _scenario(chance, 0, WORLDS_PART), future=chance.future, keep_events=False, keep_checkpoints=True
    )
    return by_year(recording)


def by_year(recording: Recording) -> dict[int, float]:
    """Crew-weeks in Los Angeles by calendar year, of the whole market."""
    year = recording.dates.astype("datetime64[Y]").astype(int) + 1970
    worked = recording.series["on_call"].sum(axis=1) / recording.scale
    return {int(each): float(worked[year == each].sum()) for each in np.unique(year)}


def _scenario(chance: Chance, first: int, end: int) -> Scenario:
    return Scenario.named("baseline").varied(
        start=monday(first), until=monday(end), scale=chance.scale, seed=chance.seed, against="", futures=1
    )


def _kept(scenario: Scenario, chance: Chance) -> Path:
    week = WORLDS_PART // CHECKPOINT_EVERY * CHECKPOINT_EVERY
    return checkpoints.folder() / f"{checkpoint_name(scenario, future_seed(chance.seed, chance.future), week)}.npz"


@contextmanager
def _history_lent(scenario: Scenario, chance: Chance) -> Iterator[None]:
    """While it lasts, the state before the announcement is found under the scenario's own name, too."""
    shared, mine = _kept(_scenario(chance, 0, WORLDS_PART), chance), _kept(scenario, chance)
    if not shared.exists():
        before.__wrapped__(chance)
    if mine.exists() or not shared.exists():  # its own, or a folder that takes no files: slower, not wrong
        yield
        return
    try:
        os.link(shared, mine)
    except OSError:  # no links on this disk, or another process was faster
        if not mine.exists():
            shutil.copyfile(shared, mine)
    try:
        yield
    finally:
        mine.unlink(missing_ok=True)
