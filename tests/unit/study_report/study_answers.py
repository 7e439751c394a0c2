"""Answers of studies for tests of their report: one of real runs, cut short, and some whose figures are invented."""

import copy
import json
import math
from pathlib import Path

from experiments.batch.coordinator import Limits
from experiments.study.definition import find, study_from
from experiments.study.go import run
from experiments.study.plan import points_at

INVENTED = "Invented figures: nothing is claimed here."
ARGUMENTS = {name: {"low": -3.0, "high": 3.0} for name in ("x1", "x2", "x3")}


def credit():
    """Two sizes of the credit, four futures of a fiftieth of the market: real runs, cut to a few crafts and months."""
    return json.loads(Path(__file__).with_name("study_answer.json").read_text(encoding="utf-8"))


def one_comparison():
    """The same as if one pair of worlds had been compared."""
    found = credit()
    found["comparisons"] = [{**found["comparisons"][0], "values": {}}]
    found["factors"] = []
    found["study"] |= {"levers": {}, "against": "baseline", "design": {"kind": "paired", "futures": 4}, "name": "one"}
    return found


def with_costs():
    """The same with invented costs: one that can be told, and one that cannot."""
    found = credit()
    base = {"usd": -3.9e9, "job_years": -165000.0, "per_job_year": 23636.0, "futures": 4}
    found["comparisons"][0]["cost"] = {**base, "low": 20000.0, "high": 27000.0}
    found["comparisons"][1]["cost"] = {**base, "low": None, "high": None}
    return found


def all_failed():
    """A study of which every run failed, as the sections of comparisons then are."""
    found = credit()
    for row in found["comparisons"]:
        row |= {"crew_weeks": None, "saved_dollar": None, "difference": None, "cost": None, "crafts": []}
        for outcome in row["outcomes"]:
            outcome |= {"estimate": None, "values": [None] * 4, "p": None, "holm": None, "fdr": None, "stands": None}
    failures = [{"case": "0123456789abcdef", "kind": "crash", "message": "worker died"}]
    found["runs"] = {"total": 8, "failed": 8, "failures": failures}
    found["answer"] = "Nothing can be said: every run failed."
    return found


def of_function(folder, design, **more):
    """A study of a function with a known answer, really run: designs lhs, sobol, morris, surface, grid."""
    study = study_from({
        "title": "A function", "question": "Which argument matters?", "runner": "function", "function": "ishigami",
        "against": None, "uncertainties": ARGUMENTS, "outcomes": ["y"], "design": design, **more,
    }, "function")  # fmt: skip
    return run(study, None, folder, "here", 1, Limits())


def _worlds(design, **more):
    study = study_from({"title": "Invented", "question": INVENTED, "scenarios": ["ai_first"], "against": "baseline",
                        "design": design, **more}, "invented")  # fmt: skip
    factors = [{"name": each.name, "label": each.label, "unit": each.unit, "role": each.role, "kind": each.kind,
                "low": each.low, "high": each.high, "values": list(each.values)} for each in study.factors]
    runs = {"total": 12, "failed": 0, "failures": []}
    return study, {"study": study.model_dump(mode="json"), "headline": vars(study.looked_at[0]), "runs": runs,
                   "factors": factors, "answer": INVENTED}  # fmt: skip


def box(low, high, coverage, density):
    """A box over one parameter, as scenario discovery writes it."""
    limits = [] if low is None and high is None else [
        {"name": "ai_adoption.ceiling", "low": low, "high": high, "values": None,
         "p_low": None if low is None else 0.01, "p_high": None if high is None else 0.002, "p_values": None}
    ]  # fmt: skip
    return {"limits": limits, "coverage": coverage, "density": density, "mass": 0.5, "points": 6, "held": 5,
            "extremes": {}}  # fmt: skip


def spread():
    """Points of two parameters, with scores, a box and leaves."""
    study, found = _worlds({"kind": "lhs", "points": 12}, uncertainties={"ai_adoption.ceiling": None,
                           "ai_budget.scope": None}, holds={"outcome": "crew_weeks", "at_least": 0.0})  # fmt: skip
    where = [(k / 12 + 0.04, (5 * k % 12) / 12 + 0.04) for k in range(12)]
    points = points_at(study, where)
    values = [0.05 - 0.1 * u for u, _ in where]
    names = [each.name for each in study.factors]
    found["spread"] = {
        "headline": {"points": 12, "mean": 0.0, "median": 0.0, "q10": -0.04, "q90": 0.04},
        "values": [*values[:-1], None],
        "points": [{"point": each.number, "values": dict(each.values), "value": value}
                   for each, value in zip(points, values, strict=True)],
        "holds": {"outcome": "crew_weeks", "rule": "at least 0", "points": 6},
        "scores": {"names": names, "score": [0.8, 0.05], "low": [0.7, 0.04], "high": [0.9, 0.07], "floor": 0.1,
                   "above": [True, False], "points": 12, "missing": 0},
        "prim": {"curve": [box(None, None, 1.0, 0.5), box(0.2, 0.7, 0.9, 0.8)], "chosen": box(0.2, 0.7, 0.9, 0.8),
                 "base_rate": 0.5, "points": 12, "missing": 0, "returns": {"ai_adoption.ceiling": 0.9},
                 "new_density": 0.75, "new_coverage": 0.8, "halves": 10, "note": "A note with care."},
        "cart": {"leaves": [box(0.5, None, 0.9, 0.8), box(None, 0.5, 0.1, 0.2)], "base_rate": 0.5, "points": 12,
                 "missing": 0, "note": ""},
    }  # fmt: skip
    return found


def surface():
    """A map over a number and a list, which moves as a whole, with one point whose run failed."""
    study, found = _worlds({"kind": "surface"}, uncertainties={"ai_firms.spend_pull": {}, "ai_places.la_share": {}})
    first, second = study.factors
    steps = [0.0, 0.25, 0.5, 0.75, 1.0]
    points = points_at(study, [(u, 1.0 - u) for u in steps])
    axes = [{"name": first.name, "label": first.label, "unit": first.unit, "at": [first.at(u) for u in steps]},
            {"name": second.name, "label": f"{second.label}: mean", "unit": second.unit,
             "at": [sum(second.at(u)) / 4 for u in steps]}]
    found["surface"] = {
        "said": "It crosses.", "axes": axes, "grid": [[0.1 * (x + y) - 0.1 for x in steps] for y in steps],
        "above": [[min(1.0, (x + y) / 2) for x in steps] for y in steps],
        "points": [{"values": {name: list(value) if isinstance(value, tuple) else value
                               for name, value in each.values.items()}, "mean": None if each.number == 4 else 0.01,
                    "se": None} for each in points],
        "error": {"rmse": 0.004, "rmse_mean": 0.05, "covered": 0.9, "caution": "Take care.", "points": 4},
    }  # fmt: skip
    return found


def front():
    """Mixes of two levers, two of them scored again, one with a cost that cannot be told."""
    study, found = _worlds({"kind": "policy", "mixes": 6, "budget_musd": 900.0}, against="ai_first",
                           levers={"TaxCredit.cap": {"low": 0, "high": 1500}, "MinimumCrew.share": {}})
    mixes = []
    for k in range(6):
        cost, gain = 200.0 * k, 0.1 * math.sqrt(k)
        mixes.append({"name": f"mix {k}", "values": {"TaxCredit.cap": 250.0 * k, "MinimumCrew.share": 0.1 * k},
                      "cost_musd": cost, "gain": gain, "low": gain - 0.02, "high": gain + 0.02, "regret": 0.01 * k,
                      "on_front": k != 2, "fresh": None, "per_job_year": None})  # fmt: skip
    again = {"mean": 0.12, "se": 0.01, "low": 0.1, "high": 0.14, "n": 20, "agreeing": 20, "q10": 0.1, "q90": 0.14,
             "missing": 0, "level": 0.95}  # fmt: skip
    for k, low in ((3, 40000.0), (4, None)):
        mixes[k] |= {"fresh": again, "fresh_cost_musd": 210.0 * k, "per_job_year": 52000.0, "per_job_year_low": low,
                     "per_job_year_high": low and 70000.0, "better_than_nothing": 1.0}
    found["front"] = {"said": "Most is kept by mix 4.", "budget_musd": 900.0, "mixes": mixes, "finalists": [3, 4]}
    return found


def hostile():
    """An answer whose every word that comes from somebody's file tries to be markup."""
    found = copy.deepcopy(with_costs())
    bad = "<script>alert(1)</script>"
    found["study"] |= {"title": bad, "question": bad, "name": bad}
    found["answer"] = bad
    found["factors"][0]["label"] = f"@model {bad}"
    found["runs"] = {"total": 9, "failed": 1, "failures": [{"case": bad, "kind": bad, "message": bad}]}
    for row in found["comparisons"]:
        row["scenario"] = bad
        row["outcomes"][0]["label"] = bad
    return found


def of_shipped(name, **changed):
    """A shipped study, run with other options, without an answer."""
    study = find(name)[0].changed(**changed)
    return {"study": study.model_dump(mode="json"), "headline": vars(study.looked_at[0]), "answer": INVENTED,
            "runs": {"total": 0, "failed": 0, "failures": []}}  # fmt: skip
