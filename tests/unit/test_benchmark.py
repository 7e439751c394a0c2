"""The benchmark measures what `simulate` does, says so in the documented shape, and refuses nonsense."""

import json

import pytest

from experiments import cli
from experiments.speed.benchmark import baseline, bench
from model.errors import CallSheetError
from model.simulate import simulate

DOCUMENTED = {
    "workers",
    "weeks",
    "hash",
    "agent_steps_per_cpu_second",
    "ms_per_week",
    "peak_mb",
    "ratio_to_objects",
    "objects_agent_steps_per_cpu_second",
    "compile_seconds",
    "peers",
}


@pytest.fixture(scope="module")
def tiny():
    return bench(weeks=10, scale=0.01, quick=True)


def test_the_result_has_the_documented_shape(tiny):
    assert set(tiny) >= DOCUMENTED
    assert tiny["weeks"] == 10
    assert 1000 < tiny["workers"] < 2000
    assert isinstance(tiny["peers"], dict)


def test_what_is_timed_is_what_simulate_gives(tiny):
    assert tiny["hash"] == simulate(baseline(10, 0.01)).hash


def test_objects_and_columns_agree_on_what_is_timed(tiny):
    assert tiny["objects_agree"]
    assert tiny["agent_steps_per_cpu_second"] > tiny["objects_agent_steps_per_cpu_second"] > 0
    assert tiny["ratio_to_objects"] == pytest.approx(
        tiny["agent_steps_per_cpu_second"] / tiny["objects_agent_steps_per_cpu_second"]
    )


def test_memory_and_time_are_of_a_process_of_its_own(tiny):
    assert 50 < tiny["peak_mb"] < 1000
    assert 0 < tiny["second_start_seconds"] <= tiny["second_run_seconds"] < 60
    assert tiny["compile_seconds"] is None  # not taken by --quick


@pytest.mark.slow
def test_compiling_takes_longer_than_not_compiling():
    assert bench(weeks=10, scale=0.01)["compile_seconds"] > 1


@pytest.mark.parametrize("weeks", [1, 0, -5, 10**12])
def test_weeks_that_cannot_be_timed_are_refused(weeks):
    with pytest.raises(CallSheetError, match="weeks|until"):
        baseline(weeks, 0.01)


def test_the_command_prints_json_and_nothing_else(capsys):
    assert cli.main(["bench", "--weeks", "5", "--scale", "0.005", "--quick", "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)) >= DOCUMENTED


def test_the_command_prints_a_table_for_people(capsys):
    assert cli.main(["bench", "--weeks", "5", "--scale", "0.005", "--quick"]) == 0
    out = capsys.readouterr().out
    assert "agent-steps per CPU second" in out
    assert "callsheet simulate --scale 0.005 --until 2015-02-09" in out


@pytest.mark.parametrize("option", [["--weeks", "many"], ["--weeks", "1"], ["--scale", "0"]])
def test_the_command_refuses_with_a_sentence(capsys, option):
    assert cli.main(["bench", *option]) == 2
    assert capsys.readouterr().err.startswith("callsheet: ")
