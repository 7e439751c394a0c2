"""What nothing beats, and what one would regret least."""

import numpy as np
import pytest

from experiments.analysis.pareto import front, regret
from model.errors import CallSheetError


def test_only_what_nothing_beats_is_on_the_front():
    costs = [3.0, 1.0, 2.0, 2.0, 4.0, 1.0, np.nan]
    gains = [5.0, 1.0, 3.0, 2.0, 5.0, 0.5, 99.0]
    assert front(costs, gains).tolist() == [1, 2, 0]


def test_twins_both_stay_on_the_front():
    assert front([1.0, 1.0, 0.5], [2.0, 2.0, 1.0]).tolist() == [2, 0, 1]


def test_the_front_is_that_of_comparing_every_pair():
    chance = np.random.default_rng(3)
    costs, gains = chance.integers(0, 12, (2, 60)).astype(float)
    no_worse = (costs <= costs[:, None]) & (gains >= gains[:, None])
    better = (costs < costs[:, None]) | (gains > gains[:, None])
    beaten = (no_worse & better).any(axis=1)
    assert sorted(front(costs, gains)) == np.flatnonzero(~beaten).tolist()


def test_regret_compares_within_a_state_and_leaves_out_states_with_a_failure():
    result = regret([[10.0, 0.0, 5.0], [6.0, 4.0, np.nan]])
    assert result.mean.tolist() == [2.0, 2.0]
    assert result.worst.tolist() == [4.0, 4.0]
    assert (result.states, result.missing) == (2, 1)
    with pytest.raises(CallSheetError, match="no gain"):
        regret([[np.nan], [1.0]])
