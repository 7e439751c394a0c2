"""How many runs the claims take, as far as that is known before any border is looked for."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.claims import shares, surface
from experiments.claims.runs import STAGES

BORDER_FUTURES = 4  # at most, of each value tried when a border is sought
SURFACE_FUTURES = 2  # at most, of each cell of the surface
MIDDLE_FUTURES = 10  # at most, along the row through the middle
STAGE_FUTURES = 5  # at most, of C4, each of which takes eighteen worlds


def runs(chosen: Sequence[str], futures: int, points: int, each: int, base: int) -> int:
    """Runs for the ``chosen`` claims: ``futures`` at the middle, ``each`` at every one of the ``points``, those of C3's
    surface, C4's stages and C6's several providers, and those that share out variance, from their ``base`` (0: none).
    """
    asked = futures + points * each if any(name != STAGES for name in chosen) else 0
    asked += min(futures, STAGE_FUTURES) * (STAGES in chosen) + futures * ("C6" in chosen)
    asked += min(futures, SURFACE_FUTURES) * len(surface.cells()) * ("C3" in chosen)
    asked += min(futures, MIDDLE_FUTURES) * len(surface.through_the_middle()) * ("C3" in chosen)
    return asked + shares.runs(base) * any(name in chosen for name in shares.READ_OFF)
