"""The tables of the claims page: every chart's twin, and the table of all verdicts."""

from __future__ import annotations

from typing import Any

from experiments.answer.wording import figure, signed
from experiments.answer.wording_ai import PARTS
from experiments.claims import charts
from experiments.claims.wording import GLYPHS, condition, signed_number, value_said
from experiments.page.sheet import Cell, Sheet, agreeing, number

_FUTURES = "80% of futures"


def verdicts(found: dict[str, Any]) -> Sheet:
    """All claims at a glance."""
    rows = []
    for row in found["claims"]:
        detail, over = found["details"][row["id"]], row["over_parameters"]
        turns = ", ".join(f"{each['label']} {condition(each)}" for each in row["turns_on"] or ())
        rows.append([
            Cell(row["id"]), Cell(f"{GLYPHS[detail['verdict']]} {detail['verdict']}"), Cell(row["statement"]),
            Cell(row["kind"]),
            number(row["measured"]["mean"], detail["unit"]), Cell(_range(row["measured"], detail["unit"])),
            Cell(f"{over['points_holding']} / {over['points_failing']} / {over['points']}" if over["points"] else "–"),
            Cell(turns or "–"),
        ])  # fmt: skip
    columns = ["claim", "verdict", "statement", "kind", "mean", _FUTURES, "points that hold / fail / all", "holds with"]
    return Sheet("verdicts", "Claims and doubts", columns, rows)


def borders(row: dict[str, Any]) -> Sheet:
    """What a verdict turns on: each parameter with its border, all others at their middle."""
    rows = [
        [Cell(f"{each['label']} ({each['parameter']})"), Cell(each["holds_if"]),
         *(Cell(value_said(each[key], each["unit"])) for key in ("border", "fails_at", "holds_at", "now"))]
        for each in row["turns_on"]
    ]
    return Sheet(f"{row['id']}_borders", f"What the verdict of {row['id']} turns on, all else at its middle",
                 ["parameter", "holds", "border", "still fails at", "holds again at", "middle"], rows)


def shares(name: str, held: dict[str, Any]) -> Sheet:
    """The twin of the bars: what each group does alone, and with all others."""
    rows = [
        [Cell(each["group"]), number(each["parameters"], ""), number(each["alone"], "share"),
         Cell(f"{figure(each['alone_low'], 'share')} to {figure(each['alone_high'], 'share')}"),
         number(each["total"], "share"),
         Cell(f"{figure(each['total_low'], 'share')} to {figure(each['total_high'], 'share')}")]
        for each in held["rows"]
    ]  # fmt: skip
    caption = (f"Shares of the variance of the rank of {name}, from {held['runs']:,} runs at scale {held['scale']:g}; "
               "an index below zero is chance")
    columns = ["what is not known", "parameters", "alone", "95% interval", "with all others", "95% interval of it"]
    return Sheet(f"{name}_shares", caption, columns, rows)


def luck_and_points(row: dict[str, Any], detail: dict[str, Any]) -> Sheet:
    """The twin of the strip: each future, then each parameter point, and what the points follow most."""
    unit, rows = detail["unit"], []
    for k, value in enumerate(detail["values"]):
        rows.append([Cell(f"future {k + 1}"), number(value, unit), Cell(""), Cell("")])
    for k, each in enumerate(detail["points"]):
        cells = [number(each["mean"], unit), Cell(_range(each, unit)), Cell(each["stands"])]
        rows.append([Cell(f"point {k + 1}"), *cells])
    notes = [f"{each['parameter']}: best split tells {each['accuracy']:.0%} right, points that hold and "
             f"that fail counting alike; rank correlation {each['correlation']:+.2f}" for each in detail["ranked"]]
    columns = ["future or point", "number", _FUTURES, "stands"]
    return Sheet(f"{row['id']}_points", f"{row['id']}: {detail['number']}", columns, rows, notes)


def stages(detail: dict[str, Any]) -> Sheet:
    """C4: five stages and three tools alone, and all at once."""
    held, rows = detail["over_futures"]["rows"], []
    columns = {"displacement": "crew-weeks displaced", "compression": "crew-weeks of shorter schedules",
               "new_tasks": "crew-weeks of new tasks", "saved": "saving on budgets",
               "crew_days": "LA crew-days, all titles", "crew_weeks": "LA crew-weeks, all titles"}
    for name in charts.stage_names():
        row = held[name]
        rows.append([Cell(name.replace("_", " ")),
                     *(number(row[each]["mean"], "share" if each == "saved" else "") for each in columns),
                     Cell(_range(row["crew_weeks"], ""))])
    for group, label in ((charts.STAGES, "beyond the sum of stages"), (charts.TOOLS, "beyond the sum of tools")):
        rows.append([Cell(label), *(
            number(held["all"][each]["mean"] - sum(held[name][each]["mean"] for name in group),
                   "share" if each == "saved" else "")
            for each in columns), Cell("–")])  # fmt: skip
    return Sheet("C4_stages", "Ten years, the entrant using AI in one stage or with one tool alone, against the same "
                 "capital working the traditional way; means over futures", ["alone", *columns.values(),
                 f"LA crew-weeks, {_FUTURES}"], rows)


def surface(detail: dict[str, Any], only: int | None = None) -> Sheet:
    """C3: every cell of the surface, or of one slice, and where each row crosses zero."""
    held, rows = detail["surface"], []
    for piece in held["slices"] if only is None else held["slices"][only : only + 1]:
        for k, up in enumerate(held["up"]["at"]):
            zero = piece["zero_at"][k]
            rows.append([
                Cell(f"{piece['at']:g}"), Cell(figure(up, "share")),
                *(_cell(work, announced)
                  for work, announced in zip(piece["work"][k], piece["announced"][k], strict=True)),
                Cell("–" if zero is None else signed_number(zero)),
            ])  # fmt: skip
    across = [f"spend {signed_number(each)}" for each in held["across"]["at"]]
    one = "" if only is None else f", with {held['slices'][only]['at']:g} new crew-weeks for each displaced"
    caption = (f"Crew-weeks in Los Angeles over ten years, W3 less W0 over W0{one}. “✕” marks cells in which the "
               "producer's titles save the announced 30% or more")
    return Sheet("C3_surface" if only is None else f"C3_surface_{only}", caption,
                 ["new work per displaced", "tools do well", *across, "zero at"], rows)


def _cell(work: float | None, announced: bool) -> Cell:
    return Cell(signed(work, "share") + (" ✕" if announced else ""), work)


def standstill(held: dict[str, Any]) -> Sheet:
    """C6: how many of the producer's titles a provider delayed, and what standing still cost."""
    labels = {"delayed": ("titles delayed, share of those delivered", "share"),
              "standstill": ("spent while standing still, of what the titles would have cost without AI", "share"),
              "standstill_musd": ("the same in USD million, ten years, whole market", "USD million")}
    rows = [[Cell(label), number(held[name]["mean"], unit), Cell(_range(held[name], unit)),
             agreeing(held[name], held[name]["futures"])]
            for name, (label, unit) in labels.items()]
    return Sheet("C6_titles", "The producer's delivered titles: crew held and paid, those who work on, time costs and "
                 "finance in weeks that stood still for a provider",
                 ["what", "mean", _FUTURES, "futures agreeing"], rows)


def crafts(detail: dict[str, Any]) -> Sheet:
    """C8: crafts by their loss, with agreement over futures and over points; then experience, then stages."""
    held, points = detail["over_futures"], detail["over_points"] or {}
    rows = [_agreement(name, each, (points.get("crafts") or {}).get(name))
            for name, each in sorted(held["crafts"].items(), key=lambda item: item[1]["mean"])]
    rows += [_agreement(f"{name} of April 2026 (days worked)", each, (points.get("experience") or {}).get(name))
             for name, each in held["experience"].items()]
    rows += [_agreement(f"stage: {name}", each, (points.get("stages") or {}).get(name))
             for name, each in held["stages"].items()]
    return Sheet("C8_crafts", "Crew-weeks over ten years, W3 less W0 over W0",
                 ["craft", "change", _FUTURES, "futures agreeing", "mean over points", "points agreeing"], rows)


def _agreement(name: str, held: dict[str, Any], over: dict[str, Any] | None) -> list[Cell]:
    return [
        Cell(name.replace("_", " ")), Cell(signed(held["mean"], "share"), held["mean"]), Cell(_range(held, "share")),
        agreeing(held, held["futures"]),
        Cell(signed(over["mean"], "share"), over["mean"]) if over else Cell("–"),
        agreeing(over, over["futures"]) if over else Cell("–"),
    ]  # fmt: skip


def capital(detail: dict[str, Any], years: list[int]) -> Sheet:
    """C9: crew-weeks by who pays, year by year."""
    held = detail["over_futures"]
    rows = [[Cell(str(year)), number(held["on_capital"][k]["mean"]), number(held["on_income"][k]["mean"])]
            for k, year in enumerate(years)]
    return Sheet("C9_capital", "Crew-weeks of the producer in the twelve months from each April, means over futures",
                 ["from April", "paid from capital", "paid from its own income"], rows)


def account(name: str, caption: str, parts: dict[str, Any]) -> Sheet:
    """The account of crew-weeks over futures, its parts called and ordered as everywhere."""
    rows = [[Cell(label), Cell(signed(parts[part]["mean"], "share"), parts[part]["mean"]),
             Cell(_signed_range(parts[part])), agreeing(parts[part], parts[part]["futures"])]
            for part, label in PARTS.items() if part in parts]
    return Sheet(name, caption, ["part", "mean", _FUTURES, "futures agreeing"], rows)


def _signed_range(held: dict[str, Any]) -> str:
    if held["q10"] is None:
        return "–"
    return f"{signed(held['q10'], 'share')} to {signed(held['q90'], 'share')}"


def nested(name: str, caption: str, held: dict[str, Any], unit: str) -> Sheet:
    """Any nest of numbers over futures, one row each."""
    rows = [[Cell(label.replace("_", " ")), number(each["mean"], unit), Cell(_range(each, unit)),
             agreeing(each, each["futures"])] for label, each in _flat(held)]
    return Sheet(name, caption, ["part", "mean", _FUTURES, "futures agreeing"], rows)


def _flat(held: dict[str, Any], before: str = "") -> list[tuple[str, dict[str, Any]]]:
    found = []
    for name, each in held.items():
        if isinstance(each, dict) and "futures_agreeing" in each:
            found.append((f"{before}{name}", each))
        elif isinstance(each, dict):
            found += _flat(each, f"{before}{name}: ")
    return found


def _range(held: dict[str, Any], unit: str) -> str:
    return f"{figure(held['q10'], unit)} to {figure(held['q90'], unit)}" if held["q10"] is not None else "–"
