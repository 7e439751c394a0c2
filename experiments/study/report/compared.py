"""What the comparisons of a study came to: the difference, every outcome, what it costs, and which crafts it meets."""

from __future__ import annotations

from typing import Any

from experiments.answer import price
from experiments.answer.wording import DASH, figure, uncapitalized
from experiments.charts.of_ai import ranges
from experiments.page.sheet import Cell, Chart, Sheet, number
from experiments.study.report import blocks, drawn
from experiments.study.report.blocks import Section
from experiments.study.report.words import (
    Comparisons,
    agreeing,
    axis_unit,
    estimate_cell,
    estimate_said,
    how,
    in_what,
    yes_or_no,
)

MOST_DRAWN = 40  # comparisons; of more the lowest and the highest
FEW = 10  # futures below which a band is read as their range
SHARE = {"way": "share", "unit": "share"}
CREW_WEEKS = {"way": "difference", "unit": "crew-weeks"}


def difference(compared: Comparisons) -> Section | None:
    """The one figure, and below it the table of all outcomes."""
    if not compared.rows:
        return None
    section = Section("difference", "The difference" if compared.against else "What came out")
    months = compared.rows[0].get("difference") if len(compared.rows) == 1 else None
    if months:
        section.blocks += _by_month(compared, months)
    elif compared.largest is not None:
        section.blocks += _over_comparisons(compared)
    else:
        section.blocks.append(blocks.text("No comparison has an answer."))
    section.blocks += [blocks.heading("Every outcome"), blocks.table(_outcomes(compared)),
                       blocks.small(_caution(compared))]
    return section


def _by_month(compared: Comparisons, months: dict[str, Any]) -> list[blocks.Block]:
    few = " (few: read it as their range)" if months["futures"] < FEW else ""
    says = ("Change of crew-weeks in Los Angeles over the twelve months up to each month, "
            f"{compared.rows[0]['scenario']} against {compared.against}, mean of {months['futures']} futures.")
    rows = [
        [Cell(month), *(estimate_cell(value, SHARE) for value in values), number(above, "share")]
        for month, *values, above in zip(months["months"], months["mean"], months["q10"], months["q90"],
                                         months["above"], strict=True)
    ]
    sheet = Sheet("difference", says.rstrip("."),
                  ["twelve months up to", "mean", "10% of futures", "90% of futures", "futures above zero"], rows)
    chart = Chart("chart-difference", "Crew-weeks, month by month", says, drawn.over_months(months), sheet)
    band = [("band", f"10 to 90% of futures{few}")] if months["futures"] > 1 else []
    return [blocks.key(("model-line", "mean of futures", "computed"), *band), blocks.chart(chart)]


def _over_comparisons(compared: Comparisons) -> list[blocks.Block]:
    told = [(row, label) for row, label in zip(compared.rows, drawn.apart(compared.labels), strict=True)
            if compared.head(row)]
    first = told[0][0]["outcomes"][0]
    left_out = max(0, len(told) - MOST_DRAWN)
    if left_out:
        told.sort(key=lambda pair: compared.head(pair[0])["mean"])
        told = [*told[: MOST_DRAWN // 2], *told[-MOST_DRAWN // 2 :]]
    rows, lines = [], []
    for row, label in told:
        one = compared.head(row)
        low, high = (one["mean"] if one[end] is None else one[end] for end in ("low", "high"))
        stands = row["outcomes"][0].get("stands")
        rows.append((label, one["mean"], low, high, estimate_said(one["mean"], first), stands is not False))
        lines.append([*compared.heads(row), estimate_cell(one["mean"], first), *_ends(one, first), _stands(stands)])
    title = f"{first['label']}, {how(first)}".rstrip(", ")
    against = f" against {compared.against}" if compared.against else ""
    which = f"by {'; '.join(uncapitalized(each) for each in compared.columns)}"
    says = (f"{title}{against}, {which}: mean over futures with its 95% interval"
            + (", the line at zero is no difference." if first["way"] != "level" else "."))
    if left_out:
        says += f" The {MOST_DRAWN // 2} lowest and highest of {len(told) + left_out} are drawn."
    sheet = Sheet("headline", says.rstrip("."), [*compared.columns, "mean", "95% low", "95% high", "stands"], lines)
    shown = drawn.intervals(rows, axis_unit(first), zero=first["way"] != "level")
    marks = [("filled", "stands after Holm's correction", "computed")]
    if not all(row[5] for row in rows):
        marks.append(("open", "does not stand"))
    return [blocks.key(*marks), blocks.chart(Chart("chart-headline", title, says, shown, sheet))]


def _ends(estimate: dict[str, Any], row: dict[str, Any]) -> list[Cell]:
    return [estimate_cell(estimate[end], row) for end in ("low", "high")]


def _stands(value: bool | None) -> Cell:
    return Cell(DASH) if value is None else yes_or_no(value)


def _outcomes(compared: Comparisons) -> Sheet:
    several, rows = len(compared.rows) > 1, []
    for row in compared.rows:
        for outcome in row["outcomes"]:
            one, line = outcome["estimate"], compared.heads(row) if several else []
            line.append(Cell(outcome["label"]))
            if one is None:
                line += [Cell("no run has it"), *(Cell("") for _ in range(4))]
            else:
                line += [estimate_cell(one["mean"], outcome), *_ends(one, outcome), agreeing(one),
                         _stands(outcome.get("stands"))]
            rows.append([*line, Cell(in_what(outcome))])
    columns = [*(compared.columns if several else []), "outcome", "estimate", "95% low", "95% high", "futures agreeing",
               "stands", "measured in"]
    return Sheet("outcomes", "Every outcome: mean over futures with Student's 95% interval", columns, rows)


def _caution(compared: Comparisons) -> str:
    looked_at = compared.rows[0]["outcomes"]
    count, each = len(compared.rows), len(looked_at)
    among = next((one["among"] for one in looked_at if one.get("among")), count * each)
    words = (f"This study makes {_counted(among, 'estimate')}: {_counted(count, 'comparison')} of "
             f"{_counted(each, 'outcome')}.")
    if any(outcome.get("stands") is not None for row in compared.rows for outcome in row["outcomes"]):
        words += (" Were there no true difference anywhere, about one in twenty of them would still look real by its "
                  "95% interval alone. An estimate stands if it is told from zero after Holm's correction for all "
                  "outcomes of its comparison")
        words += "; across comparisons nothing is corrected, so read many of them with care." if count > 1 else "."
    return f"{words} Intervals are luck at one set of parameters, not what is not known about them."


def _counted(number_of: int, what: str) -> str:
    return f"{number_of:,} {what}{'s' if number_of != 1 else ''}"


def cost(compared: Comparisons) -> Section | None:
    """What the public pays for a year of somebody's work."""
    rows = []
    for row in compared.rows:
        held = row.get("cost")
        if not held:
            continue
        rows.append([*compared.heads(row), *price.price_row(held)])
    if not rows:
        return None
    return Section("cost", "What a year of work costs the public", [
        blocks.small("Public money and work are both paired differences over the whole run; the interval is Fieller's. "
                     "Where both fall, the figure is what is saved for each job-year lost. Where one rises while the "
                     "other falls, or the work gained may be none, there is no price."),
        blocks.table(Sheet("cost", price.CAPTION, [*compared.columns, *price.COLUMNS], rows)),
        *_pay_beside_credit(compared),
    ])  # fmt: skip


def _pay_beside_credit(compared: Comparisons) -> list[blocks.Block]:
    """Whether the credit brings more pay than outside figures allow for: then a job-year is dearer than it looks."""
    checks = [row["cost"]["pay_per_credit"] for row in compared.rows if (row.get("cost") or {}).get("pay_per_credit")]
    if not checks:
        return []
    found = sorted(each["found"] for each in checks)
    most, rate, wages = (checks[0][name] for name in ("at_most", "rate", "wages"))
    said = f"${found[0]:.2f}" if len(found) == 1 else f"${found[0]:.2f} to ${found[-1]:.2f}"
    text = (
        f"Beside the outside: each dollar of credit more or less goes with {said} of crew pay here. By the Film "
        f"Commission's own releases crew earn {figure(wages, 'share')} of the spend that qualifies, so at a rate of "
        f"{figure(rate, 'share')} a dollar of credit can stand for ${most:.2f} of it at most, were every credited "
        "title one that would else be made elsewhere."
    )
    if found[-1] > most:
        text += (
            f" The model is at {found[-1] / most:.1f} times that: crews of its series are too large for their budgets. "
            "A job-year costs more than the table says by about as much, and every effect of the credit on work is "
            "overstated by it."
        )
    return [blocks.text(text)]


def crafts(compared: Comparisons) -> Section | None:
    """Who gains and who loses work, in the comparison with the largest effect."""
    row = compared.largest
    if row is None or not row.get("crafts"):
        return None
    rows, bars = [], []
    for each in row["crafts"]:
        change, share = each["change"], each["change_share"]
        line = [Cell(each["label"]), number(each["crew_weeks_other"])]
        line += [estimate_cell(change["mean"], CREW_WEEKS), *_ends(change, CREW_WEEKS)] if change else [Cell(DASH)] * 3
        line += [estimate_cell(share["mean"], SHARE), *_ends(share, SHARE)] if share else [Cell(DASH)] * 3
        rows.append([*line, agreeing(change) if change else Cell(DASH)])
        if share:
            low, high = (share["mean"] if share[end] is None else share[end] for end in ("low", "high"))
            bars.append((each["label"], share["mean"], low, high))
    named = compared.named(row)
    caption = f"Crew-weeks by craft, {named}: mean over futures with its 95% interval"
    other = f"crew-weeks, {compared.against}"
    sheet = Sheet("crafts", caption, ["craft", other, "change", "95% low", "95% high", "in proportion", "95% low",
                                      "95% high", "futures agreeing"], rows)  # fmt: skip
    section = Section("crafts", "By craft")
    which = "The comparison with the largest effect: " if len(compared.rows) > 1 else ""
    section.blocks.append(blocks.small(f"{which}{named}."))
    if bars:
        most = max((abs(bar[1]) for bar in bars), default=0.0)
        says = ("Change in proportion, mean over futures, most lost first; whiskers are 95% intervals. The largest "
                f"change is {figure(most, 'share')}.")
        shown = ranges(bars, "share", futures=row["futures"])
        section.blocks += [blocks.key(("gain", "more work"), ("loss", "less work")),
                           blocks.chart(Chart("chart-crafts", "Change of crew-weeks by craft", says, shown, sheet))]
    else:
        section.blocks.append(blocks.table(sheet))
    return section
