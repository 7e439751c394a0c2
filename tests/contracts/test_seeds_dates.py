"""Shocks and contracts are in the order of their dates, and say what was agreed."""

from datetime import date

import pytest

from model.calendar import parse_date
from tests.contracts.planted import KIND_NAMES, STAGES, TREES, entries


@pytest.mark.parametrize("name", TREES["shocks.yaml"])
def test_a_shock_ends_after_it_begins_and_stops_what_there_is(name):
    shock = TREES["shocks.yaml"][name]
    begins, ends = parse_date(shock["from"]), parse_date(shock["to"])
    assert begins < ends
    assert set(shock["stops"]["stages"]) <= set(STAGES)
    kinds = shock["stops"]["kinds"]
    assert kinds in ("all", "scripted") or set(kinds) <= set(KIND_NAMES)
    severity = shock["severity"]
    assert 0 <= severity["low"] <= severity["value"] <= severity["high"] <= 1
    steps = [parse_date(step["from"]) for step in shock.get("hire_ceiling") or ()]
    assert steps == sorted(set(steps))
    assert all(begins <= step < ends for step in steps)
    assert all(0 <= step["value"] <= 1 for step in shock.get("hire_ceiling") or ())


def test_the_steps_of_every_contract_are_in_the_order_of_their_dates():
    wrong = []
    for where, entry in entries(TREES["contracts.yaml"], "contracts"):
        steps = entry.get("steps")
        if isinstance(steps, list):
            dates = [parse_date(step["from"]) for step in steps]
            ends = [parse_date(step["to"]) for step in steps if "to" in step]
            wrong += [] if dates == sorted(set(dates)) else [where]
            if ends:  # a step that ends does so after its first day, and before or when the next one begins
                spans = list(zip(dates, ends, strict=True))
                wrong += [where for first, last in spans if first >= last]
                pairs = zip(spans, spans[1:], strict=False)
                wrong += [where for (_, last), (first, _) in pairs if last > first]
        if "from" in entry and "to" in entry and parse_date(entry["from"]) >= parse_date(entry["to"]):
            wrong.append(where)
    assert not wrong, wrong


def test_contract_raises_after_2024_are_those_that_were_agreed():
    """The raises of the 2024 agreement: 7, 4 and 3.5 percent."""
    agreed = [
        step["value"]
        for step in TREES["contracts.yaml"]["scale_raises"]["mpi"]["steps"]
        if parse_date(step["from"]) >= date(2024, 1, 1)
    ]
    assert agreed == [0.07, 0.04, 0.035]
