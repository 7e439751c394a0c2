"""Which mechanism makes long spells and the losses of the displaced: each switched off in turn, on the same chance.

``python -m experiments.facts.mechanisms OUT.json`` runs it, and goes on where it was stopped. It looks at years before
the pandemic, so that no stop of work is mixed in.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from experiments.analysis.paired import estimate
from experiments.facts.of_workers import duration_dependence
from experiments.scars.clocks import Clocks
from experiments.scars.closings import Closing
from experiments.scars.switches import BASELINE, SWITCHES, Switch
from experiments.terminal.console import plain_json
from model.atomic import written_whole
from model.digest import model_digest, same_results
from model.scenario import Scenario

FUTURES, SCALE = 20, 0.2
UNTIL = "2019-12-30"
CLOSINGS = (104, 156)  # weeks: January 2017 and January 2018
YEARS = 2  # followed after each
MEASURES = {
    "hazard_ratio": "chance of a hire at eight months over that at one month",
    "within_craft_and_talent": "the same within craft and talent",
    "same_person": "the same of the same person with the shorter spell",
    "loss": "years of pay that the displaced lose in two years",
    "first_year": "of it in the first year",
    "bystanders": "years of pay that other steady workers lose",
}
Run = dict[str, Any]


def one_run(switch: Switch, future: int, scale: float = SCALE) -> Run:
    """What one future says of every measure with one mechanism switched off."""
    from experiments.facts.panel import watch

    closings, clocks = [Closing(week, YEARS) for week in CLOSINGS], Clocks(CLOSINGS[0])
    scenario = Scenario.named("baseline").varied(scale=scale, until=UNTIL, set=switch.settings)
    spells = duration_dependence(watch(scenario, future, None, (*closings, clocks)), {})
    losses = [found for each in closings if (found := each.losses()) is not None]
    return {
        "mechanism": switch.name,
        "future": future,
        "displaced": sum(each.displaced for each in losses),
        "hazard_ratio": spells.value,
        "within_craft_and_talent": spells.also["within_craft_and_talent"],
        "same_person": clocks.same_person,
        "loss": _mean([each.present_value for each in losses]),
        "first_year": _mean([float(each.by_year[0]) for each in losses]),
        "bystanders": _mean([float(each.bystanders.sum()) for each in losses]),
    }


def run_all(futures: int = FUTURES, scale: float = SCALE, progress: Callable[[int, int], None] | None = None,
            keep: Callable[[list[Run]], None] | None = None, done: Sequence[Run] = ()) -> list[Run]:
    """Every mechanism on every future; ``keep`` is given what there is after each whole future. Futures that are
    ``done`` are not run again.
    """
    runs, known = list(done), {run["future"] for run in done}
    for future in range(futures):
        if future in known:
            continue
        for switch in SWITCHES:
            runs.append(one_run(switch, future, scale))
            if progress:
                progress(len(runs), futures * len(SWITCHES))
        if keep:
            keep(runs)
    return runs


def table(runs: Sequence[Run]) -> list[dict[str, Any]]:
    """A row a mechanism: each measure with it switched off, and the paired difference to the baseline.

    Differences are baseline minus switched off: what the mechanism adds. Intervals are Student's t over futures.
    """
    base = {run["future"]: run for run in runs if run["mechanism"] == BASELINE.name}
    rows = []
    for switch in SWITCHES:
        mine = [run for run in runs if run["mechanism"] == switch.name]
        row = {"mechanism": switch.name, "label": switch.label, "settings": switch.settings,
               "nearest": switch.nearest, "note": switch.note, "futures": len(mine)}
        for measure in MEASURES:
            values = np.array([run[measure] for run in mine], float)
            before = np.array([base[run["future"]][measure] for run in mine], float)
            row[measure] = {"value": _plain(estimate(values))}
            if switch is not BASELINE:
                row[measure]["adds"] = _plain(estimate(before - values))
        rows.append(row)
    return rows


def kept(runs: Sequence[Run], scale: float, seconds: float) -> dict[str, Any]:
    """All of it, with what it came from."""
    return plain_json({
        "model": model_digest(), "scale": scale, "futures": len({run["future"] for run in runs}),
        "until": UNTIL, "closings": CLOSINGS, "years": YEARS, "seconds": round(seconds),
        "rows": table(runs), "runs": list(runs),
    })  # fmt: skip


def write(out: Path, futures: int = FUTURES, scale: float = SCALE) -> None:
    """Run it and keep the result in a file, which is written anew after each future.

    A file of the same model and scale that is there already is gone on with.
    """
    before = read(out)
    if before is None or not same_results(before["model"], ai=False) or before["scale"] != scale:
        before = {"runs": [], "seconds": 0}
    began = time.monotonic() - before["seconds"]

    def keep(runs: list[Run]) -> None:
        with written_whole(out) as temporary:
            temporary.write_text(json.dumps(kept(runs, scale, time.monotonic() - began), indent=1) + "\n", "utf-8")

    done = run_all(futures, scale, lambda done, of: print(f"{done} of {of} runs", flush=True), keep, before["runs"])
    if before["runs"]:
        keep(done)  # words and sums may have changed since it was written


def read(path: Any) -> dict[str, Any] | None:
    """A result as it was kept, of a path or a packaged file; None where there is none that can be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _plain(found: Any) -> dict[str, float]:
    return {each: getattr(found, each) for each in ("mean", "se", "low", "high")}


def _mean(values: list[float]) -> float:
    return float(np.mean(values)) if values else float("nan")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
