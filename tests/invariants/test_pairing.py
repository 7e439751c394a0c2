"""Two worlds share every event until a difference between them can be felt."""

import numpy as np
import pytest

from model.vocabulary import Status

PERSONAL = ("status", "call", "wage", "savings", "craft", "days_worked", "insured", "since")


def lives(market):
    """Each worker's row as one array to compare, money settled."""
    market.settle()
    crew = market.state.crew
    return {name: getattr(crew, name).copy() for name in PERSONAL}


def who_differs(one, other):
    """Rows in which two sets of lives differ."""
    n = min(one["status"].size, other["status"].size)
    return np.flatnonzero(np.any([one[name][:n] != other[name][:n] for name in PERSONAL], axis=0))


def test_a_removed_worker_changes_no_unaffected_life_before_it_could(small_market):
    """Until the week in which the worker does in the one world what it cannot do in the other, nobody else differs."""
    idle = np.flatnonzero(small_market().state.crew.status == Status.IDLE)
    compared = sum(_weeks_alike(small_market(), small_market(), int(row)) for row in idle[:: idle.size // 6])
    assert compared >= 12, "or the workers chosen act too soon to tell anything"


def _weeks_alike(with_, without, row):
    """For how many weeks nobody but the worker of ``row``, removed from one of two worlds, could differ; none did."""
    since, compared = int(with_.state.crew.since[row]), 0
    without.crew.worker(row).remove()
    for _ in range(30):
        with_.step()
        without.step()
        acts = with_.state.crew.status[row] != Status.IDLE or with_.state.crew.since[row] != since
        # a tenth of a percent of overscale or a tenth of tightness may just be passed: then wages may move
        same_pay = np.array_equal(np.round(with_.state.overscale, 3), np.round(without.state.overscale, 3))
        if acts or not same_pay:
            break
        assert set(who_differs(lives(with_), lives(without))) <= {row}
        compared += 1
    return compared


def test_a_cancelled_production_changes_nothing_before_the_week_of_its_cancelling(small_market):
    one, other = small_market(), small_market()
    for _ in range(3):
        one.step()
        other.step()
    assert who_differs(lives(one), lives(other)).size == 0
    titles = other.state.productions
    crewed = [row for row in other.state.order if other.state.calls[row]["filled"].sum() > 0]
    uid = int(titles.uid[crewed[0]])
    crew_of_it = set(np.flatnonzero(np.isin(other.state.crew.call // other.state.calls.shape[1], [crewed[0]])
                                    & (other.state.crew.status == Status.ON_CALL)))
    other.cancel(uid)
    one.step()
    other.step()
    touched = set(who_differs(lives(one), lives(other)).tolist())
    assert touched, "a cancelled production sends its crew home"
    assert crew_of_it
    assert crew_of_it <= touched
    assert len(touched) < 0.25 * one.state.crew.count, "most lives go on as they were"


def test_worlds_that_part_later_are_the_same_before(small_market):
    one = small_market()
    other = small_market(levers={"BenefitExtension.weeks": 52, "BenefitExtension.from": "2015-06-01"})
    for week in range(80):
        one.step()
        other.step()
        if week < 20:
            assert who_differs(lives(one), lives(other)).size == 0
    assert who_differs(lives(one), lives(other)).size > 0


@pytest.mark.parametrize("neutral", [{}, {"BenefitExtension.weeks": 0}])
def test_a_neutral_lever_changes_nothing(small_market, neutral):
    one, other = small_market(), small_market(levers=neutral)
    for _ in range(12):
        one.step()
        other.step()
    assert all(np.array_equal(a, b) for a, b in
               zip(one.state.arrays().values(), other.state.arrays().values(), strict=True))


def test_reading_the_crew_in_any_week_changes_no_later_week(small_market):
    read, unread = small_market(), small_market()
    for _ in range(15):
        read.step()
        unread.step()
        read.crew.attached.agg("savings", np.sum)
    unread.settle()
    read.settle()
    for name, value in read.state.arrays().items():
        assert np.array_equal(value, unread.state.arrays()[name]), name


def test_another_seed_is_another_future(small_market):
    one, other = small_market(seed=1), small_market(seed=2)
    one.step()
    other.step()
    assert who_differs(lives(one), lives(other)).size > 100
