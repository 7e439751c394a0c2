"""Which mechanisms carry the facts that the baseline misses: every parameter of the market at both ends of its range.

A missed fact that one parameter brings into its band is a matter of a number nobody knows; one that none does is a
matter of what the model leaves out. All worlds share their chance with the baseline, so that differences are the
parameter's doing.
``python -m experiments.facts.reach FILE`` runs it, some ten minutes on two cores, and writes the rows as JSON.
"""

from __future__ import annotations

import json
import math
import multiprocessing
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from experiments.calibration.declared import priors
from experiments.facts.validation import PROCESSES, UNTIL, computations, facts, in_band
from experiments.terminal.console import plain_json
from model import atomic
from model.digest import model_digest
from model.scenario import Scenario

FUTURES, SCALE = 4, 0.1
ENDS = {"low": 0.0, "high": 1.0}
TOLD = 2.0  # standard errors from which a difference is told from chance
Values = dict[str, float | None]  # by fact


def settings() -> dict[tuple[str, str], dict[str, Any]]:
    """The worlds beside the baseline, by parameter and end."""
    return {(name, end): {name: prior.at(u)} for name, prior in priors().items() for end, u in ENDS.items()}


def one_world(setting: Mapping[str, Any], future: int, scale: float = SCALE) -> Values:
    """Every fact of one future of one world."""
    from experiments.facts.panel import watch

    panel = watch(Scenario.named("baseline").varied(scale=scale, until=UNTIL, set=dict(setting)), future)
    found = {name: compute(panel, facts()[name]).value for name, compute in computations().items()}
    return {name: None if value is None or not math.isfinite(value) else float(value)
            for name, value in found.items()}


def moved(base: Sequence[Values], worlds: Mapping[tuple[str, str], Sequence[Values]]) -> list[dict[str, Any]]:
    """A row for each fact, parameter and end: the mean over futures, its paired difference from the baseline with the
    standard error (None from one future), and whether the mean lies in the fact's band.
    """
    rows = []
    for (name, end), found in worlds.items():
        for fact in computations():
            pairs = [(one[fact], two[fact]) for one, two in zip(base, found, strict=True)
                     if one[fact] is not None and two[fact] is not None]
            if not pairs:
                continue
            here = np.array(pairs, float)
            apart = here[:, 1] - here[:, 0]
            error = float(apart.std(ddof=1) / math.sqrt(len(apart))) if len(apart) > 1 else None
            rows.append({"fact": fact, "parameter": name, "end": end, "base": float(here[:, 0].mean()),
                         "value": float(here[:, 1].mean()), "difference": float(apart.mean()), "error": error,
                         "in_band": in_band(float(here[:, 1].mean()), facts()[fact])})
    return rows


def strongest(rows: Sequence[Mapping[str, Any]], fact: str, most: int = 3) -> list[Mapping[str, Any]]:
    """The ends that move a fact towards its band, told from chance, those of most effect first; each parameter once."""
    about = facts()[fact]
    found: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        gain = gap(row["base"], about) - gap(row["value"], about)
        told = row["error"] is None or abs(row["difference"]) > TOLD * row["error"]
        if row["fact"] == fact and gain > 0 and told:
            before = found.get(row["parameter"])
            if before is None or rank(row) < rank(before):
                found[row["parameter"]] = row
    return sorted(found.values(), key=rank)[:most]


def rank(row: Mapping[str, Any]) -> tuple[float, float]:
    """What puts an end before another of its fact: nearer to the band, and where both are inside, the one that moves
    the fact by more.
    """
    return gap(row["value"], facts()[row["fact"]]), -abs(row["difference"])


def gap(value: float, fact: Mapping[str, Any]) -> float:
    """How far a value lies outside the band of a fact, in its unit; 0 inside."""
    low, high = fact["low"], fact["high"]
    return max(0.0, (low - value) if low is not None else 0.0, (value - high) if high is not None else 0.0)


def run(futures: int = FUTURES, scale: float = SCALE, worlds: Mapping[tuple[str, str], dict[str, Any]] | None = None,
        progress: Callable[[int, int], None] | None = None) -> list[dict[str, Any]]:
    """The rows of all worlds, on two processes."""
    worlds = settings() if worlds is None else worlds
    asked = [({}, future) for future in range(futures)]
    asked += [(setting, future) for setting in worlds.values() for future in range(futures)]
    found = []
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool:
        for one in pool.map(one_world, *zip(*asked, strict=True), [scale] * len(asked)):
            found.append(one)
            if progress:
                progress(len(found), len(asked))
    held = [found[k : k + futures] for k in range(0, len(found), futures)]
    return moved(held[0], dict(zip(worlds, held[1:], strict=True)))


def summary(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What is kept: for each fact that the baseline misses here, what moves it most and what brings it in."""
    found = []
    for fact, about in facts().items():
        mine = [row for row in rows if row["fact"] == fact]
        if mine and gap(mine[0]["base"], about) > 0:
            found.append({"fact": fact, "base": mine[0]["base"], "ends": len(mine),
                          "in_band": sum(row["in_band"] for row in mine),
                          "strongest": [dict(row) for row in strongest(mine, fact)]})
    return found


def main(words: Sequence[str]) -> int:
    """Run it and write what is kept."""
    if len(words) != 1:
        print("Give the file to write.", file=sys.stderr)
        return 2
    rows = run(progress=lambda done, of: print(f"{done} of {of} runs", end="\r", file=sys.stderr, flush=True))
    kept = {"model": model_digest(), "futures": FUTURES, "scale": SCALE, "facts": summary(rows)}
    atomic.write_file(Path(words[0]), json.dumps(plain_json(kept), indent=1, allow_nan=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
