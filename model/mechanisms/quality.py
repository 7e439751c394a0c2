"""Quality of what is made: by people of some skill, and by tools of some capability."""

from __future__ import annotations

import numpy as np


def quality(skill: float, automated: float, capability: float, from_skill: float) -> float:
    """Quality of a year's work, in [0, 1]: the crew's mean skill, and how well the rest is done. Equation 58.

    ``skill`` of those who work, ``automated`` share of the work that AI does, ``capability`` of the tools on it;
    ``from_skill`` is the weight of skill. What is not automated is done as well as it always was. Nothing follows
    from it in the model but the figure: what audiences make of AI is a parameter of its own.
    """
    return from_skill * skill + (1.0 - from_skill) * (1.0 - automated * (1.0 - capability))


def worth_left(done: np.ndarray, resistance: float) -> np.ndarray:
    """Share of its worth that audiences leave a title, which they resent for as much of it as AI made.

    ``done`` (titles,) share of the work that AI does, ``resistance`` the share lost by a title made by AI alone.
    """
    return 1.0 - resistance * done
