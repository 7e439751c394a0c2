"""Flows: where people of April 2026 end in both worlds, and how hires, ends of calls and exits differ."""

from __future__ import annotations

from dataclasses import replace

from experiments import page_ai, page_tables_ai
from experiments.page_tables import Cell, Sheet, number
from experiments.statistics import spread
from experiments.study.report import blocks
from experiments.study.report.blocks import Section
from experiments.wording import figure
from experiments.wording_ai import DESTINATIONS, ENDS
from model import measures
from viz.digests import Digests
from viz.pages.compare import words
from viz.pages.compare.parts import chart_blocks
from viz.pages.compare.view import CompareView
from viz.pages.compare.who import agreeing

SHOWN = ("hires", "entries", "exits", "returns", "coverage_lost")
ENDED = {"wrapped": "Calls ended: wrap", "laid_off": "Calls ended: layoff", "quits": "Calls ended: quit"}


def sections(found: Digests, view: CompareView) -> list[Section]:
    """Destinations, the table of moves, and the flows of the horizon."""
    footer, shown = words.footer(found, view), []
    summary = found.summary | {"scenario": view.name, "against": view.against.name}
    if found.people is not None:
        moves = page_tables_ai.moves(summary | {"against": view.there})
        drawn = replace(page_ai.flows(summary), says=f"From left to right: {'; '.join(DESTINATIONS.values())}.")
        shown.append(Section("where", "Where people of April 2026 are at the end", [
            blocks.text(moved_said(found, view)), *([] if view.table else [destinations_key()]),
            *chart_blocks(drawn, view, footer),
            blocks.heading(f"Person by person: at the end in {view.there}, and here in {view.here}"),
            blocks.table(moves),
        ]))  # fmt: skip
    shown.append(Section("rates", "Hires, ends of calls and exits",
                         [blocks.table(flow_sheet(found, view)), blocks.small(footer)]))
    return shown


def destinations_key() -> blocks.Block:
    """What the colors of the bars mean, in the order of the bars."""
    return blocks.key(*((f"shade-{at}", label) for at, label in enumerate(DESTINATIONS.values())))


def moved_said(found: Digests, view: CompareView) -> str:
    """How many end somewhere else than they would in the other world."""
    rows = found.people["moves"]
    people = sum(row["workers"] for row in rows)
    elsewhere = people - sum(row[row["without"]] for row in rows)
    shifted = next(row for row in rows if row["without"] == "same")
    share = figure(elsewhere / people if people else 0.0, "share")
    text = f"{share} end elsewhere in {view.here} than in {view.there}."
    if shifted["workers"]:
        parts = [f"{figure(shifted[end] / shifted['workers'], 'share')} {label}" for end, label in ENDS.items()
                 if end != "same"]
        text += f" Of those who would still be in their craft there, here end: {', '.join(parts)}."
    return text


def flow_sheet(found: Digests, view: CompareView) -> Sheet:
    """Flows over the horizon in both worlds."""
    pairs = {measures.measure(name).label: found.levels(name) for name in SHOWN[:1]}
    pairs |= {ENDED[name]: each for name, each in found.separations().items()}
    pairs |= {measures.measure(name).label: found.levels(name) for name in SHOWN[1:]}
    rows = []
    for label, (mine, other) in pairs.items():
        change = spread(mine - other)
        rows.append([Cell(label), number(float(other.mean())), number(float(mine.mean())),
                     *(page_tables_ai.difference(change[each]) for each in ("mean", "q10", "q90")),
                     agreeing(change, len(found))])
    columns = ["flow", view.against.name, view.name, "change", "10%", "90%", "futures agreeing"]
    return Sheet("flows_horizon", f"Flows over {words.horizon(found)}, workers, means over futures", columns, rows,
                 [f"{measures.measure(name).label}: {measures.measure(name).definition}" for name in SHOWN])
