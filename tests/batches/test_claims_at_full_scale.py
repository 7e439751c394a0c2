"""The claims with everyone an agent: how long they take, and that the report answers them all."""

import json
import subprocess
import sys
import time

import pytest

from experiments.claims.declared import claims
from experiments.speed.measured import measured
from tests.batches.trials import environment

pytestmark = pytest.mark.slow
LIMITS = {"C3": 20.0, "all": 45.0}  # minutes on two cores


@pytest.mark.parametrize("which", ["C3", "all"])
def test_thirty_futures_and_two_hundred_points_take_no_longer_than_promised(tmp_path, which):
    out = tmp_path / "claims"
    words = [sys.executable, "-m", "experiments", "study", "run", "claims", "--out", str(out), "--workers", "2", "-q"]
    words += [] if which == "all" else ["--claim", which]
    begin = time.monotonic()
    where = {**environment(), "CALLSHEET_CACHE": str(tmp_path / "cache")}
    assert subprocess.run(words, env=where, check=False).returncode == 0
    minutes = (time.monotonic() - begin) / 60
    measured(f"claims.{which}.minutes", minutes, "minutes of wall time", f"at most {LIMITS[which]:g}")
    asked = list(claims()) if which == "all" else [which]
    rows = json.loads((out / "claims.json").read_text())
    assert [row["id"] for row in rows] == asked
    for row in rows:
        for name in ("mean", "q10", "q90"):
            if row["measured"][name] is not None:
                measured(f"claims.{row['id']}.{name}", row["measured"][name], "see seeds/claims.yaml")
    page = (out / "report.html").read_text()
    assert all(f">{name}<" in page for name in asked)
    assert minutes <= LIMITS[which]
