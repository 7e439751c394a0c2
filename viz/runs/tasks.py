"""What a worker process does for one job, in slices: each turn runs some weeks and says how far it is.

A worker takes turns between several jobs, so that ten visitors who all move a lever see their first weeks at once
instead of one after the other.
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from dataclasses import replace

from experiments.lives import week_by_week
from model import checkpoints
from model.atomic import folder
from model.calendar import EPOCH, monday
from model.recording import Recording
from model.rng import future_seed
from model.scenario import Scenario
from model.simulate import Play, checkpoint_name
from model.world import WORLDS_PART
from viz.runs.store import Store
from viz.runs.watch import Watch
from viz.runs.wishes import LIFE, WORLD, Life, Pair, Wish, World

FIRST_SLICE, SLICE = 4, 26  # weeks: the first is small, so that something is seen at once
Progress = tuple[int, int]  # weeks done, weeks in all; below zero what is left of the years before


def run_world(store: Store, world: World) -> Iterator[Progress]:
    """Run a world and keep it; nothing is run if it is there already."""
    if store.has(world):
        return
    watch = growing = play = recording = None
    try:
        for left in years_before(world.scenario, world.future):
            yield -left, world.scenario.weeks
        play = Play(world.scenario, world.future)
        if world.watched:
            growing = store.growing(world.key)
            watch = Watch(play, growing)
        while play.done < play.weeks:
            for _ in range(min(SLICE if play.done else FIRST_SLICE, play.weeks - play.done)):
                play.week()
                if watch:
                    watch.week()
            if watch:
                watch.flush()
            yield play.done, play.weeks
        recording = play.recording(keep_events=world.watched)
        if watch:
            watch.finish(recording)
        if store.has(world):  # somebody else was first, with the same
            return
        with folder(store.world(world.key)) as stage:
            recording.save(stage / "recording", compressed=False)
            if watch:
                for name in ("board.bin", "board.idx", "map.bin", "series.bin"):
                    shutil.copyfile(growing / name, stage / name)
    finally:
        if growing:
            shutil.rmtree(growing, ignore_errors=True)
        if watch:
            watch.close()
        play = recording = watch = None
        gc.collect()  # a market and its agents know each other


def years_before(scenario: Scenario, future: int) -> Iterator[int]:
    """Run the years from 2015 to where worlds part, in slices, if they are not known: in one piece they would keep
    everyone else whom this worker serves waiting. Says how many weeks are left; what is left behind is the state that
    runs begin from.
    """
    name = checkpoint_name(scenario, future_seed(scenario.seed, future), WORLDS_PART)
    if scenario.first_week < WORLDS_PART or (checkpoints.folder() / f"{name}.npz").is_file():
        return
    play = Play(replace(scenario, start=EPOCH, until=monday(WORLDS_PART)), future)
    while play.done < play.weeks:
        for _ in range(min(SLICE, play.weeks - play.done)):
            play.week()
        yield play.weeks - play.done
    play.recording(keep_events=False)  # which keeps the state where worlds part


def run_life(store: Store, life: Life) -> Iterator[Progress]:
    """Work out the weeks of one life, and keep them."""
    if store.has(life):
        return
    for done, weeks in week_by_week.in_steps(life.scenario, life.row):
        if done % SLICE == 0 or done == weeks:
            yield done, weeks
    gc.collect()


def run_pair(store: Store, pair: Pair) -> Iterator[Progress]:
    """Run what is missing of both worlds of one future, and keep what the pages need of it."""
    from viz import digests

    if store.has(pair):
        return
    scenario, weeks = pair.mine.scenario, pair.scenario.weeks
    before, other = 0, None
    total = weeks * (1 if pair.other is None else 2)
    if pair.other is not None:
        for done, _ in run_world(store, pair.other):
            yield max(0, done), total
        before, other = weeks, store.recording(pair.other.key)
    if pair.watched:
        for done, _ in run_world(store, pair.mine):
            yield before + max(0, done), total
        mine = store.recording(pair.mine.key)
    else:
        for _ in years_before(scenario, pair.future):
            yield before, total
        play = Play(scenario, pair.future)
        while play.done < play.weeks:
            for _ in range(min(SLICE, play.weeks - play.done)):
                play.week()
            yield before + play.done, total
        mine: Recording = play.recording(keep_events=False)
        del play
        gc.collect()
        yield total, total
    found = digests.digest(mine, other)
    (found.as_asked(pair.scenario, pair.against) if pair.drawn else found).save(store.pair(pair.key))


def begin(store: Store, wish: Wish) -> Iterator[Progress]:
    """The work that a wish asks for."""
    works = {WORLD: run_world, LIFE: run_life}
    return works.get(wish.kind, run_pair)(store, wish)
