"""A market of few people, and the same people twice."""

import mesa
import pytest
from mesa.agent import AgentSet

from model.state.crew import CrewSet
from tests.unit.crew.few_people import CRAFTS, WAGES, Market, N, Plain, Worker


@pytest.fixture
def model():
    market = Market()
    Worker.create_agents(market, N, wage=WAGES, craft=CRAFTS)
    return market


@pytest.fixture
def crew(model):
    return model.crew


@pytest.fixture
def twins(model):
    """A Mesa set and a crew set of the same people, with generators of the same seed."""
    other = mesa.Model()
    other.random.seed(7)
    held = [Plain(other, wage, craft) for wage, craft in zip(WAGES, CRAFTS, strict=True)]
    plain = AgentSet(held, other.random)
    plain.held = held  # Mesa's set holds its agents weakly
    return plain, CrewSet(list(model.crew.attached), model.random)

