"""The report of a study says what was asked, answered and run, and escapes what is somebody's."""

import base64
import csv
import io
import json
import re
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest

from experiments.answer.price import MAY_BE_NONE
from experiments.charts.of_ai import folded
from experiments.study.report.drawn import apart
from tests.unit.study_report import study_answers
from tests.unit.study_report.reports_read import column, drawn, read

ROOT = Path(__file__).resolve().parents[3]


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
    assert text.count(f">no price: {MAY_BE_NONE}</td>") == 1
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
    from experiments.facts.validation import facts

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
    mean = found["comparisons"][0]["outcomes"][0]["estimate"]["mean"]
    assert float(rows[0]["estimate"]) == pytest.approx(mean, rel=1e-5)


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
    assert f"no price: {MAY_BE_NONE}" in text
