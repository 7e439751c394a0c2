"""The page's sections on AI: a table for every chart, the numbers of the JSON, and claims that look like claims."""

import json
import re

import pytest

from experiments.answer import wording_ai
from experiments.answer.dose import Dose
from experiments.answer.summary import summarise
from experiments.answer.wording import rounded
from experiments.answer.wording_ai import DESTINATIONS, LINES, PARTS
from experiments.charts import of_ai
from experiments.page import sections_ai
from experiments.page.page import page
from experiments.runs import pairs_of
from experiments.terminal.show_ai import show_ai
from model.crew_account import PARTS as PARTS_OF_THE_ACCOUNT
from model.scenario import Scenario
from model.simulate import simulate
from model.state.books import Line
from model.state.turns import DESTINATIONS as DESTINATIONS_OF_PEOPLE
from tests.unit.ai_worlds import with_ai
from tests.unit.answer.test_page import Reader

CHARTS = {
    "chart-saved_dollar_producers", "chart-saved_dollar", "chart-crew-weeks", "chart-automated-share", "chart-ai-jobs",
    "chart-on-call", "chart-jobs-by-craft", "chart-flows", "chart-dose", "chart-people-by-craft",
    "chart-people-by-experience", "chart-people-by-district", "chart-lives",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(ai_scenario, ai_summary, ai_pairs):
    dose = Dose(with_ai(futures=1), ceilings=(0.0, 1.0))
    list(dose.beside(iter(ai_pairs[:1]), simulate))
    summary = {**ai_summary, "shift": {**ai_summary["shift"], "dose_response": dose.rows()}}
    text = page(summary, ai_scenario)
    reader = Reader()
    reader.feed(text)
    return summary, text, reader, json.loads(reader.scripts["figures"])


def bars(figure):
    """Values of all bars by label."""
    return {
        label.replace("<br>", " "): value
        for trace in figure["data"] if trace["type"] == "bar"
        for label, value in zip(trace["y"], trace["x"], strict=True)
    }  # fmt: skip


def test_every_line_part_and_destination_has_its_words():
    assert list(LINES) == [line.name.lower() for line in Line]
    assert tuple(PARTS) == PARTS_OF_THE_ACCOUNT
    assert tuple(DESTINATIONS) == DESTINATIONS_OF_PEOPLE


def test_every_chart_is_there_and_has_a_table_and_a_download(made):
    _, _, reader, figures = made
    assert set(figures) >= CHARTS
    tables = {"saved_dollar_producers", "saved_dollar", "announced", "crew_weeks", "crew_weeks_crafts", "shift_years",
              "shift_crafts", "flows", "moves", "dose",
              "people_by_craft", "people_by_experience", "people_by_district", "lives",
              "outside"}  # fmt: skip
    assert tables <= set(reader.tables)
    downloads = {attributes["download"] for tag, attributes in reader.tags if "download" in attributes}
    assert {f"callsheet_baseline_{name}.csv" for name in tables - {"announced"}} <= downloads
    names = [attributes.get("aria-label") for tag, attributes in reader.tags if attributes.get("class") == "chart"]
    assert all(names)


def test_headings_do_not_skip_and_every_tag_is_closed(made):
    reader = made[2]
    assert reader._open == []
    levels = [int(tag[1]) for tag, _ in reader.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_the_waterfalls_hold_the_numbers_of_the_json(made):
    summary, _, _, figures = made
    drawn = bars(figures["chart-crew-weeks"])
    for part, label in (*PARTS.items(), ("total", "Total")):
        assert drawn[label] == summary["accounts"]["crew_weeks"][part]
    over = summary["accounts_over_futures"]["saved_dollar_producers"]
    drawn = bars(figures["chart-saved_dollar_producers"])
    assert {label: drawn[label] for label in LINES.values()} == {
        label: over["shares"][line] for line, label in LINES.items()
    }
    assert drawn["Realized ● computed"] == over["shares"]["realised"]
    assert drawn["Announced ❝ claim"] == 0.3


def test_a_bar_of_a_waterfall_begins_where_the_one_before_ends():
    figure = of_ai.waterfall([("a", 3.0), ("b", -5.0), ("c", 1.0)], [("sum", -1.0, "sum")], "")
    ends = {}
    for trace in figure["data"]:
        if trace["type"] == "bar":
            rows = zip(trace["y"], trace["base"], trace["x"], strict=True)
            ends |= {label: (base, base + x) for label, base, x in rows}
    assert ends == {"a": (0.0, 3.0), "b": (3.0, -2.0), "c": (-2.0, -1.0), "sum": (0.0, -1.0)}


def test_a_claim_looks_like_no_other_bar(made):
    figures = made[3]
    looks = {}
    for trace in figures["chart-saved_dollar"]["data"]:
        if trace["type"] == "bar":
            looks[trace["name"]] = json.dumps(trace["marker"])
    assert len(set(looks.values())) == len(looks)
    claim = json.loads(looks["claim"])
    assert claim["color"] == "rgba(0,0,0,0)"
    assert claim["pattern"]["shape"] == "."


def test_the_tables_hold_the_numbers_of_the_json(made):
    summary, _, reader, _ = made
    crew = summary["accounts"]["crew_weeks"]
    assert [row[0] for row in reader.tables["crew_weeks"][1:]] == [crew[part] for part in (*PARTS, "total")]
    account = summary["accounts"]["saved_dollar"]
    assert [row[0] for row in reader.tables["saved_dollar"][1:]] == [
        account[line] for line in (*LINES, "realised", "announced")
    ]
    assert [row[0] for row in reader.tables["announced"][1:]] == [row["announced"] for row in summary["announced"]]
    assert [row[1] for row in reader.tables["announced"][1:]] == [
        row["realised"]["mean"] for row in summary["announced"]
    ]
    years = reader.tables["shift_years"][1:]
    assert [row[0] for row in years] == [row["automated_share"] for row in summary["shift"]["years"]]
    assert [row[0] for row in reader.tables["outside"][1:]] == [row["outside"] for row in summary["outside"]]
    moves = [row["workers"] for row in summary["people"]["moves"]]
    assert [row[0] for row in reader.tables["moves"][1:]] == moves
    doses = [row["automated_share"] for row in summary["shift"]["dose_response"]]
    assert [row[0] for row in reader.tables["dose"][1:]] == doses
    gains = sorted(row["change"]["mean"] for row in summary["people"]["by_craft"])
    assert [row[3] for row in reader.tables["people_by_craft"][1:]] == gains
    assert [row[-1] for row in reader.tables["accounts"][1:]] == [0.0] * len(summary["accounts"])


def test_flows_are_shares_of_everyone(made):
    figure = made[3]["chart-flows"]
    for world in (0, 1):
        assert sum(trace["x"][world] for trace in figure["data"]) == pytest.approx(1.0)
    assert [trace["name"] for trace in figure["data"]] == list(DESTINATIONS.values())


def test_the_strips_of_lives_are_their_calls(made):
    summary, _, _, figures = made
    week = 7 * 24 * 3600 * 1000
    life = summary["people"]["everyone"]["tenth"]["life_against"]
    calls = [trace for trace in figures["chart-lives"]["data"] if trace["marker"] == {"color": "@against"}]
    drawn = [
        [first, length / week]
        for label, first, length in zip(calls[0]["y"], calls[0]["base"], calls[0]["x"], strict=True)
        if label.replace("<br>", " ") == "One in ten loses more: baseline"
    ]
    assert drawn == life["calls"]


def test_colors_are_names_that_the_style_sheet_knows(made):
    _, text, reader, _ = made
    used = set(re.findall(r'"@([\w-]+)"', reader.scripts["figures"]))
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL).group(1)
    assert used <= set(re.findall(r"--([\w-]+): light-dark\(", style))  # one color for each theme


def test_sentences_carry_the_figures(made):
    summary, text, _, _ = made
    over = summary["accounts_over_futures"]["saved_dollar"]
    said = wording_ai.saved(summary["accounts"]["saved_dollar"], over)
    assert f"{100 * over['shares']['realised']:.1f} cents" in said
    assert "30.0 cents were announced" in said
    total = summary["accounts_over_futures"]["crew_weeks"]["total"]
    said = wording_ai.crew_weeks(summary)
    assert f"{rounded(abs(total['mean'])):,.0f} crew-weeks {'fewer' if total['mean'] < 0 else 'more'}" in said
    assert f"in {total['futures_agreeing']} of 2 futures" in said
    assert said.split(".")[0] in text
    worst, best = wording_ai.extremes(summary["people"]["by_craft"])
    assert worst["change"]["mean"] <= best["change"]["mean"]
    assert f"{worst['label']} lose most" in wording_ai.people(summary)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (5432573, "", "+5.4M"),
        (-743394, "", "−743k"),
        (-7.2, "", "−7.20"),
        (0.041, "share", "+4.1%"),
        (-0.00001, "share", "0.0%"),
    ],
)
def test_figures_beside_bars_are_short(value, unit, text):
    assert of_ai.short(value, unit) == text


def test_the_terminal_says_the_accounts(ai_summary, capsys):
    show_ai(ai_summary)
    said = capsys.readouterr().out
    assert "AI-first producers: Of a dollar" in said
    assert "Displacement" in said
    assert max(map(len, said.splitlines())) <= 80
    show_ai({name: value for name, value in ai_summary.items() if name != "shift"})
    assert capsys.readouterr().out == ""


def test_a_run_that_ends_before_april_2026_has_no_such_section_and_one_without_another_world_no_comparison(ai_pairs):
    assert sections_ai.ai_sections({"accounts": {}}) is None
    scenario = with_ai(futures=1)
    alone = summarise(scenario, iter([(ai_pairs[0][0], None)]))
    assert "crew_weeks" not in alone["accounts"]
    sections = sections_ai.ai_sections(alone)
    assert sections.crew_weeks is None
    assert sections.gains == []
    assert sections.lives is None
    text = page(alone, scenario)
    assert "How employment shifts" in text
    assert "Who gains and who loses" not in text


def test_a_world_in_which_nobody_uses_ai_makes_a_page_too():
    scenario = Scenario.named("baseline").varied(start="2026-04-13", until="2026-06-01", scale=0.01)
    summary = summarise(scenario, pairs_of(scenario, None, lambda done, total: None))
    assert "No title made with AI was delivered." in page(summary, scenario)
