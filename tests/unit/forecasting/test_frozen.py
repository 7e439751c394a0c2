"""The forecast that was made once: it is there, whole, of data to December 2024, and cannot be written over."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.calibration import shipped
from experiments.calibration.shipped import (
    read_draws,
    refuse_outside_a_checkout,
    shipped_draws,
    shipped_findings,
)
from experiments.forecasting import forecast_rows, frozen
from experiments.forecasting.series import JOBS, NAMES
from model.errors import CallSheetError
from model.scenario import Scenario

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def kept():
    return forecast_rows.read(frozen.path_of("2024-12"))


def test_it_holds_every_month_and_quarter_of_three_years_in_both_kinds(kept):
    for kind in forecast_rows.KINDS:
        for series in NAMES:
            mine = [row["date"] for row in kept["rows"] if (row["series"], row["kind"]) == (series, kind)]
            assert len(mine) == (36 if series == JOBS else 12)
            assert (mine[0], mine[-1]) == ("2025-01", "2027-12" if series == JOBS else "2027-10")


def test_its_intervals_are_neither_points_nor_everything(kept):
    for row in kept["rows"]:
        assert 0.02 < (row["q90"] - row["q10"]) / row["q50"] < 2.5


def test_it_is_of_the_posterior_that_comes_with_it(kept):
    import hashlib

    draws = (ROOT / "seeds" / "posterior" / "draws.csv").read_bytes()
    assert kept["posterior"] == hashlib.blake2b(draws, digest_size=16).hexdigest()
    assert shipped_findings()["parameters"]
    assert set(shipped_draws()[0]) == {row["parameter"] for row in shipped_findings()["parameters"]}
    Scenario.named("baseline").varied(set=shipped_draws()[0])
    assert read_draws(ROOT / "seeds" / "posterior" / "draws.csv") == shipped_draws()


def test_it_stays_as_it_was(kept):
    with pytest.raises(CallSheetError, match="stays as it is"):
        forecast_rows.write(frozen.path_of("2024-12"), kept["rows"])


def test_an_installed_program_is_not_written_over(monkeypatch, tmp_path):
    monkeypatch.setattr(shipped, "in_seeds", lambda: tmp_path / "seeds" / "posterior")
    with pytest.raises(CallSheetError, match="Only a checkout"):
        refuse_outside_a_checkout()
    (tmp_path / "pyproject.toml").touch()
    refuse_outside_a_checkout()


def asked(*words):
    return subprocess.run([sys.executable, "-m", "experiments", "forecast", *words], cwd=ROOT, capture_output=True,
                          text=True, timeout=120, check=False)


def test_the_command_prints_its_rows(kept):
    found = asked("--from", "2025-01", "--to", "2025-12", "--json")
    assert found.returncode == 0, found.stderr
    rows = json.loads(found.stdout)
    assert rows == [row for row in kept["rows"] if row["date"] <= "2025-12"]
    assert list(rows[0]) == list(forecast_rows.KEYS)


@pytest.mark.parametrize(("words", "said"), [
    (("--from", "2025-03"), "must begin in a January"),
    (("--from", "soon"), "write year and month"),
    (("--from", "2031-01", "--to", "2031-12"), "end by 2028-12"),
    (("--from", "2024-01"), "No forecast from 2024-01 on was frozen"),
    (("--anew", "--members", "3"), "--members is '3'"),
    (("--freeze",), "frozen already and stays as it is"),  # said before anything is run
])
def test_what_cannot_be_asked_is_said_in_a_sentence(words, said):
    found = asked(*words)
    assert found.returncode == 2
    assert said in found.stderr
    assert "Traceback" not in found.stderr
