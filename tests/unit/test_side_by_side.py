"""Two worlds at the same time: the second begins when the first is under way, and nobody works on for nothing."""

from threading import current_thread, main_thread
from time import sleep

import pytest

from experiments.runs import pairs_of
from experiments.side_by_side import side_by_side
from model.scenario import Scenario
from model.simulate import simulate


def steps(name, many, seen, before=lambda at: None):
    """A task of ``many`` steps that says in ``seen`` what it does, and ``before`` each step does something else."""

    def task(report):
        for at in range(1, many + 1):
            before(at)
            seen.append((name, at))
            report(at, many)
        return name

    return task


def until(what):
    """Wait until something holds, a few seconds at most."""
    for _ in range(500):
        if what():
            return
        sleep(0.01)
    raise AssertionError("it never came to that")


def test_both_results_come_in_their_order_and_all_that_is_done_is_told():
    seen, told = [], []
    assert side_by_side(steps("here", 3, seen), steps("there", 4, seen), told.append) == ("here", "there")
    assert told == sorted(told)
    assert told[-1] == 7
    assert sorted(seen) == [("here", at) for at in (1, 2, 3)] + [("there", at) for at in (1, 2, 3, 4)]


def test_the_second_begins_once_the_first_is_under_way_and_they_go_on_together():
    seen = []

    def wait_for_the_other(at):
        if at == 2:
            until(lambda: ("there", 1) in seen)

    side_by_side(steps("here", 2, seen, wait_for_the_other), steps("there", 1, seen), told_here)
    assert seen.index(("here", 1)) < seen.index(("there", 1)) < seen.index(("here", 2))


def told_here(done):
    """Progress that nobody looks at, told by whoever waits."""
    assert current_thread() is main_thread()


def test_a_first_that_reports_nothing_has_a_second_all_the_same():
    assert side_by_side(lambda report: 1, lambda report: 2, told_here) == (1, 2)


def test_what_the_first_fails_with_is_raised_and_the_second_stops():
    seen = []

    def fail(at):
        if at == 2:
            until(lambda: ("there", 1) in seen)
            raise ValueError("broken here")

    with pytest.raises(ValueError, match="broken here"):
        side_by_side(steps("here", 5, seen, fail), steps("there", 10_000, seen, lambda at: sleep(0.001)), told_here)
    assert seen[-1][1] < 10_000
    assert ("here", 2) not in seen


def test_what_the_second_fails_with_ends_the_first_at_its_next_report():
    seen, failed = [], []

    def fail(at):
        failed.append(at)
        raise ValueError("broken there")

    def patient(at):
        if at == 2:
            until(lambda: failed)
            sleep(0.05)

    with pytest.raises(ValueError, match="broken there"):
        side_by_side(steps("here", 1000, seen, patient), steps("there", 1, seen, fail), told_here)
    assert len(seen) <= 2


def test_an_interrupt_while_the_second_is_waited_for_stops_it():
    seen = []

    def interrupted(done):
        if done > 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        side_by_side(steps("here", 1, seen), steps("there", 10_000, seen, lambda at: sleep(0.001)), interrupted)
    assert len(seen) < 10_000


def test_two_worlds_side_by_side_are_bit_for_bit_what_each_is_alone():
    here = Scenario.named("baseline").varied(until="2016-01-04", scale=0.02, futures=2)
    there = here.varied(set={"wages.slope": 0.0})
    alone = [(simulate(here, future).hash, simulate(there, future).hash) for future in range(2)]
    assert [(mine.hash, other.hash) for mine, other in pairs_of(here, there, lambda done, total: None)] == alone
    assert len({each for pair in alone for each in pair}) == 4
