"""Both accounts over the futures of a comparison: where a crew-week goes, and where a saved dollar comes from."""

from __future__ import annotations

from typing import Any

from experiments.answer import wording_ai
from experiments.answer.wording import uncapitalized
from experiments.answer.wording_ai import LINES, PARTS
from experiments.page import sections_ai, sheets_ai
from experiments.page.sheet import Chart, Sheet
from experiments.study.report import blocks
from experiments.study.report.blocks import Section
from experiments.study.report.words import Comparisons, estimate_cell

WHOSE = {"producers": "Titles that AI-first producers worked on", "all": "All titles made with AI"}
_CREW_WEEKS = {"way": "difference", "unit": "crew-weeks"}


def crew_weeks(compared: Comparisons) -> Section | None:
    """The waterfall of the comparison with the largest effect, and the parts of all comparisons as a table."""
    row = compared.largest
    if row is None or not row.get("crew_weeks"):
        return None
    over, named = row["crew_weeks"], compared.named(row)
    before = sum(each["crew_weeks_other"] for each in row.get("crafts") or ())
    means = {part: each["mean"] for part, each in over.items()}
    sheet = sheets_ai.crew_week_parts(means, over, before, row["futures"], "crew_weeks",
                                           f"Crew-weeks in Los Angeles, {named}: means over futures")
    says = f"{named}, means over {row['futures']} futures; the parts add up to the total."
    section = Section("crew-weeks", "Where a crew-week goes", [
        blocks.small("Titles keep their identity in both worlds, so each difference belongs to a title: made in both, "
                     "made elsewhere, by another owner, or in one of the two only."),
        blocks.key(("gain", "adds work"), ("loss", "takes work"), ("sum", "total", "computed")),
        blocks.chart(sections_ai.crew_weeks_chart(means, says, sheet)),
    ])  # fmt: skip
    if len(compared.rows) > 1:
        section.blocks.append(blocks.folded_table("Every comparison", _parts_of_all(compared)))
    return section


def _parts_of_all(compared: Comparisons) -> Sheet:
    rows = [
        [*compared.heads(row),
         *(estimate_cell(row["crew_weeks"][part]["mean"], _CREW_WEEKS) for part in (*PARTS, "total"))]
        for row in compared.rows if row.get("crew_weeks")
    ]  # fmt: skip
    return Sheet("crew_weeks_all", "Where a crew-week goes in every comparison, means over futures, crew-weeks",
                 [*compared.columns, *(uncapitalized(each) for each in PARTS.values()), "total"], rows)


def saved_dollar(compared: Comparisons) -> Section | None:
    """The waterfalls of the saved dollar, announced beside realized."""
    row = compared.largest
    if row is None or not row.get("saved_dollar"):
        return None
    found = [_saved(whose, row["saved_dollar"].get(whose)) for whose in WHOSE]
    shown = [each for each in found if each is not None]
    section = Section("saved-dollar", "Where a saved dollar comes from", [
        blocks.small(f"{compared.named(row)}: each delivered title made with AI is held against its shadow, the "
                     "same script, place, weeks and rates, made the traditional way. Shares of the budget made the "
                     "traditional way, means over futures. What was announced is an assertion and takes no part in any "
                     "sum."),
    ])  # fmt: skip
    if not shown:
        section.blocks.append(blocks.text("No title made with AI was delivered."))
        return section
    section.blocks += [
        blocks.key(("gain", "adds to the saving"), ("loss", "takes from it"), ("sum", "realized", "computed"),
                   ("announced", "announced", "claim")),
        blocks.charts(shown),
    ]  # fmt: skip
    return section


def _saved(whose: str, lines: dict[str, Any] | None) -> Chart | None:
    if not lines or not lines["budget"]["mean"]:
        return None
    account = {name: each["mean"] for name, each in lines.items()}
    budget = account["budget"]
    shares = {name: account[name] / budget for name in (*LINES, "realised")}
    over = {"shares": shares, "lines": lines, "share_announced": account["announced"] / budget}
    name = f"saved_dollar_{whose}"
    sheet = sheets_ai.saved_dollar(account, over, name, sheets_ai.saved_caption(WHOSE[whose]))
    says = wording_ai.realized_beside_announced(shares["realised"], over["share_announced"]) + "."
    return sections_ai.saved_chart(name, WHOSE[whose], over, says, sheet)
