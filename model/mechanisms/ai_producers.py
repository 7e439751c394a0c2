"""The AI-first producer as an agent: what it announced, what it lives on, and how it makes its own titles."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.mechanisms.green_light import Ideas
from model.mechanisms.studios import Studio
from model.state.technique import EVERY_AREA
from model.vocabulary import Entrant


class Announced(NamedTuple):
    """What it says of itself: claims, which nothing in the model makes true. Shares."""

    saving: float  # of a budget
    shoot_cut: float  # of shooting time
    la_share: float  # of its titles made in Los Angeles


class AIFirstProducer(Studio):
    """A producer that uses AI in every stage from its first day, for titles of its own and as a service to studios.

    It lives on capital raised while investors believe in what it announced, and on what its titles bring in. In
    the world in which the entrant is a traditional one it has the same money and makes its titles as others do.
    """

    @property
    def announced(self) -> Announced:
        """Its claims, to be shown beside what is realised."""
        said = self.model.world.params.ai_producer
        return Announced(said.announced_saving, said.announced_shoot_cut, said.promised_la_share)

    @property
    def account(self) -> np.void:
        """Its record in the state, a live view: entry, capital, belief, cents raised, earned and spent."""
        return self.model.state.producers[self.code - self.model.world.ai_firms[0]]

    @property
    def active(self) -> bool:
        """Whether it has entered and not failed."""
        return bool(self.account["active"])

    @property
    def belief(self) -> float:
        """Saving that its investors believe in, share of a budget."""
        return float(self.account["belief"])

    def use_ai(self, ideas: Ideas) -> np.ndarray:
        """Every stage of every title, in a world whose entrant is an AI-first one."""
        ai_first = self.model.world.entrant == Entrant.AI_FIRST
        return np.full(ideas.uid.size, EVERY_AREA if ai_first else 0, np.uint8)
