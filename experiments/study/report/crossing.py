"""Where the headline crosses zero over two factors: the map, its line, and how far the line may be off."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np

from experiments.answer.wording import figure
from experiments.charts.parts import level_map
from experiments.page.sheet import Cell, Chart, Sheet, number
from experiments.study.report import blocks, drawn
from experiments.study.report.blocks import Section
from experiments.study.report.words import SHARES, Names, axis_unit, estimate_cell, estimate_said, how, value_said

LOGARITHMIC_FROM = 30.0
UNSURE, SUREST = (0.05, 0.95), 1e-12  # probabilities
_LEVEL_OF_ERROR = {"way": "level"}


def surface(found: dict[str, Any], names: Names) -> Section | None:
    """The map with its zero line and the points that were run; slices where there is a third factor."""
    held = found.get("surface")
    if not held or not held.get("grid"):
        return None
    head = found["headline"]
    label = f"{head['label']}, {how(head)}".rstrip(", ")
    section = Section("surface", "Where it turns", [
        *blocks.unless_said(held.get("said"), found),
        blocks.key(("more", "more"), ("less", "less"), ("text-line", "no difference"),
                   ("dotted-line", "where it may lie: 5 to 95%"), ("dot", "points that were run", "computed")),
    ])  # fmt: skip
    x, y = held["axes"]
    says = f"{label}, by “{x['label']}” (across) and “{y['label']}” (up)."
    shown = _map(held, held.get("points") or [], head, 420)
    section.blocks.append(blocks.chart(Chart("chart-surface", label, says, shown, _grid(held, "surface", label))))
    if held.get("above"):
        section.blocks.append(blocks.folded_table("How likely above zero", _above(held, "surface", label)))
    slices = held.get("slices") or []
    if len(slices) > 1:
        pieces = [
            Chart(f"chart-surface-{k}", str(each["label"]), _share_above(each),
                  _map({**held, **each}, [], head, 240, titles=False),
                  _grid({**held, **each}, f"surface_{k}", f"{label}, {each['label']}"))
            for k, each in enumerate(slices)
        ]
        section.blocks.append(blocks.charts(pieces, three=True))
    section.blocks += [blocks.text(each) for each in _error(held, head) if each]
    if held.get("points"):
        section.blocks.append(blocks.folded_table("Points that were run", _points(held["points"], head, names)))
    return section


def _map(held: dict[str, Any], points: list[dict[str, Any]], head: dict[str, Any], height: int,
         titles: bool = True) -> dict[str, Any]:
    from scipy.special import ndtri

    x, y = held["axes"]
    form = ":+.1%" if axis_unit(head) == "share" and head["way"] != "level" else ":.4~g"
    hover = f"{_plain(x['label'])} %{{x:.4~g}}<br>{_plain(y['label'])} %{{y:.4~g}}<br>%{{z{form}}}"
    data = level_map(x["at"], y["at"], held["grid"], hover)
    if held.get("above"):
        # As normal deviates, which are nearly straight between the cells of the grid where probabilities are not.
        deviates = ndtri(np.clip(np.array(held["above"], float), SUREST, 1.0 - SUREST))
        low, high = (float(ndtri(each)) for each in UNSURE)
        data.append({
            "type": "contour", "name": "may lie here", "x": x["at"], "y": y["at"], "z": deviates.tolist(),
            "showscale": False, "hoverinfo": "skip", "line": {"color": "@bad", "width": 1.5, "dash": "dot"},
            "contours": {"coloring": "none", "type": "levels", "start": low, "end": high, "size": high - low},
        })  # fmt: skip
    there = [each for each in points if x["name"] in each["values"] and y["name"] in each["values"]]
    if there:
        data.append(drawn.dots("points", *([_place(each["values"][axis["name"]]) for each in there] for axis in (x, y)),
                               [estimate_said(each["mean"], head) for each in there]))
    return drawn.plane(data, _axis(x, titles), _axis(y, titles), height)


def _place(value: Any) -> Any:
    """Where a value lies on an axis: a list, which moves as a whole, at its mean."""
    return float(np.mean(value)) if isinstance(value, (list, tuple)) else value


def _plain(words: str) -> str:
    return escape(words, quote=False).replace("%{", "%&#123;")


def _axis(axis: dict[str, Any], title: bool) -> dict[str, Any]:
    at, share = axis["at"], axis["unit"].split(" ")[0] in SHARES
    unit = "" if share or not axis["unit"] else f", {axis['unit']}"
    return {"title": f"{axis['label']}{unit}" if title else "", "share": share, "range": [at[0], at[-1]],
            "log": at[0] > 0 and at[-1] / at[0] >= LOGARITHMIC_FROM}


def _grid(held: dict[str, Any], name: str, label: str) -> Sheet:
    x, y = held["axes"]
    rows = [[Cell(value_said(up, y["unit"])), *(number(each, "") for each in row)]
            for up, row in zip(y["at"], held["grid"], strict=True)]
    return _matrix(name, f"{label}: a column for each {x['label']}, a row for each {y['label']}", held, rows)


def _above(held: dict[str, Any], name: str, label: str) -> Sheet:
    x, y = held["axes"]
    rows = [[Cell(value_said(up, y["unit"])), *(number(each, "share") for each in row)]
            for up, row in zip(y["at"], held["above"], strict=True)]
    caption = f"{label}: how likely it lies above zero; a column for each {x['label']}, a row for each {y['label']}"
    return _matrix(f"{name}_above", caption, held, rows)


def _matrix(name: str, caption: str, held: dict[str, Any], rows: list[list[Cell]]) -> Sheet:
    x, y = held["axes"]
    return Sheet(name, caption, [y["label"], *(value_said(at, x["unit"]) for at in x["at"])], rows)


def _points(points: list[dict[str, Any]], head: dict[str, Any], names: Names) -> Sheet:
    factors = list(dict.fromkeys(name for each in points for name in each["values"]))
    rows = [[Cell(str(k + 1)), *(names.cell(name, each["values"].get(name)) for name in factors),
             estimate_cell(each["mean"], head), estimate_cell(each.get("se"), {**head, **_LEVEL_OF_ERROR})]
            for k, each in enumerate(points)]
    return Sheet("surface_points", "Points that were run", ["point", *(names.label(name) for name in factors), "mean",
                                                           "standard error"], rows)  # fmt: skip


def _share_above(piece: dict[str, Any]) -> str:
    share = piece.get("share_above")
    return "" if share is None else f"Above zero on {figure(share, 'share')} of the area."


def _error(held: dict[str, Any], head: dict[str, Any]) -> list[str]:
    """How far the map may be off, in words; and where care is due."""
    error, words = held.get("error") or {}, ""
    if error.get("rmse") is not None:
        points = error.get("points", len(held.get("points") or ()))
        words = (f"The map is drawn by an emulator fitted to {points} points. "
                 f"At points held back from it, it is off by {_size(error['rmse'], head)} (root mean square)")
        if error.get("rmse_mean") is not None:
            words += f", where guessing the mean of the others would be off by {_size(error['rmse_mean'], head)}"
        inside = error.get("covered", error.get("share_inside"))
        if inside is not None:
            words += f"; {figure(inside, 'share')} of them lie inside its 90% band"
        words += "."
    slices = held.get("slices") or []
    near = slices[len(slices) // 2].get("error") if slices else error.get("near")
    if near is not None:
        words += f" Near the line its standard error is {_size(near, head)}."
    return [words.strip(), str(error.get("caution") or "")]


def _size(value: float, head: dict[str, Any]) -> str:
    if axis_unit(head) == "share":
        return figure(value, "share")
    return figure(value) if abs(value) >= 1 else f"{value:.2g}"
