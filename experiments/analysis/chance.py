"""Chance that methods of analysis need: a function of a seed, apart from the chance of the model."""

from __future__ import annotations

import numpy as np

from experiments.analysis.given import whole


def uniforms(count: int, seed: int) -> np.ndarray:
    """Numbers in [0, 1), shape (count,), the same for the same seed."""
    from scipy.stats import uniform

    return uniform.rvs(size=count, random_state=seed)


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
