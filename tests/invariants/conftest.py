"""Small markets shared by the invariants: a hundredth of the workforce, history included."""

import pytest

from model.levers import Levers
from model.market import LaborMarket
from model.parameters import Params

SCALE = 0.02


@pytest.fixture
def small_market():
    """A function that builds a small market with some parameters overridden."""

    def build(overrides=None, levers=None, seed=7, scale=SCALE, without=(), studio_types=None):
        return LaborMarket(Params.load().override(overrides or {}, by="test"), Levers(levers or {}), seed, scale,
                           without, studio_types)

    return build
