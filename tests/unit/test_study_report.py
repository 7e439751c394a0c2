"""The report of a study stands alone, holds a table for every chart, escapes what is somebody's, and never fails."""

import base64
import csv
import io
import json
import re
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest

from experiments.charts_ai import folded
from experiments.study.report import report
from experiments.study.report.compared import NO_COST
from experiments.study.report.drawn import apart
from tests.unit import study_answers
from tests.unit.test_page import ASKING, Reader

ROOT = Path(__file__).resolve().parents[2]


def read(found, out=Path("none")):
    text = report(found, out)
    reader = Reader()
    reader.feed(text)
    assert reader._open == []
    return text, reader


def drawn(reader, chart):
    return json.loads(reader.scripts["figures"])[chart]["data"]


def column(reader, table, number):
    return [row[number] for row in reader.tables[table][1:] if row]


@pytest.fixture(scope="module")
def run_before(tmp_path_factory):
    """Studies of a function, really run, by design."""
    home = tmp_path_factory.mktemp("studies")
    designs = {
        "lhs": {"kind": "lhs", "points": 40},
        "sobol": {"kind": "sobol", "base": 16},
        "morris": {"kind": "morris", "trajectories": 8},
        "surface": {"kind": "surface", "start": 16, "points": 24, "batch": 8, "futures": 1},
    }
    more = {"lhs": {"holds": {"outcome": "y", "at_least": 4.0}}}
    return {kind: study_answers.of_function(home / kind, design, **more.get(kind, {}))
            for kind, design in designs.items()}


ANSWERS = {
    "credit": (study_answers.credit, {"chart-headline", "chart-crafts", "chart-crew-weeks", "chart-saved_dollar_all",
                                      "chart-saved_dollar_producers"}),
    "one": (study_answers.one_comparison, {"chart-difference", "chart-crafts", "chart-crew-weeks",
                                           "chart-saved_dollar_all", "chart-saved_dollar_producers"}),
    "failed": (study_answers.all_failed, set()),
    "spread": (study_answers.spread, {"chart-spread", "chart-scores", "chart-prim"}),
    "surface": (study_answers.surface, {"chart-surface"}),
    "front": (study_answers.front, {"chart-front"}),
    "hostile": (study_answers.hostile, {"chart-headline", "chart-crafts", "chart-crew-weeks", "chart-saved_dollar_all",
                                        "chart-saved_dollar_producers"}),
}  # fmt: skip


@pytest.fixture(scope="module", params=ANSWERS)
def any_page(request):
    make, charts = ANSWERS[request.param]
    return (*read(make()), charts)


def test_nothing_is_asked_of_a_network(any_page):
    text, reader, _ = any_page
    asking = [(tag, value) for tag, attributes in reader.tags for name, value in attributes.items()
              if (tag, name) in ASKING and not (value or "").startswith("data:")]
    assert asking == []
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL).group(1)
    assert "url(" not in style
    assert "@import" not in style
    assert sum(tag == "script" for tag, _ in reader.tags) == 3
    assert 1 <= text.count("plotly.js v") <= 2
    policy = next(each["content"] for _, each in reader.tags if each.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")


def test_every_chart_has_a_name_a_table_and_a_download(any_page):
    _, reader, charts = any_page
    shown = [attributes for tag, attributes in reader.tags if attributes.get("class") == "chart"]
    assert {each["id"] for each in shown} == set(json.loads(reader.scripts["figures"])) == charts
    assert all(each["aria-label"] for each in shown)
    downloads = [attributes["download"] for tag, attributes in reader.tags if "download" in attributes]
    assert len(downloads) == len(set(downloads)) >= len(charts)
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_headings_do_not_skip_and_links_lead_to_sections(any_page):
    _, reader, _ = any_page
    levels = [int(tag[1]) for tag, _ in reader.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    ids = {attributes.get("id") for _, attributes in reader.tags}
    inside = [attributes["href"] for tag, attributes in reader.tags
              if tag == "a" and attributes.get("href", "").startswith("#")]
    assert inside
    assert {each[1:] for each in inside} <= ids


def test_it_is_made_for_paper_and_both_themes(any_page):
    text, reader, _ = any_page
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL).group(1)
    assert "@media print" in style
    assert "@page" in style
    assert 'addEventListener("beforeprint"' in text
    used = set(re.findall(r'"@([\w-]+)"', reader.scripts["figures"]))
    for theme in re.split(r"@media screen", style)[:2]:
        assert used <= set(re.findall(r"--([\w-]+):", theme))


def test_the_question_the_answer_and_what_made_it_come_first(tmp_path):
    found = study_answers.credit()
    (tmp_path / "manifest.json").write_text(json.dumps({
        "model": "abc123", "python": "3.11.9", "engine": "tcp://10.0.0.1:8786",
        "packages": {"numpy": "2.0", "dask": None}, "cpu_seconds": 600.0, "processor": "a processor",
    }))  # fmt: skip
    text, _ = read(found, tmp_path)
    for each in (found["study"]["title"], found["study"]["question"], found["answer"], "<b>abc123</b>", "<b>8</b> runs",
                 "3.11.9", "numpy 2.0", "a Dask scheduler", "10 minutes", "callsheet study run credit.yaml"):
        assert each in text
    assert "10.0.0.1" not in text
    assert str(tmp_path) not in text


def test_comparisons_are_named_in_their_units_and_measured_from_zero():
    _, reader = read(study_answers.credit())
    dots, figures = drawn(reader, "chart-headline")
    assert dots["y"] == ["$0 million a year", "$375 million a year"]
    assert dots["x"] == column(reader, "headline", 0)
    assert [text.strip() for text in figures["text"]] == ["−20.9%", "−10.5%"]
    assert column(reader, "headline", 1) == pytest.approx(
        [x - minus for x, minus in zip(dots["x"], dots["error_x"]["arrayminus"], strict=True)]
    )
    layout = json.loads(reader.scripts["figures"])["chart-headline"]["layout"]
    assert layout["xaxis"]["range"][0] < 0 < layout["xaxis"]["range"][1]


def test_comparisons_that_differ_in_several_things_stay_apart():
    found = study_answers.credit()
    found["factors"].append({
        **found["factors"][0], "name": "MinimumCrew.share", "unit": "share of the traditional crew",
        "label": "A label so long that no chart on any phone could ever hold all of it in a row",
    })  # fmt: skip
    first, second = found["comparisons"]
    first["values"], second["values"] = ({"TaxCredit.cap": cap, "MinimumCrew.share": 0.9} for cap in (0.0, 375.0))
    third = {**second, "point": 2, "values": {"TaxCredit.cap": 375.0, "MinimumCrew.share": 0.0}}
    found["comparisons"].append(third)
    text, reader = read(found)
    assert drawn(reader, "chart-headline")[0]["y"] == ["$0 million; 90%", "$375 million; 90%", "$375 million; 0%"]
    assert column(reader, "headline", 0) == [0.9, 0.9, 0.0]
    assert "Credits allotted a year</th>" in text
    labels = apart(["a" * 90, "a" * 91, "b"])
    assert len({folded(each) for each in labels}) == 3


def test_all_outcomes_stand_in_a_table_with_the_caution_of_many():
    found = study_answers.credit()
    text, reader = read(found)
    means = [outcome["estimate"]["mean"] for row in found["comparisons"] for outcome in row["outcomes"]]
    assert column(reader, "outcomes", 0) == means
    assert "4 estimates: 2 comparisons of 2 outcomes" in text
    assert "one in twenty" in text
    assert "−8.93 points" in text


def test_one_comparison_is_drawn_month_by_month():
    found = study_answers.one_comparison()
    _, reader = read(found)
    band, line = drawn(reader, "chart-difference")
    months = found["comparisons"][0]["difference"]
    assert line["y"] == months["mean"] == column(reader, "difference", 0)
    assert band["y"] == [*months["q90"], *reversed(months["q10"])]
    assert column(reader, "difference", 3) == months["above"]


def test_the_parts_of_both_accounts_add_up():
    found = study_answers.credit()
    text, reader = read(found)
    bars = [each for each in drawn(reader, "chart-crew-weeks") if each["type"] == "bar"]
    total = next(each for each in bars if each["name"] == "sum")["x"][0]
    assert sum(x for each in bars if each["name"] in ("gain", "loss") for x in each["x"]) == pytest.approx(total)
    table = column(reader, "crew_weeks", 0)
    assert sum(table[:-1]) == pytest.approx(table[-1])
    assert table[-1] == found["comparisons"][0]["crew_weeks"]["total"]["mean"] == total
    for whose in ("all", "producers"):
        bars = [each for each in drawn(reader, f"chart-saved_dollar_{whose}") if each["type"] == "bar"]
        realized = next(each for each in bars if each["name"] == "sum")["x"][0]
        assert sum(x for each in bars if each["name"] in ("gain", "loss") for x in each["x"]) == pytest.approx(realized)
        assert next(each for each in bars if each["name"] == "claim")["x"] == [pytest.approx(0.3)]
        shares = column(reader, f"saved_dollar_{whose}", 1)
        assert shares[-2] == realized


def test_crafts_are_those_of_the_largest_effect():
    found = study_answers.credit()
    text, reader = read(found)
    rows = found["comparisons"][0]["crafts"]
    assert drawn(reader, "chart-crafts")[0]["x"] == [row["change_share"]["mean"] for row in rows]
    assert column(reader, "crafts", 4) == [row["change_share"]["mean"] for row in rows]
    assert "credits allotted a year $0 million a year, against ai_first as it is" in text


def test_costs_are_told_or_said_not_to_be():
    text, reader = read(study_answers.with_costs())
    assert reader.tables["cost"][1] == [-3.9e9, -165000.0, 23636.0, 20000.0, 27000.0, 4.0]
    assert reader.tables["cost"][2] == [-3.9e9, -165000.0, 4.0]
    assert text.count(f">{NO_COST}</td>") == 1
    assert "for each further job-year (52 crew-weeks)" in text
    assert "table-cost" not in read(study_answers.credit())[0]


def test_what_is_somebodys_is_escaped():
    text, reader = read(study_answers.hostile())
    bad = "<script>alert(1)</script>"
    assert bad not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 8
    assert "<script>" not in json.dumps(json.loads(reader.scripts["figures"]))
    assert not any(each.startswith("@") for each in drawn(reader, "chart-headline")[0]["y"])


def test_labels_of_charts_are_no_markup_and_no_color():
    assert folded("<b>a & b</b>") == "&lt;b&gt;a &amp; b&lt;/b&gt;"
    assert folded("@loss") == "&#64;loss"


def test_failures_are_told_and_leave_a_page():
    text, reader = read(study_answers.all_failed())
    assert "8 of 8 runs failed and are left out of every figure" in text
    assert "worker died" in text
    assert "every run failed" in text
    assert "chart-" not in json.dumps(list(json.loads(reader.scripts["figures"])))


def test_without_another_world_there_is_no_difference():
    found = study_answers.credit()
    found["study"] |= {"against": None, "levers": {"TaxCredit.cap": {"values": [0, 375]}}}
    for row in found["comparisons"]:
        for key in ("crafts", "crew_weeks", "saved_dollar", "difference", "cost"):
            row.pop(key, None)
        for outcome in row["outcomes"]:
            outcome["way"] = "level"
    text, reader = read(found)
    assert "What came out" in text
    assert set(json.loads(reader.scripts["figures"])) == {"chart-headline"}


def test_settings_have_kinds_and_sources():
    text, reader = read(study_answers.credit())
    assert "0, 375 in turn" in text
    assert "TaxCredit, first day" in text
    assert '<span class="kind"><span aria-hidden="true">○</span> policy</span>' in text
    assert '<span class="kind"><span aria-hidden="true">△</span> assumption</span>' in text
    assert {"settings_0", "settings_against"} <= set(reader.tables)


def test_the_command_is_that_of_the_shipped_study_where_it_is_one():
    found = study_answers.of_shipped("credit", scale=0.5, futures=3)
    assert "callsheet study run credit --scale 0.5 --futures 3<" in read(found)[0]


def test_how_to_cite_is_as_the_citation_file_has_it():
    held = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    title, author = (re.search(rf'{key}: "(.*)"', held).group(1) for key in ("title", "- name"))
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    text, _ = read(study_answers.credit())
    assert f"{author}. {title}. Version {version}, model digest" in text


def test_the_facts_of_the_model_are_counted_not_recalled():
    from experiments.validation import facts

    text, _ = read(study_answers.credit())
    assert f"held against {len(facts())} stylized facts" in text
    assert "Nothing was fitted to the years 2023–24" in text


def test_the_page_carries_its_answer():
    found = study_answers.credit()
    _, reader = read(found)
    carried = next(each["href"] for _, each in reader.tags if each.get("download", "").endswith("answer.json"))
    assert json.loads(base64.b64decode(carried.partition(",")[2])) == found


def test_a_download_is_the_table():
    found = study_answers.credit()
    _, reader = read(found)
    uri = next(each["href"] for _, each in reader.tags if each.get("download", "").endswith("_outcomes.csv"))
    lines = unquote(uri.partition(",")[2]).splitlines(True)
    assert "study credit" in lines[0]
    rows = list(csv.DictReader(io.StringIO("".join(line for line in lines if line[0] != "#"))))
    assert float(rows[0]["estimate"]) == found["comparisons"][0]["outcomes"][0]["estimate"]["mean"]


def test_a_spread_says_where_the_promise_holds_in_units():
    found = study_answers.spread()
    text, reader = read(found)
    counts = drawn(reader, "chart-spread")[0]["y"]
    assert counts == column(reader, "spread", 1)
    assert sum(counts) == 11
    assert drawn(reader, "chart-scores")[0]["x"] == column(reader, "scores", 0)[:2] == [0.8, 0.05]
    assert json.loads(reader.scripts["figures"])["chart-scores"]["layout"]["shapes"][0]["x0"] == 0.1
    assert "from 20% to 70%" in text
    assert "A note with care." in text
    assert reader.tables["prim_limits"][1] == [0.01, 0.9]
    assert drawn(reader, "chart-prim")[0]["x"] == column(reader, "prim_curve", 0)[:-1]
    assert column(reader, "cart_leaves", 0) == [0.8, 0.2]
    assert len(reader.tables["points"]) == 13


def test_mixes_are_drawn_against_their_cost():
    found = study_answers.front()
    text, reader = read(found)
    beaten, best, fresh = drawn(reader, "chart-front")
    assert beaten["x"] == [400.0]
    assert best["x"] == sorted(best["x"])
    assert fresh["x"] == [630.0, 840.0]
    rows = reader.tables["front"][1:]
    assert sorted(row[2] for row in rows) == [each["cost_musd"] for each in found["front"]["mixes"]]
    assert NO_COST in text


def test_a_latin_hypercube_that_was_run(run_before):
    _, reader = read(run_before["lhs"])
    assert {"chart-spread", "chart-scores", "chart-prim"} == set(json.loads(reader.scripts["figures"]))
    assert sum(drawn(reader, "chart-spread")[0]["y"]) == 40


@pytest.mark.parametrize("kind", ["sobol", "morris"])
def test_indices_that_were_run(run_before, kind):
    found = run_before[kind]
    _, reader = read(found)
    ranked = [each["value"] for each in found["indices"]["ranked"]]
    assert drawn(reader, "chart-indices")[0]["x"] == ranked == column(reader, "indices", 0)
    if kind == "sobol":
        assert drawn(reader, "chart-indices")[-1]["x"] == [each["first"] for each in found["indices"]["ranked"]]
    assert not any(name.startswith("settings") for name in reader.tables)


def test_a_surface_that_was_run(run_before):
    found = run_before["surface"]["surface"]
    text, reader = read(run_before["surface"])
    heat, _, border, points = drawn(reader, "chart-surface")
    assert heat["z"] == found["grid"] == reader.tables["surface"][1:]
    assert reader.tables["surface_above"][1:] == found["above"]
    assert border["contours"]["start"] == pytest.approx(-border["contours"]["end"])
    assert len(points["x"]) == 24
    assert {"chart-surface-0", "chart-surface-1", "chart-surface-2"} < set(json.loads(reader.scripts["figures"]))
    assert "root mean square" in text


def test_a_list_lies_on_an_axis_at_its_mean():
    text, reader = read(study_answers.surface())
    points = drawn(reader, "chart-surface")[-1]
    assert points["y"] == pytest.approx([1.0, 0.7875, 0.575, 0.2875, 0.0])
    assert "[60%, 60%, 70%, 40%]" in text
    assert "off by 0.4% (root mean square)" in text
    assert "Take care." in text


def test_every_section_may_be_missing(run_before):
    bare = {key: run_before["lhs"][key] for key in ("study", "headline", "runs")}
    assert "Run it again" in read(bare)[0]
    empty = {**run_before["lhs"], "spread": {"headline": {"points": 0}, "values": [None], "points": [], "holds": None,
                                             "scores": None, "prim": None, "cart": None}}  # fmt: skip
    assert "No point has an answer" in read(empty)[0]
    for part in ("indices", "surface", "front", "spread", "verdicts"):
        assert "Run it again" in read({**bare, part: None})[0]
