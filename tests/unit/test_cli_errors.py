"""The command answers wrong input with a sentence and an exit code, and leaves nothing half-written."""

from __future__ import annotations

import os
import resource
import subprocess
import sys

import pytest

from tests.pace import slowness
from tests.unit.command import ROOT, callsheet, complaint


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("simulte", "Did you mean simulate?"),
        ("simulate --scenari x", "Did you mean --scenario"),
        ("simulate --scenario", "requires an argument"),
        ("simulate --scenario basline", "Did you mean baseline?"),
        ("simulate --scenario no_such_file.yaml", "no such file"),
        ("simulate --against basline", "Did you mean baseline?"),
        ("simulate --set no_such.parameter=1", "There is no parameter no_such.parameter"),
        ("simulate --dose --until 2016-01-04", "begins on 13 April 2026; this run ends on 2016-01-04"),
        ("simulate --set nonsense", "not of the form name=value"),
        ("simulate --set a.b=1 --set a.b=2", "twice"),
        ("simulate --lever TaxCredits.rate=0.3", "Did you mean TaxCredit?"),
        ("simulate --lever TaxCredit.rte=0.3", "Did you mean TaxCredit.rate"),
        ("simulate --lever TaxCredit.rate=3", "from 0 to 0.6 (share of qualified spend)"),
        ("simulate --lever TaxCredit.rate=high", "must be a number"),
        ("simulate --scale 0", "above 0 and at most 10"),
        ("simulate --futures 1000000000", "from 1 to 10000"),
        ("simulate --seed -1", "from 0 to"),
        ("simulate --start 2025-02-30", "not a day of the calendar"),
        ("simulate --until 1999-01-01", "from 2015-01-05"),
        ("simulate --start 2020-01-01 --until 2019-01-01", "not after start"),
        ("simulate extra", "extra"),
        ("verify --oracle no_such_file.json", "There is no file no_such_file.json"),
        ("verify --seeds 8", "--oracle FILE"),
        ("params no_such_thing_at_all", "No parameter is called"),
        ("--nonsense", "There is no option --nonsense"),
        ("-v", "Which command?"),
    ],
)
def test_wrong_input_is_answered_with_a_sentence_and_exit_code_two(capsys, words, said):
    code, text = complaint(capsys, *words.split())
    assert code == 2
    assert said in text


@pytest.mark.parametrize(
    ("option", "value"), [("--at", "soon"), ("--at", "1,,2"), ("--seeds", "3"), ("--seeds", "many")]
)
def test_a_case_is_asked_for_with_whole_numbers(capsys, tmp_path, option, value):
    file = tmp_path / "case.json"
    file.write_text("{}", encoding="utf-8")
    code, text = complaint(capsys, "verify", "--oracle", str(file), option, value)
    assert code == 2
    assert f"{option} is" in text


def test_a_yaml_bomb_is_no_scenario(capsys, tmp_path):
    file = tmp_path / "bomb.yaml"
    file.write_text("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", encoding="utf-8")
    code, text = complaint(capsys, "simulate", "--scenario", str(file))
    assert code == 2
    assert "anchors and aliases" in text
    assert str(tmp_path) not in text


def test_help_answers_at_once():
    for words in (["--help"], ["simulate", "--help"]):
        times = []
        for _ in range(5):
            slow = slowness()
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            assert callsheet(*words).returncode == 0
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            times.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / slow)
        assert min(times) < 0.3


def test_help_imports_neither_model_nor_mesa():
    script = (
        "import sys; from experiments import cli; cli.main(['simulate', '--help']);"
        "heavy = ('numpy', 'mesa', 'numba', 'rich', 'model.scenario');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().endswith("[]")


def test_another_package_of_the_same_name_is_a_sentence(tmp_path):
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "__init__.py").touch()
    done = subprocess.run(
        [sys.executable, "-m", "experiments", "params"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert "another package called model" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_who_leaves_early_gets_no_trace():
    writer = subprocess.Popen(
        [sys.executable, "-m", "experiments", "params", "--json"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    writer.stdout.close()
    assert "Traceback" not in writer.stderr.read()
    writer.stderr.close()
    writer.wait()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is full")
def test_a_full_disk_behind_standard_output_is_a_sentence():
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "experiments", "params", "--json"],
            cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    assert done.returncode == 1
    assert "disk is full" in done.stderr
    assert "Traceback" not in done.stderr
