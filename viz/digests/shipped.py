"""The pairs that come with the program, so that the first page has its answer before anything is run."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from experiments.runners.worlds import what_moves
from model.digest import same_results
from model.errors import CallSheetError
from model.scenario import Scenario
from viz.digests.futures import Digests
from viz.digests.pair import Digest

# Futures of each scenario against what its file names: thirty where a page opens on it, fewer where a story tells it.
PAIRS = {"ai_first": 30, "larger_credit": 30, "guardrails": 12, "retraining": 12}
FUTURES, MOST_BYTES = max(PAIRS.values()), 4_000_000


def folder() -> Path:
    """Where they lie; made by `python -m viz.precompute`."""
    return Path(str(resources.files("viz"))) / "shipped" / "pairs"


def file_of(name: str, future: int, where: Path | None = None) -> Path:
    """The file of one future of a scenario."""
    return (where or folder()) / f"{name}_{future:03d}.npz"


@cache
def shipped(name: str, where: Path | None = None) -> Digests | None:
    """The futures of a scenario against the one its file names; None where none can be read."""
    found = []
    for path in sorted((where or folder()).glob(f"{name}_[0-9][0-9][0-9].npz")):
        try:
            found.append(Digest.load(path))
        except CallSheetError:
            continue  # a page without this future is better than none
    try:
        return Digests(found) if found else None
    except CallSheetError:
        return None


def is_stale(found: Digests) -> bool:
    """Whether another model, or another version of the scenarios, gave these figures."""
    return any(not is_current(each, each.scenario.name) for each in found)


def is_current(one: Digest, name: str, scale: float | None = None) -> bool:
    """Whether a digest is what the installed model and scenario files would give."""
    if not same_results(one.head["model"]) or one.against is None or name not in Scenario.names():
        return False
    wanted = wanted_pair(name, one.scale if scale is None else scale)
    return [what_moves(each) for each in wanted] == [what_moves(each) for each in (one.scenario, one.against)]


def wanted_pair(name: str, scale: float = 1.0) -> tuple[Scenario, Scenario]:
    """A named scenario and the one it is held against."""
    scenario = Scenario.named(name).varied(scale=scale, futures=FUTURES)
    return scenario, scenario.counterpart()
