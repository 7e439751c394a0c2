"""Results move only on purpose: the yearly series of the shipped scenarios are frozen beside this file."""

import json
from pathlib import Path

import pytest

from model.scenario import Scenario
from tests.golden.refresh import years_of

FOLDER = Path(__file__).parent


@pytest.mark.parametrize("name", Scenario.names())
def test_a_scenarios_years_are_as_frozen(name):
    frozen = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    found = years_of(name)
    assert [year["year"] for year in found] == [year["year"] for year in frozen]
    for then, now in zip(frozen, found, strict=True):
        assert set(then) == set(now), "a measure that is not frozen is guarded by nothing: run tests/golden/refresh.py"
        for measure, value in then.items():
            assert now[measure] == pytest.approx(value, rel=1e-9, abs=1e-12), (
                f"{measure} of {then['year']} moved. If that was meant, run tests/golden/refresh.py and write a "
                "line 'results change' into CHANGELOG.md.")
