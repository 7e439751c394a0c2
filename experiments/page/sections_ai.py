"""The page's sections on AI: the two accounts, the shift of employment, who gains and who loses, and the figures from
outside.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from experiments.answer import wording_ai
from experiments.answer.wording_ai import DESTINATIONS, LINES, PARTS, this_world
from experiments.charts import of_ai
from experiments.charts.of_ai import CLAIM, SUM
from experiments.page import sheets_ai
from experiments.page.sheet import Chart, Sheet

KINDS_OF_GROUP = {
    "by_craft": "By craft",
    "by_experience": "By experience",
    "by_district": "By home",
}
MOST_HURT = 3  # crafts whose middle life is drawn


@dataclass
class Sections:
    """What the template shows; what a run does not have is empty."""

    world: str  # what this world is called beside the other
    saved: list[Chart]
    announced: Sheet
    says: str  # of the shift
    years: list[Chart]
    jobs: Chart
    flows: Chart
    outside: Sheet
    crew_weeks: Chart | None = None
    crew_weeks_of_crafts: Sheet | None = None
    dose: Chart | None = None
    gains: list[Chart] = field(default_factory=list)
    says_people: str = ""
    lives: Chart | None = None
    moves: Sheet | None = None

    @property
    def charts(self) -> list[Chart]:
        """Every chart of the sections."""
        found = [*self.saved, self.crew_weeks, *self.years, self.jobs, self.flows, self.dose, *self.gains, self.lives]
        return [each for each in found if each is not None]


def ai_sections(summary: dict[str, Any]) -> Sections | None:
    """The sections of a run that reaches April 2026."""
    if "shift" not in summary:
        return None
    sections = Sections(
        world=this_world(summary),
        saved=saved(summary),
        announced=sheets_ai.announced(summary["announced"]),
        says=wording_ai.shift(summary),
        years=_years(summary),
        jobs=_jobs(summary),
        flows=flows(summary),
        outside=sheets_ai.outside(summary["outside"]),
    )
    if "crew_weeks" in summary["accounts"]:
        sections.crew_weeks = crew_weeks(summary)
        sections.crew_weeks_of_crafts = sheets_ai.crew_weeks_of_crafts(summary)
    if "dose_response" in summary["shift"]:
        sections.dose = _dose(summary)
    if summary["people"]:
        sections.gains = [_gains(summary, kind) for kind in KINDS_OF_GROUP]
        sections.says_people = wording_ai.people(summary)
        sections.lives = _lives(summary)
        sections.moves = sheets_ai.moves(summary)
    return sections


def saved(summary: dict[str, Any]) -> list[Chart]:
    """The saved dollar of producers' titles and of all titles made with AI, if any was delivered."""
    found = []
    for name, title in (("saved_dollar_producers", "Titles that AI-first producers worked on"),
                        ("saved_dollar", "All titles made with AI")):
        account, over = summary["accounts"][name], summary["accounts_over_futures"][name]
        shares = over["shares"]
        if not shares:
            continue
        sheet = sheets_ai.saved_dollar(account, over, name, sheets_ai.saved_caption(title))
        found.append(saved_chart(name, title, over, wording_ai.saved(account, over), sheet))
    return found


def saved_chart(name: str, title: str, over: dict[str, Any], says: str, sheet: Sheet) -> Chart:
    """The waterfall of the saved dollar: shares of the budget line by line, realized, and announced beside it."""
    steps = [(label, over["shares"][line]) for line, label in LINES.items()]
    ends = [("Realized ● computed", over["shares"]["realised"], SUM),
            ("Announced ❝ claim", over["share_announced"], CLAIM)]
    return Chart(f"chart-{name}", title, says, of_ai.waterfall(steps, ends, "share"), sheet)


def crew_weeks(summary: dict[str, Any]) -> Chart:
    """Where a crew-week goes, means over futures."""
    says, sheet = wording_ai.crew_weeks(summary), sheets_ai.crew_weeks(summary)
    return crew_weeks_chart(summary["accounts"]["crew_weeks"], says, sheet)


def crew_weeks_chart(account: dict[str, float], says: str, sheet: Sheet) -> Chart:
    """The waterfall of crew-weeks, part by part to the total."""
    steps = [(label, account[part]) for part, label in PARTS.items()]
    drawn = of_ai.waterfall(steps, [("Total", account["total"], SUM)], "")
    return Chart("chart-crew-weeks", "Where a crew-week goes", says, drawn, sheet)


def _years(summary: dict[str, Any]) -> list[Chart]:
    rows, found = summary["shift"]["years"], []
    years = [row["year"] for row in rows]
    sheet = sheets_ai.years(summary)
    for name, title, share in (("automated_share", "Share of crew-weeks that AI does", True),
                               ("ai_jobs", "Jobs in the new craft", False), ("on_call", "People on calls", False)):
        lines = [(this_world(summary), years, [row[name] for row in rows], "model")]
        if summary["against"]:
            other = [row[f"{name}_against"] for row in rows]
            lines.insert(0, (summary["against"], years, other, "against"))
        found.append(Chart(f"chart-{name.replace('_', '-')}", title, "", of_ai.by_year(lines, share), sheet))
    return found


def _jobs(summary: dict[str, Any]) -> Chart:
    """Change of people on calls by craft in the last whole year: against the other world, or against the first one."""
    years, rows = [row["year"] for row in summary["shift"]["years"]], []
    at = len(years) - 2 if len(years) > 2 else len(years) - 1
    first = 1 if len(years) > 2 else 0
    for row in summary["shift"]["crafts"]:
        before = row["on_call_against"][at] if row["on_call_against"] else row["on_call"][first]
        if before:
            rows.append((row["label"], row["on_call"][at] / before - 1.0, 0.0, 0.0))
    rows.sort(key=lambda row: row[1])
    than = summary["against"] if summary["against"] else years[first]
    return Chart("chart-jobs-by-craft", f"People on calls in {years[at]} by craft, against {than}", "",
                 of_ai.ranges(rows, "share", futures=1), sheets_ai.jobs_by_craft(summary))


def flows(summary: dict[str, Any]) -> Chart:
    """Where people of April 2026 are at the end, in both worlds where there are two."""
    last, worlds = summary["shift"]["years"][-1]["year"], []
    for world, name in (("flows_against", summary["against"]), ("flows", this_world(summary))):
        rows = [row for row in summary["shift"][world] if row["year"] == last]
        total = sum(row["workers"] for row in rows)
        if total:
            worlds.append((name, [sum(row[each] for row in rows) / total for each in DESTINATIONS]))
    then = sheets_ai.when(last, summary["until"])
    return Chart("chart-flows", f"Where those attached in April 2026 are {then}", "",
                 of_ai.shares(worlds, list(DESTINATIONS.values())), sheets_ai.flows(summary))


def _dose(summary: dict[str, Any]) -> Chart:
    found = []
    for row in summary["shift"]["dose_response"]:
        change = row["change"]
        before = row["crew_weeks"] - change["mean"]
        found.append((row["ceiling"], *(change[each] / before for each in ("mean", "q10", "q90"))))
    than = summary["against"] or "the lowest ceiling"
    says = f"Change of crew-weeks against {than}, by the share of titles that studios may come to make with AI."
    drawn = of_ai.doses(found, summary["futures"])
    return Chart("chart-dose", "Crew-weeks over the ceiling on adoption", says, drawn, sheets_ai.dose(summary))


def _gains(summary: dict[str, Any], kind: str) -> Chart:
    rows = summary["people"][kind]
    if kind != "by_experience":
        rows = sorted(rows, key=lambda row: row["change"]["mean"])
    drawn = [(row["label"], *(row["change"][each] for each in ("mean", "q10", "q90"))) for row in rows]
    title = KINDS_OF_GROUP[kind]
    caption = f"{title}: days on calls a year of those attached in April 2026"
    sheet = sheets_ai.gains(rows, f"people_{kind}", caption, summary["futures"])
    figure = of_ai.ranges(drawn, "", summary["futures"])
    return Chart(f"chart-people-{kind.replace('_', '-')}", title, "", figure, sheet)


def _lives(summary: dict[str, Any]) -> Chart | None:
    people = summary["people"]
    rows = [people["everyone"], *(row for kind in KINDS_OF_GROUP for row in people[kind])]
    rows = [row for row in (rows[0], one_in_ten(people), *rows[1:]) if row["median"]]
    if not rows:
        return None
    crafts = sorted(people["by_craft"], key=lambda row: row["change"]["mean"])
    strips = []
    for row in (people["everyone"], one_in_ten(people), *crafts[:MOST_HURT], crafts[-1]):
        strips.append((f"{row['label']}: {summary['against']}", row["median"]["life_against"], "against"))
        strips.append((f"{row['label']}: {this_world(summary)}", row["median"]["life"], "model"))
    span = ["2026-04-13", summary["until"]]
    return Chart("chart-lives", "One life, twice", "", of_ai.lives(strips, span),
                 sheets_ai.lives(rows, summary["against"]))


def one_in_ten(people: dict[str, Any]) -> dict[str, Any]:
    """The worker than whom one in ten loses more, as if in the middle of a group."""
    return {"label": "One in ten loses more", "median": people["everyone"]["tenth"]}
