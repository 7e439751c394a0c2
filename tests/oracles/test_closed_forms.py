"""What can be written down agrees with what was published, and with the mean field run to its rest."""

import numpy as np
import pytest

from experiments.oracles import closed_forms, mean_field
from experiments.oracles.occupations import Case

ONE = np.ones(1)


def test_one_occupation_rests_where_it_was_published_to_rest():
    u, v = closed_forms.one_occupation(0.016, 0.012, 0.16, 0.16)
    assert u == pytest.approx(0.04106573, abs=5e-9)
    assert v / (v + 1 - u) == pytest.approx(0.01721901, abs=5e-9)


@pytest.mark.parametrize(("du", "dv"), [(0.016, 0.012), (0.01, 0.03), (0.02, 0.02)])
def test_the_mean_field_of_one_occupation_comes_to_rest_there(du, dv):
    u, v = closed_forms.one_occupation(du, dv, 0.1, 0.2)
    case = Case(np.ones((1, 1)), 0.9 * ONE, 0.1 * ONE, 0.05 * ONE, ONE, du, dv, 0.1, 0.2)
    rest = mean_field.path(case, [3_000])[3_000]
    assert rest.unemployed[0] == pytest.approx(u, rel=1e-9)
    assert rest.vacancies[0] == pytest.approx(v, rel=1e-9)


def test_urns_fill_as_balls_fall():
    assert closed_forms.urn_filling(1.0, 1.0) == pytest.approx(1 - np.exp(-1))
    assert closed_forms.urn_filling(5.0, 0.0) == 0.0
    assert closed_forms.finding_rate(1e6) == pytest.approx(1.0, abs=1e-6)
    assert closed_forms.unemployment_rate(0.02, 0.38) == pytest.approx(0.05)
    assert closed_forms.in_hand(3.0, 40.0) == 120.0


def test_the_break_even_multiplier_is_that_of_the_specification():
    half = ([0.5, 0.5], [0.4, 0.0], [0.0, 0.0], [0.0, 0.0], [1.0, 1.0], [1.0, 1.0], [0.0, 0.0])
    assert closed_forms.break_even_multiplier(*half) == pytest.approx(1.25)
    nothing = ([0.3, 0.7], *([[0.0, 0.0]] * 3), [1.0, 1.0], [1.0, 1.0], [0.0, 0.0])
    assert closed_forms.break_even_multiplier(*nothing) == pytest.approx(1.0)


def test_the_pay_share_identity_is_that_of_the_specification():
    found = [closed_forms.multiplier_of_labor_saving(0.3, share) for share in (0.35, 0.5, 0.67)]
    assert np.round(found, 1).tolist() == [7.0, 2.5, 1.8]
    assert round(closed_forms.multiplier_of_fixed_spend(0.3), 2) == 1.43
    # the same work on 1/0.7 times the titles: jobs move with the share of spend that pays crews
    assert closed_forms.crew_weeks_ratio(0.5, (0.5 - 0.3) / 0.7) == pytest.approx(1.43 / 2.5, abs=1e-3)


def test_adoption_without_feedback_is_a_bass_curve():
    p, q = 0.03, 0.38
    t = np.linspace(0.0, 60.0, 60_001)
    curve = closed_forms.bass_curve(p, q, t)
    assert curve[0] == 0.0
    assert curve[-1] == pytest.approx(1.0, abs=1e-6)
    growth = np.gradient(curve, t)
    assert np.allclose(growth[1:-1], ((p + q * curve) * (1 - curve))[1:-1], atol=1e-6)
    assert t[np.argmax(growth)] == pytest.approx(np.log(q / p) / (p + q), abs=2e-3)


def test_ten_hours_a_year_are_a_thousandth_of_the_weeks():
    assert closed_forms.outage_share(1, 10) == pytest.approx(10 / 8736)
