"""How far work is from home, what that costs, and who declines for it: worked examples."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import tables
from model.mechanisms import commute, referral, search
from model.mechanisms.location import district_of
from model.mechanisms.wages import made_up, offer, reservation
from model.parameters import Params
from model.state.crew import Crew
from model.state.in_kernels import people_of
from model.state.now import empty_now
from model.vocabulary import Status
from model.world import World

CRAFTS, WEEK = 3, 10
HOLLYWOOD, LONG_BEACH = (tables.districts().names.index(name) for name in ("hollywood", "long_beach"))


def rules(**values):
    """This week's rules with everything off but what is named."""
    terms = empty_now(CRAFTS)
    for name, value in {"week": WEEK, "seed": 11, "learning_days": 400, "first_ask": 1.0, **values}.items():
        terms[name] = value
    return terms


def world(**settings):
    return World(Params.load().override({f"commute.{name}": value for name, value in settings.items()}), None)


# The way to work


def test_a_degree_of_latitude_takes_two_hours_and_three_quarters():
    """Equation 64: 3,958.8 π / 180 = 69.09 miles at 28 an hour, roads a tenth longer; 3 of scatter and 4 make 5."""
    north, nowhere = np.array([34.0, 35.0]), np.array([-118.0, -118.0])
    minutes = commute.minutes_one_way(north, nowhere, 28.0, 1.1, 0.0)
    assert minutes == pytest.approx(np.array([[0, 162.87], [162.87, 0]]), abs=0.01)
    four = np.array([34.0, 34.0 + 4 / 69.0941])
    scattered = commute.minutes_one_way(four, nowhere, 60.0, 1.0, 3.0)
    assert scattered == pytest.approx(np.array([[3, 5], [5, 3]]), abs=1e-3)


def test_a_degree_of_longitude_is_shorter_in_the_north():
    """Equation 64: by the cosine of the latitude."""
    east = np.array([-118.0, -117.9])
    for latitude in (0.0, 34.0, 60.0):
        minutes = commute.minutes_one_way(np.full(2, latitude), east, 60.0, 1.0, 0.0)
        assert minutes[0, 1] == pytest.approx(6.90941 * np.cos(np.radians(latitude)), rel=1e-6)


def test_the_way_to_work_is_as_long_as_the_way_back_and_longer_than_around_the_corner():
    """Equation 64: symmetric to the last bit; nowhere is nearer than one's own district."""
    minutes = world().minutes
    assert minutes.shape == (tables.districts().n,) * 2
    assert (minutes == minutes.T).all()
    assert (minutes >= minutes.diagonal()[:, None]).all()
    assert len(set(minutes.diagonal())) == 1
    assert 60 < minutes[HOLLYWOOD, LONG_BEACH] < 75


# What it costs


def test_half_an_hour_beyond_the_usual_way_costs_a_twentieth_of_a_ten_hour_day():
    """Equation 65: two half hours at half of the wage are half an hour's pay in ten; around the corner is a gain."""
    minutes = np.array([[31.0, 61.0], [61.0, 1.0]])
    share = commute.share_of_pay(minutes, 31.0, 0.5, np.array([10, 8]))
    assert share[0] == pytest.approx(np.array([[0, 0.05], [0.05, -0.05]]))
    assert share[1] == pytest.approx(np.array([[0, 0.0625], [0.0625, -0.0625]]))


def test_without_a_value_of_time_no_way_costs_anything():
    """Equation 65: exactly nothing, whatever the roads."""
    assert not world(value_of_time=0.0).way_to_work.any()
    assert not world(value_of_time=0.0, speed=15.0, usual=45.0, spread=0.0, detour=1.6).way_to_work.any()
    assert world().way_to_work.min() < 0 < world().way_to_work.max()


def test_a_wage_is_worth_less_by_the_share_that_the_way_costs():
    """Equation 66: 300 dollars at a twentieth are 285, and 315 where the way is as much shorter."""
    assert commute.worth_of_wage(30_000, 0.05) == 28_500
    assert commute.worth_of_wage(30_000, -0.05) == 31_500
    assert commute.worth_of_wage(30_000, 0.0) == 30_000
    assert commute.worth_of_wage(30_001, 0.05) == 28_500  # whole cents, what is over is cut off


# Who comes


def worker(**columns):
    crew = Crew(1)
    crew.add(1)
    for name, value in columns.items():
        getattr(crew, name)[...] = value
    return crew.records[0]


def test_a_worker_declines_far_away_what_they_would_take_nearby_and_is_paid_the_same():
    """Equation 66: a last wage of 300 dollars is asked for; 310 are enough up to a share of one in 31."""
    asks = worker(spell_wage=30_000, since=WEEK)
    now = rules()[0]
    assert referral.wage_if_content(asks, 0.0, 0, 0, 31_000, 0.0, now) == 31_000
    assert referral.wage_if_content(asks, 0.0, 0, 0, 31_000, 0.032, now) == 31_000
    assert referral.wage_if_content(asks, 0.0, 0, 0, 31_000, 0.033, now) == 0
    assert referral.wage_if_content(asks, 0.0, 0, 0, 29_000, 0.0, now) == 0
    assert referral.wage_if_content(asks, 0.0, 0, 0, 29_000, -0.035, now) == 29_000
    assert referral.wage_if_content(worker(since=WEEK), 0.0, 0, 0, 29_000, 0.5, now) == 29_000  # a newcomer


@settings(max_examples=300)
@given(
    st.integers(10_000, 90_000), st.integers(0, 90_000), st.floats(0, 1), st.integers(0, 60), st.integers(0, 1),
    st.integers(0, 1000),
)  # fmt: skip
def test_without_a_cost_of_the_way_people_decide_as_they_did_before_districts_mattered(
    rate, last, skill, idle, craft, insured
):
    """Equation 66: the offer and what insurance adds against the reservation wage, and nothing else."""
    now = rules(
        premium=0.45, new_craft=0.15, patience=0.003, patience_floor=0.6, empty_purse=0.15, wage_insurance=insured
    )[0]
    asks = worker(spell_wage=last, since=WEEK - idle, broke=32_767)
    wage = offer(rate, skill, craft != 0, now)
    content = wage + made_up(wage, last, now) >= reservation(last, idle, False, now)
    assert referral.wage_if_content(asks, skill, 0, craft, rate, 0.0, now) == (wage if content else 0)


def test_in_the_open_call_each_searcher_weighs_the_way_to_the_vacancy_they_answer():
    """Equation 66: of 400 in Hollywood and 400 in Long Beach, only those at home where the vacancy is apply."""
    n = 800
    crew = Crew(n)
    crew.add(n)
    crew.uid[...] = np.arange(n)
    crew.status[...], crew.spell_wage[...], crew.since[...] = Status.IDLE, 30_000, WEEK
    crew.district[...] = np.where(np.arange(n) % 2, HOLLYWOOD, LONG_BEACH)
    first = np.array([0, 2, 2, 2])
    where = np.array([HOLLYWOOD, LONG_BEACH], np.uint8)
    target, wage, rank = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.uint32)
    declined = search.apply_to_open_call(
        people_of(crew), np.arange(n), search.attraction(np.eye(CRAFTS), np.diff(first)),
        first, np.full(2, 30_000), where, world().way_to_work[:CRAFTS], rules(), target, wage, rank,
    )  # fmt: skip
    came = target >= 0
    assert declined == (~came).sum()
    assert 300 < declined < 500
    assert (where[target[came]] == crew.district[came]).all()
    assert set(wage[came]) == {30_000}


# Where titles are made


def test_a_title_has_its_district_in_every_world_and_districts_their_shares():
    """A function of identity and seed alone: not of who else is green-lit, nor of the order."""
    uid = np.arange(40_000, dtype=np.int64) * 7
    where = district_of(uid, 5)
    assert (district_of(uid[::-3], 5) == where[::-3]).all()
    assert (district_of(uid, 6) != where).mean() > 0.8
    shares = np.bincount(where, minlength=tables.districts().n) / uid.size
    assert shares == pytest.approx(tables.districts().work, abs=0.01)
