"""Pay, benefits and savings to the cent: worked examples for the equations of money."""

import csv
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import calendar, contracts, verbs
from model.mechanisms import income, wages
from model.state.crew import Crew
from model.state.events import Entry, empty_log
from model.state.flows import Flows
from model.state.in_kernels import people_of
from model.state.now import empty_now
from model.vocabulary import Status

CRAFTS = 24
SEEDS = Path(__file__).resolve().parents[3] / "seeds"


def rules(**values):
    """This week's rules with everything off but what is named."""
    terms = empty_now(CRAFTS)
    for name, value in values.items():
        terms[name] = value
    return terms


# What a day pays


@given(st.integers(0, 10**12), st.integers(0, 1000))
def test_a_rate_per_mille_is_rounded_down_to_the_whole_cent(amount, rate):
    assert wages.per_mille(amount, rate) == amount * rate // 1000



def test_scale_compounds_the_raises_of_the_contract():
    """Equation 39: two raises of 3 % make 1.0609, and the 7 % of 2024 comes on top of nine."""
    with (SEEDS / "crafts.csv").open(encoding="utf-8", newline="") as lines:
        grip = [row["craft"] for row in csv.DictReader(lines)].index("grip")
    path = contracts.scale_path()[:, grip]

    def on(*day):
        return path[calendar.week_of(date(*day)) - contracts.FIRST_WEEK]

    assert on(2015, 1, 5) == 1.0
    assert on(2015, 12, 31) == pytest.approx(1.03)
    assert on(2016, 12, 31) == pytest.approx(1.0609)
    assert on(2024, 12, 30) == pytest.approx(1.03**9 * 1.07)
    assert (np.diff(path) >= 0).all()


def test_a_day_pays_scale_by_tier_and_overscale():
    """Equation 8: 300 dollars and 8 % over scale are 324; a tier of 0.82 pays 265.68."""
    rates = wages.day_rates(np.array([30_000, 20_000]), np.array([1.0, 0.82]), np.array([0.08, 0.0]))
    assert rates.tolist() == [[32_400, 20_000], [26_568, 16_400]]


def test_overscale_closes_part_of_the_gap_to_what_tightness_calls_for():
    """Equation 9: twice the usual tightness calls for 0.08 + 0.05 ln 2; a week closes 4 % of that gap."""
    after = wages.overscale_next(np.array([0.08]), np.array([0.41]), np.array([0.20]), 0.05, 0.08, 0.04, 0.5)
    assert after == pytest.approx([0.08 + 0.04 * 0.034657], abs=1e-6)


def test_overscale_rests_at_its_usual_level_and_keeps_its_bounds():
    """Equation 9: limiting cases."""
    usual = np.array([0.3])
    assert wages.overscale_next(np.array([0.08]), usual, usual, 0.05, 0.08, 0.04, 0.5) == pytest.approx(
        [0.08]
    )
    assert wages.overscale_next(np.array([0.49]), np.array([1e9]), usual, 0.15, 0.3, 1.0, 0.5) == [0.5]
    assert wages.overscale_next(np.array([0.0]), np.array([0.0]), usual, 0.15, 0.0, 1.0, 0.5) == [0.0]


def test_what_is_usual_follows_slowly():
    """Equation 38: a week moves the norm by a 104th of the distance: from 0.2 towards 1.24 to 0.21."""
    state = SimpleNamespace(week=10, usual_tightness=np.array([0.2]), overscale=np.array([0.08]))
    flows = Flows(10, None, open=np.array([124]), searchers=np.array([100]))
    terms = SimpleNamespace(slope=0.05, overscale=0.08, speed=0.04, ceiling=0.5)
    verbs.adjust_wages(state, flows, SimpleNamespace(params=SimpleNamespace(wages=terms)))
    assert flows.tightness == pytest.approx([1.24])
    assert state.usual_tightness == pytest.approx([0.21])


def test_an_offer_rises_with_skill_and_falls_in_a_new_craft():
    """Equation 10: 300 dollars, half of a premium of 45 %: 367.50; 15 % less in a new craft: 312.37."""
    now = rules(premium=0.45, new_craft=0.15)[0]
    assert wages.offer(30_000, 0.0, False, now) == 30_000
    assert wages.offer(30_000, 0.5, False, now) == 36_750
    assert wages.offer(30_000, 1.0, False, now) == 43_500
    assert wages.offer(30_000, 0.5, True, now) == 31_237


def test_a_person_waits_for_less_with_every_week_down_to_a_floor():
    """Equation 16: of 400 dollars 360 at first, 332 after 20 weeks, 272 without savings, never below 240."""
    now = rules(first_ask=0.9, patience=0.0035, empty_purse=0.15, patience_floor=0.6)[0]
    assert wages.reservation(40_000, 0, False, now) == 36_000
    assert wages.reservation(40_000, 20, False, now) == pytest.approx(33_200, abs=1)
    assert wages.reservation(40_000, 20, True, now) == pytest.approx(27_200, abs=1)
    assert wages.reservation(40_000, 500, True, now) == 24_000
    asks = [wages.reservation(40_000, weeks, False, now) for weeks in range(200)]
    assert asks == sorted(asks, reverse=True)


# Benefit and savings


def test_the_benefit_is_half_a_week_up_to_its_maximum_and_the_supplement_on_top():
    """Equation 11: half of five days at 100 dollars are 250; from 180 dollars a day on the 450 bind."""
    now = rules(benefit_max=45_000, benefit_topup=60_000)[0]
    assert income.weekly_benefit(10_000, now) == 25_000 + 60_000
    assert income.weekly_benefit(18_000, now) == 45_000 + 60_000
    assert income.weekly_benefit(40_000, now) == 45_000 + 60_000
    assert income.weekly_benefit(0, now) == 0


def test_part_of_a_surplus_is_saved_and_all_of_a_gap_is_drawn():
    """Equation 12: of 400 dollars left over 220 are put aside; a gap of 150 is a gap of 150."""
    assert income.weekly_saving(100_000, 60_000, 550) == 22_000
    assert income.weekly_saving(45_000, 60_000, 550) == -15_000
    assert income.weekly_saving(60_000, 60_000, 550) == 0
    assert income.weekly_saving(60_003, 60_000, 550) == 1  # whole cents, rounded down


def test_nobody_spends_what_is_not_there():
    """Equation 35: with 100 dollars and a gap of 150 a week, two weeks on 450 leave nothing."""
    assert income.put_aside(100_000, 3, 80_000, 11_000) == (133_000, 3 * 69_000)
    assert income.put_aside(10_000, 2, 45_000, -15_000) == (0, 2 * 45_000 + 10_000)
    assert income.put_aside(10_000, 0, 45_000, -15_000) == (10_000, 0)


@given(
    savings=st.integers(0, 10**8),
    weeks=st.integers(0, 300),
    net=st.integers(0, 10**6),
    living=st.integers(0, 10**6),
    saved=st.integers(0, 1000),
)
def test_what_comes_in_is_spent_or_kept(savings, weeks, net, living, saved):
    """Equation 35: income less spending is the change in savings, to the cent; savings stay above nothing."""
    after, spent = income.put_aside(savings, weeks, net, income.weekly_saving(net, living, saved))
    assert after >= 0
    assert spent >= 0
    assert weeks * net - spent == after - savings


def test_savings_of_600_with_a_gap_of_150_last_four_weeks_and_then_the_benefit_matters():
    """Equation 13: 26 weeks cost 3,900; of 6,000 then 2,100 are left, three and a half weeks' living."""
    assert income.broke_week(100, 60_000, 26, 45_000, 60_000, 550) == 104
    assert income.broke_week(100, 600_000, 26, 45_000, 60_000, 550) == 100 + 26 + 4
    assert income.broke_week(100, 120_000, 0, 45_000, 60_000, 550) == 102
    assert income.broke_week(100, 0, 0, 45_000, 60_000, 550) == 100
    assert income.broke_week(100, 0, 26, 45_000, 0, 550) == calendar.NEVER


@given(
    savings=st.integers(0, 3_000_000),
    weeks=st.integers(0, 60),
    benefit=st.integers(0, 120_000),
    living=st.integers(1_000, 120_000),
    saved=st.integers(0, 1000),
)
def test_the_week_of_empty_savings_is_found_by_living_through_the_spell(
    savings, weeks, benefit, living, saved
):
    """Equation 13: against a slow twin that counts week by week."""
    left, week = savings, 0
    while True:
        gain = (benefit - living) * saved // 1000 if benefit > living else benefit - living
        change = gain if week < weeks else -living
        if left == 0 and change < 0:
            break
        left = max(0, left + change)
        week += 1
    assert income.broke_week(50, savings, weeks, benefit, living, saved) == 50 + week


# Settling a worker's row

TERMS = rules(
    take_home=760,
    saved=550,
    benefit_max=45_000,
    benefit_topup=0,
    benefit_weeks=26,
    day_hours=np.full(CRAFTS, 12),
    covered=np.ones(CRAFTS),
)


def worker(status, wage=40_000, days=5, savings=500_000, benefit_weeks=26, living=90_000):
    crew = Crew(1)
    crew.add(1)
    for name, value in {
        "status": status, "wage": wage, "spell_wage": wage, "days": days, "savings": savings,
        "benefit_weeks": benefit_weeks, "living": living, "settled": 10,
    }.items():  # fmt: skip
        getattr(crew, name)[...] = value
    return crew


def settled(crew, *weeks):
    log = empty_log(4)
    for week in weeks:
        income.settle_everyone(people_of(crew), week, TERMS, log)
    return log[1 : Entry.SWITCHED + 1].tolist(), {
        name: values.tolist() for name, values in crew.arrays().items()
    }


def test_three_weeks_on_a_call_pay_days_times_wage_and_part_of_what_is_left_is_saved():
    """Equations 12 and 35: 2,000 dollars gross, 1,520 net, 620 over living, of which 341 are put aside."""
    crew = worker(Status.ON_CALL)
    ledger, row = settled(crew, 13)
    assert row["savings"] == [500_000 + 3 * 34_100]
    assert row["days_worked"] == [15]
    assert row["hours_now"] == [180]
    assert row["settled"] == [13]
    assert ledger[Entry.GROSS_PAY - 1] == 600_000
    assert ledger[Entry.TAX - 1] == 144_000
    assert ledger[Entry.SPENT - 1] == 3 * (152_000 - 34_100)
    assert ledger[Entry.SAVED - 1] == 102_300
    assert ledger[Entry.DAYS - 1] == 15


def test_hours_outside_the_agreements_do_not_count_for_a_plan():
    """Equation 21: the same three weeks in a craft without a plan leave no hours, and the same money."""
    terms, crew, log = TERMS.copy(), worker(Status.ON_CALL), empty_log(4)
    terms["covered"] = 0
    income.settle_everyone(people_of(crew), 13, terms, log)
    assert crew.hours_now.tolist() == [0]
    assert crew.savings.tolist() == [500_000 + 3 * 34_100]


def test_an_idle_worker_lives_on_the_benefit_while_it_lasts_and_then_on_savings():
    """Equations 11 and 35: two weeks of 450 and one without, at 900 a week, take 1,800 from savings."""
    crew = worker(Status.IDLE, benefit_weeks=2)
    ledger, row = settled(crew, 13)
    assert row["savings"] == [500_000 - 180_000]
    assert row["benefit_weeks"] == [0]
    assert ledger[Entry.BENEFITS - 1] == 90_000
    assert ledger[Entry.SPENT - 1] == 270_000


def test_whoever_left_neither_earns_nor_spends():
    """Equation 35: a leaver's savings stand still."""
    crew = worker(Status.OUT)
    ledger, row = settled(crew, 40)
    assert row["savings"] == [500_000]
    assert not any(ledger)


@given(
    status=st.sampled_from([Status.IDLE, Status.ON_CALL, Status.OUT]),
    wage=st.integers(0, 90_000),
    days=st.integers(1, 7),
    savings=st.integers(0, 2_000_000),
    benefit_weeks=st.integers(0, 60),
    living=st.integers(0, 150_000),
    cuts=st.lists(st.integers(11, 140), min_size=1, max_size=4),
)
def test_settling_in_steps_gives_the_same_cents_as_in_one(
    status, wage, days, savings, benefit_weeks, living, cuts
):
    """Equations 12 and 35: whoever looks in between changes nothing."""
    traits = (status, wage, days, savings, benefit_weeks, living)
    assert settled(worker(*traits), *sorted(cuts)) == settled(worker(*traits), max(cuts))
