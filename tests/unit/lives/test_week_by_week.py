"""Weeks run again are those that were lived, to the cent, whoever else is followed and whatever was kept."""

import numpy as np
import pytest

from experiments.lives import week_by_week
from experiments.lives.week_by_week import detail, details, kept, read
from model import checkpoints
from model.errors import CallSheetError
from model.lives import follow
from model.world import WORLDS_PART

ROWS = (5, 40, 1700)
SAME = ("week", "date", "status", "craft", "production", "wage", "savings", "days_worked", "insured")


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    """A folder of the test's own for what is kept; checkpoints stay where they are."""
    monkeypatch.setattr(week_by_week, "cache_folder", lambda: tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def lived(ai_scenario):
    return details(ai_scenario.varied(until="2028-04-10"), ROWS, keep=False)


def test_they_are_those_of_a_market_in_which_everyone_is_settled_every_week(lived, ai_scenario):
    for row in ROWS:
        slow = follow(ai_scenario, row, WORLDS_PART, WORLDS_PART + 104)
        for fast, week in zip(lived[row], slow, strict=True):
            assert [getattr(fast, name) for name in SAME] == [getattr(week, name) for name in SAME]


def test_income_less_spending_is_the_change_of_savings_in_every_week(lived):
    for life in lived.values():
        for before, week in zip(life, life[1:], strict=False):
            assert week.savings - before.savings == week.gross - week.tax + week.benefits - week.spent
            assert week.gross == (week.wage * week.days if week.status == "on_call" else 0)
            assert week.days_worked - before.days_worked == (week.days if week.status == "on_call" else 0)
    assert any(week.benefits for life in lived.values() for week in life)


def test_only_those_who_search_ask_for_a_wage_and_less_the_longer_it_takes(lived):
    spells = 0
    for life in lived.values():
        for before, week in zip(life, life[1:], strict=False):
            assert (week.asks > 0) == (week.status == "idle")
            if before.status == week.status == "idle" and before.since == week.since:
                assert week.asks <= before.asks
                spells += week.asks < before.asks
    assert spells > 10


def test_one_alone_lives_as_beside_others(lived, ai_scenario):
    assert detail(ai_scenario.varied(until="2028-04-10"), ROWS[1], keep=False) == lived[ROWS[1]]


def test_what_was_kept_is_read_back_and_nothing_else_is(lived, ai_scenario, own_cache, monkeypatch):
    scenario = ai_scenario.varied(until="2026-08-03")
    told = []
    assert kept(scenario, ROWS[0]) is None
    first = details(scenario, ROWS[:2], progress=lambda done, weeks: told.append((done, weeks)))
    assert told[-1] == (16, 16)
    paths = sorted((own_cache / "lives").glob("*.npz"))
    assert len(paths) == 2
    monkeypatch.setattr(week_by_week, "build", lambda *given: pytest.fail("it was run again"))
    assert details(scenario, ROWS[:2]) == first
    assert kept(scenario, ROWS[0]) == first[ROWS[0]]
    assert kept(scenario, ROWS[0], future=1) is kept(scenario, ROWS[2]) is None
    begin, end = WORLDS_PART, scenario.end_week
    records = read(paths[0], begin, end)
    assert records is not None
    assert read(paths[0], begin, end + 1) is None
    whole = paths[0].read_bytes()
    later, other = records.copy(), records.astype([(name, "f8") for name in records.dtype.names])
    later["week"] += 1
    nobody = records.copy()
    nobody["craft"] = 250
    for wrong in (later, other, nobody, np.zeros(2_000_000), np.array([{"code": 1}], object)):
        np.savez_compressed(paths[0], weeks=wrong)
        assert read(paths[0], begin, end) is None
    for wrong in (whole[:-40], b"", b"PK\x03\x04"):
        paths[0].write_bytes(wrong)
        assert read(paths[0], begin, end) is None


def test_nobody_with_that_number_is_a_sentence(ai_scenario):
    with pytest.raises(CallSheetError, match="No worker has the number 9,999,999; in April 2026 they go from 0 to"):
        detail(ai_scenario, 9_999_999)
    assert checkpoints.folder().exists()


def test_a_scenario_that_ends_before_worlds_part_follows_nobody(ai_scenario):
    with pytest.raises(CallSheetError, match="ends before April 2026"):
        detail(ai_scenario.varied(start="2015-01-05", until="2016-01-04"), 3)
