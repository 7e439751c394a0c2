"""Results become words that stories can name: effects, lines, crafts, prices and verdicts."""

import re

import pytest

from viz.stories import findings as results
from viz.stories import read


def effect(mean, low, high, agreeing):
    """A change over futures, as a summary holds it."""
    return {"mean": mean, "q10": low, "q90": high, "futures_agreeing": agreeing}


def test_effects_become_findings_with_their_luck():
    effects = {"crew_weeks": effect(5200.0, -52.0, 9000.0, 18), "public_cost_musd": effect(10.0, 9.0, 11.0, 20)}
    found = results.of_comparison(effects, 20, "credit")
    assert found["credit.crew_weeks.change"] == "+5,200"
    assert found["credit.crew_weeks.low"] == "−52"
    assert found["credit.crew_weeks.agree"] == "18 of 20"
    assert found["credit.job_year.cost"] == "$100,000"
    lost = {**effects, "crew_weeks": {**effects["crew_weeks"], "mean": -1.0}}
    assert results.of_comparison(lost, 20)["job_year.cost"] == "no defined sum"


def test_a_line_is_in_percent_of_the_other_world():
    mine = [{"year": 2026, "crew_weeks": 99.0}, {"year": 2027, "crew_weeks": 102.0}]
    other = [{"year": 2026, "crew_weeks": 100.0}, {"year": 2027, "crew_weeks": 100.0}]
    found = results.of_line("crew_weeks", mine, other)
    assert found == {"crew_weeks.line": [99.0, 102.0], "crew_weeks.last_year": "2027",
                     "crew_weeks.percent_in_last_year": "+2.0%"}
    broken_off = [*mine, {"year": results.LAST + 1, "crew_weeks": 20.0}]
    assert results.of_line("crew_weeks", broken_off, [*other, {"year": results.LAST + 1, "crew_weeks": 30.0}]) == found
    assert results.of_line("crew_weeks", mine, []) == {}


def test_crafts_are_ranked_by_what_they_lose():
    shares = {"camera": -0.1, "visual_effects": -0.4, "catering": 0.02, "grip": -0.2, "music": -0.05}
    agreeing = {"camera": 29, "visual_effects": 30, "catering": 25, "grip": 30, "music": 18}
    found = results.of_crafts(shares, agreeing, 30)
    assert found["crafts.first.name"] == "visual effects"
    assert found["crafts.third.change"] == "−10.0%"
    assert (found["crafts.last.name"], found["crafts.last.change"]) == ("catering", "+2.0%")
    assert found["crafts.agree"] == "25 of 30"  # of the four that are told, not of all
    assert results.of_crafts({}, {}, 30) == {}


def test_the_new_craft_and_all_others_add_up_to_the_net(ai_digests):
    def number(words):
        return float(words.split()[0].replace(",", "")) * (1 if words.endswith("more") else -1)

    found = results.of_digests(ai_digests)
    gained, lost, net = (number(found[f"{name}.said"]) for name in ("new_craft", "other_crafts", "crew_weeks"))
    assert gained > 0
    assert gained + lost == pytest.approx(net, abs=0.01 * (abs(gained) + abs(lost)))
    assert net == pytest.approx(ai_digests.effect("crew_weeks")["mean"], rel=0.01)


def test_more_or_fewer_stands_in_the_place_of_a_sign_and_nobody_is_told_in_tenths():
    effects = {"ai_jobs": effect(7.87, -1.24, 12.57, 10), "public_cost_musd": effect(35.9, 10.8, 60.4, 12)}
    found = results.of_comparison(effects, 12, "retraining")
    assert found["retraining.ai_jobs.said"] == "8 more"
    assert found["retraining.ai_jobs.range"] == "between 1 fewer and 13 more"
    assert found["retraining.ai_jobs.agree"] == "10 of 12"
    assert re.fullmatch(r"\$3[56][.\d]* million higher", found["retraining.public_cost_musd.said"])


def test_the_price_of_a_job_year_is_told_with_what_outside_figures_allow_for(monkeypatch, ai_digests):
    needs = read.story("policy").scenes[1].needs
    assert {"larger_credit.job_year.cost", "larger_credit.job_year.beyond_outside"} <= needs
    for times, says in ((2.04, "2.0 times"), (None, "no more than")):
        monkeypatch.setattr("viz.pages.compare.words.credit_beyond_outside", lambda found, times=times: times)
        assert results.of_digests(ai_digests, "larger_credit")["larger_credit.job_year.beyond_outside"] == says


def test_the_answer_of_the_claims_becomes_findings():
    row = {"id": "C3", "measured": {"mean": -0.0065, "q10": -0.01, "q90": -0.003, "futures_agreeing": 29},
           "over_parameters": {"points": 200, "points_holding": 33, "points_failing": 147}, "verdict": "depends on",
           "turns_on": [{"parameter": "ai_tasks.capability", "label": "Share", "unit": "share", "border": 0.5,
                         "holds_if": "above"}]}
    found = results.of_claims([row])
    assert found["claims.C3.measured"] == "−0.7%"
    assert (found["claims.C3.failing"], found["claims.C3.points"]) == ("147", "200")
    assert found["claims.C3.border.1"].startswith("above 50%")
