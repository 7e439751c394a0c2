"""The page stands alone, holds a table for every chart, and its numbers are those of the JSON."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from experiments.answer.summary import summarise
from experiments.page.outputs import PAGE, write_outputs
from experiments.page.page import page
from experiments.runs import pairs_of
from model.safe_yaml import read_yaml
from model.scenario import Scenario

ASKING = {
    ("script", "src"),
    ("img", "src"),
    ("link", "href"),
    ("iframe", "src"),
    ("source", "src"),
    ("form", "action"),
}
NO_END = {"meta", "link", "br", "img", "path", "circle", "rect", "input"}


class Reader(HTMLParser):
    """Tags with their attributes, tables by id, and what stands in script elements by id."""

    def __init__(self):
        super().__init__()
        self.tags, self.tables, self.scripts = [], {}, {}
        self._table = self._row = self._script = None
        self._open = []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in NO_END:
            self._open.append(tag)
        if tag == "table":
            self._table = self.tables.setdefault(dict(attributes)["id"].removeprefix("table-"), [])
        elif tag == "tr" and self._table is not None:
            self._row = []
            self._table.append(self._row)
        elif tag == "data" and self._row is not None:
            self._row.append(float(dict(attributes)["value"]))
        elif tag == "script":
            self._script = dict(attributes).get("id", "")

    def handle_endtag(self, tag):
        if tag in NO_END:
            return
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag, f"</{tag}> closes something else"
        if tag == "table":
            self._table = self._row = None
        elif tag == "script":
            self._script = None

    def handle_data(self, data):
        if self._script:
            self.scripts[self._script] = self.scripts.get(self._script, "") + data


@pytest.fixture(scope="module")
def made():
    scenario = Scenario.named("no_strikes").varied(
        scale=0.02, until="2016-07-04", futures=2, set={"demand.level": 0.9}, levers={"TaxCredit.rate": 0.3}
    )
    other = scenario.counterpart()
    summary = summarise(scenario, pairs_of(scenario, other, lambda done, total: None), against=other)
    text = page(summary, scenario)
    reader = Reader()
    reader.feed(text)
    return scenario, summary, text, reader


def test_nothing_is_asked_of_a_network(made):
    _, _, text, reader = made
    asking = [
        (tag, value)
        for tag, attributes in reader.tags
        for name, value in attributes.items()
        if (tag, name) in ASKING and not (value or "").startswith("data:")
    ]
    assert asking == []
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL).group(1)
    assert "url(" not in style
    assert "@import" not in style
    policy = next(
        attributes["content"]
        for tag, attributes in reader.tags
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'")
    assert "http" not in policy


def test_plotly_is_inlined_once(made):
    assert 1 <= made[2].count("plotly.js v") <= 2  # its own banner
    assert sum(tag == "script" for tag, _ in made[3].tags) == 3


def test_every_tag_is_closed_and_headings_do_not_skip(made):
    reader = made[3]
    assert reader._open == []
    levels = [int(tag[1]) for tag, _ in reader.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert ("html", {"lang": "en"}) in reader.tags


def test_every_chart_has_a_name_a_table_and_a_download(made):
    reader = made[3]
    charts = [attributes for tag, attributes in reader.tags if attributes.get("class") == "chart"]
    figures = json.loads(reader.scripts["figures"])
    assert {each["id"] for each in charts} == set(figures)
    assert len(charts) == 5
    assert all(each["aria-label"] for each in charts)
    tables = {"monthly_jobs", *(f"shoot_days_{name}" for name in ("feature", "tv", "commercial", "other"))}
    assert tables <= set(reader.tables)
    downloads = {attributes["download"] for tag, attributes in reader.tags if "download" in attributes}
    assert {f"callsheet_no_strikes_{name}.csv" for name in tables} <= downloads


def test_the_tables_hold_the_numbers_of_the_json(made):
    _, summary, _, reader = made
    rows = reader.tables["monthly_jobs"][1:]
    assert [row[0] for row in rows] == [each["median"] for each in summary["monthly_jobs"]]
    years = reader.tables["years"][1:]
    assert [row[0] for row in years] == [each["payroll_jobs"] for each in summary["years"]]
    effects = reader.tables["effects"][1:]
    assert [row[0] for row in effects] == [each["mean"] for each in summary["effects"].values()]
    crafts = reader.tables["crafts"][1:]
    assert [row[0] for row in crafts] == [each["on_call"] for each in summary["crafts"]]
    assert [row[-1] for row in reader.tables["accounts"][1:]] == [0.0] * len(summary["accounts"])


def test_the_charts_hold_the_numbers_of_the_json_and_of_the_history(made):
    _, summary, _, reader = made
    drawn = {each["name"]: each for each in json.loads(reader.scripts["figures"])["chart-jobs"]["data"]}
    assert drawn["model, median"]["y"] == [each["median"] for each in summary["monthly_jobs"]]
    assert drawn["baseline, median"]["y"] == [each["median"] for each in summary["monthly_jobs_against"]]
    assert drawn["published"]["y"][0] == 117800


def test_a_download_says_what_it_is_and_holds_the_table(made):
    _, summary, _, reader = made
    uri = next(
        attributes["href"]
        for tag, attributes in reader.tags
        if attributes.get("download", "").endswith("monthly_jobs.csv")
    )
    text = unquote(uri.partition(",")[2])
    assert summary["hash"] in text.splitlines()[0]
    rows = list(
        csv.DictReader(io.StringIO("".join(line for line in text.splitlines(True) if line[0] != "#")))
    )
    assert float(rows[0]["model, median"]) == pytest.approx(summary["monthly_jobs"][0]["median"], rel=1e-5)


def test_what_differs_is_shown_with_its_kind_and_source(made):
    scenario, summary, text, _ = made
    names = {row["name"] for row in summary["settings"]["scenario"]}
    assert {"demand.level", "TaxCredit.rate", *scenario.without} == names
    assert all(row["kind"] for row in summary["settings"]["scenario"])
    assert "table-settings_scenario" in text


def test_the_page_says_how_it_came_to_be(made):
    _, summary, text, _ = made
    for each in (summary["hash"], summary["model"], "callsheet simulate --scenario no_strikes"):
        assert each in text


def test_colors_are_names_that_the_style_sheet_knows(made):
    _, _, text, reader = made
    used = set(re.findall(r'"@([\w-]+)"', reader.scripts["figures"]))
    assert used
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL).group(1)
    assert used <= set(re.findall(r"--([\w-]+): light-dark\(", style))  # one color for each theme


def test_outputs_hold_the_page_beside_the_json(made, tmp_path):
    scenario, summary, text, _ = made
    write_outputs(tmp_path, scenario, summary)
    assert (tmp_path / PAGE).read_text(encoding="utf-8") == text
    assert json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))["hash"] == summary["hash"]


def test_a_page_that_cannot_be_drawn_costs_no_run(made, tmp_path, monkeypatch):
    def fails(summary, scenario):
        raise ZeroDivisionError("nothing to draw")

    scenario, summary, _, _ = made
    monkeypatch.setattr("experiments.page.page.page", fails)
    write_outputs(tmp_path, scenario, summary)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["scenario.yaml", "summary.json"]
    assert json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))["hash"] == summary["hash"]
    assert read_yaml(tmp_path / "scenario.yaml") == read_yaml(scenario.to_yaml())


def test_a_short_run_makes_a_page_too():
    scenario = Scenario.named("baseline").varied(scale=0.01, until="2015-02-02")
    summary = summarise(scenario, pairs_of(scenario, None, lambda done, total: None))
    assert "Run it again" in page(summary, scenario)


def test_a_run_beyond_what_was_published_is_not_held_against_it(made):
    scenario = Scenario.named("baseline").varied(scale=0.005, start="2025-01-06", until="2025-03-03")
    text = page(summarise(scenario, pairs_of(scenario, None, lambda done, total: None)), scenario)
    for only_beside_history in ("How close it is", "Published:", "Who published the shoot days"):
        assert only_beside_history in made[2]
        assert only_beside_history not in text
    assert "COVID-19</li>" not in text


def test_a_chart_shades_the_strikes_of_its_own_years():
    scenario = Scenario.named("no_strikes").varied(scale=0.005, start="2023-01-02", until="2023-12-25")
    text = page(summarise(scenario, pairs_of(scenario, None, lambda done, total: None)), scenario)
    assert "Strikes, left out</li>" in text
    assert "COVID-19</li>" not in text
