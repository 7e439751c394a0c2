"""Every oracle holds; and with search or matching broken on purpose, verification says so."""

import json

import numpy as np
import pytest

from experiments import cli
from experiments.oracles import ai, mobility, searching, verification
from experiments.oracles.checks import check, farthest
from model.mechanisms import matching, search

# Of what runs a market for every point and future a part runs here, and all where all of `verify` is run. Tolerances
# are in standard errors of as many futures, so that they grow with fewer.
A_PART = {"break_even": {"GRID": ai.GRID[1:2], "FUTURES": 3}, "pay_share": {"FUTURES": 3}}


@pytest.mark.parametrize("oracle", verification.ORACLES, ids=lambda oracle: oracle.__name__)
def test_the_oracle_holds(oracle, monkeypatch):
    for name, value in A_PART.get(oracle.__name__, {}).items():
        monkeypatch.setattr(ai, name, value)
    rows = oracle()
    assert rows
    for row in rows:
        assert list(row) == ["oracle", "expected", "found", "tolerance", "passed"]
        assert [type(value) for value in row.values()] == [str, float, float, float, bool]
    assert [row for row in rows if not row["passed"]] == []


# The core broken on purpose. Each takes the place of one function that the real market runs every week.

real_choose, real_apply, real_attraction = matching.choose, search.apply_to_open_call, search.attraction


def busy_vacancies_take_nobody(target, rank, vacancies):
    chosen = real_choose(target, rank, vacancies)
    chosen[np.bincount(target[target >= 0], minlength=vacancies) > 1] = -1
    return chosen


def the_second_applicant_is_taken(target, rank, vacancies):
    """Takes the second to apply; a vacancy with one applicant takes nobody."""
    chosen, seen = np.full(vacancies, -1, np.int32), np.zeros(vacancies, int)
    for s in np.flatnonzero(target >= 0):
        seen[target[s]] += 1
        if seen[target[s]] == 2:
            chosen[target[s]] = s
    return chosen


def the_first_applicant_is_taken(target, rank, vacancies):
    return real_choose(target, np.arange(rank.size, 0, -1).astype(rank.dtype), vacancies)


def the_refused_apply_again(
    people, searchers, cumulative, first, pay, where, commute, terms, target, wage, rank
):
    """Whoever shares a vacancy with others looks once more in the same week."""
    declined = real_apply(
        people, searchers, cumulative, first, pay, where, commute, terms, target, wage, rank
    )
    again, later = target.copy(), terms.copy()
    later["week"] += 10_000
    real_apply(people, searchers, cumulative, first, pay, where, commute, later, again, wage, rank)
    crowded = np.bincount(target[target >= 0], minlength=int(first[-1])) > 1
    kept = real_choose(target, rank, int(first[-1]))
    refused = (target >= 0) & crowded[target]
    refused[kept[kept >= 0]] = False
    target[refused] = again[refused]
    return declined


def applicants_see_each_other(
    people, searchers, cumulative, first, pay, where, commute, terms, target, wage, rank
):
    """Within an occupation people spread evenly over its vacancies."""
    declined = real_apply(
        people, searchers, cumulative, first, pay, where, commute, terms, target, wage, rank
    )
    there = np.flatnonzero(target >= 0)
    into = np.searchsorted(first, target[there], side="right") - 1
    for c in range(first.size - 1):
        mine = there[into == c]
        target[mine] = first[c] + np.arange(mine.size) % max(1, first[c + 1] - first[c])
    return declined


def people_do_not_look_at_vacancies(ties, vacancies):
    return real_attraction(ties, np.minimum(vacancies, 1))


def nobody_changes_occupation(ties, vacancies):
    return real_attraction(np.eye(len(ties)), vacancies)


BREAKS = [
    (matching, "choose", busy_vacancies_take_nobody),
    (matching, "choose", the_second_applicant_is_taken),
    (matching, "choose", the_first_applicant_is_taken),
    (search, "apply_to_open_call", the_refused_apply_again),
    (search, "apply_to_open_call", applicants_see_each_other),
    (search, "attraction", people_do_not_look_at_vacancies),
    (search, "attraction", nobody_changes_occupation),
]
QUICK = (searching.filling, searching.aiming, searching.fairness)


@pytest.mark.parametrize(("module", "name", "wrong"), BREAKS, ids=[wrong.__name__ for *_, wrong in BREAKS])
def test_a_broken_core_fails_verification(monkeypatch, capsys, module, name, wrong):
    monkeypatch.setattr(module, name, wrong)
    monkeypatch.setattr(verification, "ORACLES", QUICK)
    assert cli.main(["verify", "--json"]) == 1
    assert any(not row["passed"] for row in json.loads(capsys.readouterr().out))


@pytest.mark.parametrize(
    ("module", "name", "wrong"),
    [each for each in BREAKS if each[2] is not the_first_applicant_is_taken],
    ids=[wrong.__name__ for *_, wrong in BREAKS if wrong is not the_first_applicant_is_taken],
)
def test_a_broken_core_fails_the_three_occupations_too(monkeypatch, module, name, wrong):
    monkeypatch.setattr(module, name, wrong)
    rows = mobility.three_scaled(seeds=5)
    assert any(not row["passed"] for row in rows)


def test_the_quick_checks_pass_with_the_core_as_it_is(monkeypatch, capsys):
    monkeypatch.setattr(verification, "ORACLES", QUICK)
    assert cli.main(["verify"]) == 0
    assert "all hold" in capsys.readouterr().out


@pytest.mark.slow
def test_all_of_verify_runs_in_a_minute_and_a_half_and_fails_when_the_core_is_broken(monkeypatch, capsys):
    import time

    begun = time.process_time()
    assert cli.main(["verify", "--json"]) == 0
    assert time.process_time() - begun < 90
    monkeypatch.setattr(matching, "choose", busy_vacancies_take_nobody)
    capsys.readouterr()
    assert cli.main(["verify", "--json"]) == 1
    failed = [row["oracle"] for row in json.loads(capsys.readouterr().out) if not row["passed"]]
    assert any("12 occupations" in name for name in failed)
    assert any("three occupations x 10" in name for name in failed)


# The rows themselves


def test_what_is_no_number_never_passes():
    assert not check("x", 1.0, float("nan"), 10.0)["passed"]
    assert not check("x", 1.0, float("inf"), 10.0)["passed"]
    assert check("x", 1.0, 1.5, 0.5)["passed"]


def test_of_many_the_farthest_in_its_tolerance_is_shown():
    row = farthest(lambda i: f"number {i}", np.array([1.0, 2.0]), np.array([1.5, 2.4]), np.array([1.0, 0.5]))
    assert row["oracle"] == "number 1"
    assert row["passed"]
    missing = farthest(lambda i: f"number {i}", np.array([1.0, 2.0]), np.array([1.5, np.nan]), 1.0)
    assert missing["oracle"] == "number 1"
    assert not missing["passed"]
