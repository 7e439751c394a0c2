"""The command answers wrong input with a sentence and an exit code, and leaves nothing half-written."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys

import pytest

from experiments import cli
from experiments.batch.execute import execute
from tests.pace import slowness
from tests.unit.cli.command import ROOT, callsheet, complaint


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("simulte", "Did you mean simulate?"),
        ("simulate --scenari x", "Did you mean --scenario"),
        ("simulate --scenario", "requires an argument"),
        ("simulate --scenario basline", "Did you mean baseline?"),
        ("simulate --scenario zzzz", "There are ai_first, baseline, "),
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
        ("bench --weeks 1", "--weeks is '1', but must be a whole number from 2 to 1356"),
        ("bench --weeks 1000000000", "from 2 to 1356"),
        ("calibrate --engine x", "--engine is 'x'"),
        ("claims --shares 63", "--shares is 63, but must be 0 or a power of two from 8 to 1024"),
        ("claims --shares 4", "power of two from 8"),
        ("forecast --scale 0.1", "--scale is for runs, and the frozen forecast is read as it is"),
        ("forecast --out x", "add --anew"),
        ("study foo", "There is no command foo. There are list, run"),
        ("study run claims --claim C99 --dry-run", "There is no claim C99. Did you mean C9?"),
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


@pytest.mark.parametrize("command", ["simulate", "claims", "calibrate", "forecast --anew", "study run ishigami"])
def test_a_folder_for_results_that_cannot_be_one_is_a_sentence(capsys, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").touch()
    for given, said in (("taken", "taken is a file, not a folder"), ("taken/deeper", "taken is a file, not a folder"),
                        ("", "--out is empty")):
        code, text = complaint(capsys, *command.split(), "--out", given)
        assert code == 2
        assert said in text
    assert [each.name for each in tmp_path.iterdir()] == ["taken"]


def test_each_command_is_told_in_one_whole_line(capsys):
    for words in ([], ["study"]):
        assert cli.main(words) == 0
        told = capsys.readouterr().out
        assert told.startswith("Usage: callsheet")
        assert not re.search(r"\.\.\.$", told.partition("Commands:")[2], re.MULTILINE)


@pytest.mark.parametrize(("signaled", "code"), [(KeyboardInterrupt(), 130), (SystemExit(143), 143)])
def test_a_signal_that_reached_compiled_code_is_still_a_signal(monkeypatch, capsys, signaled, code):
    def interrupted(words):
        raise SystemError("CPUDispatcher returned a result with an exception set") from signaled

    monkeypatch.setattr("experiments.app.run", interrupted)
    assert cli.main(["params"]) == code
    assert "went wrong" not in capsys.readouterr().err


def test_a_run_of_a_batch_that_is_interrupted_is_no_failed_run(monkeypatch):
    def interrupted(asks):
        raise SystemError("CPUDispatcher returned a result with an exception set") from KeyboardInterrupt()

    monkeypatch.setattr("experiments.runners.function.run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        execute("function", "0" * 32, {})


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed_are_no_trouble(closed):
    for words, code in (("params mobility.exit_base", 0), ("simulate --scale 0", 2)):
        done = subprocess.run(
            ["sh", "-c", f"{sys.executable} -m experiments {words} {closed}"], cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr


def test_signs_that_the_encoding_lacks_are_spelled_and_json_stays_whole():
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    table, rows = (callsheet("params", *words, env=env) for words in ([], ["--json"]))
    assert (table.returncode, rows.returncode) == (0, 0)
    assert any("π" in each["why"] for each in json.loads(rows.stdout))
    told = 'print("1−2 … “a” – π")'
    script = f"from experiments.terminal import streams; streams.make_usable(); {told}"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert done.stdout == '1-2 ... "a" - ?\n'


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
