"""Processes that run cases and may die of it: a crash or a run that hangs costs that run and no other.

Pebble's pool is the one that loses just the run whose process died, limits the time of a run, and leaves no process
behind when its owner is killed.
"""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import CancelledError, Future, TimeoutError
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from pebble import ProcessExpired, ProcessPool

from experiments.batch.case import Case
from experiments.batch.execute import ONE_THREAD, execute, prepare_worker
from experiments.runners import RUNNERS, WITHOUT_THE_MODEL

RUNS_A_PROCESS = 200  # then a fresh one takes its place, so that nothing can pile up
_MODEL = "experiments.batch.preload"


def open_pool(workers: int, runner: str) -> ProcessPool:
    """A pool whose processes are forked from one that has loaded what a ``runner`` needs."""
    for name in ONE_THREAD:  # numpy looks once, when it is imported
        os.environ.setdefault(name, "1")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([RUNNERS[runner] if runner in WITHOUT_THE_MODEL else _MODEL])
    return ProcessPool(max_workers=workers, max_tasks=RUNS_A_PROCESS, initializer=prepare_worker, context=context)


def schedule(pool: ProcessPool, case: Case, run_limit: float) -> Future:
    """The future of a case's record."""
    return pool.schedule(execute, args=(case.runner, case.id, dict(case.asks)), timeout=run_limit)


def outcome(future: Future, run_limit: float) -> tuple[dict[str, Any] | None, str]:
    """(record, "") of a future that is done, or (None, how its process died)."""
    try:
        return future.result(timeout=0), ""
    except TimeoutError:
        return None, f"it took longer than the {run_limit:g} seconds a run may take"
    except ProcessExpired as trouble:
        return None, f"its process was ended ({_cause(trouble)})"
    except BrokenProcessPool:
        return None, "all processes were ended at once"
    except CancelledError:
        return None, "it was given up"


def usable(pool: ProcessPool | None) -> bool:
    """Whether a pool takes cases: one whose idle processes were killed has given up for good."""
    if pool is None or pool.active:
        return pool is not None
    pool.stop()
    pool.join()
    return False


def _cause(trouble: ProcessExpired) -> str:
    code = trouble.exitcode
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
