"""What would mend a missed fact: which parameter would move it most towards its band."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from experiments.answer.wording import MINUS
from experiments.facts.reach import rank
from experiments.facts.validation import facts
from experiments.page.sheet import Cell, Sheet
from experiments.study.report.blocks import Section, small, table, text
from model.errors import CallSheetError
from model.parameters import Params
from viz.pages.method.facts import shelf
from viz.pages.of_model import made_with, of_model

FILE = "facts_reach.json"


@cache
def shipped() -> dict[str, Any] | None:
    """What ``python -m experiments.facts.reach`` found, None where it does not come with the app."""
    file = shelf() / FILE
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None


def parts(kept: dict[str, Any] | None = None) -> list[Section]:
    """The section, if there is anything to show."""
    kept = kept or shipped()
    if kept is None or not kept["facts"]:
        return []
    reached = sum(each["in_band"] > 0 for each in kept["facts"])
    said = (f"Every parameter of the market was set to either end of its range, on the same chance as the baseline. Of "
            f"the {len(kept['facts'])} facts that are missed in runs as small as these and could be looked at in them, "
            f"{reached} come into their band that way: there a number that nobody knows decides. The other "
            f"{len(kept['facts']) - reached} are missed wherever any one parameter "
            "stands: there it is what the model leaves out, or that so small a market is rough.")
    sheet = Sheet("reach", "Missed facts, and what would move each most towards its band",
                  ["fact", "baseline here", "band", "moved most by", "to", "the fact becomes",
                   "ends in band"], [_row(each) for each in kept["facts"]],
                  made=made_with(kept["model"], f"{kept['futures']} futures at scale {kept['scale']:g}"))
    return [Section("reach", "What would mend a missed fact", [
        text(said), table(sheet),
        small(f"Means over {kept['futures']} futures at scale {kept['scale']:g}, where figures differ a little from "
              "those above; only differences of more than two standard errors count. One parameter moves at a time. "
              + of_model(kept["model"], f"python -m experiments.facts.reach viz/shipped/{FILE}", ai=False))])]


def _row(each: dict[str, Any]) -> list[Cell]:
    about = facts().get(each["fact"], {})
    first = min(each["strongest"], key=rank, default=None)
    band = f"{_end(about.get('low'))} to {_end(about.get('high'))}"
    cells = [Cell(about.get("statement", each["fact"])), _number(each["base"]), Cell(band)]
    if first is None:
        moved = [Cell("no parameter"), Cell("–"), Cell("–")]
    else:
        moved = [Cell(_label(first["parameter"])), Cell(_end_of_range(first)), _number(first["value"])]
    return [*cells, *moved, Cell(f"{each['in_band']} of {each['ends']}", each["in_band"])]


def _label(name: str) -> str:
    try:
        return f"{Params.load().about(name).label} ({name})"
    except CallSheetError:
        return name


def _end_of_range(row: dict[str, Any]) -> str:
    return {"low": "its least", "high": "its most"}[row["end"]]


def _number(value: float) -> Cell:
    return Cell(f"{value:.3g}".replace("-", MINUS), value)


def _end(value: float | None) -> str:
    return "any" if value is None else f"{value:.3g}".replace("-", MINUS)
