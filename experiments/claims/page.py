"""The page of the claims: one HTML file that needs no network; each claim with its verdict, charts and tables."""

from __future__ import annotations

from typing import Any

from experiments.claims import charts, sheets
from experiments.claims.declared import claims
from experiments.claims.wording import GLYPHS, border_said, overview, points_said, turns_said, value_said
from experiments.page import CONFIG, Chart, environment, in_script, version_of_package
from experiments.page_tables import KINDS
from experiments.wording import figure
from model.digest import model_digest

FIRST_YEAR = 2026
_CAPTIONS = {
    "C5": ("lines", "Lines of the saved dollar over shadow budgets (a cost is negative)", "share"),
    "C6": ("causes", "Share of the producer's crew-weeks that stood still, by cause", "share"),
    "C7": ("change", "Herfindahl indices, last five years, W3 less W0", "points"),
    "C10": ("after", "Stocks among attached workers, W3 less W0 over W0, by years after the announcement", "share"),
}


def page(found: dict[str, Any]) -> str:
    """The whole page as text. Every number in it is one of the JSON or of the details."""
    from plotly.offline import get_plotlyjs

    design, version = found["design"], version_of_package()
    entries = [_entry(row, found["details"][row["id"]]) for row in found["claims"]]
    drawn = [chart for entry in entries for chart in (*entry["charts"], *entry["slices"])]
    head = [f"Call Sheet {version}, model {model_digest()}, claims, seed {design['seed']}, "
            f"{design['futures']} futures, {design['points']} points with {design['each']} each, "
            f"scale {design['scale']}"]
    return environment().get_template("claims.html.j2").render(
        summary={"scenario": "claims"}, head=head, version=version, model=model_digest(), design=design,
        answer=overview(found), verdicts=sheets.verdicts(found), entries=entries, kinds=KINDS, glyphs=GLYPHS,
        command=_command(found), plotly=get_plotlyjs(), config=in_script(CONFIG),
        figures=in_script({each.id: each.figure for each in drawn}),
    )  # fmt: skip


def _entry(row: dict[str, Any], detail: dict[str, Any]) -> dict[str, Any]:
    """What the page says of one claim."""
    shown, slices, tables = _more(row, detail)
    return {
        **row,
        "who": claims()[row["id"]].who,
        "number": detail["number"],
        "word": detail["verdict"],
        "glyph": GLYPHS[detail["verdict"]],
        "finding": detail["finding"],
        "points_said": points_said(row, detail),
        "turns_said": turns_said(row, detail["judged"]),
        "borders": [
            {**each, "at": value_said(each["border"], each["unit"]), "today": value_said(each["now"], each["unit"]),
             "fails": value_said(each["fails_at"], each["unit"]), "holds": value_said(each["holds_at"], each["unit"])}
            for each in row["turns_on"] or ()
        ],
        "charts": [*_strip(row, detail), *shown],
        "slices": slices,
        "border_said": border_said(detail["surface"]) if slices else "",
        "tables": tables,
    }


def _strip(row: dict[str, Any], detail: dict[str, Any]) -> list[Chart]:
    if row["id"] == "C4":
        return []
    says = f"Each future and each parameter point; the dotted line is {figure(detail['border'], detail['unit'])}."
    figure_of = charts.strip(detail["values"], detail["points"], detail["border"], detail["unit"])
    title, sheet = detail["number"].rstrip("."), sheets.luck_and_points(row, detail)
    return [Chart(f"chart-{row['id']}", title, says, figure_of, sheet)]


def _more(row: dict[str, Any], detail: dict[str, Any]) -> tuple[list[Chart], list[Chart], list[Any]]:
    """Further charts, the slices of the surface, and tables without a chart, of one claim."""
    held, name = detail["over_futures"], row["id"]
    if not held or row["measured"]["mean"] is None:
        return [], [], []
    if name == "C3":
        caption = "Where the crew-weeks go, parts of W3 less W0 over W0"
        tables = [sheets.nested("C3_account", caption, held["parts"], "share"),
                  sheets.nested("C3_won_back", "Share won back of what was lost since", held["won_back"], "share")]
        return [], _slices(detail), [sheets.surface(detail), *tables]
    if name == "C4":
        return [_stage_bars(held, sheets.stages(detail))], [], []
    if name == "C8":
        return [_craft_bars(held, sheets.crafts(detail))], [], []
    if name == "C9":
        return [_capital_lines(held, detail)], [], []
    if name in _CAPTIONS:
        key, caption, unit = _CAPTIONS[name]
        more = [sheets.standstill(held["titles"])] if name == "C6" else []
        return [], [], [sheets.nested(f"{name}_{key}", caption, held[key], unit), *more]
    return [], [], []


def _slices(detail: dict[str, Any]) -> list[Chart]:
    held = detail["surface"]
    sheet = sheets.surface(detail)
    return [
        Chart(f"chart-C3-{k}", f"{piece['at']:g} new crew-weeks of AI work for each displaced",
              f"{sum(each > 0 for row in piece['work'] for each in row)} of "
              f"{held['cells'] // len(held['slices'])} cells lie above zero.", charts.contour(held, piece), sheet)
        for k, piece in enumerate(held["slices"])
    ]


def _stage_bars(held: dict[str, Any], sheet: Any) -> Chart:
    rows = held["rows"]
    names = [each for each in charts.stage_names() if each != "all"]
    parts = [rows[each]["displacement"] for each in names]
    figure_of = charts.bars([each.replace("_", " ") for each in names], *([each[key] or 0.0 for each in parts]
                            for key in ("mean", "q10", "q90")), unit="")  # fmt: skip
    return Chart("chart-C4", "Crew-weeks displaced with one stage or one tool alone", "Means over futures; the line is "
                 "where 80% of them lie.", figure_of, sheet)


def _craft_bars(held: dict[str, Any], sheet: Any) -> Chart:
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


def _command(found: dict[str, Any]) -> str:
    design = found["design"]
    words = [f"callsheet claims --futures {design['futures']} --points {design['points']} --each {design['each']} "
             f"--scale {design['scale']} --seed {design['seed']}"]
    if len(found["claims"]) < len(claims()):
        words += [f"--claim {row['id']}" for row in found["claims"]]
    return " ".join(words)
