"""A scenario, and beside it the one it is compared with on the same chance: every measure of both, the crew-weeks by
craft, both accounts, and monthly series.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from experiments.runners import Outcome, digest_of_files
from experiments.runners.kept import kept_world
from model.digest import model_digest
from model.recording import Recording
from model.scenario import Scenario

AGAINST, CRAFT, CREW_WEEKS, DOLLAR, PRODUCERS = "against.", "craft.", "account.", "dollar.", "dollar_producers."
_WITHOUT_AI = ("ai_",)  # parameters that nothing reads in a world without an entrant and without adoption
SUMMARY, MONTHLY, WEEKLY = "summary", "monthly", "weekly"
MONTH = "month"  # since January 1970
MONTHLY_SERIES = ("payroll_jobs", "crew_weeks")


@cache
def digest() -> str:
    """The model, and the code that turns recordings into numbers."""
    here = Path(__file__).resolve().parent.parent
    files = ("answer/two_accounts.py", "statistics.py", "runners/worlds.py", "runners/kept.py")
    return f"{model_digest()} {digest_of_files(*(here / name for name in files))}"


def ask(scenario: Scenario, against: Scenario | None, future: int, outputs: str = MONTHLY) -> dict[str, Any]:
    """What a case asks: the part of both scenarios that moves results, and nothing else."""
    return {
        "scenario": what_moves(scenario),
        "against": None if against is None else what_moves(against),
        "future": future,
        "outputs": outputs,
    }


def what_moves(scenario: Scenario) -> dict[str, Any]:
    """A scenario as plain JSON without names and texts. In a world without AI its parameters have no part."""
    held = scenario.plain()
    overrides = dict(held["overrides"])
    if not overrides.get("worlds.entrant") and not overrides.get("worlds.incumbents"):
        overrides = {name: value for name, value in overrides.items() if not name.startswith(_WITHOUT_AI)}
    names = ("start", "until", "scale", "seed", "levers")
    return {name: held[name] for name in names} | {"overrides": overrides, "without": sorted(held["without"])}


def run(asks: Mapping[str, Any]) -> Outcome:
    """Both worlds of one future."""
    future, outputs = int(asks["future"]), asks["outputs"]
    other = None if asks["against"] is None else kept_world(Scenario(**asks["against"]), future)
    mine = _recorded(Scenario(**asks["scenario"]), future)
    numbers, series = _numbers(mine), _series(mine, outputs)
    if other is not None:
        numbers |= {f"{AGAINST}{name}": value for name, value in _numbers(other).items()}
        series |= {f"{AGAINST}{name}": values for name, values in _series(other, outputs).items()
                   if name != MONTH}
    numbers |= _accounts(mine, other)
    return Outcome(numbers, series)


def _recorded(scenario: Scenario, future: int) -> Recording:
    from model.simulate import simulate

    recording = simulate(scenario, future=future, keep_events=False)
    gc.collect()  # a market and its agents know each other
    return recording


def _numbers(recording: Recording) -> dict[str, float]:
    """Every measure over the horizon, and crew-weeks by craft; per whole market, not per run of its scale."""
    from model import measures

    found = {}
    for name, one in measures.measures().items():
        gather = np.sum if one.over == "sum" else np.mean
        found[name] = float(gather(one.weekly(recording)))
    worked = recording.series["on_call"].sum(axis=0) / recording.scale
    return found | {
        f"{CRAFT}{name}": float(value) for name, value in zip(recording.manifest["crafts"], worked, strict=True)
    }


def _series(recording: Recording, outputs: str) -> dict[str, list[float]]:
    from model import measures

    if outputs == SUMMARY:
        return {}
    if outputs == WEEKLY:
        return {name: one.weekly(recording).tolist() for name, one in measures.measures().items()}
    month = recording.dates.astype("datetime64[M]").astype(int)
    starts = np.flatnonzero(np.diff(month, prepend=month[0] - 1))
    found: dict[str, list[float]] = {MONTH: month[starts].tolist()}
    for name in MONTHLY_SERIES:
        one = measures.measure(name)
        sums = np.add.reduceat(one.weekly(recording), starts)
        weeks = np.diff(np.append(starts, month.size))
        found[name] = (sums if one.over == "sum" else sums / weeks).tolist()
    return found


def _accounts(mine: Recording, other: Recording | None) -> dict[str, float]:
    """The lines of both accounts: USD of titles made with AI, crew-weeks against the other world."""
    from experiments.answer.two_accounts import CrewWeeks, SavedDollar
    from model.parameters import Params
    from model.world import WORLDS_PART

    if mine.first_week + mine.weeks <= WORLDS_PART:
        return {}
    overrides = mine.manifest["scenario"]["overrides"]
    announced = overrides.get("ai_producer.announced_saving", Params.load()["ai_producer.announced_saving"])
    found: dict[str, float] = {}
    for prefix, only in ((DOLLAR, False), (PRODUCERS, True)):
        account = SavedDollar(announced, mine.scale, producers_only=only)
        account.take(mine)
        found |= {f"{prefix}{name}": float(value) for name, value in account.account().items()}
        budget, days = account.beside()["budget_usd"]["mean"], account.shoots
        found[f"{prefix}budget"] = float(budget)
        found[f"{prefix}shoot_weeks_saved"] = days[0] if days else float("nan")
    if other is not None:
        weeks = CrewWeeks(mine.scale)
        weeks.take(mine, other)
        found |= {f"{CREW_WEEKS}{name}": float(value) for name, value in weeks.account().items()}
    return found
