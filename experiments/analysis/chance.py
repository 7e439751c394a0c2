"""Chance that methods of analysis need: a function of a seed, apart from the chance of the model."""

from __future__ import annotations

import hashlib
import math

import numpy as np

from experiments.analysis.given import whole

_LEAST = 1e-16  # a uniform may be zero, whose normal is infinite


def uniforms(count: int, seed: int) -> np.ndarray:
    """Numbers in [0, 1), shape (count,), the same for the same seed."""
    from scipy.stats import uniform

    return uniform.rvs(size=count, random_state=seed)


def normals(shape: tuple[int, ...], *words: object) -> np.ndarray:
    """Standard normal numbers of a shape, the same for the same words and shape: by the inverse of their distribution,
    from uniforms seeded with the hash of the words.
    """
    from scipy.special import ndtri

    u = uniforms(math.prod(shape), seed_of(*words))
    return ndtri(np.clip(u, _LEAST, 1.0 - _LEAST)).reshape(shape)


def seed_of(*words: object) -> int:
    """A seed from words and numbers that say what the chance is for."""
    text = " ".join(str(each) for each in words)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big")


def space_filling(count: int, k: int, seed: int) -> np.ndarray:
    """Points spread evenly over the unit cube, shape (count, k), the same for the same seed.

    A scrambled Sobol sequence where the count is a power of two, for it is balanced only then, else a Latin
    hypercube. Raises CallSheetError for counts below one. Source: Owen (1998), Scrambling Sobol' and
    Niederreiter-Xing points; McKay, Beckman and Conover (1979), A comparison of three methods for selecting values
    of input variables in the analysis of output from a computer code.
    """
    from scipy.stats import qmc

    whole(count, "The number of points", 1)
    whole(k, "The number of inputs", 1)
    kind = qmc.LatinHypercube if count & (count - 1) else qmc.Sobol
    return kind(k, seed=whole(seed, "The seed", 0)).random(count)
