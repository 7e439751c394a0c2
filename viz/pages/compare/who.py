"""Who it meets: crew-weeks by craft, and people of April 2026 by experience and home."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments import charts_ai, page_tables_ai
from experiments.page_tables import Cell, Chart, number
from experiments.statistics import HIGH, LOW
from experiments.wording import DASH, figure, uncapitalized
from viz.digests import Digests
from viz.pages.compare.tables import Column, Grid, grid
from viz.pages.compare.view import CompareView
from viz.pages.compare.words import AGREEING, WEEKS_A_YEAR, agree
from viz.parts.links import Link

DEFAULT_SORT = "share"
COVERED = ("Under the health plan: those of April 2026 who have its hours at the end, share of each craft.",
           "A crew-week is one worker on a call in one week, in Los Angeles; sums over the horizon.",
           "Change: crew-weeks; in proportion: share of the crew-weeks of the world it is held against.",
           "Futures agreeing: number of futures in which the change has the sign of the mean.")
KINDS = {"by_experience": ("experience", "By experience", "days worked until April 2026"),
         "by_district": ("district", "By home", "home in April 2026")}


def crafts_finding(found: Digests) -> str:
    """How many crafts lose and gain work, counting those on whose direction futures agree."""
    rows = [row for row in found.crafts() if row["crew_weeks_other"] > 0]
    clear = [row["change"]["mean"] for row in rows if row["change"]["mean"] and agree(row["change"], len(found))]
    losing, gaining = sum(each < 0 for each in clear), sum(each > 0 for each in clear)
    if not clear:
        return "No craft's work differs clearly"
    lead = f"{losing} of {len(rows)} crafts lose work and {gaining} gain"
    return lead if len(found) == 1 else f"{lead} in at least {AGREEING:.0%} of the futures"


def crafts_said(found: Digests) -> str:
    """Which crafts lose and gain most in proportion, of those that have work, by the mean over futures."""
    rows = [row for row in found.crafts() if row["change_share"] is not None and row["crew_weeks_other"] > 0]
    if not rows or found.identical:
        return "No craft's work differs."
    rows.sort(key=lambda row: row["change_share"])
    ends = []
    for row in (rows[0], rows[-1]):
        luck = "" if agree(row["change"], len(found)) else ", futures disagree"
        ends.append(f"{uncapitalized(row['label'])} ({page_tables_ai.relative(row['change_share']).text}{luck})")
    return f"In proportion, work changes least favorably in {ends[0]} and most favorably in {ends[1]}."


def craft_grid(found: Digests, view: CompareView, link: Link) -> Grid:
    """Every craft: crew-weeks in both worlds, change, agreement, and the share under the health plan in both."""
    there, here = view.against.name, view.name
    columns = [Column("craft", "craft"), Column(f"crew-weeks, {there}", "size"), Column(f"crew-weeks, {here}", "here"),
               Column("change", "change"), Column("in proportion", "share"),
               Column("futures agreeing", "agree", dots=True), Column(f"health plan, {there}", "insured_other"),
               Column(f"health plan, {here}", "insured")]  # fmt: skip
    rows = []
    for row in found.crafts():
        cells = [
            Cell(row["label"]), number(row["crew_weeks_other"]), number(row["crew_weeks"]),
            page_tables_ai.difference(row["change"]["mean"]), page_tables_ai.relative(row["change_share"]),
            agreeing(row["change"], len(found)), number(row["insured_other"], "share"), number(row["insured"], "share"),
        ]  # fmt: skip
        rows.append((cells, link(page="people", craft=row["craft"])))
    caption = f"Crew-weeks by craft, {view.here} against {view.there}, means over {_futures(found)}"
    return grid("crafts", caption, columns, rows, len(found), view.sort or DEFAULT_SORT, link, COVERED)


def craft_chart(found: Digests, view: CompareView, sheet: Any) -> Chart:
    """The change of each craft in proportion, with the inner 80 % of the futures."""
    worked = found.of_crafts()
    rows = []
    for code, row in enumerate(found.crafts()):
        if not row["crew_weeks_other"]:
            continue
        changes = (worked[:, 0, code] - worked[:, -1, code]) / row["crew_weeks_other"]
        low, high = (float(each) for each in np.percentile(changes, [LOW, HIGH]))
        rows.append((row["label"], float(changes.mean()), low, high))
    rows.sort(key=lambda row: row[1])
    says = (f"Change of crew-weeks over the horizon in proportion to {view.there}, most lost first"
            + ("; whiskers hold 80% of the futures." if len(found) > 1 else "."))
    return Chart("chart-crafts", crafts_finding(found), says,
                 charts_ai.ranges(rows, "share", len(found)), sheet)


def people_grids(found: Digests, view: CompareView, link: Link) -> list[tuple[str, str, Chart, Grid]]:
    """(id, title, chart, table) by experience and by home; none where the worlds hold other people."""
    if found.people is None:
        return []
    shown = []
    for kind, (short, title, which) in KINDS.items():
        columns = [Column(short, "group"), Column("workers", "workers"),
                   Column(f"days a year, {view.against.name}", "other"), Column(f"days a year, {view.name}", "here"),
                   Column("change", "change"), Column("futures agreeing", "agree", dots=True),
                   Column("work less", "less"), Column(f"out at the end, {view.against.name}"),
                   Column(f"out at the end, {view.name}"), Column(f"health plan, {view.against.name}"),
                   Column(f"health plan, {view.name}")]  # fmt: skip
        rows, bars = [], []
        for row in found.people[kind]:
            change = row["change"]
            cells = [Cell(row["label"]), number(row["workers"]), number(row["days_a_year_against"]),
                     number(row["days_a_year"]), page_tables_ai.difference(change["mean"]),
                     agreeing(change, len(found)),
                     *(number(row[each], "share")
                       for each in ("losing", "out_against", "out", "insured_against", "insured"))]  # fmt: skip
            rows.append((cells, ""))
            bars.append((row["label"], change["mean"], change["q10"], change["q90"]))
        if short == "district":
            rows.sort(key=lambda row: row[0][4].value)
            bars.sort(key=lambda row: row[1])
        caption = (f"Those attached in April 2026 by {which}, each held against themselves in {view.there}: "
                   f"means over {_futures(found)}")
        table = grid(f"people_{short}", caption, columns, rows, len(found), view.sort, link,
                     ("Days on calls a year from April 2026 on; work less: share with fewer days than in the other "
                      "world.", "Out at the end, health plan: shares of the group. " + COVERED[-1]))
        says = "Change of days on calls a year" + ("; whiskers hold 80% of the futures." if len(found) > 1 else ".")
        drawn = Chart(f"chart-{short}", people_said(found, kind), says, charts_ai.ranges(bars, "", len(found)),
                      table.sheet)
        shown.append((short, title, drawn, table))
    return shown


def people_said(found: Digests, kind: str) -> str:
    """Which group loses most days, and which fares best, of those on whose direction futures agree."""
    rows = [row for row in found.people[kind] if row["change"]["mean"] and agree(row["change"], len(found))]
    if not rows:
        return "No group's days differ clearly"
    rows.sort(key=lambda row: row["change"]["mean"])
    worst, best = rows[0], rows[-1]
    if len(rows) == 1:
        return f"{worst['label']}: {page_tables_ai.difference(worst['change']['mean']).text} days a year"
    return (f"{worst['label']}: {page_tables_ai.difference(worst['change']['mean']).text} days a year; "
            f"{best['label']}: {page_tables_ai.difference(best['change']['mean']).text}")


def agreeing(change: dict[str, Any], futures: int) -> Cell:
    """How many futures have the sign of the mean; none where nothing differs."""
    if not change["mean"]:
        return Cell(DASH)
    return Cell(f"{change['futures_agreeing']} of {futures}", change["futures_agreeing"])


def everyone_said(found: Digests) -> str:
    """Among all attached in April 2026, who works less and who more."""
    if found.people is None:
        return ("People cannot be held against themselves here: the worlds part before April 2026, or the run ends "
                "before it, so that they hold other people.")
    everyone = found.people["everyone"]
    years = found.first.head["weeks"] / WEEKS_A_YEAR
    return (f"Of the {figure(everyone['workers'])} attached in April 2026, {figure(everyone['losing'], 'share')} work "
            f"fewer days over the {figure(round(years, 1))} years than in the other world and "
            f"{figure(everyone['gaining'], 'share')} more; "
            f"the mean is {page_tables_ai.difference(everyone['change']['mean']).text} days a year.")


def _futures(found: Digests) -> str:
    return f"{len(found)} futures" if len(found) > 1 else "the one future simulated"
