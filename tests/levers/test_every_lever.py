"""What every lever promises, tested for each that is found in model/levers, without a word about any of them."""

from functools import cache

import numpy as np
import pytest

from model import accounts
from model.errors import CallSheetError
from model.levers import Levers, lever_classes
from model.market import LaborMarket
from model.scenario import Scenario

SCALE, WEEKS, LATER = 0.01, 40, "2015-05-04"
KNOBS = [(name, knob) for name, kind in lever_classes().items() for knob in kind.knobs]
NAMES = [f"{lever}.{knob}" for lever, knob in KNOBS]


@cache
def run(settings=()):
    """A small market after some weeks under some levers, its accounts closed, and where it stood each week."""
    market = LaborMarket(levers=Levers(dict(settings)), seed=11, scale=SCALE)
    stands = []
    for _ in range(WEEKS):
        market.step()
        market.settle()
        accounts.close_money(market.state)
        stands.append({name: values.copy() for name, values in market.state.arrays().items()})
    return stands


def same(one, other):
    """Whether two markets stand alike, bit for bit."""
    return all(np.array_equal(values, other[name]) for name, values in one.items())


def ends(lever, knob):
    """The bounds of a knob."""
    declared = lever_classes()[lever].knobs[knob]
    return declared.low, declared.high


@pytest.mark.parametrize(("lever", "knob"), KNOBS, ids=NAMES)
def test_a_neutral_lever_equals_the_baseline_bit_for_bit(lever, knob):
    neutral = lever_classes()[lever].knobs[knob].neutral
    settings = () if neutral is None else ((f"{lever}.{knob}", neutral),)
    assert same(run(settings)[-1], run()[-1])


@pytest.mark.parametrize("end", [0, 1], ids=["low", "high"])
@pytest.mark.parametrize(("lever", "knob"), KNOBS, ids=NAMES)
def test_the_accounts_close_in_every_week_at_both_ends(lever, knob, end):
    assert len(run(((f"{lever}.{knob}", ends(lever, knob)[end]),))) == WEEKS


@pytest.mark.parametrize(("lever", "knob"), KNOBS, ids=NAMES)
def test_a_later_start_changes_nothing_earlier(lever, knob):
    later = run(((f"{lever}.from", LATER), (f"{lever}.{knob}", ends(lever, knob)[1])))
    parted = Scenario.named("baseline").varied(start=LATER).first_week
    assert all(same(one, other) for one, other in zip(later[:parted], run()[:parted], strict=True))


@pytest.mark.parametrize(("lever", "knob"), KNOBS, ids=NAMES)
def test_a_value_out_of_range_is_a_sentence_with_the_bounds(lever, knob):
    low, high = ends(lever, knob)
    with pytest.raises(CallSheetError, match=f"{lever}.{knob} is .* must be a number from {low:g} to {high:g}"):
        Levers({f"{lever}.{knob}": high + 1})
