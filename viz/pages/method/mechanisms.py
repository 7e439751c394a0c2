"""Which mechanism makes long spells and the losses of the displaced: what was left with each of them switched off.

``python -m experiments.facts.mechanisms viz/shipped/mechanisms.json`` renews what is shown.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from experiments.answer.wording import MINUS
from experiments.facts.mechanisms import read
from experiments.page.sheet import Cell, Sheet
from experiments.study.report.blocks import Section, small, table, text
from viz.pages.method.facts import shelf
from viz.pages.of_model import made_with, of_model

SPELLS, SAME, LOST = "hazard_ratio", "same_person", "loss"
SHOWN = {SPELLS: "hire at eight months over one", "within_craft_and_talent": "within craft and talent",
         SAME: "same person", LOST: "years of pay lost", "bystanders": "by bystanders"}
TOGETHER = "all"
RENEW = "python -m experiments.facts.mechanisms viz/shipped/mechanisms.json"
NOTHING = "None of them moves it by more than chance"


@cache
def shipped() -> dict[str, Any] | None:
    """The result that comes with the app, None where there is none that can be read."""
    return read(shelf() / "mechanisms.json")


def parts(found: dict[str, Any] | None = None) -> list[Section]:
    """The section, from ``found`` or what comes with the app; none where there is neither."""
    found = found or shipped()
    return [] if found is None else [_section(found)]


def _section(found: dict[str, Any]) -> Section:
    rows = found["rows"]
    base = {measure: rows[0][measure]["value"]["mean"] for measure in SHOWN}
    spells = (f"After eight months without work the chance of a hire is {_short(base[SPELLS])} times that after one; "
              "for the same person in the same week, had the spell been short, the ratio is "
              f"{_short(base[SAME])}: the rest is who is still waiting. {_carried(rows, SPELLS)}.")
    lost = (f"Steady workers whose production closes lose {_short(base[LOST])} years of pay in the {found['years']} "
            "years after it, discounted, against the same people in a world where it goes on; other steady workers "
            f"lose {_short(base['bystanders'])}. {_carried(rows, LOST)}.")
    columns = ["switched off", *(each for name in SHOWN.values() for each in (name, "it adds")), "how"]
    run = f"{found['futures']} futures at scale {found['scale']:g}, 2015 to 2019"
    sheet = Sheet("mechanisms", "Long spells and lost pay with one mechanism after another switched off", columns,
                  [_row(row) for row in rows], made=made_with(found["model"], run))
    about = (f"The same {found['futures']} futures at scale {found['scale']:g}, January 2015 to the end of 2019; one "
             "in twenty productions at work in Los Angeles closes at the start of 2017 and, in another world, of 2018. "
             "“It adds” is the baseline less what is left, with its 95% interval over futures. What the literature "
             "finds lost is of people with a position of many years, over twenty years; here a position lasts as long "
             "as a production. * no legal value switches it off, so the nearest end of its range is used. ")
    return Section("mechanisms", "What makes spells long and lost calls costly",
                   [text(spells), text(lost), table(sheet), small(about + of_model(found["model"], RENEW, ai=False))])


def _carried(rows: list[dict[str, Any]], measure: str) -> str:
    """Without its full stop: what each mechanism carries alone, the strongest first, where it is beyond chance."""
    left = next(row[measure]["value"]["mean"] for row in rows if row["mechanism"] == TOGETHER)
    single = sorted((row for row in rows[1:] if row["mechanism"] != TOGETHER),
                    key=lambda row: -abs(row[measure]["adds"]["mean"]))
    higher = [row for row in single if row[measure]["adds"]["high"] < 0]
    lower = [row for row in single if row[measure]["adds"]["low"] > 0]
    said = [f"it would be {word} if it were not that {_listed(these, measure)}"
            for word, these in (("higher", higher), ("lower", lower)) if these]
    alone = "; ".join(said) if said else f"{NOTHING} when it is switched off alone"
    return f"{alone[:1].upper()}{alone[1:]}. With all of them off it is {_short(left)}"


def _listed(rows: list[dict[str, Any]], measure: str) -> str:
    return ", ".join(f"{row['label']} ({_short(row[measure]['value']['mean'])} without)" for row in rows)


def _row(row: dict[str, Any]) -> list[Cell]:
    cells = [Cell(row["label"] + ("*" if row["nearest"] else ""))]
    for name in SHOWN:
        value, adds = row[name]["value"]["mean"], row[name].get("adds")
        cells.append(Cell(_short(value), value))
        cells.append(Cell("–") if adds is None else
                     Cell(f"{_short(adds['mean'])} ({_short(adds['low'])} to {_short(adds['high'])})", adds["mean"]))
    settings = ", ".join(f"{name} = {value:g}" for name, value in row["settings"].items())
    return [*cells, Cell("; ".join(filter(None, (settings if row["mechanism"] != TOGETHER else "", row["note"]))))]


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace("-", MINUS)
