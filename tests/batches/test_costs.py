"""What giving out work costs: time beside the runs, memory over many of them, and what a second worker brings."""

import os
import time

import psutil
import pytest

from experiments.batch.coordinator import Batch
from experiments.batch.engines.choose import engine
from experiments.batch.folder import Folder
from experiments.speed.measured import measured
from tests.batches.trials import case

pytestmark = pytest.mark.slow


def timed(folder, cases, workers, watched=None):
    """(wall seconds from the first run to the last, CPU seconds of this process) for some cases."""
    held = Folder(folder)
    with held.owned():
        batch = Batch(held, lambda: engine("local", workers, 60.0), progress=watched)
        try:
            batch.run(cases[:workers])  # the workers are there before the clock starts
            begin, busy = time.perf_counter(), time.process_time()
            batch.run(cases[workers:])
            return time.perf_counter() - begin, time.process_time() - busy
        finally:
            batch.close()


def test_the_coordinator_takes_at_most_two_percent_of_runs_of_a_second(tmp_path):
    cases = [case("sleeps", k, seconds=1.0) for k in range(62)]
    wall, busy = timed(tmp_path / "a", cases, 2)
    print(f"60 runs of a second on two workers: {wall:.2f} s of 30, {busy:.2f} s of CPU in the coordinator")
    measured("batches.overhead", 100 * (wall / 30 - 1), "% of runs of a second", "at most 2")
    measured("batches.coordinator_cpu", 1e3 * busy / 60, "ms a run")
    assert wall <= 30 * 1.02
    assert busy <= 60 * 0.02


def test_memory_stays_flat_over_ten_thousand_runs(tmp_path):
    me, seen = psutil.Process(os.getpid()), {}

    def watch(tally):
        for at in (1000, 4000, 7000, 9900):
            if tally.done >= at and at not in seen:
                seen[at] = me.memory_info().rss / 2**20

    cases = [case("noisy_line", k, a=0.001 * k) for k in range(10_000)]
    wall, busy = timed(tmp_path / "a", cases, 2, watch)
    print(f"10,000 runs in {wall:.0f} s, {1e3 * busy / 10_000:.2f} ms of CPU each; MB of memory by runs done: {seen}")
    measured("batches.memory_after_1000", seen[1000], "MB")
    measured("batches.memory_after_9900", seen[9900], "MB", "flat")
    measured("batches.short_runs", 10_000 / wall, "runs a second")
    assert seen[9900] <= seen[1000] * 1.05


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="a second core is what is measured")
def test_two_workers_do_nearly_twice_the_work_of_one(tmp_path):
    cases = [case("works", k, seconds=0.5) for k in range(42)]
    one, _ = timed(tmp_path / "one", cases[:41], 1)
    two, _ = timed(tmp_path / "two", cases, 2)
    print(f"40 runs: {one:.1f} s with one worker, {two:.1f} s with two: {one / two:.2f} times")
    measured("batches.two_workers", one / two, "times one", "at least 1.8")
    assert one / two >= 1.8
