"""Digests of the small worlds with AI, a view of them, and an empty store."""

from dataclasses import replace

import pytest

from model.scenario import Scenario
from viz.digests import Digests, digest
from viz.pages.compare import CompareView
from viz.runs.store import Store


@pytest.fixture(scope="session")
def ai_against(ai_scenario):
    return ai_scenario.counterpart(Scenario.named("baseline"))


@pytest.fixture(scope="session")
def view(ai_scenario, ai_against):
    """What Compare is asked to show."""
    named = replace(ai_scenario, name="ai_first", against="baseline", watch=("crew_weeks", "hires"))
    return CompareView(named, ai_against)


@pytest.fixture(scope="session")
def ai_digests(ai_pairs):
    return Digests([digest(mine, other) for mine, other in ai_pairs])


@pytest.fixture
def store(tmp_path):
    """A store of results that holds none."""
    made = Store(tmp_path, 1 << 30)
    made.start()
    return made
