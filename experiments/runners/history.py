"""The past again at some parameters: what was published of Los Angeles, as a run of the model has it."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from experiments.runners import Outcome, digest_of_files
from model.digest import model_digest
from model.recording import Recording
from model.scenario import Scenario

JOBS, DAYS, OCCUPANCY, LA_SHARE = "jobs", "days", "occupancy", "la_share"


@cache
def digest() -> str:
    """The model, and the code that turns a recording into these numbers."""
    return f"{model_digest()} {digest_of_files(Path(__file__).resolve())}"


def ask(scenario: Scenario, future: int) -> dict[str, Any]:
    """What a case asks: parameters, levers, shocks left out, scale, seed and time of a scenario, and the future."""
    held = scenario.plain()
    names = ("start", "until", "scale", "seed", "overrides", "levers")
    return {name: held[name] for name in names} | {"without": sorted(held["without"]), "future": future}


def run(asks: Mapping[str, Any]) -> Outcome:
    """Payroll jobs by month, shoot days by category and quarter, stage occupancy and share of Los Angeles by year."""
    from model.simulate import simulate

    scenario = Scenario(**{name: value for name, value in asks.items() if name != "future"})
    recording = simulate(scenario, future=int(asks["future"]), keep_events=False, use_checkpoints=False)
    found = observables(recording)
    gc.collect()  # a market and its agents know each other
    return Outcome(found)


def observables(recording: Recording) -> dict[str, float]:
    """Numbers by name, such as ``jobs.2015-01`` (jobs), ``days.tv.2017Q1`` (shoot days), ``occupancy.2018`` (share)."""
    from model import measures

    found = {f"{JOBS}.{month}": value for month, value in measures.monthly_jobs(recording).items()}
    for category, quarters in measures.quarterly_shoot_days(recording).items():
        found |= {f"{DAYS}.{category}.{quarter}": value for quarter, value in quarters.items()}
    for name, measure in ((OCCUPANCY, "stage_occupancy"), (LA_SHARE, "la_share_scripted")):
        yearly = measures.measure(measure).yearly(recording)
        found |= {f"{name}.{year}": value for year, value in yearly.items() if np.isfinite(value)}
    return {name: float(value) for name, value in found.items()}
