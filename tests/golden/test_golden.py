"""Results move only on purpose: the yearly series of the shipped scenarios are frozen beside this file."""

import json
from pathlib import Path

import pytest

from model.scenario import Scenario
from tests.golden.refresh import years_of

FOLDER = Path(__file__).parent


HALF_WAY = "2031-01-06"  # of the years of AI; the others follow from these


@pytest.mark.parametrize("until", [HALF_WAY, pytest.param(None, marks=pytest.mark.slow)], ids=["half", "whole"])
@pytest.mark.parametrize("name", Scenario.names())
def test_a_scenarios_years_are_as_frozen(name, until):
    frozen = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    if str(Scenario.named(name).until) <= HALF_WAY:
        until = None
    found = years_of(name, until)
    if until:
        frozen = [year for year in frozen if year["year"] < int(HALF_WAY[:4]) - 1]
        found = found[: len(frozen)]  # titles that are in hand when it ends count in the last year
    assert [year["year"] for year in found] == [year["year"] for year in frozen]
    for then, now in zip(frozen, found, strict=True):
        for measure, value in then.items():
            assert now[measure] == pytest.approx(value, rel=1e-9, abs=1e-12), (
                f"{measure} of {then['year']} moved. If that was meant, run tests/golden/refresh.py and write a "
                "line 'results change' into CHANGELOG.md.")
