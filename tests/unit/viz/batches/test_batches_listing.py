"""Studies are listed by name and never by path, with how far each is, and a broken one is a sentence."""

import fcntl
import json
import os
import shutil
from urllib.parse import parse_qs, urlsplit

import pytest

from experiments.batch.folder import Folder
from experiments.study.definition import study_from
from model.errors import CallSheetError
from tests.unit.viz.batches.made_studies import HOSTILE, made, rows_of, text
from tests.unit.viz.test_claims_page import Page
from viz import settings as settings_of
from viz.pages.batches import listing, root, shown
from viz.pages.batches.places import place_of, studies
from viz.pages.batches.table import runs_of


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


def test_the_folder_of_the_setting_is_shown_where_it_is(tmp_path):
    assert settings_of.read({}).studies.name == "out"
    assert root(settings_of.read({"CALLSHEET_STUDIES": str(tmp_path)}).studies) == tmp_path
    assert root(settings_of.read({"CALLSHEET_STUDIES": str(tmp_path / "gone")}).studies) is None


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
    case = runs_of(kept, study_from(json.loads((place / "study.json").read_text()), "plain")).cases[3]
    kept.keep({"case": case, "numbers": {"y": 1.5}, "series": {}, "detail": {}})
    with (place / ".lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "▶ running: 1 of 120 runs planned so far" in text(listing(home))
        assert "running: 1 of 120 runs planned so far" in text(shown(home, "plain"))
        assert sum("done" in row for row in rows_of(shown(home, "plain", "runs"))) == 1
    (place / "manifest.json").unlink()
    assert "■ stopped after 1 of 120 runs" in text(listing(home))


def test_a_study_that_was_begun_again_and_killed_is_not_done(home):
    """The manifest and the answer are those of the session before."""
    place, later = home / "plain", home / "later"
    assert "✓ done: 120 runs" in text(listing(home))
    made(home, "later", design={"kind": "lhs", "points": 150})
    (later / "plan.parquet").replace(place / "plan.parquet")
    os.utime(place / "plan.parquet")
    shutil.rmtree(later)
    assert "■ stopped after" in text(listing(home))


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


def test_no_query_is_needed_where_there_are_no_runs_yet(home):
    for each in ("plan.parquet", "answer.json", "manifest.json"):
        os.unlink(home / "plain" / each)
    assert "not begun" in text(listing(home))
    assert "No run has been planned yet." in text(shown(home, "plain"))
