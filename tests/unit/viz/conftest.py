"""Digests of the small worlds with AI, and a view of them."""

import pytest

from model.scenario import Scenario
from viz.digests import Digests, digest


@pytest.fixture(scope="session")
def ai_against(ai_scenario):
    return ai_scenario.counterpart(Scenario.named("baseline"))


@pytest.fixture(scope="session")
def ai_digests(ai_pairs):
    return Digests([digest(mine, other) for mine, other in ai_pairs])
