"""Flows: where people of April 2026 end in both worlds, and how hires, ends of calls and exits differ."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from experiments.answer.wording import change, figure
from experiments.answer.wording_ai import DESTINATIONS
from experiments.page import sections_ai, sheets_ai
from experiments.page.sheet import Cell, Sheet, agreeing, number
from experiments.statistics import spread
from experiments.study.report import blocks
from experiments.study.report.blocks import Section
from model import measures
from viz.digests import Digests
from viz.pages.compare import words
from viz.pages.compare.health import LOST
from viz.pages.compare.parts import chart_blocks
from viz.pages.compare.view import CompareView

SHOWN = ("hires", "entries", "exits", "returns", "coverage_lost")
ENDED = {"wrapped": "Calls ended: wrap", "laid_off": "Calls ended: layoff", "quits": "Calls ended: quit"}


def sections(found: Digests, view: CompareView) -> list[Section]:
    """Destinations, the table of moves, and the flows of the horizon."""
    footer, shown = words.footer(found, view), []
    summary = found.summary | {"scenario": view.name, "against": view.against.name}
    if found.people is not None:
        moves = sheets_ai.moves(summary | {"against": view.there})
        drawn = replace(sections_ai.flows(summary), says=f"From left to right: {'; '.join(DESTINATIONS.values())}.")
        shown.append(Section("where", "Where people of April 2026 are at the end", [
            blocks.text(net_said(found, view)), *([] if view.table else [destinations_key()]),
            *chart_blocks(drawn, view, footer), blocks.table(net_sheet(found, view)),
            blocks.heading(f"Person by person: at the end in {view.there}, and here in {view.here}"),
            blocks.text(moved_said(found, view)), blocks.table(moves),
        ]))  # fmt: skip
    shown.append(Section("rates", "Hires, ends of calls and exits",
                         [blocks.table(flow_sheet(found, view)), blocks.small(LOST), blocks.small(footer)]))
    return shown


def destinations_key() -> blocks.Block:
    """What the colors of the bars mean, in the order of the bars."""
    return blocks.key(*((f"shade-{at}", label) for at, label in enumerate(DESTINATIONS.values())))


def ended(found: Digests) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """By destination those of April 2026 who are there at the end, over the mean number of all: (scenario, other), one
    value a future. Their means are the bars.
    """
    counts = np.array([each.arrays["flows"][:, -1].sum(axis=1) for each in found])  # (futures, worlds, destinations)
    shares = counts / counts.sum(axis=2).mean()
    return {label: (shares[:, 0, at], shares[:, -1, at]) for at, label in enumerate(DESTINATIONS.values())}


def net_said(found: Digests, view: CompareView) -> str:
    """The net change by destination, the largest first; those on which futures disagree are named apart."""
    if found.identical:
        return "Everyone ends in the same place in both worlds."
    parts, unclear = [], []
    for label, (mine, other) in ended(found).items():
        differs = spread(mine - other)
        if not differs["mean"]:
            continue
        if words.agree(differs, len(found)):
            levels = f"{figure(float(other.mean()), 'share')} to {figure(float(mine.mean()), 'share')}"
            parts.append((abs(differs["mean"]), f"{label} {change(differs['mean'], 'share')} ({levels})"))
        else:
            unclear.append(label)
    said = "; ".join(text for _, text in sorted(parts, reverse=True)) or "no destination changes clearly"
    text = f"From {view.there} to {view.here}, the net change of where they are at the end: {said}."
    return f"{text} Futures disagree on: {'; '.join(unclear)}." if unclear else text


def net_sheet(found: Digests, view: CompareView) -> Sheet:
    """Shares by destination in both worlds, and how they differ."""
    rows = []
    for label, (mine, other) in ended(found).items():
        differs = spread(mine - other)
        rows.append([Cell(label), sheets_ai.difference(differs["mean"], "share"), agreeing(differs, len(found)),
                     *(sheets_ai.difference(differs[each], "share") for each in ("q10", "q90")),
                     number(float(other.mean()), "share"), number(float(mine.mean()), "share")])
    columns = ["at the end", "change", "futures agreeing", "10%", "90%", view.against.name, view.name]
    return Sheet("destinations", "Net change of where those attached in April 2026 are at the end, means over futures",
                 columns, rows, ["Shares of all who were attached; changes in percentage points"])


def moved_said(found: Digests, view: CompareView) -> str:
    """How many end somewhere else than they would in the other world, and that this is no effect."""
    rows = found.people["moves"]
    people = sum(row["workers"] for row in rows)
    if found.identical or not people:
        return "Nobody ends elsewhere: both worlds are the same."
    elsewhere = people - sum(row[row["without"]] for row in rows)
    net = sum(abs(sum(each[row["without"]] for each in rows) - row["workers"]) for row in rows) / 2
    shares = [figure(each / people, "share") for each in (elsewhere, net)]
    return (f"{shares[0]} end elsewhere in {view.here} than in {view.there}. That is no measure of an effect: the net "
            f"change between these places is {shares[1]} of the people, and all other moves cancel out. Both worlds "
            "share all chance; still, once they differ a little, who gets which call differs for everyone, and single "
            "lives part by luck.")


def flow_sheet(found: Digests, view: CompareView) -> Sheet:
    """Flows over the horizon in both worlds."""
    pairs = {measures.measure(name).label: found.levels(name) for name in SHOWN[:1]}
    pairs |= {ENDED[name]: each for name, each in found.separations().items()}
    pairs |= {measures.measure(name).label: found.levels(name) for name in SHOWN[1:]}
    rows = []
    for label, (mine, other) in pairs.items():
        differs = spread(mine - other)
        rows.append([Cell(label), sheets_ai.difference(differs["mean"]), agreeing(differs, len(found)),
                     *(sheets_ai.difference(differs[each]) for each in ("q10", "q90")),
                     number(float(other.mean())), number(float(mine.mean()))])
    columns = ["flow", "change", "futures agreeing", "10%", "90%", view.against.name, view.name]
    return Sheet("flows_horizon", f"Flows over {words.horizon(found)}, workers, means over futures", columns, rows,
                 [f"{measures.measure(name).label}: {measures.measure(name).definition}" for name in SHOWN])
