"""How a worker stands in a week, in a sentence."""

from model.vocabulary import Event
from viz.pages.people.words import week_says
from viz.spells import CALL, OUT, SEARCH, Spell


def test_the_sentence_of_the_week_by_hand():
    spell = Spell(600, 20, SEARCH)
    week = {"week": 608, "since": 600, "asks": 41_249, "scale": 38_600, "savings": 120_000, "living": 20_000,
            "insured": True, "craft": "grip", "course": 0}
    assert week_says(spell, 608, week) == (
        "searching for 9 weeks; would accept $412 a day (scale $386); savings cover 1.4 months; health plan: covered."
    )
    broke = week_says(spell, 608, {**week, "savings": 0, "insured": False})
    assert broke.endswith("no savings left; health plan: not covered.")
    assert "none in this craft" in week_says(spell, 608, {**week, "insured": False, "craft": "vfx"})
    call = Spell(605, 9, CALL, 7, "One-hour series season", True)
    says = week_says(call, 605, {**week, "week": 605, "since": 605, "wage": 50_000, "days": 5})
    assert says.startswith("on a call for 1 week, one-hour series season made with AI; $500 a day, 5 days a week")
    left = Spell(600, 20, OUT, began=Event.EXIT)
    assert week_says(left, 608, None).startswith("out of the market for 9 weeks. Pay, savings")
    since_before = Spell(600, 20, OUT)
    assert week_says(since_before, 608, None).startswith("out of the market for 9 weeks or more. Pay, savings")
