"""A study killed at any moment and started again by the same command ends with the files of one that never was."""

import json
import random
import signal
import subprocess
import sys
import time

import pyarrow.parquet as pq

from experiments.batch.folder import Folder
from experiments.study.checks import verify
from experiments.study.session import asks_of
from tests.batches.trials import contents, environment

RUNS, KILLS = 400, 10
STUDY = f"""
title: Killed
question: Does it survive?
runner: function
function: slow_line
against: null
uncertainties: {{a: {{low: 0, high: 1}}, b: {{low: -1, high: 1}}}}
outcomes: [y]
design: {{kind: lhs, points: {RUNS}, futures: 1}}
"""


def start(study, out):
    words = [sys.executable, "-m", "experiments", "study", "run", str(study), "--out", str(out), "--workers", "2", "-q"]
    return subprocess.Popen(words, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def test_killed_ten_times_it_ends_bit_for_bit_like_one_that_was_not(tmp_path):
    study = tmp_path / "killed.yaml"
    study.write_text(STUDY)
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    assert start(study, whole).wait(120) == 0
    moments, kills, seen = random.Random(4), 0, 0  # each kill comes some runs after the last, not some time
    for _ in range(60):
        process = start(study, killed)
        begun = time.monotonic()
        enough = seen + moments.randint(1, 25)
        while process.poll() is None and time.monotonic() - begun < 60 and len(_kept(killed)) < enough:
            time.sleep(0.01)
        time.sleep(moments.uniform(0.0, 0.02))  # a run takes as long: the moment falls anywhere within one
        if process.poll() is None and kills < KILLS:
            process.send_signal(signal.SIGKILL)
            process.wait(20)
            kills += 1
            _whole_files_only(killed)
            seen = len(_kept(killed))
        elif process.wait(120) == 0:
            break
    assert kills == KILLS
    assert contents(whole) == contents(killed)
    assert not list(killed.rglob(".callsheet-*"))
    assert not list((killed / "spool").iterdir())
    held = [case for path in Folder(killed).chunk_files() for case in pq.read_table(path)["case"].to_pylist()]
    assert len(held) == len(set(held)) == RUNS
    assert {case for _, case, _ in asks_of(killed)} == set(held)
    assert verify(killed, again=3)["sound"]
    assert (whole / "answer.json").read_bytes() == (killed / "answer.json").read_bytes()


def _kept(folder):
    return Folder(folder)._spooled | Folder(folder)._chunk_of.keys() if folder.is_dir() else set()


def _whole_files_only(folder):
    for path in (folder / "spool").glob("[0-9a-f]*.json"):
        assert json.loads(path.read_text())["case"] == path.stem
    for path in (folder / "chunks").glob("[ns]*.parquet"):
        assert pq.read_table(path).num_rows
