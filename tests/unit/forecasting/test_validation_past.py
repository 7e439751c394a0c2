"""What was kept back stands below the facts, failures first, with the numbers that the calibration left."""

import json

import pytest

from experiments.calibration.shipped import shipped_findings
from experiments.facts import of_the_past
from experiments.forecasting.rehearsed import Beside, beside_the_best, shipped_rehearsal
from experiments.forecasting.scoring import ALL, OPEN
from experiments.terminal import show

KEYS = {"fact", "value", "low", "high", "source", "passed", "share_of_seeds", "gated", "note", "group"}


def scores(forecast, crps, stratum=OPEN, origin="2018-12", n=12):
    return {"series": "la_payroll_jobs_512", "origin": origin, "kind": "conditional", "stratum": stratum, "n": n,
            "forecast": forecast, "crps": crps, "inside_80": 0.75}


@pytest.fixture
def rows():
    return {row["fact"]: row for row in of_the_past.rows()}


def test_the_model_stands_beside_the_best_of_the_same_origin_and_stratum():
    held = [scores("model", 10.0), scores("last_value", 8.0), scores("constant_share", 9.0),
            scores("model", 4.0, ALL), scores("last_value", 5.0, ALL),
            scores("model", 3.0, origin="2020-12"), scores("last_value", 1.0, origin="2022-12"),
            scores("last_value", 6.0, origin="2020-12"), scores("model", 1.0, origin="2024-12", n=0)]  # fmt: skip
    first, second = beside_the_best(held, ("la_payroll_jobs_512",))
    assert (first.best["forecast"], first.ratio, first.loses) == ("last_value", 1.25, True)
    assert (second.mine["origin"], second.ratio, second.loses) == ("2020-12", 0.5, False)
    (with_all,) = beside_the_best(held, ("la_payroll_jobs_512",), ALL)
    assert with_all == Beside(held[3], held[4])
    assert beside_the_best(held, ("shoot_days_all",)) == []


def test_every_row_has_the_shape_of_a_fact_and_failures_come_first(rows):
    order = [(False, None, True).index(row["passed"]) for row in rows.values()]
    assert order == sorted(order)
    assert len(set(order)) > 1  # what was missed is not left out
    for row in rows.values():
        assert set(row) >= KEYS
        assert not row["gated"]  # nothing is run here that could be mended by a better run
        assert row["passed"] is (None if row["high"] is None else row["low"] <= row["value"] <= row["high"])
    json.dumps(list(rows.values()), allow_nan=False)


def test_the_numbers_are_those_that_were_left(rows):
    check = shipped_findings()["check"]
    assert rows["fit_jobs"]["value"] == check["jobs"]["fitted"]["of_median"]
    assert rows["kept_back_days_feature"]["value"] == check["days.feature"]["held_back"]["of_median"]
    held = shipped_rehearsal()["rows"]
    for each in beside_the_best(held, of_the_past.SERIES):
        name = of_the_past._name(each)
        assert rows[f"{name}_crps"]["value"] == each.mine["crps"] / each.best["crps"]
        assert rows[f"{name}_coverage"]["value"] == each.mine["inside_80"]
        assert ("Loses to" in rows[f"{name}_crps"]["note"]) is each.loses


def test_where_the_model_has_changed_each_row_says_so(monkeypatch):
    monkeypatch.setattr(of_the_past, "same_results", lambda digest, ai: False)
    assert all("Stale" in row["note"] for row in of_the_past.rows())


def test_in_the_terminal_what_was_missed_is_counted(capsys, rows):
    show.show_past(list(rows.values()))
    said = capsys.readouterr().out
    assert said.index("FAILED") < said.index(" ok ")
    failed = sum(row["passed"] is False for row in rows.values())
    assert f"{failed} miss what was wanted" in said
