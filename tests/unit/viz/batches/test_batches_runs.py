"""A study shows its report section by section, and its runs can be filtered, sorted and taken along."""

import json
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pyarrow.parquet as pq
import pytest

from experiments.batch.folder import Folder
from experiments.study.definition import study_from
from tests.unit.viz.batches.made_studies import HOSTILE, rows_of, text
from tests.unit.viz.test_claims_page import Page
from viz.pages.batches import listing, shown
from viz.pages.batches.query import chosen, query_of
from viz.pages.batches.table import runs_of


def test_every_section_of_the_report_can_be_opened_and_has_its_charts(home):
    first = Page(shown(home, "plain").html)
    asked = [parse_qs(urlsplit(link).query) for link in first.links if "section=" in link]
    names = {each["section"][0] for each in asked}
    assert {"spread", "turns", "again", "runs", "made"} <= names
    for name in names:
        fragment = shown(home, "plain", name)
        page = Page(fragment.html)
        assert name in page.ids
        assert len(page.ids) == len(set(page.ids))
        assert page.levels[0] == 2
        assert all(b - a <= 1 for a, b in zip(page.levels, page.levels[1:], strict=False))
        assert set(fragment.figures) == {held["id"] for _, held in page.tags if held.get("role") == "img"}
    assert shown(home, "plain", "spread").figures


def test_an_unknown_section_is_a_sentence_with_the_nearest(home):
    words = text(shown(home, "plain", "spred" + HOSTILE[:8]))
    assert "This study has no section" in words
    assert "<script" not in shown(home, "plain", HOSTILE).html


def test_failed_runs_are_shown_with_their_sentences(home):
    words = text(shown(home, "holed", "failed"))
    assert "2 runs failed and are left out of every figure." in words
    assert "there is a hole here" in words
    assert "failed" not in {parse_qs(urlsplit(link).query).get("section", [""])[0]
                            for link in Page(shown(home, "plain").html).links}


def test_plan_and_manifest_name_seed_sessions_and_digest_but_no_address_of_the_server(home):
    path = home / "plain" / "manifest.json"
    held = json.loads(path.read_text())
    address = "tcp://10.1.2.3:8786"
    held["engine"] = address
    held["sessions"][0]["engine"] = address
    path.write_text(json.dumps(held))
    fragment = shown(home, "plain", "made")
    words = text(fragment)
    for each in ("Seed", "Sessions in which runs were made", held["model"], "a Dask scheduler", "120, at 120 points"):
        assert each in words
    assert "10.1.2.3" not in fragment.html


def test_a_manifest_of_another_model_makes_the_page_say_that_it_is_stale(home):
    path = home / "plain" / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "model": "f" * 32}))
    assert "These results are stale: they are of model ffffffffffff" in text(shown(home, "plain"))
    assert "stale" in text(listing(home))
    assert "stale" not in text(shown(home, "holed"))


def test_runs_are_filtered_by_a_range_and_sorted_as_asked(home):
    asked = {"in1": "x1", "low1": "0", "high1": "1.5", "sort": "outcome.y", "by": "down"}
    study = study_from(json.loads((home / "plain" / "study.json").read_text()), "plain")
    runs = runs_of(Folder(home / "plain"), study)
    x, y = runs.columns["x1"].values, runs.columns["outcome.y"].values
    wanted = np.flatnonzero((x >= 0) & (x <= 1.5))
    wanted = wanted[np.argsort(-y[wanted], kind="stable")]
    assert chosen(runs, query_of(asked, runs)).tolist() == wanted.tolist()
    found = rows_of(shown(home, "plain", "runs", asked=asked))
    assert [row[:12] for row in found] == [runs.cases[k][:12] for k in wanted]
    assert f"{len(wanted)} of 120 runs" in text(shown(home, "plain", "runs", asked=asked))
    assert 5 < len(wanted) < 50


def test_pages_hold_fifty_rows_and_are_clamped(home):
    for page, first, count in (("1", 1, 50), ("3", 101, 20), ("99999", 101, 20), ("0", 1, 50), ("", 1, 50)):
        fragment = shown(home, "plain", "runs", asked={"page": page})
        assert f"{first} to {first + count - 1} are shown" in text(fragment), page
        assert len(rows_of(fragment)) == count
    before, after = (next((urlsplit(held["href"]).query for tag, held in Page(shown(
        home, "plain", "runs", asked={"page": "2", "sort": "x1", "by": "down"}).html).tags
        if held.get("rel") == rel), "") for rel in ("prev", "next"))
    assert parse_qs(after) == {"study": ["plain"], "section": ["runs"], "sort": ["x1"], "by": ["down"], "page": ["3"]}
    assert "page" not in parse_qs(before)


@pytest.mark.parametrize("held", [["a"] * 120, [[1]] * 120, None])
def test_a_plan_without_numbers_of_points_is_a_sentence(home, held):
    path = home / "plain" / "plan.parquet"
    plan = pq.read_table(path).drop_columns(["point"])
    pq.write_table(plan if held is None else plan.append_column("point", [held]), path)
    assert "is no plan of a study: columns are missing or hold something else." in text(shown(home, "plain", "runs"))


@pytest.mark.parametrize(("asked", "says"), [
    ({"sort": "x9"}, "There is no column 'x9' to sort by. There are point, future, outcome.y, x1"),
    ({"sort": "x1; drop table runs"}, "There is no column"),
    ({"sort": "x1", "by": "sideways"}, "must be up or down"),
    ({"page": "-1"}, "must be a whole number"), ({"page": "9" * 400}, "must be a whole number"),
    ({"page": "٣"}, "must be a whole number"), ({"in1": "x1", "low1": "nan"}, "must be a number"),
    ({"in1": "x1", "low1": "1e999"}, "must be a number"), ({"in1": "x1", "high1": "1" * 60}, "must be a number"),
    ({"in1": "x1", "low1": HOSTILE}, "must be a number"), ({"in2": "asks", "low2": "1"}, "There is no column 'asks'"),
    ({"in1": "x1", "low1": "2", "high1": "1"}, "begins at 2, above its end 1"),
])  # fmt: skip
def test_what_an_address_cannot_have_is_a_sentence_and_the_table_stays(home, asked, says):
    fragment = shown(home, "plain", "runs", asked=asked)
    assert says in text(fragment)
    assert len(rows_of(fragment)) == 50
    assert "<script" not in fragment.html


def test_a_range_without_runs_says_so(home):
    words = text(shown(home, "plain", "runs", asked={"in1": "x1", "low1": "2.999999"}))
    assert "None of the 120 runs lies in these ranges." in words


def test_the_form_holds_what_was_asked_and_every_field_has_a_name(home):
    page = Page(shown(home, "plain", "runs", asked={"in1": "x1", "low1": "0.25", "sort": "x2", "by": "down"}).html)
    fields = {held["name"]: held.get("value") for tag, held in page.tags if tag == "input"}
    assert fields | {"study": "plain", "section": "runs", "low1": "0.25"} == fields
    picked = [held["value"] for tag, held in page.tags if tag == "option" and "selected" in held]
    assert picked == ["x1", "x2", "down"]
    assert [held for tag, held in page.tags if tag == "th" and held.get("aria-sort") == "descending"]


def test_an_order_is_shown_once_it_is_chosen_and_a_range_once_it_is_sent(home):
    page = Page(shown(home, "plain", "runs").html)
    auto = {held["name"] for tag, held in page.tags if tag == "select" and "data-auto" in held}
    assert auto == {"sort", "by"}, "a column whose bounds are still being typed is not sent off"
    assert all("data-go" in held for tag, held in page.tags if tag == "form")
    assert "Show" in page.text


def test_a_point_shows_what_is_set_there_and_all_of_its_futures(home):
    fragment = shown(home, "holed", point=0)
    words = text(fragment)
    assert "Point 0" in words
    assert fragment.html.partition('id="table-point_0"')[2].partition("</table>")[0].count("<tr>") == 3
    hole = [k for k in range(4) if "there is a hole here" in text(shown(home, "holed", point=str(k)))]
    assert len(hole) == 1
    for wrong in ("99", "-1", "x", "1e3", HOSTILE, "9" * 500):
        assert "This study has no point" in text(shown(home, "holed", point=wrong))


def test_tables_and_files_can_be_taken_along(home):
    names = [held["download"] for tag, held in Page(shown(home, "plain", "runs").html).tags if "download" in held]
    assert names == [f"callsheet_study_plain_{each}" for each in
                     ("runs.csv", "answer.json", "manifest.json", "study.json")]
