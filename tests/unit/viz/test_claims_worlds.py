"""Numbers of claims say which worlds they compare, what they are counted against, and why they may read otherwise."""

from experiments.claims.declared import claims
from experiments.claims.worlds import WORLDS
from model.scenario import Scenario
from tests.unit.viz.seen import Seen
from viz.pages.claims import page, shipped, worlds
from viz.pages.claims.said import luck_said


def test_worlds_are_the_scenarios_they_are_said_to_be():
    start = Scenario.named("baseline").overrides
    for number, (_, name) in worlds.SCENARIOS.items():
        assert dict(Scenario.named(name).overrides) == {**start, **WORLDS[number]}
    text = Seen(page(shipped()).html).text
    for each in worlds.worlds():
        assert f"{each.number} is {each.says}, “{each.title}” ({each.name})" in text
        assert f"“{each.title}” ({each.name})" in Seen(page(shipped(), "C3").html).text


def test_where_a_number_speaks_of_worlds_their_scenarios_are_named():
    said = worlds.named("Crew-weeks, W3 less W0 over W0.")
    assert said == "Crew-weeks, W3 less W0 over W0 (W3 = ai_first, W0 = baseline)."
    assert worlds.named("No world.") == "No world."
    for name in claims():
        words = Seen(page(shipped(), name).html).text
        assert worlds.named(shipped().details[name]["number"]) in words


def test_it_is_said_why_the_headline_may_be_rounded_otherwise_elsewhere():
    for name in claims():
        assert ("may round to another last digit" in Seen(page(shipped(), name).html).text) is (name == "C3")


def test_a_claim_without_a_threshold_reaches_none():
    row = {"id": "C9", "measured": {"mean": 1.4, "q10": 0.4, "q90": 2.2}}
    detail = {"futures": 3, "values": [0.5, 1.0, None, 2.0], "border": 1.0, "unit": "years", "judged": "none"}
    said = luck_said(row, detail)
    assert "2 of 3 futures lie at or above 1 year, a mark and no threshold." in said
    assert "reach" not in said
    for each in shipped().claims:
        if shipped().details[each["id"]]["judged"] == "none":
            assert "futures reach" not in luck_said(each, shipped().details[each["id"]])
