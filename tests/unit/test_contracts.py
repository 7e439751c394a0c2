"""The law of a week is looked up once, and no lever changes what was looked up."""

from dataclasses import asdict

from model import contracts
from model.levers import Levers

WEEK = 600


def test_the_law_of_a_week_is_one_object_that_levers_leave_as_it_is():
    law = contracts.baseline(WEEK)
    before = {name: str(value) for name, value in asdict(law).items()}
    changed = Levers({"TaxCredit.rate": 0.45, "TaxCredit.cap": 1000}).in_force(law, WEEK)
    changed.credit_covers[:] = ~changed.credit_covers
    assert contracts.baseline(WEEK) is law
    assert {name: str(value) for name, value in asdict(law).items()} == before
    assert changed.credit_rate != law.credit_rate
