"""What the model was made to answer for beside the facts: the years it was fitted to, and those that were kept back.

Rows like those of facts, of results that `callsheet calibrate` left in `seeds/posterior`: the error of posterior draws
with fresh chance, and forecasts made at past origins beside the best simple one. Nothing is run here.
"""

from __future__ import annotations

from typing import Any

from experiments.calibration.shipped import shipped_findings
from experiments.facts.validation import FAILURES_FIRST
from experiments.forecasting.rehearsed import Beside, beside_the_best, shipped_rehearsal
from experiments.forecasting.scoring import ALL
from experiments.forecasting.series import JOBS
from model.digest import same_results

FIT, FORECAST = "fit", "forecast"
# Asked of the fit before it was made: mean absolute error over the mean published.
WANTED = {"jobs": 0.06, "days.feature": 0.15, "days.tv": 0.15, "days.commercial": 0.15, "days.other": 0.15}
COVERED = (0.70, 0.90)  # of the months kept back, inside intervals of 80 %
SERIES = (JOBS, "shoot_days_all")
_SHORT = {JOBS: "jobs", "shoot_days_all": "shoot_days"}


def rows() -> list[dict[str, Any]]:
    """All of them, failures first; empty where the program comes without results."""
    found = _fits() + _forecasts()
    return sorted(found, key=lambda row: FAILURES_FIRST[row["passed"]])


def _fits() -> list[dict[str, Any]]:
    held = shipped_findings()
    if held is None:
        return []
    found = []
    for name, wanted in WANTED.items():
        fitted, kept_back = (held["check"][name][each]["of_median"] for each in ("fitted", "held_back"))
        short = name.replace(".", "_")
        unit = "mean absolute error over the mean published"
        found.append(_row(FIT, f"fit_{short}", fitted, 0.0, wanted, unit, held["model"], fitted=True))
        found.append(_row(FIT, f"kept_back_{short}", kept_back, None, None, f"{unit}, 2023-24", held["model"],
                          note="Reported and never tuned to, so no limit was set."))
    return found


def _forecasts() -> list[dict[str, Any]]:
    held = shipped_rehearsal()
    if held is None:
        return []
    with_all = {_name(each): each.ratio for each in beside_the_best(held["rows"], SERIES, ALL)}
    found = []
    for each in beside_the_best(held["rows"], SERIES):
        name = _name(each)
        loses = f"Loses to {each.best['forecast'].replace('_', ' ')}." if each.loses else ""
        found.append(_row(FORECAST, f"{name}_crps", each.ratio, 0.0, 1.0, "CRPS over that of the best simple forecast",
                          held["model"], note=loses, also={"best": each.best["forecast"].replace("_", " "),
                                                           "with_2020_21": with_all[name]}))
        found.append(_row(FORECAST, f"{name}_coverage", each.mine["inside_80"], *COVERED,
                          "share of periods inside 80 % intervals", held["model"]))
    return found


def _name(each: Beside) -> str:
    return f"{_SHORT[each.mine['series']]}_from_{int(each.mine['origin'][:4]) + 1}_{each.mine['kind']}"


def _row(group: str, name: str, value: float, low: float | None, high: float | None, unit: str, model: str,
         fitted: bool = False, note: str = "", also: dict[str, Any] | None = None) -> dict[str, Any]:
    judged = None if high is None else bool((low or 0.0) <= value <= high)
    stale = "" if same_results(model, ai=False) else f"Stale: of model {model[:12]}."
    return {
        "fact": name, "value": float(value), "low": low, "high": high, "source": "callsheet calibrate",
        "passed": judged, "share_of_seeds": None, "number": None, "unit": unit, "observed": None, "wilson": None,
        "gated": False, "fitted": fitted, "kind": "computed", "also": also or {},
        "note": " ".join(filter(None, (note, stale))), "q10": None, "q90": None, "group": group,
    }  # fmt: skip
