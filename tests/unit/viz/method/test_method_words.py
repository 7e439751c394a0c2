"""The Method page explains every measure, column and code, in the words of the code."""

from model import measures
from model.state.call_board import Productions
from model.state.crew import Crew
from viz.pages.method import words
from viz.pages.method.code import source


def test_every_measure_and_column_has_a_place_to_link_to(pages):
    ids = set(pages["words"].ids)
    assert {f"measure-{name}" for name in measures.measures()} <= ids
    assert {f"column-worker-{name}" for name in Crew.columns} <= ids
    assert {f"column-title-{name}" for name in Productions.columns} <= ids


def test_codes_come_from_the_vocabulary_with_their_comments():
    text = source("model.vocabulary")
    sets = {each.name: each for each in words.coded("model.vocabulary", text)}
    from model import vocabulary

    for name in ("Status", "Stage", "Area", "Entrant", "Event", "Stream"):
        codes = {(each.value, each.name.lower().replace("_", " ")) for each in getattr(vocabulary, name)}
        assert {(number, word) for number, word, _ in sets[name].words} == codes
    assert (2, "on call", "attached, answering a crew call") in sets["Status"].words
    other = text.replace("# attached, answering a crew call", "# asleep")
    assert (2, "on call", "asleep") in words.coded("model.vocabulary", other)[0].words


def test_terms_are_in_alphabetical_order():
    assert list(words.terms()) == sorted(words.terms(), key=lambda word: word.replace("-", " "))
