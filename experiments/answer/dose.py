"""The dose-response of adoption: the same futures with the ceiling on what studios come to make with AI at several
heights, all else alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.answer.shift import OneWorld
from experiments.statistics import spread
from model.crew_account import counted
from model.tables import AI_CRAFT, crafts
from model.world import WORLDS_PART

if TYPE_CHECKING:
    from model.recording import Recording
    from model.scenario import Scenario

CEILINGS = (0.0, 0.25, 0.5, 0.75, 1.0)
CEILING = "ai_adoption.ceiling"


class Dose:
    """Runs the scenario once more for each ceiling in every future, and keeps what it asks for."""

    def __init__(self, scenario: Scenario, ceilings: Sequence[float] = CEILINGS) -> None:
        self.scenarios = {ceiling: scenario.varied(set={CEILING: ceiling}) for ceiling in ceilings}
        self.worlds = {ceiling: OneWorld() for ceiling in ceilings}
        self.crew_weeks: dict[float, list[np.ndarray]] = {ceiling: [] for ceiling in ceilings}  # by craft
        self.against: list[np.ndarray] = []

    def beside(self, pairs: Iterator[tuple[Recording, Recording | None]],
               simulate: Callable[[Scenario, int], Recording], tidy_up: Callable[[], None] = lambda: None,
               ) -> Iterator[tuple[Recording, Recording | None]]:
        """The same pairs; on their way each future is run at every ceiling, and ``tidy_up`` called after each run."""
        for future, (mine, other) in enumerate(pairs):
            if other is not None:
                self.against.append(_crew_weeks(other))
            for ceiling, scenario in self.scenarios.items():
                recording = simulate(scenario, future)
                tidy_up()
                self.worlds[ceiling].take(recording)
                self.crew_weeks[ceiling].append(_crew_weeks(recording))
            yield mine, other

    def rows(self) -> list[dict[str, Any]]:
        """As JSON, a row a ceiling: share automated, jobs in the new craft, crew-weeks, and their change against the
        other world (against the lowest ceiling where there is none), in all and by craft.
        """
        base = self.against or self.crew_weeks[min(self.crew_weeks)]
        new, rows = crafts().names.index(AI_CRAFT), []
        for ceiling, world in self.worlds.items():
            changes = [mine - other for mine, other in zip(self.crew_weeks[ceiling], base, strict=True)]
            before, by_craft = np.mean(base, axis=0), np.mean(changes, axis=0)
            rows.append(
                {
                    "ceiling": ceiling,
                    "automated_share": float(world.automated()[-1]),
                    "ai_jobs": float(np.mean(world.on_call, axis=0)[-1, new]),
                    "crew_weeks": float(np.mean([each.sum() for each in self.crew_weeks[ceiling]])),
                    "change": spread([each.sum() for each in changes]),
                    "change_share": float(by_craft.sum() / before.sum()),
                    "crafts": {
                        name: float(by_craft[code] / before[code]) if before[code] else None
                        for code, name in enumerate(crafts().names)
                    },
                }
            )
        return rows


def _crew_weeks(recording: Recording) -> np.ndarray:
    """Crew-weeks from April 2026 on by craft, whole market."""
    return counted(recording, max(recording.first_week, WORLDS_PART)).sum(axis=0) / recording.scale
