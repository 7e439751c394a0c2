"""A scenario is a YAML file and an address, and says what is wrong with either."""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import date

import pytest

from model.errors import CallSheetError
from model.scenario import Scenario


def test_the_baseline_runs_from_the_first_week_of_2015_to_the_end_of_2024():
    baseline = Scenario.named("baseline")
    assert (baseline.start, baseline.until) == (date(2015, 1, 5), date(2024, 12, 30))
    assert (baseline.first_week, baseline.end_week, baseline.weeks) == (0, 521, 521)
    assert not baseline.levers
    assert not baseline.overrides


@pytest.mark.parametrize("name", Scenario.names())
def test_every_named_scenario_is_legal_and_says_what_it_asks(name):
    scenario = Scenario.named(name)
    assert scenario.name == name
    assert scenario.title
    assert scenario.question.endswith("?")
    assert scenario.lever_set().settings() == scenario.levers
    if scenario.against:
        assert scenario.expect, "a comparison says beforehand which way it expects"
        assert scenario.counterpart().weeks == scenario.weeks


def test_without_strikes_no_shock_of_a_strike_is_left():
    from model.scenario_files import shock_names

    left = set(shock_names()) - set(Scenario.named("no_strikes").without)
    assert not [name for name in left if name.startswith(("wga", "sag"))]
    assert "covid_shutdown" in left


def test_the_counterpart_shares_horizon_and_chance_but_not_the_levers():
    scenario = Scenario.named("credit_as_in_2024").varied(seed=5, futures=3, scale=0.1)
    other = scenario.counterpart()
    assert (other.until, other.seed, other.futures, other.scale) == (date(2027, 12, 27), 5, 3, 0.1)
    assert other.lever_set().is_neutral


def test_a_scenario_survives_its_address():
    varied = Scenario.named("credit_as_in_2024").varied(
        levers={"TaxCredit.rate": None, "BenefitExtension.weeks": 13},
        seed=3,
        scale=0.25,
        without=["covid_shutdown"],
    )
    query = varied.to_query()
    assert Scenario.from_query(query) == varied
    assert Scenario.from_query("?" + query).identity() == varied.identity()
    assert "title" not in query
    assert "until" not in query, "only differences from the named scenario"
    assert Scenario.named("baseline").to_query() == "scenario=baseline"


def test_a_scenario_survives_its_file(tmp_path):
    varied = Scenario.named("credit_as_in_2024").varied(levers={"TaxCredit.cap": 500}, seed=7)
    file = tmp_path / "mine.yaml"
    file.write_text(varied.to_yaml(), encoding="utf-8")
    assert Scenario.read(file) == varied


def test_a_file_inherits_and_adds(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(
        "inherits: credit_as_in_2024\nlevers: {TaxCredit.rate: none, TaxCredit: {cap: 500}}\n",
        encoding="utf-8",
    )
    mine = Scenario.read(file)
    assert mine.name == "mine"
    assert mine.levers == {"TaxCredit.cap": 500.0, "TaxCredit.from": "2025-07-01"}
    assert mine.until == date(2027, 12, 27)


def test_identity_is_of_what_moves_results_and_nothing_else():
    baseline = Scenario.named("baseline")
    assert baseline.varied(title="Another", watch=["shoot_days"]).identity() == baseline.identity()
    assert (
        baseline.varied(levers={"BenefitExtension.weeks": 0, "TaxCredit.from": "2025-07-01"}).identity()
        == baseline.identity()
    )
    for changes in (
        {"seed": 1},
        {"scale": 0.5},
        {"until": "2020-01-01"},
        {"levers": {"TaxCredit.rate": 0.45}},
    ):
        assert baseline.varied(**changes).identity() != baseline.identity()


def test_identity_is_the_same_in_another_process():
    script = "from model.scenario import Scenario; print(Scenario.named('no_strikes').identity())"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == Scenario.named("no_strikes").identity()


def test_a_scenario_is_frozen_and_travels_between_processes():
    scenario = Scenario.named("credit_as_in_2024")
    with pytest.raises(AttributeError):
        scenario.seed = 3
    with pytest.raises(TypeError):
        scenario.levers["TaxCredit.rate"] = 0.1
    again = pickle.loads(pickle.dumps(scenario))
    assert again == scenario
    assert hash(again) == hash(scenario)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"scale": 0}, "above 0 and at most 10"),
        ({"scale": 11}, "above 0 and at most 10"),
        ({"scale": 1e-9}, "less than one of 125,000 workers"),
        ({"scale": float("nan")}, "above 0"),
        ({"scale": "wide"}, "must be a number"),
        ({"scale": True}, "must be a number"),
        ({"futures": 10**9}, "futures is 1000000000, but must be from 1 to 10000"),
        ({"futures": 0}, "from 1 to 10000"),
        ({"futures": 1.5}, "a whole number"),
        ({"seed": -1}, "from 0 to"),
        ({"seed": 2**63}, "from 0 to"),
        ({"seed": float("inf")}, "a whole number"),
        ({"start": "2015-01-04"}, "from 2015-01-05 to 2040-12-31"),
        ({"until": "2041-01-01"}, "from 2015-01-05 to 2040-12-31"),
        ({"until": "2025-02-30"}, "not a day of the calendar"),
        ({"until": 2025}, "not a day of the calendar"),
        ({"start": "2020-01-01", "until": "2020-01-01"}, "not after start"),
        ({"scael": 1}, "Did you mean scale"),
        ({"without": ["wga_strik"]}, "Did you mean wga_strike"),
        ({"without": 3}, "a list of names"),
        ({"expect": {"shoot_days": "sideways"}}, "up or down or same"),
        ({"levers": {"TaxCredit.rate": 3}}, "from 0 to 0.6"),
        ({"levers": {"TaxCredits.rate": 0.3}}, "Did you mean TaxCredit"),
        ({"set": {"no_such.parameter": 1}}, "There is no parameter no_such.parameter"),
        ({"against": 5}, "must be text"),
    ],
)
def test_an_impossible_scenario_is_a_sentence(changes, said):
    with pytest.raises(CallSheetError) as caught:
        Scenario.named("baseline").varied(**changes)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("scenario=basline", "Did you mean baseline"),
        ("scenario=..%2F..%2Fsecret", "There is no scenario"),
        ("seed=1&seed=2", "seed twice"),
        ("sede=1", "Did you mean seed"),
        ("seed", "cannot be read"),
        ("seed=%ff", "cannot be read"),
        ("lever.TaxCredit.rate=9", "from 0 to 0.6"),
        ("&".join(f"set.a.b{n}=1" for n in range(200)), "cannot be read"),
        ("a" * 5000, "5000 characters"),
    ],
)
def test_a_wrong_address_is_a_sentence(query, said):
    with pytest.raises(CallSheetError) as caught:
        Scenario.from_query(query)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("untli: 2020-01-01\n", "Did you mean until"),
        ("inherits: nobody\n", "There is no scenario 'nobody'"),
        ("- baseline\n", "must hold a scenario"),
        ("levers: {TaxCredit.rate: 0.3, TaxCredit: {rate: 0.3}}\n", "set twice"),
        ("levers: [1]\n", "name: value"),
        ("scale: 0\n", "mine.yaml: scale is 0"),
    ],
)
def test_a_wrong_file_is_a_sentence(tmp_path, text, said):
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CallSheetError) as caught:
        Scenario.read(file)
    assert said in str(caught.value)
