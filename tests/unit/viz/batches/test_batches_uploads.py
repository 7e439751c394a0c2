"""An answer that a visitor brings is shown as its report, and whatever else it is, it is refused with a sentence."""

import copy
import json

import pytest

from model.errors import CallSheetError
from tests.unit.study_report import study_answers
from tests.unit.viz.batches.made_studies import HOSTILE, text
from tests.unit.viz.test_claims_page import Page
from viz.pages.batches import uploaded
from viz.pages.batches.answers import answer_from
from viz.pages.batches.upload_limits import MOST_BYTES


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


@pytest.mark.parametrize("data", [b'{"study": "\\ud800"}', b'{"a": {"\\udfff": 1}}'])
def test_half_a_letter_is_refused_since_no_page_can_show_it(data):
    assert "with half a letter" in text(uploaded(data, "mine.json"))


def test_a_file_that_is_too_large_is_refused_before_it_is_parsed():
    assert "larger than 8 MB" in text(uploaded(b"[" * (MOST_BYTES + 1), "big.json"))


def test_what_is_missing_is_named():
    for path in ("study", "headline", "runs"):
        found = study_answers.credit()
        del found[path]
        words = text(uploaded(json.dumps(found).encode(), "answer.json"))
        assert f"answer.json is not the answer of a study: {path} is missing. Expected is" in words
    found = {key: value for key, value in study_answers.credit().items() if key != "comparisons"}
    with pytest.raises(CallSheetError, match="it holds none of comparisons"):
        answer_from(json.dumps(found).encode(), "answer.json")


@pytest.mark.parametrize(("path", "wrong", "says"), [
    ((), [1, 2], "it is a list of 2 entries, but must be entries with names"),
    (("study",), None, "study is empty, but must be entries with names"),
    (("study", "title"), 3, "study.title is '3', but must be text"),
    (("study", "scale"), 17, "study.scale is '17', but must be at most 10"),
    (("study", "scale"), 0, "study.scale is '0', but must be above 0"),
    (("study", "runner"), "mine", "study.runner is 'mine', but must be 'worlds', 'claims' or 'function'"),
    (("study", "question"), "why " * 600, "but must be at most 2,000 letters long"),
    (("runs", "total"), 1.5, "runs.total is '1.5', but must be a whole number"),
    (("runs", "failed"), -1, "runs.failed is '-1', but must be at least 0"),
    (("comparisons",), {}, "comparisons is entries with names, but must be a list"),
    (("comparisons", 0, "outcomes"), [], "is a list of 0 entries, but must be a list of at least 1 entry"),
])  # fmt: skip
def test_what_is_wrong_is_said_with_its_place_its_value_and_what_is_allowed(path, wrong, says):
    found = study_answers.credit()
    held = found
    for each in path[:-1]:
        held = held[each]
    if path:
        held[path[-1]] = wrong
    words = text(uploaded(json.dumps(found if path else wrong).encode(), "answer.json"))
    assert says in words
    assert "Input should" not in words
    assert words.index(says) < words.index("Expected is the answer.json")


@pytest.mark.parametrize(("file", "alike"), [("study.json", True), ("manifest.json", True), ("answer.json", False)])
def test_another_file_of_a_studys_folder_is_told(home, file, alike):
    fragment = uploaded((home / "plain" / file).read_bytes(), file)
    assert (f"It looks like the <code>{file}</code> of that folder." in fragment.html) == alike
    assert ("This cannot be shown" in fragment.html) == alike


def test_names_of_the_command_line_are_code_and_not_quoted_by_signs():
    html = uploaded(b"{}", "mine.json").html
    assert "<code>callsheet study run</code>" in html
    assert "`" not in html


def test_few_bytes_cannot_ask_for_a_table_without_end():
    found = study_answers.credit()
    many = [{"values": {f"f{k}_{n}": 1 for n in range(20)}} for k in range(200)]
    outcome = {"name": "y", "label": "y", "unit": "", "way": "level", "estimate": None}
    row = {"scenario": "a", "values": {}, "futures": 1, "outcomes": [outcome]}
    for change, says in (
        ({"front": {"mixes": many}}, "points name more than 500 factors"),
        ({"surface": {"points": many}}, "points name more than 500 factors"),
        ({"spread": {"points": many}}, "points name more than 500 factors"),
        ({"front": {"mixes": [0] * 10_001}}, "mixes holds more than 10,000"),
        ({"surface": {"grid": [[1.0]], "slices": [{}] * 100}}, "slices holds more than 20"),
        ({"comparisons": [{**row, "values": each["values"]} for each in many]}, "comparisons name more than 500"),
        ({"comparisons": [row] * 10_001}, "is a list of 10,001 entries, but must be a list of at most 10,000"),
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
