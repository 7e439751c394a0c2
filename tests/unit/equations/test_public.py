"""Worked examples of what the public pays and takes in; `model/ODD.md` holds the equations."""

from types import SimpleNamespace

import numpy as np
import pytest

from model import accounts
from model.mechanisms import budgets, retraining
from model.state.call_board import BREACHED, HALTED, HELD, SENT_HOME, WAITING, WITHDRAWN
from model.state.events import Entry, empty_log
from model.vocabulary import Stage
from tests.unit.equations.ai_titles import one_title, technique


def test_a_grant_pays_its_share_of_the_courses_that_begin():
    """Equation 61: of 40 courses that begin, 1500 of 2000 places are the grant's: 30 at 10,000 USD."""
    assert retraining.granted(40, 500.0, 1500.0, 10_000.0) == 30_000_000
    assert retraining.granted(40, 0.0, 1500.0, 10_000.0) == 40_000_000
    assert retraining.granted(0, 500.0, 1500.0, 10_000.0) == 0


def test_without_a_grant_the_public_pays_no_course():
    """Equation 61: the places there are anyway are nobody's public cost, not even where there are none."""
    assert retraining.granted(40, 500.0, 0.0, 10_000.0) == 0
    assert retraining.granted(0, 0.0, 0.0, 10_000.0) == 0


def test_a_title_pays_the_levy_in_weeks_at_work_and_in_no_other():
    """Equation 62: half of 160 people for 5 days at 9 USD, a levy of half of it, and a fifth done again."""
    titles, _, _, budget = one_title(technique(automated=0.5, compute=900.0, paid=1.5, levy=0.5, rework=0.2))
    a_week = round(0.5 * 160 * 5 * 900 * 0.5 * 1.2)
    assert budget["levy"] == a_week
    spent, log = budget[None].copy(), empty_log(0)
    titles.stage[0] = Stage.SHOOT
    for extra in (0, HELD, SENT_HOME, BREACHED, WITHDRAWN, WAITING, HALTED, 0):
        titles.extra[0], before = extra, int(log[Entry.LEVY])
        due = a_week if extra == 0 else 0
        assert budgets.spend_week(titles.records, spent, np.zeros(1, np.int32), log) == due
        assert log[Entry.LEVY] - before == due
    assert spent["levied"][0] == log[Entry.LEVY] == 2 * a_week


def test_the_levy_is_what_a_title_spends_more_than_without_it():
    """Equation 62: the week costs as much more as the public takes in, to the rounding of two lines."""
    terms = {"automated": 0.5, "compute": 900.0, "rework": 0.2}
    without, with_it = (one_title(technique(**terms, paid=1.0 + levy, levy=levy))[3] for levy in (0.0, 0.5))
    assert without["levy"] == 0
    assert int(with_it["weekly"] - without["weekly"]) == pytest.approx(int(with_it["levy"]), abs=2)


def public_of(**changes):
    lines = {"CREDIT": 70, "CREDIT_IN_LA": 60, "BENEFITS": 50, "INSURED": 20, "LEVY": 9} | changes
    ledger = np.zeros(16, np.int64)
    for name in lines.keys() & Entry.__members__.keys():
        ledger[Entry[name]] = lines[name]
    left = np.array([changes.get("left", 35)])
    return SimpleNamespace(week=7, ledger=ledger, credit_purse=left, first_credit=5, credit_accrued=100,
                           levied=changes.get("levied", 9))


def test_what_the_public_pays_closes_to_the_cent():
    """Equation 63: 5 and 100 accrued less 70 allotted leave 35; titles paid the 9 of the levy."""
    accounts.close_public(public_of())


@pytest.mark.parametrize("line", [{"CREDIT": 71}, {"left": 34}, {"LEVY": 8}, {"levied": 10}, {"CREDIT_IN_LA": 71},
                                  {"INSURED": 51}])
def test_one_cent_of_public_money_astray_and_the_week_does_not_close(line):
    """Equation 63: each line is needed."""
    with pytest.raises(accounts.AccountsDoNotClose, match="Week 7"):
        accounts.close_public(public_of(**line))
