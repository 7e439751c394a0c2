"""Who is there before the first week is as the description says."""

import numpy as np
import pytest

from model.levers import Levers
from model.parameters import Params
from model.state.population import plant
from model.world import World


@pytest.fixture(scope="module")
def world():
    return World(Params.load(), Levers(), seed=3, scale=0.2)


@pytest.fixture(scope="module")
def crew(world):
    return plant(world).crew


def test_there_are_as_many_as_were_counted_by_craft(world, crew):
    about = world.params.population
    assert crew.uid.size == round(about.attached * world.scale)
    per_craft = np.bincount(crew.craft, minlength=world.crafts.n)
    assert np.abs(per_craft - world.crafts.share * crew.uid.size).max() <= 1.0


def test_careers_are_exponential_and_end_at_some_length(world, crew):
    about = world.params.population
    years = crew.days_worked / about.career_days
    assert np.median(years) == pytest.approx(-about.career_years * np.log(1.0 - 0.98 * 0.5), rel=0.03)
    assert years.max() <= 45.01
    assert np.count_nonzero(years > 44.9) < 0.03 * years.size
    assert crew.talent.mean() == pytest.approx(0.5, abs=0.01)


def test_half_of_those_who_can_be_are_insured(world, crew):
    covered = world.crafts.covered[crew.craft]
    assert crew.insured[covered].mean() == pytest.approx(0.5, abs=0.02)
    assert (~covered).any()
    assert not crew.insured[~covered].any()


def test_savings_are_even_from_none_to_twice_the_mean(world, crew):
    weeks, mean = crew.savings / crew.living, world.params.population.savings_weeks
    assert weeks.mean() == pytest.approx(mean, rel=0.03)
    assert weeks.std() == pytest.approx(mean / 3**0.5, rel=0.03)
    assert 0.0 <= weeks.min() < weeks.max() <= 2.0 * mean


def test_everyone_begins_idle_with_the_last_wage_below_scale_and_half_a_year_of_benefits(world, crew):
    scale = world.scale_cents(world.first_week)[crew.craft]
    assert crew.spell_wage == pytest.approx(0.9 * scale, abs=1.0)
    assert (crew.benefit_weeks == 26).all()
    assert not crew.status.any() or len(set(crew.status.tolist())) == 1
