"""Quality of what is made: by people of some skill, and by tools of some capability."""

from __future__ import annotations

import numpy as np

from model.vocabulary import Area


def quality(skill: float, automated: float, capability: float, from_skill: float) -> float:
    """Quality of a year's work, in [0, 1]: the crew's mean skill, and how well the rest is done. Equation 58.

    ``skill`` of those who work, ``automated`` share of the work that AI does, ``capability`` of the tools on it;
    ``from_skill`` is the weight of skill. What is not automated is done as well as it always was. Nothing follows
    from it in the model but the figure: what audiences make of AI is a parameter of its own.
    """
    return from_skill * skill + (1.0 - from_skill) * (1.0 - automated * (1.0 - capability))


def worth_left(ai: np.ndarray, resistance: float) -> np.ndarray:
    """Share of its worth that audiences leave a title made with AI in some areas: they resent each alike.

    ``ai`` (titles,) sets of areas, ``resistance`` the share lost by a title made with AI in all of them.
    """
    used = (ai[:, None] >> np.arange(len(Area))) & 1
    return 1.0 - resistance * (used.sum(axis=1) / len(Area))
