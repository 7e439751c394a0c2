"""Where a promise holds, in words and limits anybody can read: the box of PRIM and the leaves of CART."""

from __future__ import annotations

from typing import Any

from experiments.answer.wording import DASH, figure
from experiments.page.sheet import Cell, Chart, Sheet, number
from experiments.study.report import blocks, drawn
from experiments.study.report.words import Names


def limit_said(limit: dict[str, Any], names: Names, label: str = "{}") -> str:
    """One limit in the unit of its factor; ``label`` says how its name is set."""
    name, low, high = limit["name"], limit.get("low"), limit.get("high")
    called = label.format(names.label(name))
    if limit.get("values") is not None:
        return f"{called}: {' or '.join(names.at(name, each) for each in limit['values'])}"
    if low is not None and high is not None:
        return f"{called} from {names.at(name, low)} to {names.at(name, high)}"
    if low is not None:
        return f"{called} at least {names.at(name, low)}"
    return f"{called} at most {names.at(name, high)}" if high is not None else f"{called}: any"


def region_said(box: dict[str, Any], names: Names) -> str:
    """A box as a list of limits."""
    return "; ".join(limit_said(each, names) for each in box["limits"]) or "everywhere"


def region(prim: dict[str, Any], holds: dict[str, Any] | None, names: Names) -> list[blocks.Block]:
    """The box in which the promise holds most, its limits, and what was traded for it."""
    box = prim["chosen"]
    found = [blocks.heading("Where the promise holds")]
    if box["limits"]:
        inside = " and ".join(limit_said(each, names, "“{}”") for each in box["limits"])
        found += [
            blocks.text(f"Over all points {_it(holds, names)} holds at {figure(prim['base_rate'], 'share')}. With "
                        f"{inside} it holds at {figure(box['density'], 'share')} of the points ({box['held']:,} of "
                        f"{box['points']:,}). {figure(box['coverage'], 'share')} of all points at which it holds lie "
                        "there."),
            blocks.table(_limits(prim, names)),
        ]  # fmt: skip
    if prim.get("note"):
        found.append(blocks.text(prim["note"]))
    if prim.get("new_density") is not None:
        found.append(blocks.small(
            f"Found again in {prim['halves']} random halves of the points, such boxes hold in the other half with a "
            f"density of {figure(prim['new_density'], 'share')} and a coverage of "
            f"{figure(prim.get('new_coverage'), 'share')}: what to expect of new points."))
    return [*found, _trade_off(prim, names)] if prim.get("curve") else found


def _it(holds: dict[str, Any] | None, names: Names) -> str:
    return f"the promise, {names.promise(holds)}," if holds else "it"


def _limits(prim: dict[str, Any], names: Names) -> Sheet:
    rows = []
    for each in prim["chosen"]["limits"]:
        name, returns = each["name"], (prim.get("returns") or {}).get(each["name"])
        if each.get("values") is not None:
            ends = [Cell(" or ".join(names.at(name, value) for value in each["values"])), Cell("")]
        else:
            ends = [Cell(DASH if each.get(end) is None else names.at(name, each[end])) for end in ("low", "high")]
        chance = max((each[key] for key in ("p_low", "p_high", "p_values") if each.get(key) is not None), default=None)
        rows.append([Cell(names.label(name)), *ends,
                     Cell(DASH) if chance is None else Cell(f"{chance:.2g}", chance), number(returns, "share")])
    box = prim["chosen"]
    caption = (f"The box: density {figure(box['density'], 'share')}, coverage {figure(box['coverage'], 'share')}, "
               f"{figure(box['mass'], 'share')} of all points")
    return Sheet("prim_limits", caption, ["factor", "at least", "at most", "quasi-p", "limited again in halves"], rows,
                 ["quasi-p: how often chance alone would make the limit look as good"])


def _trade_off(prim: dict[str, Any], names: Names) -> blocks.Block:
    curve, box = prim["curve"], prim["chosen"]
    rows = [[Cell(str(k)), *_measures(each), Cell(region_said(each, names))] for k, each in enumerate(curve)]
    rows.append([Cell("chosen"), *_measures(box), Cell(region_said(box, names))])
    line = drawn.dots("steps", [each["coverage"] for each in curve], [each["density"] for each in curve],
                      [f"step {k}: {len(each['limits'])} limits" for k, each in enumerate(curve)])
    line |= {"mode": "lines+markers", "line": {"color": "@muted", "width": 1.5}}
    chosen = drawn.dots("chosen", [box["coverage"]], [box["density"]], ["the chosen box"], "found")
    least = {key: max(0.0, min(each[key] for each in curve) - 0.1) for key in ("coverage", "density")}
    shown = drawn.plane(
        [line, chosen],
        {"title": "coverage: part of all points at which it holds", "share": True, "range": [least["coverage"], 1.04]},
        {"title": "density: part at which it holds", "share": True, "range": [least["density"], 1.06]}, 320,
    )  # fmt: skip
    says = ("From all points, at the right, every step takes away the slice that raises the density most. The chosen "
            "box, its limits tidied, balances both best.")
    sheet = Sheet("prim_curve", "What each step of PRIM keeps",
                  ["step", "coverage", "density", "of all points", "limits"], rows)
    return blocks.chart(Chart("chart-prim", "Coverage against density", says, shown, sheet))


def _measures(box: dict[str, Any]) -> list[Cell]:
    return [number(box[each], "share") for each in ("coverage", "density", "mass")]


def leaves(cart: dict[str, Any], names: Names) -> list[blocks.Block]:
    """The leaves of a small tree, densest first: together they hold every point once."""
    rows = [[Cell(region_said(each, names)), number(each["density"], "share"), number(each["coverage"], "share"),
             Cell(f"{each['held']:,} of {each['points']:,}", each["held"])] for each in cart["leaves"]]
    found = [blocks.heading("The same by a small tree")]
    if cart.get("note"):
        found.append(blocks.text(cart["note"]))
    found.append(blocks.table(Sheet("cart_leaves", f"Leaves of a tree, densest first; over all points it holds at "
                                    f"{figure(cart['base_rate'], 'share')}",
                                    ["where", "holds at", "of all that hold", "points that hold"], rows)))
    return found
