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
    said = same_results.note({"one": "a" * 32, "two": "b" * 32}, file)
    assert "2 of 2 runs differ" in said
    file.write_text(file.read_text().replace(model_digest(), "0" * 32))
    assert same_results.note({"one": "a" * 32, "two": "b" * 32}, file) == (
        "All 2 runs are the same as of the 1 models before it.")
    assert models_alike(file)["models"] == ["0" * 32, model_digest()]
    said = same_results.note({"one": "a" * 32, "two": "c" * 32}, file)
    assert said.startswith("1 of 2 runs differ, two first")
    assert models_alike(file) == {"models": [model_digest()], "runs": {"one": "a" * 32, "two": "c" * 32}}


def test_only_models_that_were_compared_count_as_the_same(monkeypatch):
    monkeypatch.setattr(digest, "_alike", lambda: frozenset({"0" * 32, model_digest()}))
    assert digest.same_results("0" * 32)
    assert digest.same_results(model_digest())
    assert not digest.same_results("1" * 32)


def test_another_result_is_another_hash():
    scenario = Scenario.named("baseline").varied(scale=0.02, until="2016-01-01")
    moved = scenario.varied(set={"mobility.quit": 0.02})
    assert same_results.result(scenario, 0) == same_results.result(scenario, 0)
    assert same_results.result(moved, 0) != same_results.result(scenario, 0)
