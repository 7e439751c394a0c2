"""The mean field of the occupational mobility model, against its golden values and its own identities."""

import numpy as np
import pytest

from experiments.oracles import mean_field
from experiments.oracles.case_file import read_case
from experiments.oracles.mobility import three_occupations
from experiments.oracles.occupations import Case
from model import rng


def test_every_golden_value_is_met_to_a_millionth():
    case, rows = three_occupations()
    path = mean_field.path(case, rows)
    for t, row in rows.items():
        for found, key in zip(path[t], ("E", "U", "V", "LTU"), strict=True):
            assert np.abs(found - row[key]).max() < 1e-6, (t, key)
        if t > 0:
            assert np.abs(case.demand(t) - row["D"]).max() < 1e-6


def test_the_labor_force_is_conserved_and_nothing_is_negative():
    case, _ = three_occupations()
    for stocks in mean_field.path(case, range(0, 400, 7)).values():
        assert (stocks.employed + stocks.unemployed).sum() == pytest.approx(case.workers, rel=1e-12)
        assert all(values.min() >= 0 for values in stocks)
        assert (stocks.long_term <= stocks.unemployed + 1e-12).all()


def test_nobody_moves_where_no_tie_leads_and_no_vacancy_is():
    flow = mean_field.hires(
        np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.5, 0.5, 0.0]]),
        np.array([10.0, 10.0, 10.0]),
        np.array([5.0, 5.0, 0.0]),
    )
    assert flow[1].tolist() == [0.0, 0.0, 0.0]
    assert flow[0, 0] == flow[0, 2] == flow[2, 2] == 0.0
    assert flow.sum(axis=0)[0] == pytest.approx(5 * (1 - np.exp(-5 / 5)))
    assert flow.sum(axis=0)[1] == pytest.approx(5 * (1 - np.exp(-15 / 5)))


@pytest.mark.parametrize(("tau", "steps"), [(1, 1), (2, 2), (6, 3)])
def test_long_term_counts_from_tau_steps_on(tau, steps):
    one = np.ones(1)
    # nobody is ever hired: all who separate in a step are long-term tau steps after it began
    case = Case(np.ones((1, 1)), 100 * one, 0 * one, 0 * one, 0 * one, 0.1, 0.0, 0.0, 0.0, tau)
    path = mean_field.path(case, range(tau + steps + 1))
    assert path[tau + steps].long_term == pytest.approx(path[steps + 1].unemployed)


def test_demand_without_an_end_stays_and_one_with_an_end_gets_there():
    case, _ = three_occupations()
    assert case.demand(49).tolist() == case.demand_before.tolist()
    middle = (case.demand_before + case.demand_after) / 2
    assert case.demand(100) == pytest.approx(middle)
    assert case.demand(10**6) == pytest.approx(case.demand_after)


def test_the_carried_over_case_says_where_it_is_from():
    from importlib import resources

    text = (resources.files("seeds") / "oracles" / "three_occupations.json").read_text(encoding="utf-8")
    assert "10.1098/rsif.2020.0898" in text


def test_the_reader_reads_the_carried_over_case(tmp_path):
    from importlib import resources

    with resources.as_file(resources.files("seeds") / "oracles" / "three_occupations.json") as path:
        case, rows = read_case(path)
    assert case.n == 3
    assert case.ties.sum(axis=1) == pytest.approx(np.ones(3))
    assert sorted(rows) == [0, 1, 2, 10, 49, 60, 100, 150, 300]


def test_extreme_numbers_stay_numbers():
    weight = rng.uniforms(0, 15, 0, np.arange(16)).reshape(4, 4)
    none = np.zeros(4)
    case = Case(weight, none, np.full(4, 5.0), none, none, 1.0, 1.0, 1.0, 1.0)
    stocks = mean_field.path(case, [50])[50]
    assert all(np.isfinite(values).all() for values in stocks)
    assert stocks.unemployed.sum() == pytest.approx(20.0)
