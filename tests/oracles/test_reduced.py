"""The reduced market keeps its books, and its answers come near the mean field whatever the case."""

import numpy as np
import pytest

from experiments.oracles import mean_field
from experiments.oracles.mobility import three_occupations
from experiments.oracles.occupations import Case
from experiments.oracles.reduced import ReducedMarket, simulate, whole
from model import rng
from model.vocabulary import Status


def some_case(n, size, stream=0, sparse=False, **rates):
    """A case of random ties and sizes; ``sparse`` cuts half of the ties."""
    weight = rng.uniforms(3, 15, stream, np.arange(n * n)).reshape(n, n)
    if sparse:
        weight[weight < 0.5] = 0.0
    weight += np.eye(n)
    sizes = size * (0.5 + rng.uniforms(4, 15, stream, np.arange(n)))
    after = sizes * (0.7 + 0.6 * rng.uniforms(5, 15, stream, np.arange(n)))
    rates = {"du": 0.016, "dv": 0.012, "gu": 0.16, "gv": 0.16} | rates
    ties = weight / weight.sum(axis=1, keepdims=True)
    return Case(
        ties,
        0.95 * sizes,
        0.05 * sizes,
        0.02 * sizes,
        sizes,
        **rates,
        demand_after=after,
        t_shock=10,
        half=20,
        k=0.3,
    )


def test_heads_are_conserved_and_counts_agree_with_the_rows():
    market = ReducedMarket(some_case(5, 200.3), seed=3)
    heads = market.crew.count
    for _ in range(60):
        market.step()
        stocks = market.stocks()
        assert stocks.employed.sum() + stocks.unemployed.sum() == heads
        assert stocks.employed.tolist() == market.employed.tolist()
        assert stocks.vacancies.min() >= 0


def test_one_step_takes_everyone_once():
    market = ReducedMarket(some_case(4, 500, du=0.3, dv=0.3), seed=0)
    for _ in range(10):
        before = market.crew.status.copy()
        open_before, filled = market.vacancies.sum(), 0
        market.step()
        after = market.crew.status
        hired = (before == Status.IDLE) & (after == Status.ON_CALL)
        separated = (before == Status.ON_CALL) & (after == Status.IDLE)
        # whoever changed did so in this step, whoever did not keeps the week of the last change
        assert (market.crew.since[hired | separated] == market.t - 1).all()
        assert (market.crew.since[~(hired | separated)] < market.t - 1).all()
        filled = hired.sum()
        assert filled <= open_before


def test_same_seed_same_market_and_another_seed_another():
    case, _ = three_occupations()
    runs = [np.array(simulate(case, [50], seed)) for seed in (1, 1, 2)]
    assert (runs[0] == runs[1]).all()
    assert (runs[0] != runs[2]).any()


def test_the_times_asked_for_change_nothing():
    case, _ = three_occupations()
    late, early = simulate(case, [40, 7], seed=1)
    assert np.array_equal(simulate(case, [7], seed=1)[0], early)
    assert np.array_equal(simulate(case, range(41), seed=1)[40], late)


@pytest.mark.parametrize(
    ("n", "size", "sparse", "rates"),
    [
        (2, 4_000, False, {}),
        (7, 1_500, True, {"du": 0.03, "dv": 0.01, "gu": 0.3, "gv": 0.05}),
        (40, 300, True, {"du": 0.01, "dv": 0.04}),
        (300, 60, True, {}),
    ],
    ids=["two", "sparse", "forty", "more than a byte holds"],
)
def test_other_cases_come_near_the_mean_field(n, size, sparse, rates):
    case = some_case(n, size, stream=n, sparse=sparse, **rates)
    times, seeds = [1, 5, 30, 80], 24
    path = mean_field.path(case, times)
    runs = np.array([simulate(case, times, seed) for seed in range(seeds)], float)
    totals = runs.sum(axis=3)  # over occupations: (seeds, times, stocks)
    mean, error = totals.mean(axis=0), totals.std(axis=0, ddof=1) / np.sqrt(seeds)
    for row, t in enumerate(times):
        for s in range(3):
            expected = path[t][s].sum()
            small = (12.0, 12.0, 30.0)[s] * n / case.workers * path[t][min(s + (s == 0), 2)].sum()
            assert abs(mean[row, s] - expected) < 4 * error[row, s] + small + 0.5, (t, s)


def test_an_empty_market_and_one_without_vacancies_stand_still():
    none = np.zeros(2)
    nobody = Case(np.eye(2), none, none, none, none, 0.1, 0.1, 0.1, 0.1)
    assert all(values.sum() == 0 for values in simulate(nobody, [5], 0)[0])
    idle = Case(np.eye(2), none, none + 10, none, none + 10, 0.1, 0.1, 0.1, 0.1)
    assert simulate(idle, [5], 0)[0].unemployed.tolist() == [10, 10]
    unreachable = Case(np.eye(2), none, np.array([10.0, 0.0]), np.array([0.0, 9.0]), none, 0.1, 0.1, 0.1, 0.1)
    assert simulate(unreachable, [5], 0)[0].vacancies.tolist() == [0, 9]


def test_rounding_keeps_whole_numbers_and_sums_and_means():
    assert all(whole(np.array([3.0, 0.0, 7.0]), seed).tolist() == [3, 0, 7] for seed in range(500))
    values = np.array([0.5, 2.25, 0.1, 7.0, 1.15])
    rounded = np.array([whole(values, seed) for seed in range(1_000)])
    assert (np.abs(rounded - values) < 1).all()
    assert set(rounded.sum(axis=1)) == {11}
    assert rounded.mean(axis=0) == pytest.approx(values, abs=5e-3)
