"""Studios take up AI: slowly at first, then because others do, and only as far as it pays."""

from __future__ import annotations

from functools import cache

import numpy as np

from model import rng
from model.calendar import WEEKS_A_YEAR
from model.kernels import maker
from model.vocabulary import Stream

MOST_PACE = 2.0  # times the pace of the curve, whatever the saving
_ADOPTION, _SUITED, _SERVICE = int(Stream.ADOPTION), int(Stream.SUITED), int(Stream.SERVICE)


def adoption_next(adopted: np.ndarray, peers: np.ndarray, innovation: float, imitation: float, ceiling: float,
                  pace: np.ndarray) -> np.ndarray:
    """Share of suited titles made with AI a week later, (firms, areas). Equation 49.

    Bass: what is left of the ceiling is taken up by a firm's own push and by the pull of ``peers`` (areas,), at
    ``pace`` (areas,), which is 1 where profit has no say.
    """
    push = (innovation + imitation * peers) * pace / WEEKS_A_YEAR
    return np.maximum(adopted, adopted + push * np.maximum(0.0, ceiling - adopted))


def pace_of(saving: float, feedback: float, full: float) -> float:
    """How fast firms adopt what saves a share ``saving`` of a budget, relative to the curve, at whose pace they adopt
    what saves a share ``full``. Equation 59.
    """
    if feedback == 0.0:
        return 1.0
    return float(min(MOST_PACE, (max(0.0, saving) / full) ** feedback))


def suits(uid: np.ndarray, kind: np.ndarray, suited: np.ndarray, seed: int) -> np.ndarray:
    """Which titles suit AI, booleans; a title's own and permanent."""
    return rng.uniforms(seed, _SUITED, 0, uid) < suited[kind]


@cache
def areas_open(use_by_stage: tuple[float, ...]) -> np.uint8:
    """Set of areas in which AI is in use at all, bits: elsewhere titles neither need a cloud nor meet resistance.

    ``use_by_stage`` (areas,) how much of what AI could do is taken up, shares.
    """
    return np.uint8(sum(1 << area for area, use in enumerate(use_by_stage) if use > 0.0))


@maker
def areas_used(uid, suited, owner, adopted, seed):
    """Set of areas in which each title uses AI, bits, of those that are ``suited``; ``adopted`` (firms, areas) shares,
    of which its ``owner``'s count.
    """
    used = np.zeros(uid.size, np.uint8)
    for area in range(adopted.shape[1]):
        k = rng.key(seed, _ADOPTION, area)
        for n in range(uid.size):
            if suited[n] and rng.uniform(k, uid[n]) < adopted[owner[n], area]:
                used[n] |= 1 << area
    return used


@maker
def served(uid, reach, seed):
    """Which AI-first producer each title is made with as a service, -1 for none; ``reach`` (producers,) shares."""
    k = rng.key(seed, _SERVICE, 0)
    nth = np.full(uid.size, -1)
    for n in range(uid.size):
        luck = rng.uniform(k, uid[n])
        up_to = 0.0
        for producer in range(reach.size):
            up_to += reach[producer]
            if luck < up_to:
                nth[n] = producer
                break
    return nth
