"""Worlds that come out alike: the page says which setting changed nothing, and why."""

from dataclasses import replace

import numpy as np
import pytest

from model.scenario import Scenario
from viz.digests import Digest, Digests
from viz.pages.compare import CompareView, headline, page
from viz.pages.compare.same import why_the_same


def same_worlds(found):
    return Digests([Digest({**each.head, "hashes": [each.head["hashes"][0]] * 2},
                           {name: np.stack([values[0]] * 2) if name in
                            ("horizon", "periods", "yearly", "worked", "idle", "weekly") else values
                            for name, values in each.arrays.items()}) for each in found])


def test_identical_worlds_say_why(ai_digests, ai_scenario, view):
    alike = same_worlds(ai_digests)
    html = page(alike, CompareView(ai_scenario, ai_scenario)).html
    assert "no setting differs between them" in html
    assert "both worlds are the same, event by event" in headline(alike, view)


@pytest.mark.parametrize(("levers", "said"), [
    ({"TaxCredit.cap": 1500, "TaxCredit.from": "2040-01-01"}, "TaxCredit starts on 2040-01-01, after the last week"),
    ({"TaxCredit.cap": 1500, "TaxCredit.to": "2020-01-06"}, "TaxCredit ends on 2020-01-06, before the first week"),
])
def test_a_lever_outside_the_horizon_is_the_reason(ai_scenario, levers, said):
    assert said in why_the_same(ai_scenario.varied(levers=levers), ai_scenario)


def test_a_neutral_knob_is_the_reason(ai_scenario):
    assert "neutral value" in why_the_same(replace(ai_scenario, levers={"TaxCredit.ai_counts": 1.0}), ai_scenario)


def test_numbers_of_ai_in_a_world_without_it_are_the_reason():
    plain = Scenario.named("baseline")
    said = why_the_same(plain.varied(set={"ai_tasks.capability": 0.9}), plain)
    assert "ai_tasks.capability is read only where AI is at work" in said


def test_settings_that_differ_without_effect_are_named(ai_scenario):
    said = why_the_same(ai_scenario.varied(set={"ai_tasks.rework": 0.0}), ai_scenario)
    assert "ai_tasks.rework" in said
