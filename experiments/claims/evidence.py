"""What shows why a claim got its verdict: what it turns on, its surface, tables and charts; of the page of the claims
and of the app alike.
"""

from __future__ import annotations

from typing import Any

from experiments.answer.wording import figure
from experiments.claims import charts, sheets
from experiments.claims.wording import announced_said, asked_said, border_said, shares_said
from experiments.page.sheet import Chart, Sheet
from experiments.study.report import blocks
from experiments.study.report.blocks import Block

FIRST_YEAR = 2026
_CAPTIONS = {
    "C5": ("lines", "Lines of the saved dollar over shadow budgets (a cost is negative)", "share"),
    "C6": ("causes", "Share of the producer's crew-weeks that stood still, by cause", "share"),
    "C7": ("change", "Herfindahl indices, last five years, W3 less W0", "points"),
    "C10": ("after", "Stocks among attached workers, W3 less W0 over W0, by years after the announcement", "share"),
}

SURFACE = "Where work neither grows nor shrinks"
SHARES = "How much of what is not known it is"


def evidence(row: dict[str, Any], detail: dict[str, Any]) -> list[Block]:
    """Everything below the finding of one claim, in the order in which it is read."""
    shown, tables = more(row, detail)
    found = [blocks.table(sheets.borders(row))] if row["turns_on"] else []
    found.append(blocks.small(f"Measured: {row['measure']} Rule, fixed beforehand: {row['rule']}"))
    if detail.get("shares"):
        found += [blocks.heading(SHARES), *shares(row["id"], detail["shares"])]
    if detail.get("surface"):
        found += [blocks.heading(SURFACE), *surface(detail)]
    found += [blocks.table(each) for each in tables]
    return [*found, *(blocks.chart(each) for each in [*strip(row, detail), *shown])]


def surface(detail: dict[str, Any]) -> list[Block]:
    """The slices of C3's surface with the region of the announcement, its table, and where it turns in words."""
    return [
        blocks.text(f"{border_said(detail['surface'])} {asked_said(detail['surface'], detail['border'])}"),
        blocks.small("Across: how buyers' spend answers the saving (−1 they keep it, 0 they hold their spend, 1 they "
                     "spend as much more). Up: how much of the exposed work the tools do well, the same in all ten "
                     "years; everywhere else they improve, so that no point of a map is the middle of all parameters. "
                     "One map for each amount of new work. Titles pay for new work, so that less of the saving is left "
                     "for further titles: more of it need not mean more work. Few futures are run in each cell, and a "
                     "few tenths of a percent between neighbors are luck."),
        blocks.key(("more", "more crew-weeks in Los Angeles over ten years", "computed"),
                   ("less", "fewer"), ("text-line", "as many as without AI"),
                   ("ring", "tools that stay as they are now, all else at its middle"),
                   ("cross", "titles save the announced 30%", "claim")),
        blocks.charts(slices(detail), three=True),
        blocks.folded_table("All maps as one table", sheets.surface(detail)),
    ]


def shares(name: str, held: dict[str, Any]) -> list[Block]:
    """Variance of one claim's number by where it comes from: a sentence, bars, and their table."""
    parts = ([min(1.0, max(0.0, each[key])) for each in held["rows"]] for key in ("total", "total_low", "total_high"))
    figure_of = charts.bars([each["group"] for each in held["rows"]], *parts, unit="share")
    shown = Chart(f"chart-{name}-shares", "Variance gone if a group were known, alone and with all others",
                  "The line is the 95% interval. Groups act together, so that shares may add up to more than all.",
                  figure_of, sheets.shares(name, held))
    caution = [blocks.small(held["caution"])] if held["caution"] else []
    return [blocks.text(shares_said(held)), *caution, blocks.chart(shown)]


def strip(row: dict[str, Any], detail: dict[str, Any]) -> list[Chart]:
    """Every future and every point of one claim; C4, which has no points, has no strip."""
    if row["id"] == "C4":
        return []
    says = f"Each future and each parameter point; the dotted line is {figure(detail['border'], detail['unit'])}."
    figure_of = charts.strip(detail["values"], detail["points"], detail["border"], detail["unit"])
    title, sheet = detail["number"].rstrip("."), sheets.luck_and_points(row, detail)
    return [Chart(f"chart-{row['id']}", title, says, figure_of, sheet)]


def more(row: dict[str, Any], detail: dict[str, Any]) -> tuple[list[Chart], list[Sheet]]:
    """Further charts, and tables without a chart, of one claim."""
    held, name = detail["over_futures"], row["id"]
    if not held or row["measured"]["mean"] is None:
        return [], []
    if name == "C3":
        caption = "Where the crew-weeks go: all AI (W3) less none (W0), share of the crew-weeks without AI"
        tables = [sheets.account("C3_account", caption, held["parts"]),
                  sheets.nested("C3_won_back", "Share that the ten years win back, in the mean, of what a year had "
                                "more than the last one before the announcement", held["won_back"], "share")]
        return [], tables
    if name == "C4":
        return [_stage_bars(held, sheets.stages(detail))], []
    if name == "C8":
        return [_craft_bars(held, sheets.crafts(detail))], []
    if name == "C9":
        return [_capital_lines(held, detail)], []
    if name in _CAPTIONS:
        key, caption, unit = _CAPTIONS[name]
        titles = [sheets.standstill(held["titles"]), *_lost(detail)] if name == "C6" else []
        return [], [sheets.nested(f"{name}_{key}", caption, held[key], unit), *titles]
    return [], []


def _lost(detail: dict[str, Any]) -> list[Sheet]:
    caption = ("Share of crew-weeks lost against the same futures without incidents. In a single future much of it is "
               "chance: whatever is late, every later choice may fall out otherwise")
    return [sheets.nested("C6_lost", caption, detail["lost"], "share")] if detail.get("lost") else []


def slices(detail: dict[str, Any]) -> list[Chart]:
    """C3's surface as a map for each amount of new work."""
    held = detail["surface"]
    return [
        Chart(f"chart-C3-{k}", f"{piece['at']:g} new crew-weeks of AI work for each displaced",
              announced_said(piece), charts.contour(held, piece), sheets.surface(detail, k))
        for k, piece in enumerate(held["slices"])
    ]


def _stage_bars(held: dict[str, Any], sheet: Sheet) -> Chart:
    rows = held["rows"]
    names = [each for each in charts.stage_names() if each != "all"]
    parts = [rows[each]["displacement"] for each in names]
    figure_of = charts.bars([each.replace("_", " ") for each in names], *([each[key] or 0.0 for each in parts]
                            for key in ("mean", "q10", "q90")), unit="")  # fmt: skip
    return Chart("chart-C4", "Crew-weeks displaced with one stage or one tool alone", "Means over futures; the line is "
                 "where 80% of them lie.", figure_of, sheet)


def _craft_bars(held: dict[str, Any], sheet: Sheet) -> Chart:
    ranked = sorted(held["crafts"].items(), key=lambda item: item[1]["mean"])
    figure_of = charts.bars([name.replace("_", " ") for name, _ in ranked], *([each[key] for _, each in ranked]
                            for key in ("mean", "q10", "q90")), unit="share")  # fmt: skip
    return Chart("chart-C8-crafts", "Change of crew-weeks by craft, most lost first", "Means over futures; the line is "
                 "where 80% of them lie.", figure_of, sheet)


def _capital_lines(held: dict[str, Any], detail: dict[str, Any]) -> Chart:
    years = [FIRST_YEAR + k for k in range(len(held["on_capital"]))]
    series = {name: [each["mean"] for each in held[key]]
              for name, key in (("paid from capital", "on_capital"), ("from its own income", "on_income"))}
    return Chart("chart-C9-capital", "Crew-weeks a year of the producer, by who pays", "Means over futures.",
                 charts.lines(years, series), sheets.capital(detail, years))
