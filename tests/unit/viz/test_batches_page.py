"""The page of batches: studies by name and never by path, answers of anybody, and runs that can be browsed."""

import copy
import fcntl
import json
import os
import shutil
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from experiments.batch.coordinator import Limits
from experiments.batch.folder import Folder
from experiments.study.definition import study_from
from experiments.study.go import run
from model.errors import CallSheetError
from tests.unit import study_answers
from tests.unit.viz.test_claims_page import Page
from viz.pages.batches import listing, root, shown, uploaded
from viz.pages.batches.answers import answer_from
from viz.pages.batches.places import place_of, studies
from viz.pages.batches.query import chosen, query_of
from viz.pages.batches.table import runs_of
from viz.pages.batches.upload_limits import MOST_BYTES

HOSTILE = "<script>alert(1)</script>\"'&"
RANGE = {"low": -3.0, "high": 3.0}


def made(home, name, **change):
    study = study_from({
        "title": "A function", "question": "Which argument matters?", "runner": "function", "function": "ishigami",
        "against": None, "uncertainties": dict.fromkeys(("x1", "x2", "x3"), RANGE), "outcomes": ["y"],
        "design": {"kind": "lhs", "points": 120}, "holds": {"outcome": "y", "at_least": 4.0}, **change,
    }, name)  # fmt: skip
    run(study, None, home / name, "here", 1, Limits())
    return study


@pytest.fixture(scope="module")
def made_before(tmp_path_factory):
    home = tmp_path_factory.mktemp("out")
    made(home, "plain")
    made(home, "holed", function="ishigami_with_a_hole", holds=None, uncertainties={
        "x1": {"values": [0.5, 1.0]}, "x2": {"values": [0.0, 2.0]}, "x3": {"values": [0.0]}}, design={
        "kind": "grid", "futures": 2})
    return home


@pytest.fixture
def home(made_before, tmp_path):
    shutil.copytree(made_before, tmp_path / "out")
    return tmp_path / "out"


def text(fragment):
    return " ".join(Page(fragment.html).text.split())


def rows_of(fragment):
    """The cells of the table of runs."""
    inside = fragment.html.partition('<table id="table-browse">')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(Page(row + "</tr>").text.split()) for row in inside.split("</tr>")[:-1]]


# The listing
def test_studies_are_listed_with_name_title_state_date_and_model(home):
    words = text(listing(home))
    for each in ("plain", "A function", "✓ done: 120 runs", "✕ done: 2 of 8 runs failed", "20"):
        assert each in words
    assert {urlsplit(link).query for link in Page(listing(home).html).links} == {"study=plain", "study=holed"}


def test_no_folder_and_an_empty_one_each_get_their_sentence(tmp_path):
    assert "CALLSHEET_STUDIES" in text(listing(None))
    assert "There is no study in the folder of this server yet." in text(listing(tmp_path))
    assert "There is no study 'x'" in text(shown(None, "x"))


def test_the_setting_names_the_folder_and_without_it_out_is_taken_where_it_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CALLSHEET_STUDIES", raising=False)
    assert root(Path("out")) is None
    (tmp_path / "out").mkdir()
    assert root(Path("out")).name == "out"
    monkeypatch.setenv("CALLSHEET_STUDIES", str(tmp_path))
    assert root(Path("out")) == tmp_path
    monkeypatch.setenv("CALLSHEET_STUDIES", str(tmp_path / "gone"))
    assert root(Path("out")) is None


def test_studies_that_the_command_line_puts_below_out_are_found_too(home):
    (home / "studies").mkdir()
    (home / "plain").rename(home / "studies" / "plain")
    assert set(studies(home)) == {"studies/plain", "holed"}
    assert "A function" in text(shown(home, "studies/plain"))


@pytest.mark.parametrize("name", [
    "../out/plain", "..", ".", "", "/etc", "plain/../plain", "plain/", "./plain", "plain\0", "plain/chunks", "x" * 5000,
    "plain%2f..", "studies/../plain", "~", "PLAIN",
])  # fmt: skip
def test_a_name_that_is_not_listed_is_a_sentence_and_opens_nothing(home, name):
    with pytest.raises(CallSheetError, match="There is no study"):
        place_of(home, name)
    words = text(shown(home, name))
    assert "There is no study" in words
    assert "A function" not in words


def test_a_link_that_leaves_the_folder_is_not_listed_and_one_that_stays_is(home, tmp_path):
    shutil.copytree(home / "plain", tmp_path / "elsewhere")
    (home / "away").symlink_to(tmp_path / "elsewhere")
    (home / "again").symlink_to(home / "plain")
    assert set(studies(home)) == {"plain", "holed", "again"}
    assert "There is no study" in text(shown(home, "away"))


@pytest.mark.parametrize("name", ["answer.json", "manifest.json", "plan.parquet", "study.json"])
def test_a_file_of_a_study_that_is_a_link_out_of_it_is_not_read(home, tmp_path, name):
    outside = tmp_path / name
    shutil.move(home / "plain" / name, outside)
    (home / "plain" / name).symlink_to(outside)
    assert "is a link that leads out of its folder" in text(shown(home, "plain"))


def test_a_chunk_that_is_a_link_is_not_read(home, tmp_path):
    one = next((home / "plain" / "chunks").glob("*.parquet"))
    shutil.move(one, tmp_path / "kept.parquet")
    one.symlink_to(tmp_path / "kept.parquet")
    assert "hold links to other files" in text(shown(home, "plain"))


def test_names_of_folders_and_words_of_studies_come_out_as_text(home):
    odd = "<img src=x onerror=alert(1)>&\"'"
    (home / "plain").rename(home / odd)
    held = json.loads((home / odd / "study.json").read_text())
    (home / odd / "study.json").write_text(json.dumps({**held, "title": HOSTILE, "question": HOSTILE}))
    for each in (listing(home), shown(home, odd), shown(home, odd, "runs"), shown(home, odd, "made")):
        assert "<img" not in each.html
        assert "<script" not in each.html
        assert "&lt;script&gt;alert(1)" in each.html
    asked = [parse_qs(urlsplit(link).query).get("study") for link in Page(shown(home, odd, "runs").html).links]
    assert [odd] in asked


# How far a study is
def test_a_study_that_is_running_shows_how_far_it_is(home):
    place = home / "plain"
    for each in (place / "chunks").glob("*"):
        each.unlink()
    (place / "answer.json").unlink()
    kept = Folder(place)
    case = runs_of(place, study_from(json.loads((place / "study.json").read_text()), "plain")).cases[3]
    kept.keep({"case": case, "numbers": {"y": 1.5}, "series": {}, "detail": {}})
    with (place / ".lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "▶ running: 1 of 120 runs planned so far" in text(listing(home))
        assert "running: 1 of 120 runs planned so far" in text(shown(home, "plain"))
        assert sum("done" in row for row in rows_of(shown(home, "plain", "runs"))) == 1
    (place / "manifest.json").unlink()
    assert "■ stopped after 1 of 120 runs" in text(listing(home))


def test_asking_whether_a_study_runs_does_not_keep_it_from_running(home):
    with (home / "plain" / ".lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)  # as one who asks does for a moment
        with pytest.raises(CallSheetError, match="Another process"), Folder(home / "plain").owned():
            pass
    with Folder(home / "plain").owned():
        assert "running" in text(listing(home))
    assert "running" not in text(listing(home))


@pytest.mark.parametrize(("name", "content", "says"), [
    ("study.json", "{", "There is no study in"),
    ("study.json", json.dumps({"name": "x"}), "is missing"),
    ("answer.json", "[1, 2", "is not JSON that can be read"),
    ("answer.json", "{}", "is not the answer of a study"),
    ("plan.parquet", "PAR1 no", "cannot be read: it was changed or cut short"),
])  # fmt: skip
def test_a_broken_file_is_a_sentence_and_the_others_stay(home, name, content, says):
    (home / "plain" / name).write_text(content)
    for section in ("", "runs", "made"):
        assert says in text(shown(home, "plain", section)), section
    assert "holed" in text(listing(home))


def test_chunks_that_were_cut_short_are_a_sentence(home):
    for each in (home / "plain" / "chunks").glob("numbers-*.parquet"):
        each.write_bytes(each.read_bytes()[:100])
    assert "holed" in text(listing(home))
    for section in ("", "runs", "made"):
        assert Page(shown(home, "plain", section).html).levels[0] == 2


# The report and the runs
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
    assert "Stale: made with model ffffffffffff." in text(shown(home, "plain"))
    assert "stale" in text(listing(home))
    assert "Stale" not in text(shown(home, "holed"))


def test_runs_are_filtered_by_a_range_and_sorted_as_asked(home):
    asked = {"in1": "x1", "low1": "0", "high1": "1.5", "sort": "outcome.y", "by": "down"}
    study = study_from(json.loads((home / "plain" / "study.json").read_text()), "plain")
    runs = runs_of(home / "plain", study)
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


# An answer of a visitor
def test_an_uploaded_answer_is_shown_as_its_report():
    fragment = uploaded(json.dumps(study_answers.credit()).encode(), "answer.json")
    page = Page(fragment.html)
    assert {"chart-headline", "chart-crafts", "chart-crew-weeks"} <= set(fragment.figures)
    assert {"difference", "cost", "crew-weeks"} & set(page.ids)
    assert "cite" not in page.ids  # it names a model, which an answer does not
    assert len(page.ids) == len(set(page.ids))
    assert page.levels[0] == 2


def test_runs_that_failed_are_told_of_an_uploaded_answer():
    words = text(uploaded(json.dumps(study_answers.all_failed()).encode(), "answer.json"))
    assert "8 of 8 runs failed" in words
    assert "worker died" in words


def deep(levels):
    return b'{"a":' * levels + b"1" + b"}" * levels


@pytest.mark.parametrize("data", [
    b"", b"null", b"[]", b"3", b'"answer"', b"{}", b"\x00\x01", b"\xff\xfe{}", b"{" * 100_000, b"[" * 100_000, deep(21),
    deep(3000), b'{"study": NaN}', b'{"study": Infinity}', b'{"study": {"scale": 1e999}}', b"1" * 10_000,
    b'{"study": {"title": "x", "question": "y", "design": {}}, "headline": {}, "runs": {}}',
    json.dumps({"study": "x" * 30_000}).encode(), b"PK\x03\x04 zip", b"<html>",
])  # fmt: skip
def test_a_file_that_is_no_answer_is_refused_with_what_was_expected(data):
    words = text(uploaded(data, "mine.json"))
    assert "This cannot be shown" in words
    assert "Expected is the answer.json that callsheet study run leaves" in words.replace("`", "")


def test_a_file_that_is_too_large_is_refused_before_it_is_parsed():
    assert "larger than 8 MB" in text(uploaded(b"[" * (MOST_BYTES + 1), "big.json"))


def test_what_is_missing_is_named():
    for path in ("study", "headline", "runs"):
        found = study_answers.credit()
        del found[path]
        assert f"{path}: Field required" in text(uploaded(json.dumps(found).encode(), "answer.json"))
    found = {key: value for key, value in study_answers.credit().items() if key != "comparisons"}
    with pytest.raises(CallSheetError, match="it holds none of comparisons"):
        answer_from(json.dumps(found).encode(), "answer.json")


def test_few_bytes_cannot_ask_for_a_table_without_end():
    found = study_answers.credit()
    many = [{"values": {f"f{k}_{n}": 1 for n in range(20)}} for k in range(200)]
    outcome = {"name": "y", "label": "y", "unit": "", "way": "level", "estimate": None}
    row = {"scenario": "a", "values": {}, "futures": 1, "outcomes": [outcome]}
    for change, says in (
        ({"front": {"mixes": many}}, "points name more than 500 factors"),
        ({"surface": {"points": many}}, "points name more than 500 factors"),
        ({"spread": {"points": many}}, "points name more than 500 factors"),
        ({"front": {"mixes": [0] * 6000}}, "mixes holds more than 5000"),
        ({"surface": {"grid": [[1.0]], "slices": [{}] * 100}}, "slices holds more than 20"),
        ({"comparisons": [{**row, "values": each["values"]} for each in many]}, "comparisons name more than 500"),
        ({"comparisons": [row] * 2001}, "at most 2000 items"),
    ):
        assert says in text(uploaded(json.dumps({**found, **change}).encode(), "answer.json")), says


def test_markup_in_an_uploaded_answer_and_in_its_name_comes_out_as_text():
    found = study_answers.all_failed()
    found["answer"] = found["study"]["title"] = found["study"]["question"] = HOSTILE
    found["runs"]["failures"][0]["message"] = HOSTILE
    found["comparisons"][0]["scenario"] = HOSTILE
    found["comparisons"][0]["outcomes"][0]["label"] = HOSTILE
    fragment = uploaded(json.dumps(found).encode(), HOSTILE)
    assert "<script>alert" not in fragment.whole
    assert fragment.html.count("&lt;script&gt;alert(1)") >= 4


def broken(found):
    """The same answer with each part of it replaced in turn by something that is not it."""
    def at(value, path):
        for each in path:
            value = value[each]
        return value

    def paths(value, path=(), depth=0):
        held = value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()
        for key, each in held:
            yield (*path, key)
            if depth < 5:
                yield from paths(each, (*path, key), depth + 1)

    for path in list(paths(found))[::7]:
        for wrong in (None, "x", -1, [], {}):
            other = copy.deepcopy(found)
            at(other, path[:-1])[path[-1]] = wrong
            yield path, other


def test_no_part_of_an_answer_that_is_something_else_breaks_the_page():
    found = study_answers.credit()
    found["comparisons"] = found["comparisons"][:1]
    for row in found["comparisons"]:
        row["crafts"], row["difference"] = row["crafts"][:1], None
        row["outcomes"] = row["outcomes"][:2]
    tried = 0
    for path, other in broken(found):
        fragment = uploaded(json.dumps(other).encode(), "answer.json")
        assert fragment.html.startswith('<div class="batches-page">'), path
        tried += 1
    assert tried > 100


def test_no_query_is_needed_where_there_are_no_runs_yet(home):
    for each in ("plan.parquet", "answer.json", "manifest.json"):
        os.unlink(home / "plain" / each)
    assert "not begun" in text(listing(home))
    assert "No run has been planned yet." in text(shown(home, "plain"))
