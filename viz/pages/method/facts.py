"""What `callsheet validate` found, kept: it runs the model for minutes, which a page that is opened may not.

``python -m viz.pages.method.facts`` renews it. A kept result carries the digest of the model it came from.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from experiments.terminal.console import plain_json
from model import atomic
from model.digest import model_digest, same_results
from model.recording import Recording

FUTURES, SCALE = 100, 1.0  # `callsheet validate --seeds 100 --scale 1`
LAST_YEAR = 2024  # of the published series that the baseline is held against
BAND = (10, 50, 90)  # percentiles over futures that are kept of a series
Series = dict[str, list[float]]


@dataclass(frozen=True)
class Kept:
    """The facts as judged, and the baseline's series: by period the 10th, 50th and 90th percentile of futures."""

    model: str
    scale: float
    futures: int
    facts: list[dict[str, Any]]
    jobs: Series
    shoot_days: dict[str, Series]

    @property
    def is_stale(self) -> bool:
        """Whether they came from another model than the one that runs."""
        return not same_results(self.model, ai=False)


def read(text: str) -> Kept | None:
    """Kept results from their JSON; None where it is no such thing."""
    try:
        found = json.loads(text)
        return Kept(**{name: found[name] for name in Kept.__dataclass_fields__})
    except (ValueError, KeyError, TypeError):
        return None


@cache
def shipped() -> Kept | None:
    """The results that come with the app, None where there are none."""
    file = shelf() / "facts.json"
    return read(file.read_text(encoding="utf-8")) if file.is_file() else None


def shelf() -> Any:
    """The folder of results that come with the app."""
    return resources.files("viz") / "shipped"


def keep(out: Path, futures: int = FUTURES, scale: float = SCALE) -> Kept:
    """Run the model, judge the facts, and write the results to the file ``out``."""
    from experiments.facts.validation import run_seeds, table

    seen = run_seeds(futures, scale, lambda done, of: print(f"{done} of {of} futures", flush=True), _series)
    jobs, days = zip(*(series for _, series in seen), strict=True)
    by_category = {name: _bands([each[name] for each in days]) for name in days[0]}
    facts = plain_json(table([found for found, _ in seen]))
    kept = Kept(model_digest(), scale, futures, facts, _bands(jobs), by_category)
    atomic.write_file(out, json.dumps(vars(kept), indent=1) + "\n")
    return kept


def _series(recording: Recording) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Payroll jobs by month and shoot days by category and quarter, of the years with published ones."""
    from model import measures

    days = measures.quarterly_shoot_days(recording)
    return (_published(measures.monthly_jobs(recording)),
            {name: _published(by_quarter) for name, by_quarter in days.items()})


def _published(series: dict[str, float]) -> dict[str, float]:
    return {period: value for period, value in series.items() if int(period[:4]) <= LAST_YEAR}


def _bands(found: Sequence[dict[str, float]]) -> Series:
    return {
        period: [round(float(each), 1) for each in np.percentile([one[period] for one in found], BAND)]
        for period in found[0]
    }


if __name__ == "__main__":
    made = keep(Path(str(shelf() / "facts.json")))
    print(f"{len(made.facts)} facts kept, of model {made.model}")
