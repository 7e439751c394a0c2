"""Does the baseline look like Los Angeles: every stylized fact of `seeds/facts.yaml`, over several seeds.

A fact passes on a seed when its value lies in its band and all else that it asks holds; it passes when at
least half of the seeds do. Where a real series can be put through the same computation it must pass the band
first: a band that the world itself fails judges no model. Nothing is dropped: a fact not computed says why.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from experiments.statistics import wilson
from model.recording import Recording
from model.safe_yaml import read_yaml
from model.scenario import Scenario

Found = dict[str, dict[str, Any]]  # by fact: its value on a seed, whether it passed, and what goes with it
FAILURES_FIRST = {False: 0, None: 1, True: 2}
PROCESSES = 2
UNTIL = "2025-06-30"  # holds the cross-section of May 2025
_PULSE = slice(26, 78)  # weeks of the temporary fall in demand: July 2015 to June 2016
_PULSE_SIZE = 0.3
_SLUMP, _AFTER = (
    slice(52, 104),
    slice(390, 494),
)  # when the slump is deepest; six to eight years after the pulse


@cache
def facts() -> dict[str, dict[str, Any]]:
    """The facts by name, in the order of the file."""
    return read_yaml(resources.files("seeds") / "facts.yaml")


def computations() -> dict[str, Callable]:
    """How each fact is computed from a watched run; hysteresis needs a second run and stands apart."""
    from experiments.facts import of_market as m
    from experiments.facts import of_workers as w

    return {
        "beveridge_curve": m.beveridge_curve,
        "unemployment_volatility": m.unemployment_volatility,
        "okun": m.okun,
        "wage_curve": w.wage_curve,
        "matching_elasticity": m.matching_elasticity,
        "duration_dependence": w.duration_dependence,
        "pay_after_spell": w.pay_after_spell,
        "crew_size": w.crew_size,
        "weeks_worked": w.weeks_worked,
        "occupational_switching": w.occupational_switching,
        "long_spells": w.long_spells,
        "seasonality": m.seasonality,
        "payroll_level": m.payroll_level,
        "shoot_days": m.shoot_days,
        "craft_mix_and_pay": w.craft_mix_and_pay,
        "stage_occupancy": m.stage_occupancy,
        "la_scripted_share": m.la_scripted_share,
    }


def observed() -> dict[str, float]:
    """The value of the real series, of the facts that have one."""
    from experiments.facts import of_market as m

    known = facts()
    found = {
        "unemployment_volatility": m.observed_volatility,
        "okun": m.observed_okun,
        "seasonality": m.observed_seasonality,
        "stage_occupancy": m.observed_occupancy,
        "la_scripted_share": m.observed_la_share,
    }
    exact = {"payroll_level": 0.0, "shoot_days": 0.0, "craft_mix_and_pay": 0.0}  # errors against themselves
    return {name: compute(known[name]) for name, compute in found.items()} | exact


def validate(
    seeds: int = 8, scale: float = 0.2, progress: Callable[[int, int], None] | None = None
) -> list[dict[str, Any]]:
    """Every fact with its value (median over seeds, and where 80 % of seeds lie), band, source, and the share of
    seeds that pass; failures first. ``progress`` is told the seeds done and the seeds in all.
    """
    return table([found for found, _ in run_seeds(seeds, scale, progress)])


def run_seeds(
    seeds: int,
    scale: float,
    progress: Callable[[int, int], None] | None = None,
    beside: Callable[[Recording], Any] | None = None,
) -> list[tuple[Found, Any]]:
    """What each seed says of every fact, and what ``beside`` makes of its recording, in the order of seeds."""
    runs: dict[int, tuple[Found, Any]] = {}
    for done, (future, one) in enumerate(_runs(seeds, scale, beside), 1):
        runs[future] = one
        if progress:
            progress(done, seeds)
    return [runs[future] for future in range(seeds)]


def table(found: Sequence[Found]) -> list[dict[str, Any]]:
    """Every fact judged by what each seed ``found``, failures first."""
    world = observed()
    rows = [
        judged(name, fact, [each[name] for each in found if name in each], world.get(name))
        for name, fact in facts().items()
    ]
    return sorted(rows, key=lambda row: (FAILURES_FIRST[row["passed"]], not row["gated"]))


def judged(
    name: str, fact: dict[str, Any], found: list[dict[str, Any]], real: float | None
) -> dict[str, Any]:
    """One row of the result. ``found`` holds, for each seed, its value, whether it passed, and what goes with
    it.
    """
    values = [each["value"] for each in found if each["value"] is not None and np.isfinite(each["value"])]
    row = {
        "fact": name,
        "value": float(np.median(values)) if values else None,
        "low": fact["low"],
        "high": fact["high"],
        "source": fact.get("source") or "recalled, not confirmed",
        "passed": None,
        "share_of_seeds": None,
        "number": fact["number"],
        "unit": fact["unit"],
        "observed": real,
        "wilson": None,
        "gated": fact["gated"],
        "fitted": fact["fitted"],
        "kind": fact["kind"],
        "also": _middle([each["also"] for each in found]),
        "note": "",
        "q10": float(np.percentile(values, 10)) if values else None,
        "q90": float(np.percentile(values, 90)) if values else None,
        "group": "fact",
    }
    if not values:
        row["note"] = "The runs did not hold what it takes: a longer or larger run is needed."
        return row
    passed = sum(each["passed"] for each in found)
    row["share_of_seeds"], row["wilson"] = passed / len(found), wilson(passed, len(found))
    if real is not None and not in_band(real, fact):
        row["note"] = (
            f"The real series gives {real:.3g}, outside the band, so the band judges nothing here; "
            f"{passed} of {len(found)} seeds lie in it."
        )
        return row
    row["passed"] = 2 * passed >= len(found)
    if in_band(row["value"], fact) and not row["passed"]:
        row["note"] = (
            "The value lies in the band; what else the fact asks does not hold: "
            + ", ".join(
                f"{key.replace('_', ' ')} {value if isinstance(value, str) else format(value, '.3g')}"
                for key, value in row["also"].items()
            )
            + "."
        )
    return row


def in_band(value: float, fact: dict[str, Any]) -> bool:
    """Whether a value lies in the band of a fact; an end that is null is open."""
    low, high = fact["low"], fact["high"]
    return bool(np.isfinite(value) and (low is None or value >= low) and (high is None or value <= high))


def _middle(details: list[dict[str, Any]]) -> dict[str, Any]:
    """Medians over seeds of the numbers that go with a value; of words the first seed's."""
    if not details:
        return {}
    return {
        key: first if isinstance(first, str) else float(np.median([each[key] for each in details]))
        for key, first in details[0].items()
    }


def _runs(seeds: int, scale: float, beside: Callable[[Recording], Any] | None) -> Any:
    """Each seed with what it says, as the seeds are done, on two processes."""
    if seeds == 1:
        yield 0, one_seed(0, scale, beside)
        return
    pool = ProcessPoolExecutor(min(PROCESSES, seeds), multiprocessing.get_context("spawn"), _leave_interrupts)
    try:
        tasks = {pool.submit(one_seed, future, scale, beside): future for future in range(seeds)}
        for task in as_completed(tasks):
            yield tasks[task], task.result()
    except BaseException:
        for child in multiprocessing.active_children():
            child.terminate()
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


def _leave_interrupts() -> None:
    """Ctrl-C is the parent's business, which ends us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def one_seed(
    future: int, scale: float, beside: Callable[[Recording], Any] | None = None
) -> tuple[Found, Any]:
    """What one future of the baseline says about every fact that can be computed, and what ``beside`` makes of it."""
    from experiments.facts.panel import watch
    from experiments.scars.fact import Displaced

    displaced = Displaced()
    scenario = Scenario.named("baseline").varied(scale=scale, until=UNTIL)
    panel = watch(scenario, future, onlookers=displaced.onlookers)
    known, found = facts(), {}
    for name, compute in computations().items():
        finding = compute(panel, known[name])
        found[name] = _seed_row(finding.value, finding.holds, known[name], finding.also)
    losses = displaced.finding()
    found["displaced_losses"] = _seed_row(losses.value, True, known["displaced_losses"], losses.also)
    value, shock = hysteresis(panel.recording, future, scale)
    found["hysteresis"] = _seed_row(value, True, known["hysteresis"], {"shock_in_points": shock})
    return found, beside(panel.recording) if beside else None


def _seed_row(value: float | None, holds: bool, fact: dict[str, Any], also: dict[str, Any]) -> dict[str, Any]:
    value = None if value is None else float(value)
    return {"value": value, "passed": value is not None and holds and in_band(value, fact), "also": also}


def hysteresis(baseline: Any, future: int, scale: float) -> tuple[float, float]:
    """Fact 12: employment six to eight years after a temporary fall in demand, points per point of shock.

    In a second world on the same chance buyers have less money for a year. Points are of the workforce at the
    start. Returns the response and the shock.
    """
    from experiments.answer.closing import attached_at_start
    from model.simulate import build

    market = build(Scenario.named("baseline").varied(scale=scale), future)
    world, less = market.world, market.world.money.astype(float)
    less[world.at(_PULSE.start) : world.at(_PULSE.stop)] *= 1.0 - _PULSE_SIZE
    world.money = less.astype(world.money.dtype)
    employed = []
    for _ in range(_AFTER.stop):
        market.step()
        employed.append(market.state.last_on_call)
    points = (
        100.0
        * (np.array(employed) - baseline.series["on_call"][: _AFTER.stop].sum(axis=1))
        / attached_at_start(baseline)
    )
    shock, after = float(points[_SLUMP].mean()), float(points[_AFTER].mean())
    return (-after / shock if shock else float("nan")), shock
