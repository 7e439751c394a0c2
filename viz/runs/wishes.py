"""What can be asked for: a world to look into, a life in it, a pair of worlds held against each other, and their keys.

A key is a digest of everything that moves the result, so that the same settings are never run twice.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from experiments.lives.week_by_week import kept_at
from experiments.posterior_futures import at_draw
from model.digest import model_digest
from model.scenario import Scenario
from viz.shown import columns

LAYOUT = "2"  # grows when the files of a result change
LOOKED_INTO = 0  # the future that is played, with everyone's life
WORLD, PAIR, LIFE = "world", "pair", "life"
KEY_LENGTH = 32


@dataclass(frozen=True)
class World:
    """One future of a scenario; ``watched`` if it is to be played on the page, with its events kept."""

    scenario: Scenario
    future: int = LOOKED_INTO
    watched: bool = True

    kind = WORLD

    @cached_property
    def key(self) -> str:
        """Its name in the store."""
        return key_of(WORLD, replace(self.scenario, futures=1).identity(), str(self.future), str(self.watched))


@dataclass(frozen=True)
class Life:
    """The weeks of one worker with their money, in the world of a scenario that is played."""

    scenario: Scenario
    row: int

    kind, watched = LIFE, True

    @cached_property
    def key(self) -> str:
        """Its name in the store."""
        return key_of(LIFE, replace(self.scenario, futures=1).identity(), str(self.row))

    @property
    def place(self) -> Path:
        """Where it is kept."""
        return kept_at(self.scenario, self.row, LOOKED_INTO)


@dataclass(frozen=True)
class Pair:
    """One future of two scenarios that share all chance; ``against`` None for a world without a comparison. With
    ``drawn`` both worlds take the future's draw of what the past leaves open of the market.
    """

    scenario: Scenario
    against: Scenario | None
    future: int = LOOKED_INTO
    drawn: bool = False

    kind = PAIR

    @property
    def watched(self) -> bool:
        """Whether both worlds are those that the page plays."""
        return self.future == LOOKED_INTO and not self.drawn

    @cached_property
    def mine(self) -> World:
        """The world of the scenario."""
        return self._world(self.scenario)

    @cached_property
    def other(self) -> World | None:
        """The world it is held against."""
        return None if self.against is None else self._world(self.against)

    def _world(self, scenario: Scenario) -> World:
        return World(at_draw(scenario, self.future) if self.drawn else scenario, self.future, self.watched)

    @cached_property
    def key(self) -> str:
        """Its name in the store."""
        return key_of(PAIR, self.mine.key, self.other.key if self.other else "alone")


def key_of(*parts: str) -> str:
    """Thirty-two hex digits for a kind of result and what it comes from."""
    text = "\n".join((model_digest(), LAYOUT, *columns(), *parts))
    return hashlib.sha256(text.encode()).hexdigest()[:KEY_LENGTH]


Wish = World | Pair | Life
