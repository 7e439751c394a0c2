"""With titles and state held, a lever turned further only ever pushes one way."""

import numpy as np
import pytest

from model.levers import Levers
from model.market import LaborMarket
from model.mechanisms import adoption, location, sites, techniques
from model.parameters import Params
from model.state.technique import BACKED, OPEN
from model.tables import HOME
from model.world import WORLDS_PART

STEPS, NEARLY = 9, 1e-12


@pytest.fixture(scope="module")
def market():
    params = Params.load().override({"worlds.entrant": 2, "worlds.incumbents": 1})
    market = LaborMarket(params, seed=3, scale=0.01)
    market.advance_to(WORLDS_PART)
    return market


def rules(market, knob, top):
    """This week's rules as one knob goes from nothing to ``top``."""
    law = market.world.baseline_policy(market.week)
    return [Levers({knob: value}).in_force(law, market.week) for value in np.linspace(0.0, top, STEPS)]


def in_force(market, knob, top):
    return [techniques.in_force(market.state, policy, market.world)[0] for policy in rules(market, knob, top)]


def never_rises(values):
    return bool((np.diff(np.array(values, float), axis=0) <= NEARLY).all())


def pace(market, technique, terms):
    """How fast studios adopt, as far as the saving of titles made everywhere has a say."""
    weight = market.world.money[market.world.at(market.week)].astype(float)
    return adoption.pace_of(float((technique["saved"][terms].sum(axis=1) * weight).sum() / weight.sum()), 1.0, 0.1)


def test_a_stricter_minimum_crew_never_automates_more_of_any_call(market):
    shares = [each["automated"] for each in in_force(market, "MinimumCrew.share", 1.0)]
    assert never_rises(shares)
    assert shares[0].any()
    assert not shares[-1].any()


def test_a_levy_never_automates_more_and_never_speeds_adoption(market):
    taxed = in_force(market, "AiLevy.rate", 10.0)
    assert never_rises([each["automated"] for each in taxed])
    for terms in (OPEN, BACKED):
        speeds = [pace(market, each, terms) for each in taxed]
        assert never_rises(speeds)
        assert speeds[0] > speeds[-1]


def test_a_covenant_for_residents_never_raises_what_a_title_saves(market):
    bound = in_force(market, "ResidentHire.share", 1.0)
    assert never_rises([each["saved"] for each in bound])
    assert never_rises([-each["la_share"] for each in bound])


def test_a_higher_credit_never_sends_a_title_out_of_california(market):
    world = market.world
    uid = np.arange(20_000, dtype=np.int64)
    kind = (uid % world.kinds.n).astype(np.uint8)
    home = np.array([name in HOME for name in world.places.names])
    against = location.distastes(uid, home.size, world.seed)
    kept = []
    for policy in rules(market, "TaxCredit.rate", 0.6):
        credited = sites.place_appeal(market.state, policy, world)[1]
        kept.append(home[location.choose_place(kind, credited, against)])
    assert never_rises([~each for each in kept])
    assert kept[-1].sum() > kept[0].sum()


def test_a_rise_for_residents_never_sends_a_title_out_of_los_angeles(market):
    for policy in rules(market, "TaxCredit.resident", 0.2):
        _, credited, resident, *_ = sites.place_appeal(market.state, policy, market.world)
        assert (resident[:, 0] >= credited[:, 0]).all()
        assert np.array_equal(resident[:, 1:], credited[:, 1:])
    assert (resident[:, 0] > credited[:, 0]).all()  # at the upper end
