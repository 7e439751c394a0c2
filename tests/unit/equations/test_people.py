"""Who leaves, returns, comes new and stays covered, and that all of them are accounted for."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import accounts
from model.mechanisms import coverage, mobility
from model.state.crew import Crew
from model.state.events import Entry, empty_log
from model.state.in_kernels import people_of
from model.state.now import empty_now
from model.state.population import largest_remainders
from model.state.state import State
from model.vocabulary import Status

CRAFTS = 24


def rules(**values):
    """This week's rules with everything off but what is named."""
    terms = empty_now(CRAFTS)
    for name, value in values.items():
        terms[name] = value
    return terms


def crew_of(n, **columns):
    crew = Crew(n)
    crew.add(n)
    for name, value in columns.items():
        getattr(crew, name)[...] = value
    return crew


# Exit, return, entry

LEAVING = rules(
    exit_base=0.006,
    exit_spell=0.0004,
    exit_broke=1.8,
    exit_uninsured=1.3,
    exit_experience=0.7,
    veteran_days=900,
)[0]


def test_the_chance_to_leave_rises_with_the_spell_empty_savings_and_lost_coverage():
    """Equation 19: half a year idle 1.64 % in four weeks, broke 2.95 %, and uninsured 3.84 %."""
    hazard = mobility.exit_hazard
    assert hazard(0, False, True, True, 0, LEAVING) == pytest.approx(0.006)
    assert hazard(26, False, True, True, 0, LEAVING) == pytest.approx(0.0164)
    assert hazard(26, True, True, True, 0, LEAVING) == pytest.approx(0.02952)
    assert hazard(26, True, False, True, 0, LEAVING) == pytest.approx(0.038376)
    assert hazard(26, True, False, True, 900, LEAVING) == pytest.approx(0.0268632)


def test_without_a_plan_to_lose_coverage_does_not_matter_and_the_chance_is_capped():
    """Equation 19: limiting cases."""
    assert mobility.exit_hazard(26, False, False, False, 0, LEAVING) == pytest.approx(0.0164)
    assert mobility.exit_hazard(10_000, True, False, True, 0, LEAVING) == pytest.approx(0.15)


def stock(crew, week, tightness=1.0, **terms):
    state = State(Crew(1), 1, 1, CRAFTS)
    log = empty_log(3 * crew.count)
    done = mobility.take_stock(
        people_of(crew),
        state.board,
        np.full(CRAFTS, tightness),
        rules(week=week, seed=3, **terms),
        log,
    )
    return tuple(int(each) for each in done)


def test_leavers_come_back_with_tightness_within_two_years():
    """Equation 36: 3 % in eight weeks, twice as many at twice the usual tightness, none after 104 weeks."""
    n = 40_000
    usual, tight, late = (crew_of(n, status=Status.OUT, since=200) for _ in range(3))
    for crew in (usual, tight, late):
        crew.uid[...] = np.arange(n)
    weeks = range(204, 212)  # everybody's turn comes once in eight weeks
    back = sum(stock(usual, week, back=0.03, back_weeks=104)[2] for week in weeks)
    more = sum(stock(tight, week, 2.0, back=0.03, back_weeks=104)[2] for week in weeks)
    assert back / n == pytest.approx(0.03, abs=0.004)
    assert more / n == pytest.approx(0.06, abs=0.005)
    assert (usual.status == Status.IDLE).sum() == back
    assert (usual.since == 200).all()  # their spell without a call has gone on meanwhile
    assert not sum(stock(late, 305 + week, back=0.15, back_weeks=104)[2] for week in range(8))


def test_each_idle_worker_takes_stock_once_in_four_weeks():
    """Equation 19: at a chance of 1 % a hundredth of 40,000 leaves in four weeks."""
    crew = crew_of(40_000, status=Status.IDLE, since=100, settled=100, broke=32_767, insured=1)
    exits = [stock(crew, week, exit_base=0.01, exit_broke=1.0, exit_uninsured=1.0, exit_experience=1.0)[1]
             for week in range(100, 104)]  # fmt: skip
    assert sum(exits) / 40_000 == pytest.approx(0.01, abs=0.002)
    assert max(exits) < 0.4 * sum(exits)


def test_newcomers_are_a_steady_stream_and_an_answer_to_open_calls():
    """Equation 20: 1,040 workers at 5 % a year bring one a week, 100 open calls at 1 % one more."""
    half, nobody = np.array([0.5]), np.array([0])
    one = np.array([1.0])
    assert mobility.entrants(
        np.array([1040.0]), nobody, one, 0.05 / 52, 0.01, np.array([0.001])
    ).tolist() == [1]
    assert mobility.entrants(np.array([1040.0]), np.array([100]), one, 0.05 / 52, 0.01, half).tolist() == [2]
    luck = np.linspace(0.0005, 0.9995, 1000)
    often = mobility.entrants(np.full(1000, 500.0), np.zeros(1000), np.ones(1000), 0.05 / 52, 0.01, luck)
    assert often.mean() == pytest.approx(0.4808, abs=0.001)
    assert set(often.tolist()) == {0, 1}


def test_newcomers_answer_tightness_within_bounds():
    """Equation 20: at no tightness a quarter of the stream still comes, and never more than twice."""
    crafts, luck, tightness = np.full(5, 10_400.0), np.full(5, 0.5), np.array([0.0, 0.25, 1.0, 2.0, 9.0])
    assert mobility.entrants(crafts, np.zeros(5), tightness, 0.1 / 52, 0.0, luck).tolist() == [
        5,
        5,
        20,
        40,
        40,
    ]


# Coverage


def reviewed(insured, now_hours, before, week=52, **terms):
    """Insured and hours after the review of the worker in row 0, whose turn week 52 is."""
    crew = crew_of(
        2, status=Status.IDLE, settled=week, insured=insured, hours_now=now_hours, hours_before=before
    )
    hours = {"covered": np.ones(CRAFTS), "health_enter": 600, "health_keep": 400} | terms
    result = coverage.review_coverage(people_of(crew), rules(week=week, **hours), empty_log(4))
    return tuple(int(each) for each in result), crew


def test_four_hundred_hours_in_half_a_year_keep_coverage_and_six_hundred_in_a_year_open_it():
    """Equation 21: at the margin of each."""
    assert reviewed(1, 400, 0)[0] == (1, 0, 0)
    assert reviewed(1, 399, 999)[0] == (1, 0, 1)
    assert reviewed(0, 300, 300)[0] == (1, 1, 0)
    assert reviewed(0, 300, 299)[0] == (1, 0, 0)
    assert reviewed(0, 600, 0, covered=np.zeros(CRAFTS))[0] == (0, 0, 0)


def test_a_review_opens_a_new_half_year_and_leaves_others_for_their_own_week():
    """Equation 21: hours move on; the worker in the next row is reviewed a week later."""
    _, crew = reviewed(0, 350, 300)
    assert crew.insured.tolist() == [1, 0]
    assert crew.hours_now.tolist() == [0, 350]
    assert crew.hours_before.tolist() == [350, 300]


# Accounts


def week_of(people_on_calls=90, on_call=90, idle=40, hired=30, gone=20, entered=2, left=1):
    state = SimpleNamespace(last_on_call=80, last_attached=129, payroll=0, crew_days=0)
    state.tell = state.__dict__.update
    flows = SimpleNamespace(
        week=5, people=np.array([[people_on_calls]]), on_call=np.array([on_call]), idle=np.array([idle]),
        hires=hired, separations=gone, entries=entered, returns=0, exits=left,
        payroll=np.array([1000]), days=np.array([[450]]),
    )  # fmt: skip
    return state, flows


def test_a_week_in_which_everyone_is_somewhere_closes():
    """Equation 22: 80 on calls, 30 hired, 20 gone are 90; 129 attached, 2 entered, 1 left are 130."""
    state, flows = week_of()
    accounts.close(state, flows)
    assert (state.last_on_call, state.last_attached, state.payroll, state.crew_days) == (90, 130, 1000, 450)


@pytest.mark.parametrize(
    "lost", [{"people_on_calls": 89}, {"hired": 29}, {"gone": 21}, {"entered": 1}, {"left": 0}, {"idle": 41}]
)
def test_one_event_dropped_and_the_week_does_not_close(lost):
    """Equation 22: each term of the identity is needed."""
    with pytest.raises(accounts.AccountsDoNotClose, match="Week 5"):
        accounts.close(*week_of(**lost))


def ledger_of(**changes):
    lines = {
        "GROSS_PAY": 1000,
        "TAX": 240,
        "BENEFITS": 50,
        "SPENT": 700,
        "SAVED": 110,
        "ENDOWED": 30,
        "DAYS": 5,
    }
    ledger = np.zeros(16, np.int64)
    for name, value in (lines | changes).items():
        if name in Entry.__members__:
            ledger[Entry[name]] = value
    return SimpleNamespace(
        week=7, ledger=ledger, payroll=changes.get("payroll", 1000), crew_days=changes.get("crew_days", 5),
        first_savings=60, crew=SimpleNamespace(savings=np.array([150, 50])),
    )  # fmt: skip


def test_money_closes_to_the_cent():
    """Equation 23: 1000 - 240 + 50 are 810, less 700 spent 110; and 60 + 30 + 110 are the 200 there are."""
    accounts.close_money(ledger_of())


ASTRAY = {
    "payroll": 1001,
    "crew_days": 6,
    "TAX": 241,
    "BENEFITS": 49,
    "SPENT": 701,
    "SAVED": 111,
    "ENDOWED": 29,
}


@pytest.mark.parametrize("line", ASTRAY)
def test_one_cent_astray_and_the_money_does_not_close(line):
    """Equation 23: each line of the ledger is needed."""
    with pytest.raises(accounts.AccountsDoNotClose, match="Week 7"):
        accounts.close_money(ledger_of(**{line: ASTRAY[line]}))


# The first week


def test_heads_are_shared_out_by_largest_remainders():
    """Equation 37: of ten heads at 4.6, 3.3 and 2.1 the five go to the first, whose rest is largest."""
    assert largest_remainders(np.array([4.6, 3.3, 2.1])).tolist() == [5, 3, 2]
    assert largest_remainders(np.array([0.5, 0.5])).tolist() == [1, 0]


@given(st.lists(st.floats(0, 1e5), min_size=1, max_size=30))
def test_shares_of_heads_sum_to_the_whole_and_are_off_by_less_than_one(expected):
    """Equation 37: for any expectation."""
    wanted = np.array(expected)
    heads = largest_remainders(wanted)
    assert abs(heads.sum() - wanted.sum()) <= 0.5 + 1e-6
    assert (np.abs(heads - wanted) < 1 + 1e-9).all()
