"""The tables of AI's sections: twins of their charts, what was announced, lives, and the figures from outside."""

from __future__ import annotations

from datetime import date
from typing import Any

from experiments.answer.settings import sources_named
from experiments.answer.wording import DASH, change, uncapitalized
from experiments.answer.wording_ai import DESTINATIONS, ENDS, LINES, PARTS, signed_share, this_world
from experiments.page.sheet import Cell, Sheet, agreeing, number

DECEMBER = 12


def difference(value: float | None, unit: str = "") -> Cell:
    """A cell with a difference of the JSON, with its sign."""
    return Cell(DASH if value is None else change(value, unit), value)


def relative(value: float | None) -> Cell:
    """A cell with a relative change of the JSON, with its sign."""
    return Cell(DASH if value is None else signed_share(value), value)


def saved_caption(titles: str) -> str:
    """The caption of a saved dollar's table; ``titles`` say whose, as a heading does."""
    return (f"Where a saved dollar comes from: {uncapitalized(titles)}, against the same titles made the traditional "
            "way")


def saved_dollar(account: dict[str, Any], over: dict[str, Any], name: str, caption: str,
                 ends: dict[str, tuple[float, float]] | None = None) -> Sheet:
    """Each line in dollars and as a share of the budget, with its spread over futures; ``ends`` are the 10th and 90th
    percentile of its share, where they are known.
    """
    rows = [
        [
            Cell(label),
            difference(account[line], "USD"),
            relative(over["shares"].get(line)),
            *(relative(each) for each in (ends[line] if ends else ())),
            *(difference(over["lines"][line][each], "USD") for each in ("q10", "q90")),
            Cell("computed", kind="computed"),
        ]
        for line, label in (*LINES.items(), ("realised", "Realized"))
    ]
    claimed = (number(account["announced"], "USD"), number(over["share_announced"], "share"))
    blank = [Cell("")] * (4 if ends else 2)
    rows.append([Cell("Announced"), *claimed, *blank, Cell("claim", kind="claim")])
    columns = ["line", "USD", "of the budget", *(("of the budget, 10%", "of the budget, 90%") if ends else ()),
               "USD, 10%", "USD, 90%", "kind"]
    return Sheet(name, caption, columns, rows)


def announced(rows: list[dict[str, Any]]) -> Sheet:
    """What AI-first producers announced, beside what their titles realized."""
    cells = []
    for row in rows:
        realized = row["realised"] or {}
        cells.append(
            [
                Cell(row["label"]),
                number(row["announced"], "share"),
                Cell(row["kind"], kind=row["kind"], links=tuple(sources_named(row["source"]))),
                *(number(realized.get(each), "share") for each in ("mean", "q10", "q90")),
                Cell("computed", kind="computed"),
            ]
        )
    return Sheet(
        "announced",
        "Announced beside realized, titles that AI-first producers worked on",
        ["what", "announced", "who says so", "realized, mean", "10%", "90%", "kind"],
        cells,
    )


def crew_weeks(summary: dict[str, Any]) -> Sheet:
    """Each part with its spread over futures, and how many of them agree."""
    account, over = summary["accounts"]["crew_weeks"], summary["accounts_over_futures"]["crew_weeks"]
    return crew_week_parts(account, over, over["other"]["mean"], summary["futures"], "crew_weeks",
                           f"Crew-weeks in Los Angeles from April 2026 on, less those of {summary['against']}")


def crew_week_parts(account: dict[str, float], over: dict[str, Any], before: float, futures: int, name: str,
                    caption: str) -> Sheet:
    """The parts as a table; ``before`` is what the other world has in all."""
    rows = [
        [
            Cell(label),
            difference(account[part]),
            Cell(signed_share(account[part] / before) if before else DASH),
            *(difference(over[part][each]) for each in ("q10", "q90")),
            agreeing(over[part], futures),
        ]
        for part, label in (*PARTS.items(), ("total", "Total"))
    ]
    return Sheet(
        name,
        caption,
        ["part", "crew-weeks", "of the other world", "10%", "90%", "futures agreeing"],
        rows,
    )


def crew_weeks_of_crafts(summary: dict[str, Any]) -> Sheet:
    """The account craft by craft, the largest relative loss first."""
    rows = [
        [
            Cell(row["label"]),
            number(row["crew_weeks_other"]),
            difference(row["change"]["mean"]),
            relative(row["change_share"]),
            agreeing(row["change"], summary["futures"]),
            *(difference(row["parts"][part]) for part in PARTS),
        ]
        for row in summary["accounts_over_futures"]["crafts"]
    ]
    columns = ["craft", summary["against"], "change", "relative", "futures agreeing", *PARTS.values()]
    return Sheet("crew_weeks_crafts", "Crew-weeks by craft and part", columns, rows)


def years(summary: dict[str, Any]) -> Sheet:
    """The shift by year."""
    compared = bool(summary["against"])
    columns = ["year", "done by AI", "jobs in the new craft", "people on calls"]
    names = [("automated_share", "share"), ("ai_jobs", ""), ("on_call", "")]
    if compared:
        columns += [f"{each}, {summary['against']}" for each in columns[1:]]
        names += [(f"{name}_against", unit) for name, unit in names]
    rows = [
        [Cell(str(row["year"])), *(number(row[name], unit) for name, unit in names)]
        for row in summary["shift"]["years"]
    ]
    return Sheet("shift_years", "Employment and automation by year, 2026 from April on", columns, rows)


def jobs_by_craft(summary: dict[str, Any]) -> Sheet:
    """People on calls by craft and year, in both worlds where there are two."""
    found = [str(row["year"]) for row in summary["shift"]["years"]]
    rows = []
    for row in summary["shift"]["crafts"]:
        rows.append([Cell(row["label"]), Cell(this_world(summary)), number(row["automated_share"], "share"),
                     *(number(value) for value in row["on_call"])])  # fmt: skip
        if row["on_call_against"] is not None:
            rows.append([Cell(row["label"]), Cell(summary["against"]), Cell(""),
                         *(number(value) for value in row["on_call_against"])])  # fmt: skip
    return Sheet("shift_crafts", "People on calls by craft, means over the weeks of a year",
                 ["craft", "world", "done by AI", *found], rows)  # fmt: skip


def when(year: int, until: str) -> str:
    """The end of the last year of a run, in words: it may end in the middle of the year.

    >>> when(2030, "2030-12-30"), when(2036, "2036-03-31")
    ('at the end of 2030', 'in March 2036')
    """
    last = date.fromisoformat(until)
    return f"at the end of {year}" if last.month == DECEMBER else f"in {last:%B %Y}"


def flows(summary: dict[str, Any]) -> Sheet:
    """What became of those of April 2026 by the end: shares of each craft, in both worlds."""
    last = summary["shift"]["years"][-1]["year"]
    labels = {row["craft"]: row["label"] for row in summary["shift"]["crafts"]}
    rows = []
    for world, name in (("flows", this_world(summary)), ("flows_against", summary["against"])):
        for row in summary["shift"][world]:
            if row["year"] == last and row["workers"]:
                rows.append([Cell(labels[row["craft"]]), Cell(name), number(row["workers"]),
                             *(number(row[each] / row["workers"], "share") for each in DESTINATIONS)])  # fmt: skip
    rows.sort(key=lambda row: list(labels.values()).index(row[0].text))
    then = when(last, summary["until"])
    return Sheet("flows", f"Where those attached in April 2026 are {then}, shares of their craft",
                 ["craft", "world", "workers", *DESTINATIONS.values()], rows)  # fmt: skip


def moves(summary: dict[str, Any]) -> Sheet:
    """What became of each person, against where they would be in the other world: shares of a row."""
    rows = [
        [Cell(ENDS[row["without"]]), number(row["workers"])]
        + [number(row[end] / row["workers"] if row["workers"] else None, "share") for end in ENDS]
        for row in summary["people"]["moves"]
    ]
    columns = [f"at the end in {summary['against']}", "workers", *(f"here: {label}" for label in ENDS.values())]
    return Sheet("moves", f"Where those are at the end who in {summary['against']} would be", columns, rows)


def dose(summary: dict[str, Any]) -> Sheet:
    """The response to the ceiling on adoption."""
    rows = [
        [
            Cell(f"{100 * row['ceiling']:.0f}%"),
            number(row["automated_share"], "share"),
            number(row["ai_jobs"]),
            number(row["crew_weeks"]),
            difference(row["change"]["mean"]),
            relative(row["change_share"]),
            agreeing(row["change"], summary["futures"]),
        ]
        for row in summary["shift"]["dose_response"]
    ]
    against = summary["against"] or "the lowest ceiling"
    return Sheet("dose", f"The same futures at several ceilings on adoption, change against {against}",
                 ["ceiling", "done by AI, last year", "jobs in the new craft", "crew-weeks", "change", "relative",
                  "futures agreeing"], rows)  # fmt: skip


def gains(rows: list[dict[str, Any]], name: str, caption: str, futures: int) -> Sheet:
    """Days a year of a group's people in both worlds, who of them loses, and how they end."""
    shares = ("losing", "gaining", "out_against", "out", "insured_against", "insured")
    cells = [
        [
            Cell(row["label"]),
            number(row["workers"]),
            number(row["days_a_year_against"]),
            number(row["days_a_year"]),
            *(difference(row["change"][each]) for each in ("mean", "q10", "q90")),
            agreeing(row["change"], futures),
            *(number(row[each], "share") for each in shares),
        ]
        for row in rows
    ]
    days, out, insured = "days a year", "out at the end", "insured at the end"
    columns = ["group", "workers", f"{days}, other world", days, "change", "10%", "90%", "futures agreeing"]
    columns += ["work less", "work more", f"{out}, other world", out, f"{insured}, other world", insured]
    return Sheet(name, caption, columns, cells)


def lives(rows: list[dict[str, Any]], against: str) -> Sheet:
    """The life in the middle of every group, in both worlds."""
    cells = []
    for row in rows:
        median = row["median"]
        for world, suffix in (("here", ""), (against, "_against")):
            life = median[f"life{suffix}"]
            cells.append(
                [
                    Cell(row["label"]),
                    Cell(world),
                    Cell(str(median["row"]), median["row"]),
                    Cell(median["craft"]),
                    number(median[f"days{suffix}"]),
                    number(life["weeks_on_call"]),
                    number(life["titles"]),
                    number(life["longest_wait"]),
                    Cell(", ".join(life["retrained"]) or DASH),
                    Cell(life["left"] or DASH),
                    Cell(median[f"craft_after{suffix}"]),
                ]
            )
    columns = ["in the middle of", "world", "worker", "craft", "days on calls", "weeks on calls", "titles",
               "longest wait, weeks", "retrained", "left", "craft at the end"]  # fmt: skip
    return Sheet("lives", "The worker in the middle of each group by rank of paired loss, first future", columns, cells)


def outside(rows: list[dict[str, Any]]) -> Sheet:
    """Figures from outside, the model's beside them, and in words what does not match."""
    cells = []
    for row in rows:
        unit = "share" if row["unit"].startswith("share") else ""
        span = "" if row["low"] is None else f": {number(row['low'], unit).text} to {number(row['high'], unit).text}"
        heard = f" Its source is also heard where {', '.join(row['heard_by'])} was set." if row["heard_by"] else ""
        cells.append(
            [
                Cell(f"{row['label']}, {row['unit']}{span}"),
                number(row["outside"], unit),
                Cell(row["kind"], kind=row["kind"], links=tuple(sources_named(row["source"]))),
                Cell(row["what"]),
                number(row["model"], unit),
                Cell(row["says"] + heard),
            ]
        )
    columns = ["figure from outside", "value", "who says so", "of the model beside it", "model", "in words"]
    return Sheet("outside", "The model beside figures from outside", columns, cells)
