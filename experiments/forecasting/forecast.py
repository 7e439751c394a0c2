"""A forecast: an ensemble by date, made at an origin, and whether it was given anything that came later."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from experiments.analysis.chance import uniforms

MEMBERS = 400
SEED = 20_260_401  # of all forecasts by resampling; fixed once, so that each forecast is a function of its words


@dataclass(frozen=True, eq=False)
class Forecast:
    """``ensemble`` is (members, dates) in the unit of the series, every value above zero.

    ``conditional`` says that it was given a series from after its origin, so that it is no forecast one could have
    made then.
    """

    name: str
    series: str
    origin: str
    dates: tuple[str, ...]
    ensemble: np.ndarray
    conditional: bool = False


def places(shape: tuple[int, ...], below: int, *words: str) -> np.ndarray:
    """Whole numbers from 0 up to ``below``, each as likely, of a shape; always the same for the same words.

    Drawn from the generator of `experiments.analysis.chance`, seeded with the hash of SEED and the words.
    """
    digest = hashlib.blake2b(" ".join((str(SEED), *words)).encode(), digest_size=4).digest()
    drawn = uniforms(int(np.prod(shape)), int.from_bytes(digest, "big"))
    return np.minimum((drawn * below).astype(int), below - 1).reshape(shape)
