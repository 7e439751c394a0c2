"""What was set otherwise than a scenario does is said in words and as the command line takes it."""

import pytest

from experiments.answer import edits
from model.scenario import Scenario


def test_a_scenario_as_it_is_has_no_edits():
    one = Scenario.named("larger_credit")
    assert (edits.edits(one), edits.listed(one), edits.said(one)) == ([], "", "")
    assert edits.titled(one) == one.title


@pytest.mark.parametrize(("changes", "said", "listed"), [
    ({"levers": {"TaxCredit.rate": "0.49"}}, "with credit rate at 49% of qualified spend",
     "--lever TaxCredit.rate=0.49"),
    ({"set": {"ai_tasks.shoot_cut": "0.3"}}, "with shoot weeks that an AI title saves at 30%",
     "--set ai_tasks.shoot_cut=0.3"),
    ({"levers": {"TaxCredit.rate": "0.49", "TaxCredit.from": "2028-01-03"}},
     "with credit rate at 49% of qualified spend",
     "--lever TaxCredit.from=2028-01-03 --lever TaxCredit.rate=0.49"),
    ({"levers": {"TaxCredit.rate": "0.49", "MinimumCrew.share": "0.5"}, "set": {"ai_tasks.shoot_cut": "0.3"}},
     "with 3 settings changed",
     "--set ai_tasks.shoot_cut=0.3 --lever MinimumCrew.share=0.5 --lever TaxCredit.rate=0.49")])
def test_edits_in_words_and_as_options(changes, said, listed):
    one = Scenario.named("ai_first").varied(**changes)
    assert edits.said(one) == said
    assert edits.titled(one) == f"{one.title}, {said}"
    assert edits.listed(one) == listed


def test_what_a_scenario_sets_and_somebody_takes_back_is_an_edit():
    one = Scenario.named("ai_first")
    plain = one.varied(set={name: Scenario.named("baseline").params()[name] for name in one.overrides})
    assert len(edits.edits(plain)) == len(one.overrides)
    assert "none" in edits.listed(plain)
