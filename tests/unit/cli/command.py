"""The command line as tests call it: in a process of its own, or to hear what it complains of."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from experiments import cli

ROOT = Path(__file__).resolve().parents[3]


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
