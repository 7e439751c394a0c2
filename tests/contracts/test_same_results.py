"""A rewritten model that is said to give the same results gives them: every fourth run that says so is run again."""

import pytest

from experiments import same_results
from model import digest
from model.digest import model_digest, models_alike
from model.scenario import Scenario

KEPT = models_alike()
NAMES = [name for name, _, _ in same_results.runs()]


def test_this_model_is_among_those_that_were_compared():
    assert model_digest() in KEPT["models"], "Other code or versions: python -m experiments.same_results"


def test_what_is_kept_is_of_the_runs_there_are():
    assert list(KEPT["runs"]) == NAMES


@pytest.mark.parametrize("name", [name for name in NAMES if name not in Scenario.names()][2::4])  # those have goldens
def test_a_run_gives_what_was_written_down(name):
    scenario, future = next((scenario, future) for other, scenario, future in same_results.runs() if other == name)
    assert same_results.result(scenario, future) == KEPT["runs"][name]


def test_runs_differ_from_one_another_so_that_they_can_tell():
    assert len(set(KEPT["runs"].values())) > 0.9 * len(KEPT["runs"])


def test_a_model_with_other_results_starts_a_list_of_its_own(tmp_path):
    file = tmp_path / "models.yaml"
    said = same_results.note({"one": "a" * 32, "two": "b" * 32}, ["two"], file)
    assert "2 of 2 runs differ" in said
    file.write_text(file.read_text().replace(model_digest(), "0" * 32))
    assert same_results.note({"one": "a" * 32, "two": "b" * 32}, ["two"], file) == (
        "All 2 runs are the same as of the 1 models before it.")
    both = ["0" * 32, model_digest()]
    assert models_alike(file)["models"] == models_alike(file)["without_ai"] == both
    said = same_results.note({"one": "c" * 32, "two": "b" * 32}, ["two"], file)
    assert said.startswith("1 of 2 runs differ, one first: this is another model")
    assert models_alike(file) == {"models": [model_digest()], "without_ai": [model_digest()],
                                  "runs": {"one": "c" * 32, "two": "b" * 32}}


def test_a_model_in_which_only_ai_differs_stays_in_the_list_without_it(tmp_path):
    file = tmp_path / "models.yaml"
    same_results.note({"one": "a" * 32, "two": "b" * 32}, ["two"], file)
    file.write_text(file.read_text().replace(model_digest(), "0" * 32))
    said = same_results.note({"one": "a" * 32, "two": "c" * 32}, ["two"], file)
    assert said.startswith("1 of 2 runs differ, two first: all of them runs with AI.")
    kept = models_alike(file)
    assert (kept["models"], kept["without_ai"]) == ([model_digest()], ["0" * 32, model_digest()])


def test_runs_with_ai_are_told_from_those_without():
    told = {name: same_results.uses_ai(scenario) for name, scenario, _ in same_results.runs()}
    assert not any(told[name] for name in ("baseline", "no_strikes", "credit_as_in_2024", "point 5"))
    assert all(told[name] for name in ("ai_first", "traditional_entrant", "incumbents_only", "point 0", "AiLevy high"))


def test_only_models_that_were_compared_count_as_the_same(monkeypatch):
    alike = {True: frozenset({"0" * 32, model_digest()}), False: frozenset({"0" * 32, "2" * 32, model_digest()})}
    monkeypatch.setattr(digest, "_alike", alike.__getitem__)
    assert digest.same_results("0" * 32)
    assert digest.same_results(model_digest())
    assert not digest.same_results("1" * 32)
    assert not digest.same_results("2" * 32)
    assert digest.same_results("2" * 32, ai=False)


def test_another_result_is_another_hash():
    scenario = Scenario.named("baseline").varied(scale=0.02, until="2016-01-01")
    moved = scenario.varied(set={"mobility.quit": 0.02})
    assert same_results.result(scenario, 0) == same_results.result(scenario, 0)
    assert same_results.result(moved, 0) != same_results.result(scenario, 0)
