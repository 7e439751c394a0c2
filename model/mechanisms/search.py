"""The open call: everyone who is idle answers one vacancy a week, in their craft or one near it.

The friction is the urn and the ball: applicants do not see each other, so some vacancies get many answers
and some get none. With wages and skill off this is exactly the search of the occupational mobility model
(del Rio-Chanona and others 2021, J. R. Soc. Interface 18:20200898), on which it is tested.
"""

from __future__ import annotations

import numpy as np
from numba import njit, uint64

from model import rng
from model.kernels import kernel
from model.mechanisms.referral import wage_if_content
from model.mechanisms.skills import skill
from model.vocabulary import Stream

_STREAM = int(Stream.SEARCH)
_UNIT32 = 4294967296.0


def attraction(ties: np.ndarray, vacancies: np.ndarray) -> np.ndarray:
    """Where the searchers of each craft apply: cumulative shares over crafts, (crafts, crafts). Equation 17.

    q_ij = A_ij v_j / Σ_k A_ik v_k, with ``ties`` A (rows sum to one) and ``vacancies`` v by craft. A row
    without any vacancy in reach is zero: nobody applies.
    """
    weight = ties * vacancies[None, :]
    total = weight.sum(axis=1, keepdims=True)
    share = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
    return np.cumsum(share, axis=1)


@njit(inline="always")
def choose_craft(cumulative, own, u):
    """Craft whose vacancy a searcher of craft ``own`` answers, or -1 if none is in reach."""
    crafts = cumulative.shape[1]
    if cumulative[own, crafts - 1] <= 0.0:
        return -1
    for c in range(crafts):
        if u < cumulative[own, c]:
            return c
    c = crafts - 1  # u beyond the last share by rounding: the last craft that has any
    while c > 0 and cumulative[own, c] == cumulative[own, c - 1]:
        c -= 1
    return c


@kernel
def apply_to_open_call(crew, craft, uid, searchers, cumulative, first, pay, terms, target, wage, rank):
    """One application per searcher.

    ``searchers`` (n,) rows of the idle; ``cumulative`` from :func:`attraction`; ``first`` from
    ``list_vacancies``, ``pay`` cents per day of each vacancy. Fills, per searcher: ``target`` int32 the vacancy
    answered (-1 for none), ``wage`` int32 offered in cents a day, ``rank`` uint32 by which the head of department
    will choose (luck and skill). Returns the number who declined and wait.
    """
    now = terms[0]
    k = rng.key(now.seed, _STREAM, now.week)
    luck_weight = 1.0 - now.skill_in_choice
    declined = 0
    for s in range(searchers.size):
        target[s] = -1
        i = searchers[s]
        w = crew[i]
        chance = rng.bits(k, uid[i])
        c = choose_craft(cumulative, craft[i], float(chance >> uint64(32)) / _UNIT32)
        if c < 0:
            continue
        again = rng.bits(k ^ chance, uid[i])
        vacancy = first[c] + int(float(again >> uint64(32)) / _UNIT32 * (first[c + 1] - first[c]))
        fit = skill(w.talent, w.days_worked, w.lessons, now.week - w.since, now)
        offered = wage_if_content(w, fit, craft[i], c, pay[vacancy], now)
        if offered == 0:
            declined += 1
            continue
        luck = float(again & uint64(0xFFFFFFFF)) / _UNIT32
        target[s] = vacancy
        wage[s] = offered
        rank[s] = np.uint32((luck_weight * luck + now.skill_in_choice * fit) * 4294967295.0)
    return declined
