"""What an answer says in a sentence: signs, units and prices as they are, and nothing of what was not measured."""

import pytest

from experiments.study.definition import study_from
from experiments.study.report.told import _options
from experiments.study.said import answer_sentence, interval, kept_at, valued
from experiments.study.ways import mixes
from tests.unit.study_report import study_answers

ESTIMATE = {"mean": 102345.0, "low": 101000.0, "high": 103000.0, "level": 0.95, "agreeing": 20, "n": 20}


@pytest.mark.parametrize(("value", "way", "unit", "said"), [
    (102345.0, "level", "jobs", "102,345"),
    (-312.0, "difference", "USD million", "−312"),
    (0.012, "difference", "share", "+1.20 points"),
    (0.012, "share", "share", "+1.2%"),
    (0.0, "difference", "jobs", "0"),
    (None, "share", "share", "unknown"),
])  # fmt: skip
def test_a_number_is_said_as_what_it_is(value, way, unit, said):
    assert valued(value, way, unit) == said


def test_a_level_has_no_sign_and_nothing_agrees_with_it():
    assert interval(ESTIMATE, "level", "jobs") == "102,345 jobs (95% interval 101,000 to 103,000)"
    assert interval(ESTIMATE, "difference", "jobs") == (
        "+102,345 jobs (95% interval +101,000 to +103,000; 20 of 20 futures agree)")


def test_a_promise_is_told_only_where_it_was_measured():
    assert kept_at({"points": 12, "known": 180}, 200) == "holds at 12 of 180 points, and cannot be told at 20"
    assert kept_at({"points": 12, "known": 200}, 200) == "holds at 12 of 200 points"
    assert kept_at({"points": 0, "known": 0}, 200).startswith("cannot be told")


def answered(**part):
    study = study_from({"title": "T", "question": "Q?", "scenarios": ["ai_first"], "against": "baseline",
                        "design": {"kind": "paired", "futures": 3}}, "t")
    head = {"label": "Crew-weeks", "way": "share", "unit": "share"}
    return answer_sentence(study, {"headline": head, "runs": {"failed": 0, "total": 3}, **part})


def test_where_nothing_was_measured_nothing_is_said_to_lie_anywhere():
    nothing = {"points": 0, "mean": None, "median": None, "q10": None, "q90": None}
    assert answered(spread={"headline": nothing}) == "Nothing can be said: no point has a number."
    ranked = [{"label": name, "share": 0.0} for name in "ABC"]
    assert "turns on none of them" in answered(indices={"kind": "sobol", "ranked": ranked})


class Head:
    label, way, unit = "Crew-weeks", "share", "share"


class Asked:
    """A search with and without a budget, whose headline is a change in proportion."""

    def __init__(self, budget):
        self.study = type("Study", (), {"looked_at": [Head], "design": type("D", (), {"budget_musd": budget})})


def finalist(usd, job_years, low=1.0, high=2.0):
    price = {"usd": usd, "job_years": job_years, "per_job_year": usd / job_years, "low": low, "high": high,
             "futures": 20}
    return {"name": "a levy", "gain": 0.1, "fresh": {"mean": 0.1, "low": 0.08, "high": 0.12},
            "fresh_cost_musd": usd / 1e6, "price": price}


def test_missing_runs_are_no_budget_that_is_overdrawn():
    assert mixes._said(Asked(900.0), []) == "No mix of the levers stays within the budget."
    assert "budget" not in mixes._said(Asked(None), [])
    unrun = {"name": "a", "gain": 0.1, "fresh": None, "fresh_cost_musd": None, "price": None}
    assert mixes._said(Asked(900.0), [unrun]).startswith("Nothing can be said yet")


def test_a_mix_that_earns_money_and_keeps_work_has_no_price_of_a_job_year():
    said = mixes._said(Asked(None), [finalist(-1.2e9, 40_000.0)])
    assert "both get better, so no price of a job-year can be named" in said
    assert "Each further job-year (52 crew-weeks) costs $30,000" in mixes._said(Asked(None), [finalist(1.2e9, 4e4)])
    assert "lost saves" in mixes._said(Asked(None), [finalist(-1.2e9, -4e4)])


def test_the_table_of_mixes_names_no_price_either_where_both_get_worse():
    found = study_answers.front()
    found["front"]["mixes"][3]["price"] = finalist(5e8, -1e4)["price"]
    from experiments.study.report.front import _ratio

    assert _ratio(found["front"]["mixes"][3])[0].text == "no price: both get worse"


def test_a_seed_is_repeated_to_its_last_digit():
    assert _options("seed", 20260413) == ["--seed", "20260413"]
    assert _options("scale", 1 / 3) == ["--scale", repr(1 / 3)]
