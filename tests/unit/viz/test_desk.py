"""The queue: fair among visitors, a newer wish in the place of an older one, nothing run twice or for nobody."""

from dataclasses import replace

import pytest

from viz.runs import wishes as wished
from viz.runs.desk import DONE, FAILED, RUNNING, WAITING, Desk
from viz.runs.wishes import Life, Pair, World
from viz.runs.worker import HERE
from viz.view import named


class Pretend:
    """A pool that notes what it is told; tests say what workers would."""

    def __init__(self, workers=1, watched=1):
        self.workers, self.watched = workers, watched
        self.holds = [{} for _ in range(workers)]
        self.given, self.dropped = [], []

    def start(self, said, died):
        self.said, self.died = said, died

    def free_worker(self, watched):
        fits = [at for at in range(self.workers) if len(self.holds[at]) < self.watched]
        return min(fits, key=lambda at: len(self.holds[at]), default=None)

    def give(self, at, number, wish):
        self.holds[at][number] = wish
        self.given.append(wish)

    def drop(self, at, number):
        self.dropped.append(self.holds[at].pop(number))

    def free(self, at, number):
        if at >= 0:
            self.holds[at].pop(number, None)

    def lost(self, at):
        self.holds[at].clear()

    def dies_and_comes_back(self, at):
        """A worker dies and is started anew."""
        self.died(at)
        self.said(at, (HERE, None))

    def end_silent(self, seconds):
        pass

    def stop(self):
        pass

    def end(self, what="done", *more):
        """The oldest job of the first worker ends."""
        number = next(iter(self.holds[0]))
        self.said(0, (what, number, *more))


def world(seed, **more):
    return World(replace(named("ai_first"), seed=seed), **more)


@pytest.fixture
def desk(store):
    made = Desk(store, Pretend(), 20)
    yield made
    made.close()


def finish(store, wish):
    (store.world(wish.key) if wish.kind == "world" else store.pair(wish.key)).mkdir()


def test_visitors_take_turns(desk):
    a, b = [world(k) for k in (1, 2, 3)], [world(k) for k in (11, 12)]
    desk.wish("a", a)
    desk.wish("b", b)
    for _ in range(4):
        desk.pool.end()
    assert desk.pool.given == [a[0], b[0], a[1], b[1], a[2]]


def test_a_newer_wish_takes_the_place_of_the_older_one(desk):
    desk.wish("a", [world(1), world(2)])
    desk.wish("a", [world(3)])
    assert desk.pool.dropped == [world(1)]
    assert desk.pool.given[-1] == world(3)
    assert desk.waiting() == 0


def test_what_two_visitors_wish_is_run_once_and_goes_on_while_one_of_them_waits(desk):
    desk.wish("a", [world(1)])
    desk.wish("b", [world(1)])
    desk.leave("a")
    assert desk.pool.given == [world(1)]
    assert not desk.pool.dropped
    assert desk.state(world(1))[0] == RUNNING
    desk.leave("b")
    assert desk.pool.dropped == [world(1)]


def test_what_is_there_is_not_run_again(desk, store):
    finish(store, world(1))
    desk.wish("a", [world(1)])
    assert not desk.pool.given
    assert desk.state(world(1))[:2] == (DONE, named("ai_first").weeks)


def test_what_is_watched_goes_before_what_is_not(desk):
    scenario = named("ai_first")
    later = Pair(scenario, scenario.counterpart(), 3)
    desk.wish("a", [world(1), later, world(2)])
    desk.wish("b", [world(3)])
    for _ in range(3):
        desk.pool.end()
    assert desk.pool.given == [world(1), world(3), world(2), later]


def test_a_watched_pair_waits_for_both_of_its_worlds(store):
    desk = Desk(store, Pretend(watched=3), 20)
    pair = Pair(named("ai_first"), named("ai_first").counterpart())
    desk.wish("a", [pair.mine, pair.other, pair])
    assert desk.pool.given == [pair.mine, pair.other]
    desk.pool.end()
    desk.pool.end()
    assert desk.pool.given[-1] == pair


def test_place_is_how_many_go_before(desk):
    desk.wish("a", [world(1)])
    desk.wish("b", [world(2)])
    desk.wish("c", [world(3)])
    assert [desk.place(each) for each in "abc"] == [0, 1, 2]


def test_a_failure_is_said_and_tried_again_some_minutes_later(desk, monkeypatch):
    desk.wish("a", [world(1)])
    desk.pool.end("failed", "The disk is full.", "Traceback")
    state, _, _, failure = desk.state(world(1))
    assert state == FAILED
    assert "The disk is full." in failure
    assert world(1).key[:8] in failure
    desk.wish("b", [world(1)])
    assert desk.pool.given == [world(1)]
    monkeypatch.setattr("viz.runs.desk.TRIED_AGAIN", -1.0)
    desk.wish("b", [world(1)])
    assert desk.pool.given == [world(1), world(1)]


def test_what_a_worker_held_that_died_is_begun_once_more_and_then_given_up(desk):
    desk.wish("a", [world(1), world(2)])
    desk.pool.dies_and_comes_back(0)
    assert desk.state(world(1))[:2] == (RUNNING, 0)
    assert desk.pool.given == [world(1), world(1)]
    desk.pool.dies_and_comes_back(0)
    assert desk.state(world(1))[0] == FAILED
    assert desk.state(world(2))[0] == RUNNING


def test_what_was_held_by_workers_that_die_together_is_begun_once_more(desk):
    desk.pool.workers, desk.pool.holds = 2, [{}, {}]
    desk.wish("a", [world(1), world(2)])
    assert len(desk.pool.given) == 2
    desk.pool.died(0)
    desk.pool.died(1)  # of whose end nobody had heard when the first one ended
    assert [desk.state(world(k))[0] for k in (1, 2)] == [WAITING, WAITING]
    desk.pool.said(0, (HERE, None))
    desk.pool.said(1, (HERE, None))
    assert [desk.state(world(k))[0] for k in (1, 2)] == [RUNNING, RUNNING]


def test_a_full_queue_refuses(desk):
    assert desk.wish("a", [world(k) for k in range(20)])
    assert not desk.wish("b", [world(k) for k in range(100, 120)])
    assert desk.state(world(100))[0] == WAITING
    assert len(desk.pool.given) == 1


def test_who_is_refused_makes_room_for_others_all_the_same(desk):
    desk.wish("a", [world(1)])
    desk.wish("b", [world(k) for k in range(2, 21)])
    assert not desk.wish("a", [world(k) for k in range(100, 120)])
    assert desk.pool.given[-1] == world(2)


def test_what_is_run_ahead_of_time_goes_on_when_a_visitor_who_looked_at_it_leaves(desk):
    desk.ahead_of_time([world(1), world(2)])
    desk.wish("a", [world(2), world(1)])
    desk.leave("a")
    assert not desk.pool.dropped
    desk.pool.end()
    assert desk.pool.given == [world(1), world(2)]


def test_whoever_waits_is_told_and_waits_no_longer_than_they_say(desk):
    moved = desk.moved
    desk.wait(moved, 0.01)
    assert desk.moved == moved
    desk.wish("a", [world(1)])
    desk.wait(moved, 60)
    assert desk.moved > moved


def test_keys_tell_apart_all_that_moves_results_and_nothing_else():
    scenario = named("ai_first")
    other = scenario.counterpart()
    wishes = [World(scenario), World(scenario, 1), World(scenario, 0, False), World(other), Pair(scenario, other),
              Pair(scenario, None), Pair(scenario, other, 1), Pair(other, scenario),
              World(scenario.varied(set={"demand.level": 1.2}))]
    assert len({each.key for each in wishes}) == len(wishes)
    assert World(replace(scenario, title="Another", futures=7)).key == World(scenario).key


def test_keys_are_of_this_model(monkeypatch):
    scenario = named("ai_first")

    def keys():
        return [World(scenario).key, Pair(scenario, scenario.counterpart()).key, Life(scenario, 3).key]

    before = keys()
    assert keys() == before
    assert all(len(key) == 32 for key in before)
    monkeypatch.setattr(wished, "model_digest", lambda: "0" * 32)
    assert not set(keys()) & set(before)
