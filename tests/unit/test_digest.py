"""A digest names code and data: what can move a result renames it, and with it every run; a comment does not."""

import shutil

import pytest

from experiments.batch import case as cases
from experiments.batch.case import Case
from model import digest


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """The files of the model as copies that may be changed, by name."""
    files = []
    for number, (name, path) in enumerate(digest._files()):
        copy = tmp_path / f"{number}{path.suffix}"
        shutil.copyfile(path, copy)
        files.append((name, copy))
    monkeypatch.setattr(digest, "_files", lambda: files)
    return dict(files)


def now():
    return digest.model_digest.__wrapped__()


def test_copies_have_the_same_digest(copied):
    assert now() == digest.model_digest()


@pytest.mark.parametrize("name", ["model/mechanisms/matching.py", "seeds/crafts.csv", "seeds/parameters/wages.yaml"])
def test_one_letter_of_code_or_data_changes_it_and_a_comment_or_a_line_end_does_not(copied, name):
    before, text = now(), copied[name].read_bytes()
    copied[name].write_bytes(b"# about nothing\n\n" + text.replace(b"\n", b"\r\n"))
    assert now() == before
    copied[name].write_bytes(text + b"x\n")
    assert now() != before


def test_what_is_said_about_results_is_no_part_of_it():
    names = {name for name, _ in digest._files()}
    assert "model/week.py" in names
    assert any(name.startswith("model/levers/") for name in names)
    assert not [name for name in names if "/history/" in name or "/scenarios/" in name or name.endswith(".md")]
    assert "seeds/sources.yaml" not in names


def test_other_code_gives_a_run_another_name(monkeypatch):
    asks = {"function": "noisy_line", "x": {"a": 1.0}, "future": 0}
    before = Case("function", asks).id
    assert Case("function", asks).id == before
    monkeypatch.setattr(cases, "digest_of", lambda runner: "another")
    assert Case("function", asks).id != before
    assert Case("function", asks).id == Case("function", asks).id_by("another")
