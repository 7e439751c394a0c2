"""How far a batch is, as told to who waits: by the runs of late, since those of a design do not take the same time."""

import pytest

from experiments.batch import coordinator
from experiments.batch.coordinator import Tally


@pytest.fixture
def clock(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(coordinator.time, "monotonic", lambda: now[0])
    return now


def ended(tally, clock, runs, seconds_each):
    for _ in range(runs):
        clock[0] += seconds_each
        tally.take(1.0)


def test_the_first_runs_are_counted_from_the_beginning(clock):
    tally = Tally(total=300, since=clock[0])
    ended(tally, clock, 4, 30.0)
    assert tally.rate() == pytest.approx(1 / 30)
    clock[0] += 30.0  # a run that takes longer slows it
    assert tally.rate() == pytest.approx(4 / 150)


def test_what_is_slow_in_the_beginning_does_not_count_for_ever(clock):
    tally = Tally(total=300, since=clock[0])
    ended(tally, clock, 30, 30.0)
    assert tally.rate() == pytest.approx(1 / 30)
    ended(tally, clock, 24, 3.0)
    assert tally.rate() == pytest.approx(1 / 3)
    assert (tally.done, tally.cpu_seconds, tally.left) == (54, 54.0, 246)
