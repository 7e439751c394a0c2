"""Mixes of levers: what each costs and gains, which of them nothing beats, and how they do on fresh chance."""

from __future__ import annotations

from typing import Any

from experiments.answer.price import MAY_BE_NONE, without
from experiments.answer.wording import DASH
from experiments.page.sheet import Cell, Chart, Sheet, number
from experiments.study.report import blocks, drawn
from experiments.study.report.blocks import Section
from experiments.study.report.words import Names, axis_unit, estimate_cell, estimate_said, how, yes_or_no

_REGRETS = (("mean", "regret, mean"), ("q90", "regret, 90%"), ("worst", "regret, worst"))


def front(found: dict[str, Any], names: Names) -> Section | None:
    """Cost against gain with the front as a line, and every mix as a table."""
    held = found.get("front")
    if not held or not held.get("mixes"):
        return None
    head, mixes = found["headline"], held["mixes"]
    label = f"{head['label']}, {how(head)}".rstrip(", ")
    says = (f"{label}, against public cost in USD million. The line joins the mixes that no other beats on both; bars "
            "hold 80% of the states of the world.")
    marks = [("filled", "on the front", "computed"), ("dot", "beaten by another")]
    if any(each.get("fresh") for each in mixes):
        marks.append(("fresh", "the same on fresh chance"))
        says += " On fresh chance the best of many lose what was luck in their choice."
    if held.get("budget_musd") is not None:
        marks.append(("dotted-line", "the budget"))
    told = sum(each["on_front"] for each in mixes)
    says += f" {told} of {len(mixes)} mixes are on the front."
    chart = Chart("chart-front", "Cost against gain", says, _drawn(held, head), _table(mixes, head, names))
    return Section("front", "What could be done", [
        *blocks.unless_said(held.get("said"), found), blocks.key(*marks), blocks.chart(chart),
    ])  # fmt: skip


def _drawn(held: dict[str, Any], head: dict[str, Any]) -> dict[str, Any]:
    known = [each for each in held["mixes"] if each.get("cost_musd") is not None and each.get("gain") is not None]
    best = sorted((each for each in known if each["on_front"]), key=lambda each: each["cost_musd"])
    data = []
    for name, some, look in (("beaten", [each for each in known if not each["on_front"]], "plain"),
                             ("front", best, "found")):
        if not some:
            continue
        trace = drawn.dots(name, [each["cost_musd"] for each in some], [each["gain"] for each in some],
                           [f"{each['name']}: {estimate_said(each['gain'], head)}" for each in some], look)
        color = "@model" if look == "found" else "@line"
        low, high = ([each["gain"] if each.get(end) is None else each[end] for each in some] for end in ("low", "high"))
        trace["error_y"] = {
            "type": "data", "symmetric": False, "color": color, "thickness": 1.2, "width": 3,
            "array": [h - each["gain"] for h, each in zip(high, some, strict=True)],
            "arrayminus": [each["gain"] - w for w, each in zip(low, some, strict=True)],
        }  # fmt: skip
        if look == "found":
            trace |= {"mode": "lines+markers", "line": drawn.LINE}
        data.append(trace)
    fresh = [each for each in known if each.get("fresh") and _fresh_cost(each) is not None]
    if fresh:
        texts = [f"{each['name']}, fresh: {estimate_said(each['fresh']['mean'], head)}" for each in fresh]
        data.append(drawn.dots("fresh", [_fresh_cost(each) for each in fresh],
                               [each["fresh"]["mean"] for each in fresh], texts, "fresh"))
    figure = drawn.plane(data, {"title": "public cost, USD million"},
                         {"title": head["label"], "share": axis_unit(head) == "share"}, 420)
    if held.get("budget_musd") is not None:
        figure = drawn.with_reference(figure, held["budget_musd"], "budget")
    return figure


def _table(mixes: list[dict[str, Any]], head: dict[str, Any], names: Names) -> Sheet:
    factors = list(dict.fromkeys(name for each in mixes for name in each.get("values") or ()))
    regrets = [(key, words) for key, words in _REGRETS if any(key in _regret(each) for each in mixes)]
    ratio = any(each.get("per_job_year") is not None for each in mixes)
    fresh = any(each.get("fresh") for each in mixes)
    rows = []
    order = sorted(range(len(mixes)), key=lambda k: (not mixes[k]["on_front"], mixes[k].get("cost_musd") or 0.0))
    for k in order:
        each = mixes[k]
        again = each.get("fresh") or {}
        rows.append([
            Cell(str(k + 1) if each.get("values") else str(each["name"])), yes_or_no(each["on_front"]),
            *(names.cell(name, (each.get("values") or {}).get(name)) for name in factors),
            number(each.get("cost_musd"), ""),
            *(estimate_cell(each.get(key), head) for key in ("gain", "low", "high")),
            *(estimate_cell(_regret(each).get(key), {**head, "way": "level"}) for key, _ in regrets),
            *([estimate_cell(again.get(key), head) for key in ("mean", "low", "high")] if fresh else []),
            *([number(each.get("fresh_cost_musd"), "")] if fresh else []), *(_ratio(each) if ratio else []),
        ])  # fmt: skip
    columns = ["mix", "on the front", *(names.label(name) for name in factors), "cost, USD million", "gain",
               "10% of states", "90% of states"]
    columns += [words for _, words in regrets]
    columns += ["gain on fresh chance", "95% low", "95% high", "cost on fresh chance, USD million"] if fresh else []
    columns += ["USD per job-year", "95% low", "95% high"] if ratio else []
    return Sheet("front", f"Every mix: public cost and {head['label'].lower()}, {how(head)}".rstrip(", "),
                 columns, rows)


def _regret(mix: dict[str, Any]) -> dict[str, Any]:
    held = mix.get("regret")
    if held is None:
        return {}
    return held if isinstance(held, dict) else {"q90": held}


def _fresh_cost(mix: dict[str, Any]) -> float | None:
    return mix["cost_musd"] if mix.get("fresh_cost_musd") is None else mix["fresh_cost_musd"]


def _ratio(mix: dict[str, Any]) -> list[Cell]:
    """What a job-year costs on fresh chance, with its interval; words where it cannot be told, or has no price."""
    none = without(mix["price"]) if mix.get("price") else None
    if none:
        return [Cell(f"no price: {none}"), Cell(DASH), Cell(DASH)]
    value, low, high = (mix.get(f"per_job_year{end}") for end in ("", "_low", "_high"))
    if value is None:
        return [Cell(DASH)] * 3
    if low is None or high is None:
        return [Cell(f"no price: {MAY_BE_NONE}"), Cell(DASH), Cell(DASH)]
    return [number(each, "USD") for each in (value, low, high)]
