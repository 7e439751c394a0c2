"""What the analysis takes in and gives out: quick to import, plain results, sentences for what is wrong."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from experiments.analysis import given
from experiments.analysis.results import Result
from model.errors import CallSheetError

ROOT = Path(__file__).resolve().parents[3]
MODULES = sorted(path.stem for path in (ROOT / "experiments" / "analysis").glob("*.py") if path.stem != "__init__")


def test_importing_the_analysis_imports_no_large_package():
    program = (
        "import sys\n"
        + "".join(f"import experiments.analysis.{name}\n" for name in MODULES)
        + "print([name for name in ('scipy', 'sklearn', 'SALib', 'numba', 'pandas') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_a_missing_package_is_a_sentence_that_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.tree", None)
    with pytest.raises(CallSheetError, match="scikit-learn cannot be imported .* `pip install scikit-learn`"):
        given.package("sklearn.tree")


def test_a_result_becomes_plain_python_all_the_way_down():
    @dataclass(frozen=True)
    class Inner(Result):
        share: float

    @dataclass(frozen=True)
    class Outer(Result):
        values: np.ndarray
        parts: tuple
        table: dict
        _hidden: object = None

    plain = Outer(np.array([1.0, np.nan]), (Inner(np.float64(np.inf)), np.bool_(True)), {1: np.int64(2)}).plain()
    assert plain == {"values": [1.0, None], "parts": [{"share": None}, True], "table": {"1": 2}}
    assert type(plain["parts"][1]) is bool
    assert type(plain["table"]["1"]) is int


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: given.column("many", "The values"), "The values are not numbers"),
        (lambda: given.column([[1.0]], "The values"), r"have shape \(1, 1\)"),
        (lambda: given.table([[np.nan, 1.0], [0.0, 1.0]]), "1 points have coordinates that are not finite"),
        (lambda: given.table([1.0]), r"\(points, inputs\) is allowed"),
        (lambda: given.distinct([]), "No input is named"),
        (lambda: given.whole(True, "The seed", 0), "The seed is 'True'; a whole number from 0 up"),
        (lambda: given.whole(2.5, "The seed", 0), "The seed is '2.5'"),
        (lambda: given.between(np.nan, 0.0, 1.0, "The level"), "The level is 'nan'; a number between 0 and 1"),
        (lambda: given.between(-1, 0.0, np.inf, "The width"), "a number more than 0 is allowed"),
    ],
)
def test_what_is_handed_in_wrong_is_said_in_a_sentence(call, said):
    with pytest.raises(CallSheetError, match=said):
        call()
