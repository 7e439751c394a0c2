"""Chance as a function of (seed, stream, week, entity): nothing is ever drawn, everything is looked up.

A generator that moves would let one extra draw in one world shift every later draw, and the comparison of
two worlds would be noise. Here the same event has the same number in every world. The hash is two rounds of
the splitmix64 finalizer (Steele, Lea, Flood 2014, doi 10.1145/2660193.2660195) over a key and an identity.
This is the only module that may name numpy's random machinery.
"""

from __future__ import annotations

import math

import numpy as np
from numba import int64, njit, uint64

from model.kernels import index, maker

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_A = np.uint64(0xBF58476D1CE4E5B9)
_MIX_B = np.uint64(0x94D049BB133111EB)
_STREAM = np.uint64(0xD1342543DE82EF95)
_TO_UNIT = 1.0 / 9007199254740992.0  # 2**-53
_MOST_FROM_ZERO = 600.0  # a mean whose exponential is still a number

FUTURES_ENTROPY = 20150105  # the project's constant for the seeds of futures: "30 futures" is always the same 30


@njit(inline="always")
def _mix(z):
    z = (z ^ (z >> uint64(30))) * _MIX_A
    z = (z ^ (z >> uint64(27))) * _MIX_B
    return z ^ (z >> uint64(31))


@njit(inline="always")
def key(seed, stream, week):
    """Key of one purpose in one week; stays inside kernels, since it does not fit Python's signed integers."""
    z = _mix(uint64(seed) + _GOLDEN)
    z = _mix(z ^ (uint64(stream) * _STREAM))
    return _mix(z + uint64(week) * _GOLDEN)


@njit(inline="always")
def bits(k, entity):
    """Sixty-four random bits of one entity under one key."""
    return _mix(_mix(k + uint64(entity) * _GOLDEN) ^ k)


@njit(inline="always")
def uniform(k, entity):
    """A number in [0, 1) of one entity under one key, 53 bits."""
    return float(int64(bits(k, entity) >> uint64(11))) * _TO_UNIT  # signed: one instruction to convert, not six


@njit(inline="always")
def poisson(mean, u):
    """Poisson count by inverse distribution: the same u gives a count that only grows with the mean."""
    n = 0
    p = np.exp(-mean)
    if mean > _MOST_FROM_ZERO:  # the exponential would underflow: begin below all but 1e-15 of the chance
        n = int(mean - 8.0 * np.sqrt(mean))
        p = np.exp(n * np.log(mean) - mean - math.lgamma(n + 1.0))
    total = p
    while u > total and p > 0.0:
        n += 1
        p *= mean / n
        total += p
    return n


@maker
def uniforms(seed, stream, week, entities):
    """Numbers in [0, 1), one per entity. ``entities``: integer array of any length; returns float64."""
    k = key(seed, stream, week)
    out = np.empty(entities.size, np.float64)
    for i in range(entities.size):
        out[i] = uniform(k, entities[i])
    return out


@maker
def uniforms_of_every(k, entities, first, step):
    """Numbers in [0, 1) under one key of the ``first`` of ``entities`` and every ``step``-th after it, float64.

    In a loop of its own over identities side by side, of which the processor does eight turns at once.
    """
    who = np.empty(len(range(first, entities.size, step)), entities.dtype)
    for n in range(who.size):
        who[n] = entities[first + n * step]
    out = np.empty(who.size)
    for n in range(who.size):
        out[n] = uniform(k, who[n])
    return out


@maker
def uniforms_of(k, entities, rows):
    """The same of the ``entities`` in some ``rows``, float64."""
    who = np.empty(rows.size, entities.dtype)
    for n in range(rows.size):
        who[n] = entities[index(rows[n])]
    out = np.empty(rows.size)
    for n in range(rows.size):
        out[n] = uniform(k, who[n])
    return out


@maker
def draw(seed, stream, week, entity):
    """One number in [0, 1): the scalar twin of :func:`uniforms`."""
    return uniform(key(seed, stream, week), entity)


def up_to(shares: np.ndarray) -> np.ndarray:
    """Sums of shares from the first to each, the last of them 1: what :func:`in_shares` looks in."""
    return np.cumsum(shares / shares.sum())


def in_shares(up_to: np.ndarray, chances: np.ndarray) -> np.ndarray:
    """Which of several, by sums of their shares, each of the ``chances`` in [0, 1) falls on: codes from 0 on."""
    return np.minimum(up_to.searchsorted(chances), up_to.size - 1)


def future_seed(seed: int, future: int) -> int:
    """Seed of the r-th future of a block; block ``seed``, future ``future``, both ≥ 0."""
    sequence = np.random.SeedSequence(entropy=FUTURES_ENTROPY, spawn_key=(seed, future))
    return int(sequence.generate_state(1, np.uint64)[0] >> np.uint64(1))
