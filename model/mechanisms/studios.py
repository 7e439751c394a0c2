"""Studios as agents that own their decisions: what to make, where, with what crew, and with how much AI.

Most studios decide alike, by the rules of ``green_light`` and ``location``; for those the week asks the rule
once for all. A subclass that overrides a decision is asked itself, and only about its own ideas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import mesa
import numpy as np

from model.mechanisms.green_light import Ideas


class Studio(mesa.Agent):
    """One studio-class firm. ``code`` is its row in ``seeds/firms.csv`` and in the purses of the state."""

    def __init__(self, model: mesa.Model, code: int, name: str, label: str, firm_class: str) -> None:
        super().__init__(model)
        self.code, self.name, self.label, self.firm_class = code, name, label, firm_class

    @property
    def purse(self) -> np.ndarray:
        """Cents it has for each kind of production, a live view."""
        return self.model.state.purse[self.code]

    @property
    def slate(self) -> np.ndarray:
        """Production rows of its titles in hand."""
        order, firm = self.model.state.order, self.model.state.productions.firm
        return order[firm[order] == self.code]

    @property
    def titles(self) -> int:
        """How many titles it has in hand."""
        return self.slate.size

    def remove(self) -> None:
        """Leave the model's agents, and decide nothing from now on: the firm goes on by the common rules."""
        super().remove()
        if self in self.model.studios:
            self.model.studios.remove(self)

    def choose_slate(self, ideas: Ideas, costs: np.ndarray) -> np.ndarray | None:
        """Which of its ideas to green-light, booleans, given their costs in cents; None: by the common rule."""
        return None

    def choose_place(self, ideas: Ideas, appeal: np.ndarray) -> np.ndarray | None:
        """Where to make each of its ideas, place codes, given (kind, place) appeal; None: by the common rule."""
        return None

    def use_ai(self, ideas: Ideas) -> np.ndarray | None:
        """Areas of work in which each of its ideas uses AI, sets of bits; None: as far as it has adopted AI."""
        return None

    def staff(self, ideas: Ideas) -> np.ndarray | None:
        """Size of the crews of each of its ideas, should it be made, relative to usual; None: as usual."""
        return None


def wishes(studios: list[Studio], decision: str, ideas: Ideas, given: Callable[[np.ndarray], tuple] = lambda own: ()
           ) -> Iterator[tuple[np.ndarray, Any]]:
    """(which ideas, what it wants of them) for each studio that takes a decision its own way and has a wish.

    ``decision`` is the name of the method, ``given`` what else it is told of the ideas picked by a mask.
    """
    common = getattr(Studio, decision)
    own_way = {kind for kind in set(map(type, studios)) if getattr(kind, decision) is not common}
    for studio in studios if own_way else ():
        if type(studio) not in own_way:
            continue
        own = ideas.firm == studio.code
        if not own.any():
            continue
        wish = getattr(studio, decision)(ideas.of(own), *given(own))
        if wish is not None:
            yield own, wish
