"""Effects that multiply, told apart: each gets its mean contribution over all orders in which they could come.

A crew-week saved because half of a crew is replaced on a schedule cut by half belongs to neither cut alone. The
split over all orders is the only one that is symmetric and adds up exactly (Shapley 1953); with whole
people and weeks it is a whole number of twelfths (four effects) or sixths (three).
"""

from __future__ import annotations

from numba import njit

from model.kernels import helper

# Weight of an effect that comes after k others, by number of effects: k!(n-1-k)! over a common denominator.
_OF_THREE = (2, 1, 2)  # sixths
_OF_FOUR = (3, 1, 1, 3)  # twelfths
SETS_OF_THREE, SETS_OF_FOUR = 8, 16
_THIRD, _FOURTH = 2, 3  # places of bits


@njit(inline="always")
def _members(mask):
    return (mask & 1) + ((mask >> 1) & 1) + ((mask >> _THIRD) & 1) + ((mask >> _FOURTH) & 1)


@helper
def part_of_four(values, effect):
    """What effect ``effect`` (0 to 3) adds, in twelfths. Equation 60.

    ``values`` (16,) by the set of effects at work, as bits.
    """
    bit = 1 << effect
    total = 0
    for others in range(SETS_OF_FOUR):
        if others & bit == 0:
            total += _OF_FOUR[_members(others)] * (values[others | bit] - values[others])
    return total


@helper
def part_of_three(values, effect):
    """The same of three effects, in sixths. ``values`` (8,)."""
    bit = 1 << effect
    total = 0
    for others in range(SETS_OF_THREE):
        if others & bit == 0:
            total += _OF_THREE[_members(others)] * (values[others | bit] - values[others])
    return total
