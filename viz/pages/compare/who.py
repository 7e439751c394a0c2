"""Who it meets: crew-weeks by craft, and people of April 2026 by experience and home."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.answer.wording import figure, rounded, uncapitalized
from experiments.charts import of_ai
from experiments.page import sheets_ai
from experiments.page.sheet import Cell, Chart, agreeing, number
from experiments.statistics import HIGH, LOW
from viz.digests import Digests
from viz.pages.compare.health import COVERED
from viz.pages.compare.tables import Column, Grid, grid
from viz.pages.compare.view import CompareView
from viz.pages.compare.words import AGREEING, WEEKS_A_YEAR, agree
from viz.parts.links import Link

DEFAULT_SORT = "share"
MOST_NAMED = 5  # groups on which futures disagree
CHANGES = ("A crew-week is one worker on a call in one week, in Los Angeles; sums over the horizon.",
           "Change: crew-weeks; in proportion: share of the crew-weeks of the world it is held against.",
           "Futures agreeing: number of futures in which the change has the sign of the mean.")
IN_POINTS = "health plan, change in points"
IN_TABLE = " The table below has every value."
KINDS = {"by_experience": ("experience", "By experience", "days worked until April 2026"),
         "by_district": ("district", "By home", "home in April 2026")}


def crafts_finding(found: Digests) -> str:
    """How many crafts lose and gain work, counting those on whose direction futures agree."""
    rows = [row for row in found.crafts() if row["crew_weeks_other"] > 0]
    clear = [row["change"]["mean"] for row in rows if row["change"]["mean"] and agree(row["change"], len(found))]
    losing, gaining = sum(each < 0 for each in clear), sum(each > 0 for each in clear)
    if not clear:
        return "No craft's work differs clearly"
    lead = f"{losing} of {len(rows)} crafts {_verb('lose', losing)} work and {gaining} {_verb('gain', gaining)}"
    lead += ", and one is new" if _new(found) else ""
    return lead if len(found) == 1 else f"{lead} in at least {AGREEING:.0%} of the futures"


def _verb(word: str, many: int) -> str:
    return f"{word}s" if many == 1 else word


def crafts_said(found: Digests) -> str:
    """Which crafts lose and gain most in proportion, of those that have work, by the mean over futures."""
    rows = [row for row in found.crafts() if row["change_share"] is not None and row["crew_weeks_other"] > 0]
    if not rows or found.identical:
        return "No craft's work differs."
    rows.sort(key=lambda row: row["change_share"])
    ends = []
    for row in (rows[0], rows[-1]):
        luck = "" if agree(row["change"], len(found)) else ", futures disagree"
        ends.append(f"{uncapitalized(row['label'])} ({sheets_ai.relative(row['change_share']).text}{luck})")
    said = f"In proportion, work changes least favorably in {ends[0]} and most favorably in {ends[1]}."
    for row in _new(found):
        said += (f" {row['label']}, of which there are none in the world it is held against, have "
                 f"{figure(rounded(row['change']['mean']))} crew-weeks.")
    return said


def _new(found: Digests) -> list[dict[str, Any]]:
    """The crafts that have work here and none in the other world."""
    return [row for row in found.crafts() if not row["crew_weeks_other"] and row["change"]["mean"] > 0]


def craft_grid(found: Digests, view: CompareView, link: Link) -> Grid:
    """Every craft: crew-weeks in both worlds, change, agreement, and the share under the health plan in both."""
    there, here, several = view.against.name, view.name, len(found) > 1
    columns = [Column("craft", "craft"), Column("change", "change"), Column("futures agreeing", "agree", dots=True),
               *_ends(several), Column("in proportion", "share"), *_ends(several, "in proportion, "),
               Column(f"crew-weeks, {there}", "size"),
               Column(f"crew-weeks, {here}", "here"), Column(f"health plan, {there}", "insured_other"),
               Column(f"health plan, {here}", "insured"), Column(IN_POINTS, "insured_change")]  # fmt: skip
    rows = []
    for row, (low, high) in zip(found.crafts(), _in_proportion(found), strict=True):
        change = row["change"]
        cells = [
            Cell(row["label"]), sheets_ai.difference(change["mean"]), agreeing(change, len(found)),
            *_range(change, several), sheets_ai.relative(row["change_share"]),
            *[sheets_ai.relative(each) for each in (low, high) if several],
            number(row["crew_weeks_other"]), number(row["crew_weeks"]),
            number(row["insured_other"], "share"), number(row["insured"], "share"),
            _points(row["insured"], row["insured_other"]),
        ]  # fmt: skip
        rows.append((cells, link(page="people", craft=row["craft"])))
    caption = f"Crew-weeks by craft, {view.here} against {view.there}, means over {_futures(found)}"
    return grid("crafts", caption, columns, rows, len(found), view.sort or DEFAULT_SORT, link,
                (COVERED, *CHANGES, *_ends_said(several)))


def craft_chart(found: Digests, view: CompareView, sheet: Any) -> Chart:
    """The change of each craft in proportion, with the inner 80% of the futures."""
    rows = [(row["label"], row["change_share"], *ends)
            for row, ends in zip(found.crafts(), _in_proportion(found), strict=True) if row["crew_weeks_other"]]
    rows.sort(key=lambda row: row[1])
    says = (f"Change of crew-weeks over the horizon in proportion to {view.there}, most lost first"
            + ("; whiskers hold 80% of the futures." if len(found) > 1 else ".") + IN_TABLE)
    return Chart("chart-crafts", crafts_finding(found), says,
                 of_ai.ranges(rows, "share", len(found)), sheet)


def _in_proportion(found: Digests) -> list[tuple[float, float] | tuple[None, None]]:
    """Of each craft the ends of 80% of its changes in proportion; none for crafts that the other world lacks."""
    worked = found.of_crafts()
    before, changes = worked[:, -1].mean(axis=0), worked[:, 0] - worked[:, -1]
    ends = np.percentile(changes, [LOW, HIGH], axis=0)
    return [(float(low / each), float(high / each)) if each else (None, None)
            for each, low, high in zip(before, *ends, strict=True)]


def _ends(several: bool, of: str = "") -> list[Column]:
    """Columns of the ends of 80% of the futures, if there are several."""
    return [Column(f"{of}10%"), Column(f"{of}90%")] if several else []


def _range(change: dict[str, Any], several: bool) -> list[Cell]:
    return [sheets_ai.difference(change[each]) for each in ("q10", "q90")] if several else []


def _ends_said(several: bool) -> tuple[str, ...]:
    return ("10% and 90%: eight of ten futures have a change between these.",) if several else ()


def _points(here: float | None, there: float | None) -> Cell:
    return sheets_ai.difference(None if here is None or there is None else here - there, "share")


def people_grids(found: Digests, view: CompareView, link: Link) -> list[tuple[str, str, Chart, Grid]]:
    """(id, title, chart, table) by experience and by home; none where the worlds hold other people."""
    if found.people is None:
        return []
    shown, several = [], len(found) > 1
    for kind, (short, title, which) in KINDS.items():
        columns = [Column(short, "group"), Column("change", "change"), Column("futures agreeing", "agree", dots=True),
                   *_ends(several),
                   Column(f"days a year, {view.against.name}", "other"), Column(f"days a year, {view.name}", "here"),
                   Column("workers", "workers"), Column("work less", "less"),
                   Column(f"out at the end, {view.against.name}"),
                   Column(f"out at the end, {view.name}"), Column(f"health plan, {view.against.name}"),
                   Column(f"health plan, {view.name}"), Column(IN_POINTS)]  # fmt: skip
        rows, bars = [], []
        for row in found.people[kind]:
            change = row["change"]
            cells = [Cell(row["label"]), sheets_ai.difference(change["mean"]), agreeing(change, len(found)),
                     *_range(change, several),
                     number(row["days_a_year_against"]), number(row["days_a_year"]), number(row["workers"]),
                     *(number(row[each], "share")
                       for each in ("losing", "out_against", "out", "insured_against", "insured")),
                     _points(row["insured"], row["insured_against"])]  # fmt: skip
            rows.append((cells, ""))
            bars.append((row["label"], change["mean"], change["q10"], change["q90"]))
        if short == "district":
            rows.sort(key=lambda row: row[0][1].value)
            bars.sort(key=lambda row: row[1])
        caption = (f"Those attached in April 2026 by {which}, each held against themselves in {view.there}: "
                   f"means over {_futures(found)}")
        table = grid(f"people_{short}", caption, columns, rows, len(found), view.sort, link,
                     ("Days on calls a year from April 2026 on; work less: share with fewer days than in the other "
                      "world.", "Out at the end: share of the group.", COVERED, CHANGES[-1], *_ends_said(several)))
        says = ("Change of days on calls a year" + ("; whiskers hold 80% of the futures." if several else ".")
                + unclear_said(found, kind) + IN_TABLE)
        drawn = Chart(f"chart-{short}", people_said(found, kind), says, of_ai.ranges(bars, "", len(found)),
                      table.sheet)
        shown.append((short, title, drawn, table))
    return shown


def people_said(found: Digests, kind: str) -> str:
    """The ends of the groups whose days differ clearly, and what each end is: a loss or a gain."""
    rows = [row for row in found.people[kind] if row["change"]["mean"] and agree(row["change"], len(found))]
    if not rows:
        return "No group's days differ clearly"
    rows.sort(key=lambda row: row["change"]["mean"])
    losses, gains = ([row for row in rows if (row["change"]["mean"] > 0) is gain] for gain in (False, True))
    clear = "clear " if len(found) > 1 else ""
    if losses and gains:
        named = [(f"Largest {clear}loss", losses[0]), (f"largest {clear}gain", gains[-1])]
    elif len(rows) == 1:
        named = [(f"Only {clear}{'loss' if losses else 'gain'}", rows[0])]
    else:
        what, ends = ("loss", losses) if losses else ("gain", gains[::-1])
        named = [(f"Largest {clear}{what}", ends[0]), (f"smallest {clear}{what}", ends[-1])]
    said = [f"{words}: {row['label']}, {sheets_ai.difference(row['change']['mean']).text}" for words, row in named]
    return f"{'; '.join(said)} days a year"


def unclear_said(found: Digests, kind: str) -> str:
    """What clear means, and which groups are not clear, those with the largest change first."""
    if len(found) == 1:
        return ""
    text = f" Clear: at least {AGREEING:.0%} of the futures agree on the direction."
    rows = [row for row in found.people[kind] if row["change"]["mean"] and not agree(row["change"], len(found))]
    if not rows:
        return text
    rows.sort(key=lambda row: -abs(row["change"]["mean"]))
    named = "; ".join(row["label"] for row in rows[:MOST_NAMED])
    more = f"; and {len(rows) - MOST_NAMED} more" if len(rows) > MOST_NAMED else ""
    return f"{text} They do not on {len(rows)} of {len(found.people[kind])} groups: {named}{more}."


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
            f"the mean is {sheets_ai.difference(everyone['change']['mean']).text} days a year.")


def _futures(found: Digests) -> str:
    return f"{len(found)} futures" if len(found) > 1 else "the one future simulated"
