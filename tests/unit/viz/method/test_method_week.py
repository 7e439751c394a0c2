"""The Method page tells the week as the code runs it: its calls, their order, their words and their equations."""

import re

import pytest

from tests.unit.viz.method.told import ROOT, changed
from tests.unit.viz.seen import Seen
from viz.marked import marked
from viz.pages.method import how, odd, prose, week
from viz.pages.method.code import Code, source


def named(parts):
    """Names of all verbs in the order in which they are told."""
    return [one.name for part in parts for verb in part.verbs for one in (verb, *verb.books)]


def test_every_call_of_the_week_is_told_once_and_in_the_order_of_the_code():
    body = source("model.week").partition("def step(")[2].partition('"""')[2].partition('"""')[2]
    lines = [line.partition("#")[0] for line in body.splitlines()]
    calls = [name for line in lines for name in re.findall(r"\b(?:\w+\.)?([a-z_]\w*)\(", line)]
    assert named(week.the_week()) == calls


def test_the_week_takes_a_dozen_sentences_or_a_few_more():
    assert 12 <= sum(len(part.verbs) for part in week.the_week() if part.numbered) <= 17


def test_what_only_writes_down_is_named_by_verbs_that_the_week_calls():
    assert set(week.BOOKS) <= set(named(week.the_week()))


def test_headings_of_the_week_are_the_comments_of_the_code():
    told = [part.heading for part in week.the_week()]
    comments = re.findall(r"^    # (.+)$", source("model.week"), re.MULTILINE)
    assert told == [week.FIRST, *comments, week.LAST]


def test_a_changed_docstring_changes_the_page():
    before = re.search(r'def halt_productions\([^)]*\)[^:]*:\n    (""".+?""")', source("model.verbs"), re.DOTALL)[1]
    parts = week.parts(changed("model.verbs", before, '"""Locusts stop what they stop. Equation 7."""'))
    text = Seen(how.tab(tuple(parts)).html).text
    assert "Locusts stop what they stop." in text
    assert prose.first_sentence(before.strip('"')) not in text
    assert prose.first_sentence(before.strip('"')) in Seen(how.tab().html).text
    verb = next(verb for part in parts for verb in part.verbs if verb.name == "halt_productions")
    assert verb.equations == (7, 29, 68)  # its own, and those of the mechanisms it rests on


def test_two_calls_that_change_places_change_places_on_the_page():
    before = "    adopt(state, flows, world)\n"
    first = "    renew_technique("
    moved = source("model.week").replace(before, "", 1).replace(first, before + first, 1)
    parts = week.parts(Code(lambda name: moved if name == "model.week" else source(name)))
    told, usual = named(parts), named(week.the_week())
    assert told.index("adopt") < told.index("renew_technique")
    assert sorted(told) == sorted(usual)


def test_a_call_that_is_taken_out_is_no_longer_told():
    parts = week.parts(changed("model.week", "    review_coverage(state, flows)\n", ""))
    assert "review_coverage" not in named(parts)
    assert len(named(parts)) == len(named(week.the_week())) - 1


def test_an_equation_in_a_mechanism_is_told_beside_the_verb_that_calls_it():
    said, other = (f"titles stopped. Equation {number}." for number in (29, 62))
    parts = week.parts(changed("model.mechanisms.production", said, other))
    verb = next(verb for part in parts for verb in part.verbs if verb.name == "halt_productions")
    assert 62 in verb.equations


def test_every_equation_that_the_week_names_is_written_on_the_page(pages):
    for part in week.the_week():
        for verb in part.verbs:
            assert set(verb.equations) <= odd.numbers()
    assert {f"equation-{number}" for number in odd.numbers()} <= set(pages["how"].ids)
    assert odd.numbers() == set(range(1, max(odd.numbers()) + 1))


def test_whole_docstrings_and_files_are_folded_away(pages):
    assert len(pages["how"].all("details")) == len(named(week.the_week()))
    summaries = re.findall(r"<summary>(.*?)</summary>", how.tab().html)
    assert len(set(summaries)) == len(summaries) == len(named(week.the_week())), "each is told apart, by eye and by ear"
    assert all("hidden" not in each for each in summaries)
    for part in week.the_week():
        for verb in part.verbs:
            assert verb.file in pages["how"].text
            assert (ROOT / verb.file).is_file()


@pytest.mark.parametrize(
    ("text", "says", "equations"),
    [
        ("Mark what stops. Equation 29.\n\nMore.", "Mark what stops.", (29,)),
        ("What the calls lack; returns the open calls, (n, 2) rows.", "What the calls lack.", ()),
        ("Pay follows\ntightness. Equations 9, 38 and 40–42.", "Pay follows tightness.", (9, 38, 40, 41, 42)),
        ("Equation 12", "Equation 12.", (12,)),
        ("", ".", ()),
    ],
)
def test_the_first_sentence_and_the_equations_of_a_docstring_are_found(text, says, equations):
    assert prose.first_sentence(text) == says
    assert prose.equations(text) == equations


def test_text_of_the_code_is_escaped():
    assert str(marked("``a < b`` & <b>")) == "<code>a &lt; b</code> &amp; &lt;b&gt;"
