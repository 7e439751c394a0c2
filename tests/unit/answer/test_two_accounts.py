"""The two accounts over futures: their shape, what their parts sum to, and that a lost entry is seen."""

from dataclasses import replace

import numpy as np
import pytest

from experiments.answer.two_accounts import LINES, CrewWeeks, SavedDollar
from experiments.statistics import spread
from model.crew_account import PARTS, crew_account, written
from model.dollar_account import dollar_account, of_producers
from model.state.books import TWELFTHS

SAVED = [
    "people_replaced", "days_not_paid", "time_costs", "compute_list", "compute_subsidy", "new_crew", "rework",
    "disruption", "pay_rates", "incentive", "place", "above_line_finance", "scope", "realised", "announced",
    "share_substitution", "share_efficiency", "share_subsidy", "residual_usd",
]  # fmt: skip
CREW = [
    "displacement", "compression", "new_tasks", "scope", "disruption", "unfilled", "timing", "location", "ownership",
    "scale", "crowding_out", "total", "unexplained",
]  # fmt: skip
ANNOUNCED = 0.3


def without_first(recording, table):
    """The recording with the first row of a table that says something lost."""
    rows = recording.tables[table]
    first = int(np.flatnonzero(rows["worked"])[0])
    return replace(recording, tables={**recording.tables, table: np.delete(rows, first)})


def test_the_accounts_have_the_documented_fields_in_their_order(ai_summary):
    accounts = ai_summary["accounts"]
    for name in ("saved_dollar", "saved_dollar_producers"):
        assert list(accounts[name]) == [*SAVED, "residual"]
    assert list(accounts["crew_weeks"]) == [*CREW, "residual"]


def test_parts_sum_to_what_they_explain_and_nothing_is_left_over(ai_summary):
    accounts = ai_summary["accounts"]
    for name in ("saved_dollar", "saved_dollar_producers"):
        account = accounts[name]
        assert account["realised"] > 0
        assert sum(account[line] for line in LINES) == pytest.approx(account["realised"], abs=0.005)
        assert account["residual_usd"] == account["residual"] == 0
    account = accounts["crew_weeks"]
    assert account["displacement"] < 0 < account["new_tasks"]
    assert sum(account[part] for part in PARTS) == pytest.approx(account["total"], abs=1e-6)
    assert account["unexplained"] == account["residual"] == 0


def test_dollars_are_means_over_futures_of_the_whole_market(ai_summary, ai_pairs, ai_scenario):
    each = [dollar_account(mine.tables["finished"], ANNOUNCED) for mine, _ in ai_pairs]
    for name in (*LINES, "realised", "announced"):
        expected = np.mean([one[name] for one in each]) / ai_scenario.scale
        assert ai_summary["accounts"]["saved_dollar"][name] == pytest.approx(expected)
    own = [dollar_account(of_producers(mine), ANNOUNCED)["share_of_budget"] for mine, _ in ai_pairs]
    beside = ai_summary["accounts_over_futures"]["saved_dollar_producers"]
    assert beside["share_of_budget"]["mean"] == pytest.approx(np.mean(own))
    assert beside["shares"]["realised"] == pytest.approx(np.mean(own))
    assert sum(beside["shares"][line] for line in LINES) == pytest.approx(np.mean(own))


def test_producers_titles_are_some_of_all(ai_summary):
    over = ai_summary["accounts_over_futures"]
    own, every = (over[name]["titles"]["mean"] for name in ("saved_dollar_producers", "saved_dollar"))
    assert 0 < own < every


def test_crew_weeks_are_the_difference_of_what_was_worked(ai_summary, ai_pairs, ai_scenario):
    change = [written(mine).sum() - written(other).sum() for mine, other in ai_pairs]
    assert ai_summary["accounts"]["crew_weeks"]["total"] == pytest.approx(np.mean(change) / ai_scenario.scale)
    assert ai_summary["effects"]["crew_weeks"]["mean"] == pytest.approx(np.mean(change) / ai_scenario.scale)


def test_crafts_add_up_to_the_account(ai_summary):
    rows = ai_summary["accounts_over_futures"]["crafts"]
    for part in PARTS:
        assert sum(row["parts"][part] for row in rows) == pytest.approx(ai_summary["accounts"]["crew_weeks"][part])
    shares = [row["change_share"] for row in rows if row["change_share"] is not None]
    assert shares == sorted(shares)
    assert len(shares) == len(rows) - 1  # nobody is in the new craft where there is no AI


def test_a_lost_entry_of_the_books_is_seen(ai_pairs, ai_scenario):
    mine, other = ai_pairs[0]
    account = CrewWeeks(ai_scenario.scale)
    account.take(without_first(mine, "cells"), other)
    assert account.account()["residual"] > 0


def test_a_lost_cent_of_a_line_is_seen(ai_pairs, ai_scenario):
    mine = ai_pairs[0][0]
    finished = mine.tables["finished"].copy()
    finished["lines"][0, 3] += 6
    account = SavedDollar(ANNOUNCED, ai_scenario.scale, producers_only=False)
    account.take(replace(mine, tables={**mine.tables, "finished": finished}))
    assert account.account()["residual_usd"] == 0.01
    assert account.account()["residual"] == 1


def test_a_world_without_ai_has_an_account_of_nothing(ai_pairs, ai_scenario):
    account = SavedDollar(ANNOUNCED, ai_scenario.scale, producers_only=False)
    account.take(ai_pairs[0][1])
    assert set(account.account().values()) == {0}
    assert account.beside()["share_of_budget"] is None
    assert account.shares() == {}


def test_a_world_against_itself_differs_in_no_part(ai_pairs):
    mine = ai_pairs[0][0]
    assert all(not cells.any() for cells in crew_account(mine, mine).values())


def test_parts_are_whole_twelfths_of_a_crew_week(ai_pairs):
    parts = crew_account(*ai_pairs[0])
    assert all(cells.dtype == np.int64 for cells in parts.values())
    assert parts["total"].sum() % TWELFTHS == 0


def test_a_spread_is_mean_percentiles_and_how_many_agree():
    assert spread([-1.0, 1.0, 2.0, 6.0]) == pytest.approx(
        {"mean": 2.0, "q10": -0.4, "q90": 4.8, "futures_agreeing": 3}
    )
