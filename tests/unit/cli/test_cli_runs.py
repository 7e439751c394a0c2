"""With a stand-in for the model: what the command makes of results, failures and interrupts."""

from __future__ import annotations

import errno
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from experiments import cli
from experiments.terminal.console import plain_json
from model import atomic
from model.errors import Failure
from tests.unit.cli.command import ROOT, complaint


class Recording:
    """What the stand-in model returns."""

    def save(self, path):
        path.mkdir()
        (path / "manifest.json").write_text("{}", encoding="utf-8")


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

    for name, function in (("model.simulate", simulate), ("experiments.answer.summary", summarise)):
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
    assert code == 2
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
        "import signal, sys, time, types;"
        "signal.signal(signal.SIGINT, signal.default_int_handler);"  # ignored where a shell began us in the background
        "from experiments import cli; model = types.ModuleType('model.simulate');"
        "model.simulate = lambda *a, **k: (print('running', flush=True), time.sleep(60));"
        "summary = types.ModuleType('experiments.answer.summary');"
        "summary.summarise = lambda scenario, pairs, against: list(pairs);"
        "sys.modules['model.simulate'] = model; sys.modules['experiments.answer.summary'] = summary;"
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
    module = ModuleType("experiments.oracles.verification")
    module.verify = lambda: checks
    monkeypatch.setitem(sys.modules, "experiments.oracles.verification", module)
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
