"""Two futures of a small market from April 2026 on: nobody with AI, and the entrant with studios that follow."""

import pytest

from experiments.answer.summary import summarise
from experiments.runs import pairs_of
from model.scenario import Scenario
from tests.unit.ai_worlds import with_ai


@pytest.fixture(scope="session")
def ai_scenario():
    return with_ai()


@pytest.fixture(scope="session")
def ai_pairs(ai_scenario):
    """(with AI, without) for each future."""
    other = ai_scenario.counterpart(Scenario.named("baseline"))
    return list(pairs_of(ai_scenario, other, lambda done, total: None))


@pytest.fixture(scope="session")
def ai_summary(ai_scenario, ai_pairs):
    other = ai_scenario.counterpart(Scenario.named("baseline"))
    return summarise(ai_scenario, iter(ai_pairs), against=other)
