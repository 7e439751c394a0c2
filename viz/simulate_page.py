"""The page where a run is watched: levers and assumptions, and the stage that plays both worlds."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import solara

from experiments.answer import edits
from experiments.page.page import version_of_package
from model import measures, tables
from model.calendar import monday
from model.digest import model_digest
from model.scenario import Scenario
from viz import flags, levers_panel, office, settings, shown, strip, url
from viz.parts.html import html
from viz.runs.desk import DONE, FAILED
from viz.runs.watch import COLUMNS
from viz.runs.wishes import World
from viz.view import PEOPLE, Notice, View
from viz.visit import Visit
from viz.widgets import Stage


def simulate(view: View, notices: list[Notice], visit: Visit, push: Callable[[str], None]) -> None:
    """The page of a visitor; it is drawn again whenever the runs have moved.

    No component of its own: what fails in one is shown by Solara, with all that Python says, before we can.
    """
    mine, base = visit.worlds[0], visit.worlds[-1]
    ghost = visit.before if visit.before and office.store().has(visit.before) else None
    state = state_of(mine, visit, True)
    address = url.write(view), state["done"]
    if visit.drawn[0] != address:  # what only settings and the end of the run move is made once
        visit.drawn = (address, levers_panel.panel(view), json.dumps(meta(view, mine if state["done"] else None)))
    _, panel, known = visit.drawn
    head = strip.head(view, notices, "")
    played = {
        "meta": known, "run": json.dumps(state),
        "base": json.dumps(state_of(base, visit, False)),
        "ghost": "" if ghost is None or ghost.key == mine.key else json.dumps(finished(ghost)),
    }  # fmt: skip
    with solara.Div(classes=["simulate"]):
        html(head)
        html(panel)
        Stage.element(**played, week=view.week,
                      on_picked=lambda row: row >= 0 and push("/" + url.write(follow(view, row))))


def follow(view: View, row: int) -> View:
    """The life of a worker whose mark was chosen."""
    return replace(view.at(PEOPLE), extra={"who": str(row)})


def state_of(world: World, visit: Visit, says: bool) -> dict[str, Any]:
    """How far a world is, for the stage."""
    state, done, total, failure = visit.states([world])[0]
    return {"id": world.key, "filled": total if state == DONE else done, "done": state == DONE, "every": 10,
            "message": visit.said() if says else "", "failed": failure if state == FAILED else ""}


def finished(world: World) -> dict[str, Any]:
    """A world that is all there."""
    return {"id": world.key, "filled": world.scenario.weeks, "done": True, "every": 10, "message": "", "failed": ""}


def meta(view: View, ran: World | None = None) -> dict[str, Any]:
    """What the stage has to know of what it plays; ``ran`` is the world once its run is finished."""
    scenario, crafts = view.scenario, tables.crafts()
    known = [measures.measure(name) for name in shown.MEASURES]
    return {
        "measures": [{"name": each.name, "label": each.label, "unit": each.unit,
                      "definition": each.definition, "over": each.over} for each in known] + [
            {"name": column, "label": label, "unit": "workers", "definition": "On a call in the week", "over": "mean"}
            for column, label in zip(shown.craft_columns(), crafts.labels, strict=True)],
        "crafts": [{"name": name, "label": label, "department": department, "on_call": column}
                   for name, label, department, column in zip(crafts.names, crafts.labels, departments(),
                                                              shown.craft_columns(), strict=True)],
        "districts": [{"name": row["district"], "label": row["label"], "latitude": float(row["latitude"]),
                       "longitude": float(row["longitude"])} for row in tables.rows("districts.csv")],
        "columns": COLUMNS, "first_week": scenario.first_week,
        "first_date": monday(scenario.first_week).isoformat(),
        "horizon": scenario.weeks, "scale": scenario.scale, "root": settings.in_force().root_path,
        "now": shown.RIGHT_NOW,
        "charts": [{"measure": name, "title": measures.measure(name).label, "kind": "line"} for name in shown.CHARTS],
        "flags": flags.flags(scenario, None if ran is None else recorded(ran)),
        "source": source(scenario),
        "scenario": edits.titled(scenario), "baseline": view.other.title or view.other.name,
        **geography(),
    }


def source(scenario: Scenario) -> str:
    """What stands below the pictures: version, model, chance, and what was set otherwise."""
    settings = edits.listed(scenario)
    return (f"Source: Call Sheet {version_of_package()}, model {model_digest()[:12]}, seed {scenario.seed}, one future"
            f"{' with ' if settings else ''}{settings}.")


def recorded(world: World) -> dict[str, np.ndarray] | None:
    """What the recording of a world says of producers and clouds; None if it has made room meanwhile."""
    return flags.series_of(office.store().world(world.key) / "recording")


def departments() -> list[str]:
    """The department of each craft."""
    return [row.get("department", "") for row in tables.rows("crafts.csv")]


@cache
def geography() -> dict[str, Any]:
    """The outline of Los Angeles County and of what lies around it, rings of longitude and latitude."""
    path = resources.files("seeds") / "places" / "los_angeles_county.json"
    held = json.loads(path.read_text(encoding="utf-8"))
    return {name: held[name] for name in ("outline", "neighbors")}
