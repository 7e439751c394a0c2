"""Whom to follow is chosen on the page of one life: what is offered, what is carried along, and of whom it is said."""

import pytest

from experiments.answer.people import QUARTERS
from tests.unit.viz.test_people_page import KEPT, asked, shown
from viz.lives import Lives


@pytest.fixture(scope="module")
def lives(ai_pairs):
    return Lives(*ai_pairs[0])


def test_it_is_said_of_whom_the_one_in_the_middle_is(lives):
    middle = shown(lives, asked()).words
    assert "The one in the middle of all who were attached in April 2026, by days on calls" in middle
    assert "The one in the middle of the group (Grip" in shown(lives, asked(craft="grip")).words
    hardest = shown(lives, asked(pick="hardest")).words
    assert "One in ten of all who were attached in April 2026 loses more" in hardest


def test_what_is_chosen_is_shown_at_once_and_needs_a_button_only_without_scripts(lives):
    reader = shown(lives, asked())
    assert reader.all("select")
    assert all("data-auto" in each for each in reader.all("select"))
    assert all("data-go" in each for each in reader.all("form"))
    buttons = [parents for tag, _, parents in reader.elements if tag == "button" and "form" in parents]
    assert [("noscript" in parents) for parents in buttons] == [True, False], "a number that is typed has its own"


def test_the_chooser_carries_what_it_does_not_choose(lives):
    reader = shown(lives, asked(craft="grip", pick="hardest"))
    assert all(form["method"] == "get" and form["action"] == "people" for form in reader.all("form"))
    hidden = [(each["name"], each["value"]) for each in reader.all("input") if each.get("type") == "hidden"]
    assert sorted(set(hidden)) == sorted(KEPT.items())
    chosen = [each["value"] for each in reader.all("option") if "selected" in each]
    assert chosen == ["grip", "", "", "hardest"]
    offered = {each["value"] for each in reader.all("option")}
    assert offered >= {"grip", "burbank", *(f"quarter_{at + 1}" for at in range(len(QUARTERS)))}
    assert any(a["href"].startswith("compare?") and "by=craft" in a["href"] for a in reader.all("a"))
