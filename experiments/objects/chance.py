"""The model's chance in whole numbers of Python: a second writing of ``model.rng`` that compiles nothing."""

from __future__ import annotations

from functools import lru_cache

_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15
_STREAM = 0xD1342543DE82EF95
_TO_UNIT = 2.0**-53


def _mix(z: int) -> int:
    """The finalizer of splitmix64: every bit of the result depends on every bit of ``z``."""
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & _MASK
    return z ^ (z >> 31)


@lru_cache(maxsize=64)
def key(seed: int, stream: int, week: int) -> int:
    """Key of one purpose in one week, 64 bits."""
    z = _mix(seed + _GOLDEN & _MASK)
    z = _mix(z ^ (stream * _STREAM & _MASK))
    return _mix(z + week * _GOLDEN & _MASK)


def bits(k: int, entity: int) -> int:
    """Sixty-four random bits of one entity under one key."""
    return _mix(_mix(k + entity * _GOLDEN & _MASK) ^ k)


def uniform(k: int, entity: int) -> float:
    """A number in [0, 1) of one entity under one key."""
    return (bits(k, entity) >> 11) * _TO_UNIT


def halves(number: int) -> tuple[float, float]:
    """Two numbers in [0, 1) from 64 random bits: of the upper and of the lower half."""
    return (number >> 32) / 2.0**32, (number & 0xFFFFFFFF) / 2.0**32
