"""Real worker processes: they work, are dropped in the middle, killed, limited, and nothing of it stays behind."""

import multiprocessing
import os
import signal
import threading
import time
from dataclasses import replace
from datetime import date
from multiprocessing.connection import Connection

import pytest

from model.simulate import simulate
from viz.runs import pool as pools
from viz.runs.desk import DONE, FAILED, RUNNING, Desk
from viz.runs.pool import Pool
from viz.runs.store import Store
from viz.runs.wishes import World
from viz.runs.worker import Turns
from viz.view import named

LONGEST = 120.0  # seconds, most of which a process takes to compile the model
SHORT = World(replace(named("ai_first"), scale=0.01, until=date(2026, 9, 7)))
LONG = World(replace(named("ai_first"), scale=0.01))


@pytest.fixture
def desk(store, monkeypatch):
    monkeypatch.setattr(pools, "PAUSE", 0.1)
    made = Desk(store, Pool(1, 3, store.root, 1 << 30, 0, 600.0), 20)
    yield made
    made.close()


def until(desk, true):
    """Wait until something is so; what is told on the way wakes us."""
    end = time.monotonic() + LONGEST
    while not true():
        assert time.monotonic() < end, "It took too long."
        desk.wait(desk.moved, 0.1)


def is_done(desk, wish):
    return lambda: desk.state(wish)[0] in (DONE, FAILED)


def test_a_worker_runs_what_the_headless_half_runs_and_another_one_takes_over_when_it_is_killed(desk, store):
    desk.wish("a", [SHORT])
    until(desk, is_done(desk, SHORT))
    assert desk.state(SHORT) == (DONE, SHORT.scenario.weeks, SHORT.scenario.weeks, "")
    assert store.recording(SHORT.key).hash == simulate(SHORT.scenario).hash

    desk.wish("a", [LONG])
    until(desk, lambda: desk.state(LONG)[1] > 0)
    os.kill(desk.pool._hands[0].process.pid, signal.SIGKILL)
    until(desk, lambda: desk.state(LONG)[1] == 0)  # begun again by another
    until(desk, lambda: desk.state(LONG)[1] > 0)
    assert desk.state(LONG)[0] == RUNNING

    desk.leave("a")  # in the middle
    other = replace(SHORT, future=1)
    desk.wish("b", [other])
    until(desk, is_done(desk, other))
    assert desk.state(other)[0] == DONE
    assert [each.name[:32] for each in store.running.iterdir()] == [LONG.key]  # what the one that was killed left
    assert not store.has(LONG)


class Pipe:
    """The end of a pipe that a worker sees."""

    def __init__(self, *told):
        self.told, self.said = list(told), []

    def poll(self, seconds):
        return bool(self.told)

    def recv(self):
        return self.told.pop(0)

    def send(self, message):
        self.said.append(message)


def turns(monkeypatch, begin, *told, seconds=600.0):
    """A worker that has heard all and then takes turns until nothing is left to do; what it said."""
    monkeypatch.setattr("viz.runs.tasks.begin", begin)
    monkeypatch.setattr(Store, "tidy", lambda store: None)
    pipe = Pipe(*told)
    worker = Turns(pipe, Store("", 0), seconds)
    worker._hear()
    while worker.jobs:
        worker._turn()
    return pipe.said


def test_what_was_dropped_before_it_began_is_never_begun(monkeypatch):
    begun = []

    def begin(store, wish):
        begun.append(wish.future)
        yield 1, 1

    told = [each for k in range(50) for each in (("work", k, replace(SHORT, future=k)), ("drop", k))]
    said = turns(monkeypatch, begin, *told, ("work", 50, replace(SHORT, future=50)))
    assert begun == [50]
    assert said == [("at", 50, 1, 1), ("done", 50)]


def test_a_run_that_needs_too_much_or_takes_too_long_is_given_up_and_others_go_on(monkeypatch):
    def begin(store, wish):
        if wish.future == 1:
            raise MemoryError
        while wish.future == 2:
            time.sleep(0.02)
            yield 1, 9
        yield 9, 9

    said = turns(monkeypatch, begin, *(("work", k, replace(SHORT, future=k)) for k in range(3)), seconds=1.0)
    failed = {message[1]: message[2] for message in said if message[0] == "failed"}
    assert failed[1].startswith("The run needed more memory")
    assert failed[2].startswith("It took longer than")
    assert ("done", 0) in said


def test_a_run_that_does_not_end_well_when_dropped_does_not_take_the_worker_along(monkeypatch):
    def begin(store, wish):
        try:
            for _ in range(3):
                yield 1, 3
        finally:
            raise OSError("The disk is full.")

    monkeypatch.setattr("viz.runs.tasks.begin", begin)
    worker = Turns(Pipe(("work", 1, SHORT)), Store("", 0), 600.0)
    worker._hear()
    worker._turn()
    worker.pipe.told.append(("drop", 1))
    assert worker._hear()
    assert not worker.jobs


@pytest.fixture
def deaf(tmp_path, monkeypatch):
    """A pool of one worker that stands still."""
    monkeypatch.setattr(pools, "PAUSE", 0.1)
    made = Pool(1, 10_000, tmp_path, 0, 0, 600.0)
    made.here = threading.Event()
    made.start(lambda at, message: made.here.set(), made.lost)
    os.kill(made._hands[0].process.pid, signal.SIGSTOP)
    yield made
    made.stop()


class Started:
    """Processes as a context makes them: of each it is given whether it "dies" at once, "fails" to start or "lives"."""

    def __init__(self, *fates):
        self.fates, self.pipes, self.kept, self.exitcode = list(fates), [], [], -9

    def Pipe(self):  # noqa: N802 - as the context of processes calls it
        self.pipes.append(multiprocessing.Pipe())
        return self.pipes[-1]

    def Process(self, args, **_):  # noqa: N802
        self.theirs = args[0]
        return self

    def start(self):
        fate = self.fates.pop(0)
        if fate == "fails":
            raise BlockingIOError("no more processes")
        if fate == "lives":
            self.kept.append(Connection(os.dup(self.theirs.fileno())))

    def join(self, seconds):
        pass

    def is_alive(self):
        return False


def test_a_worker_that_cannot_be_started_is_tried_again_until_it_can(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(pools, "PAUSE", 0.01)
    made, here = Pool(1, 3, tmp_path, 0, 0, 600.0), threading.Event()
    made._context = Started("dies", "fails", "fails", "lives")
    made.start(lambda at, message: here.set(), made.lost)
    assert here.wait(LONGEST), "the thread that listens has died, too"
    assert made.free_worker(True) == 0
    assert made._context.fates == []
    assert caplog.text.count("cannot be started (no more processes)") == 2
    assert all(end.closed for pipe in made._context.pipes[1:3] for end in pipe), "what failed keeps no file open"
    made.stop()


def test_a_pool_that_ends_no_longer_tries_to_start_a_worker(tmp_path, monkeypatch):
    monkeypatch.setattr(pools, "PAUSE", 0.01)
    made = Pool(1, 3, tmp_path, 0, 0, 600.0)
    made._context = Started(*["fails"] * 10_000)
    threading.Timer(0.2, made._stopping.set).start()
    assert made._begun_again(0) is None


def test_nobody_waits_for_a_worker_that_does_not_read(deaf):
    many = 5000  # more than a pipe holds
    telling = threading.Thread(target=lambda: [deaf.give(0, k, SHORT) for k in range(many)], daemon=True)
    telling.start()
    telling.join(LONGEST)
    assert not telling.is_alive()
    assert deaf._hands[0].outbox.qsize() > 0


def test_a_worker_that_has_not_said_a_word_for_long_is_replaced(deaf):
    first = deaf._hands[0].process.pid
    deaf.end_silent(0.0)
    assert deaf.free_worker(True) == 0  # it has nothing to do, so it may be silent
    deaf.give(0, 1, SHORT)
    time.sleep(0.01)
    deaf.end_silent(0.0)
    assert deaf.here.wait(LONGEST)
    assert deaf._hands[0].process.pid != first
    assert deaf.free_worker(False) == 0
