"""The command answers wrong input with a sentence and an exit code, and leaves nothing half-written."""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from experiments import cli
from experiments.console import plain_json
from model import atomic
from model.errors import Failure

ROOT = Path(__file__).resolve().parents[2]


def callsheet(*words, **more):
    return subprocess.run(
        [sys.executable, "-m", "experiments", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        **more,
    )


def complaint(capsys, *words):
    code = cli.main(words)
    caught = capsys.readouterr()
    assert caught.out == ""
    assert caught.err.startswith("callsheet: ")
    assert "Traceback" not in caught.err
    return code, caught.err


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
        for _ in range(3):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            assert callsheet(*words).returncode == 0
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
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


# With a stand-in for the model: what the command makes of results, failures and interrupts


class Recording:
    """What the stand-in model returns."""

    def save(self, path):
        Path(path).write_bytes(b"recording")


@pytest.fixture
def stand_in(monkeypatch):
    """Put a model in the place of the real one; returns a list of what it was asked to simulate."""
    asked = []

    def simulate(scenario, future=0, progress=None):
        asked.append((scenario, future))
        progress(1, scenario.weeks)
        return Recording()

    def summarise(scenario, pairs, against=None):
        pairs = list(pairs)
        return {
            "scenario": scenario.name,
            "futures": len(pairs),
            "years": [{"year": 2015, "jobs": 1.5}],
            "effects": {},
        }

    for name, function in (("model.simulate", simulate), ("experiments.summary", summarise)):
        module = ModuleType(name)
        setattr(module, function.__name__, function)
        monkeypatch.setitem(sys.modules, name, module)
    return asked


def left(folder):
    return sorted(each.name for each in folder.iterdir())


def test_both_worlds_run_on_the_same_futures(stand_in, capsys):
    words = [
        "simulate",
        "--scenario",
        "no_strikes",
        "--futures",
        "2",
        "--seed",
        "5",
        "--scale",
        "0.1",
        "--json",
    ]
    assert cli.main(words) == 0
    assert json.loads(capsys.readouterr().out)["futures"] == 2
    assert [(one.name, one.seed, one.scale, future) for one, future in stand_in] == [
        (name, 5, 0.1, future) for future in (0, 1) for name in ("no_strikes", "baseline")
    ]


def test_no_comparison_when_none_is_wanted(stand_in):
    assert cli.main(["simulate", "--scenario", "no_strikes", "--against", "none", "-q"]) == 0
    assert len(stand_in) == 1


def test_a_run_leaves_a_whole_folder(stand_in, capsys, tmp_path):
    assert cli.main(["simulate", "--out", str(tmp_path / "deep" / "out")]) == 0
    assert left(tmp_path / "deep" / "out") == ["recording", "scenario.yaml", "summary.json"]
    assert left(tmp_path / "deep") == ["out"]
    assert json.loads((tmp_path / "deep" / "out" / "summary.json").read_text())["scenario"] == "baseline"
    assert "2015" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (KeyboardInterrupt(), 130),
        (OSError(errno.ENOSPC, "No space left on device"), 1),
        (MemoryError(), 1),
        (ZeroDivisionError("nobody foresaw this"), 1),
        (SystemExit(143), 143),
    ],
)
def test_a_run_that_fails_leaves_nothing(stand_in, monkeypatch, capsys, tmp_path, trouble, code):
    def fail(self, path):
        Path(path).write_bytes(b"half")
        raise trouble

    monkeypatch.setattr(Recording, "save", fail)
    assert cli.main(["simulate", "--out", str(tmp_path / "out")]) == code
    assert left(tmp_path) == []
    assert "Traceback" not in capsys.readouterr().err


def test_a_folder_that_is_a_file_is_a_sentence_before_any_work(stand_in, capsys, tmp_path):
    (tmp_path / "out").touch()
    code, text = complaint(capsys, "simulate", "--out", str(tmp_path / "out"))
    assert code == 1
    assert "out is a file, not a folder" in text
    assert not stand_in


def test_a_folder_that_is_there_keeps_what_is_not_ours(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "summary.json").write_text("old")
    with atomic.folder(tmp_path) as stage:
        (stage / "summary.json").write_text("new")
        (stage / "recording").mkdir()
    assert left(tmp_path) == ["notes.txt", "recording", "summary.json"]
    assert (tmp_path / "summary.json").read_text() == "new"


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path, monkeypatch):
    file = tmp_path / "summary.json"
    atomic.write_file(file, "old")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(atomic.os, "fsync", full)
    with pytest.raises(Failure, match="The disk is full"):
        atomic.write_file(file, "new")
    assert file.read_text() == "old"
    assert left(tmp_path) == ["summary.json"]


def test_an_interrupt_or_a_polite_kill_leaves_nothing(tmp_path):
    script = (
        "import sys, time, types; from experiments import cli;"
        "model = types.ModuleType('model.simulate');"
        "model.simulate = lambda *a, **k: (print('running', flush=True), time.sleep(60));"
        "summary = types.ModuleType('experiments.summary');"
        "summary.summarise = lambda scenario, pairs, against: list(pairs);"
        "sys.modules['model.simulate'] = model; sys.modules['experiments.summary'] = summary;"
        f"sys.exit(cli.main(['simulate', '--out', {str(tmp_path / 'out')!r}]))"
    )
    for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        child = subprocess.Popen(
            [sys.executable, "-c", script],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert child.stdout.readline().strip() == "running"
        time.sleep(0.05)
        child.send_signal(number)
        _, said = child.communicate(timeout=30)
        assert child.returncode == code
        assert "Traceback" not in said
        assert left(tmp_path) == []


def test_checks_that_fail_are_exit_code_one(monkeypatch, capsys):
    checks = [{"oracle": "u = s/(s+f)", "expected": 0.1, "found": 0.2, "tolerance": 0.01, "passed": False}]
    module = ModuleType("experiments.verification")
    module.verify = lambda: checks
    monkeypatch.setitem(sys.modules, "experiments.verification", module)
    assert cli.main(["verify", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == checks
    assert cli.main(["verify"]) == 1
    assert "FAILED" in capsys.readouterr().out
    checks[0]["passed"] = True
    assert cli.main(["verify"]) == 0


def test_json_is_plain():
    import numpy as np

    value = {"a": np.int64(3), "b": np.array([1.0, np.nan]), "c": float("inf"), 2015: (1, 2)}
    assert plain_json(value) == {"a": 3, "b": [1.0, None], "c": None, "2015": [1, 2]}


def test_a_parameter_is_explained_in_full(capsys):
    from model.parameters import Params

    name = Params.load().names()[0]
    assert cli.main(["params", name]) == 0
    text = capsys.readouterr().out
    for word in (name, "range", "unit", "kind", "why"):
        assert word in text
    assert cli.main(["params", name, "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert {"name", "label", "value", "unit", "range", "kind", "says", "why"} <= set(found)
