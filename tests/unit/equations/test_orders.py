"""Orders follow their drivers and nothing that is not known yet: limits and details of the equations of demand."""

import math

import numpy as np
import pytest

from model import tables
from model.mechanisms import demand
from tests.unit.equations.titles import PULL, index, published, pull


@pytest.mark.parametrize("driver", ["flat", "series", "animation", "cash", "unscripted", "commercial"])
def test_orders_are_reckoned_from_the_start_of_2015(driver):
    """Equation 1: the index of every driver is 1 at the start."""
    assert index(driver, 2015.0) == pytest.approx(1.0)


@pytest.mark.parametrize("driver", ["series", "cash", "unscripted"])
def test_figures_that_are_not_known_yet_are_not_looked_at(driver):
    """Equation 1: with drivers known until the start of 2023 no figure of 2023 or later moves an order."""
    ahead = [index(driver, when, known_until=2023.0) for when in (2024.0, 2026.0, 2027.5)]
    assert ahead[0] == pytest.approx(ahead[-1])
    assert index(driver, 2020.0, known_until=2023.0) == pytest.approx(index(driver, 2020.0))


def test_orders_stand_in_for_releases_that_are_not_counted_yet():
    """Equation 1: at the end of 2024 the releases of 2025 are read from orders, later from their count."""
    orders, counted = published("us_original_series_by_orders")[2025], published("us_original_series_luminate")[2025]
    ratio = index("series", 2026.0, known_until=2025.0) / index("series", 2026.0, known_until=2026.0)
    assert ratio == pytest.approx(orders / counted)
    assert index("series", 2026.0, known_until=2024.0) > 1.1 * index("series", 2026.0, known_until=2025.0)


def test_orders_counted_by_half_year_take_the_place_of_releases():
    """Equation 69: a quarter fewer is three quarters of the level of the year before, which held until then."""
    years, values = demand.turned(np.array([2021.0, 2025.0]), np.array([100.0, 60.0]), [(2022.5, 2023.0, 0.75)])
    before = np.interp(2021.75, [2021.0, 2025.0], [100.0, 60.0])
    at = np.interp([2022.4, 2022.6, 2023.0, 2024.0, 2025.0], years, values)
    middle = (0.75 * before + 60.0) / 2.0
    assert at == pytest.approx([np.interp(2022.4, [2021.0, 2022.5], [100.0, before]), 0.75 * before, 0.75 * before,
                                middle, 60.0], rel=1e-3)
    assert index("series", 2022.75) / index("series", 2021.75) == pytest.approx(0.76, abs=0.01)
    assert index("series", 2023.1) / index("series", 2022.1) == pytest.approx(0.76, abs=0.01)


def test_spells_that_are_not_over_are_not_known():
    """Equation 69: at the end of 2022 its second half is known, and nothing of the first quarter of 2023."""
    assert [len(demand.spells("series", known)) for known in (2022.9, 2023.0, 2023.5)] == [0, 1, 2]
    assert demand.spells("cash") == ()


def test_before_spend_is_published_it_grows_as_assumed_and_then_holds():
    """Equation 1: the cash series begins in 2019, so a forecast made at the end of 2016 has only its early growth."""
    pull = {**PULL, "cash": 1.0}
    assert index("cash", 2016.0, known_until=2017.0, lag=0.0, pull=pull) == pytest.approx(1.02, abs=1e-3)
    assert index("cash", 2019.0, known_until=2017.0, lag=0.0, pull=pull) == pytest.approx(1.02**2)


def test_films_follow_cash_that_has_lost_the_inflation_of_costs():
    """Equation 1: 134.6 billion in 2022 are 119.7 of 2019, against 90.0 at the start; elasticity one half."""
    spend = published("content_cash_spend_moffettnathanson")
    real = spend[2022] / 1.04**3
    before = spend[2019] / 1.02**4.5  # the start of 2015 lies 4.5 years before the middle of 2019
    start = before + 0.8 / 4.5 * (spend[2019] - before)
    assert real == pytest.approx(119.66, abs=0.01)
    assert index("cash", 2021.7) == pytest.approx(math.sqrt(real / start))


def test_orders_without_an_elasticity_do_not_move_and_commercials_shrink_at_their_rate():
    """Equation 1: limiting cases."""
    still = PULL | {"cash": 0.0, "commercial": 0.0}
    assert index("cash", 2021.0, pull=still) == 1.0
    assert index("commercial", 2024.0, pull=still) == 1.0
    assert index("commercial", 2017.0) == 1.0
    assert index("commercial", 2020.0) == pytest.approx(math.exp(-0.07))


def test_a_series_is_continued_by_the_growth_of_another():
    """Equation 1: 10, 20 continued by 5, 10, 15 from the 5 on is 20, 40, 60."""
    years, values = demand.chained(
        (np.array([2000.0, 2001.0]), np.array([10.0, 20.0])),
        (np.array([2001.0, 2002.0, 2003.0]), np.array([5.0, 10.0, 15.0])),
    )
    assert years.tolist() == [2000, 2001, 2002, 2003]
    assert values.tolist() == [10, 20, 40, 60]


def test_short_forms_have_a_level_of_their_own():
    """Equation 2: commercials, small shoots and talk at 0.8 of the level of films and series, which stay."""
    short = np.isin(tables.kinds().driver, ("commercial", "flat"))
    whole, less = demand.orders(300, pull(short_level=1.0)), demand.orders(300, pull(short_level=0.8))
    assert less == pytest.approx(whole * np.where(short, 0.8, 1.0))
    assert sorted(np.array(tables.kinds().names)[short]) == ["commercial", "small_shoot", "talk_variety"]


def test_orders_are_proportional_to_the_level():
    """Equation 2: twice the level, twice the orders."""
    assert demand.orders(300, pull(level=1.4)) == pytest.approx(2 * demand.orders(300, pull(level=0.7)))
