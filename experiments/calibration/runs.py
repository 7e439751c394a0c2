"""Runs of the past at points of the parameters, kept in a folder: a stopped calibration goes on where it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from experiments.batch.case import Case
from experiments.batch.coordinator import Batch, Limits, Tally
from experiments.batch.engines.choose import engine
from experiments.batch.folder import Folder
from experiments.runners.history import ask
from experiments.study.results import Results
from model.scenario import Scenario

RUN_LIMIT = 900.0  # seconds a run may take
START = "2015-01-05"
END_OF_FIT = "2023-01-09"  # holds the last week of 2022, and the payroll week of its last month


class Runs:
    """Gives points to the engine and reads back what came of them."""

    def __init__(self, out: Path, engine_name: str, workers: int, told: Callable[[Tally], None] | None = None,
                 limits: Limits | None = None) -> None:
        self.folder = Folder(out)
        self.batch = Batch(self.folder, lambda: engine(engine_name, workers, RUN_LIMIT), limits, told)
        self.results = Results(self.folder)

    def at(self, settings: Sequence[Mapping[str, Any]], futures: Sequence[int], until: str = END_OF_FIT,
           scale: float = 1.0, seed: int = 0, scenario: str = "baseline", **changes: Any) -> list[str]:
        """Have each of the settings run in its future; the names of the cases, in order."""
        base = Scenario.named(scenario).varied(start=START, until=until, scale=scale, seed=seed, **changes)
        cases = [Case("history", ask(base.varied(set=dict(each)), future))
                 for each, future in zip(settings, futures, strict=True)]
        self.batch.run(cases)
        return [each.id for each in cases]

    def numbers(self, cases: Sequence[str], names: Sequence[str]) -> dict[str, np.ndarray]:
        """Numbers of cases by name, one a case; NaN where a run failed."""
        return self.results.numbers(cases, names)

    def close(self) -> None:
        """End the workers."""
        self.batch.close()
