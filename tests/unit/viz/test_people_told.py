"""What the page of one life says of a number that is none, and of a craft that changes."""

import numpy as np
import pytest

from model.tables import crafts
from tests.unit.viz.test_people_page import asked, shown
from viz.lives import Lives
from viz.pages.people.choose import choose
from viz.pages.people.marks import label, moves
from viz.pages.people.words import date_says


@pytest.fixture(scope="module")
def lives(ai_pairs):
    return Lives(*ai_pairs[0])


def test_a_number_that_is_not_given_is_a_sentence(lives):
    reader = shown(lives, asked())
    button = next(each for each in reader.all("button") if each.get("name"))
    assert "No worker's number was given." in shown(lives, asked(**{button["name"]: button["value"]})).words
    row = int(lives.workers["row"][123])
    chosen = choose(lives, asked(who=row, **{button["name"]: button["value"]}))
    assert (chosen.place, chosen.notices) == (123, ())
    typed = next(each for each in reader.all("input") if each["name"] == "who")
    assert not {"pattern", "required"} & typed.keys(), "a browser that refuses it would keep the sentence away"


def test_numbers_that_are_not_needed_are_left_aside_with_a_sentence(lives):
    row = int(lives.workers["row"][50])
    for view, says in (
        (asked(pick="hardest", who="abc"), "who is 'abc', but must be a whole number; it is left aside."),
        (asked(like="abc"), "The worker's number is 'abc', but must be a whole number."),
        (asked(like=row, k="0"), "k is '0', but must be a whole number from 1. The first is shown."),
    ):
        assert sum(says in each for each in choose(lives, view).notices) == 1
    assert choose(lives, asked(pick="hardest", who="abc")).place == choose(lives, asked(pick="hardest")).place


def test_a_craft_that_changes_is_told_with_its_week(lives):
    workers = lives.workers
    moved = np.flatnonzero(workers["craft"] != workers["craft_after"])
    at = int(moved[0])
    row, first = int(workers["row"][at]), crafts().names[workers["craft"][at]]
    last = crafts().names[workers["craft_after"][at]]
    end = f"the craft at the end is {label(last)}, and the week in which it changes is being worked out."
    before = shown(lives, asked(who=row)).words
    assert end in before
    assert f"{crafts().labels[workers['craft'][at]]} at the start; lives in" in before
    assert "talent, home and the craft at the start are the same in both worlds" in before
    week = {"week": 0, "status": "idle", "course": 0, "craft": first, "insured": False, "gross": 0, "benefits": 0,
            "savings": 0, "since": lives.begin, "asks": 0, "scale": 0, "wage": 0, "days": 5, "living": 1}
    weeks = [{**week, "week": at, "craft": last if at >= lives.begin + 30 else first}
             for at in range(lives.begin, lives.end)]
    told = f"the craft changes to {label(last)} in the week of {date_says(lives.begin + 30)}."
    assert told in shown(lives, asked(who=row), weeks, weeks).words
    assert end not in shown(lives, asked(who=row), weeks, weeks).words
    same = int(workers["row"][np.flatnonzero((workers["craft"] == workers["craft_after"]) & (
        workers["craft"] == lives.other.workers["craft_after"]))[0]])
    assert "the craft at the end is" not in shown(lives, asked(who=same)).words


def test_every_change_of_craft_is_told_in_order():
    weeks = [{"week": 600 + at, "craft": name} for at, name in enumerate(("vfx", "editorial", "editorial", "grip"))]
    assert moves(weeks, "vfx") == [(601, "editorial"), (603, "grip")]
    assert moves(weeks, "grip")[0] == (600, "vfx"), "also one in the first week told"
    assert moves(None, "vfx") == []
