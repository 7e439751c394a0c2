"""An existing Dask scheduler, by its address. Each Dask worker runs cases in processes of its own, so that a run that
crashes or hangs takes no worker and no other run with it.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import threading
import time
from queue import Empty, SimpleQueue
from typing import Any
from uuid import uuid4

from experiments.batch.case import Case
from experiments.batch.engines.pool import open_pool, outcome, schedule, usable
from experiments.batch.engines.protocol import Ended
from experiments.batch.execute import OTHER_CODE, failure
from experiments.runners import digest_of
from model.errors import Failure

CONNECT_SECONDS = 20.0
WORKER_SECONDS = 60.0  # without any worker, then it is said
_pools: dict[int, Any] = {}  # in a Dask worker: its pool by process
_lock = threading.Lock()


class Cluster:
    """The workers of a scheduler."""

    def __init__(self, address: str, run_limit: float) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise Failure(
                "A Dask scheduler is reached with the package distributed, which is not installed here. "
                'Install it (pip install -e ".[cluster]" in the checkout), or leave --engine out to use this machine.'
            ) from None
        self.address, self._run_limit = address, run_limit
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # it tells of lost connections by the page; we do
        try:
            self._client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as trouble:
            raise Failure(
                f"No Dask scheduler answers at {address[:80]} ({type(trouble).__name__}). Start one with "
                "`dask scheduler`, and workers with `dask worker ADDRESS --nthreads 1`, then give the command again."
            ) from None
        self._running: dict[Any, Case] = {}
        self._done: SimpleQueue[Any] = SimpleQueue()  # filled by Dask's own thread
        self._mine, self._submitted = uuid4().hex, 0
        self._had_workers = time.monotonic()

    def slots(self) -> int:
        """One case a thread of every worker there is now; workers may come and go."""
        with self._connected():
            threads = sum(self._client.nthreads().values())
        if threads:
            self._had_workers = time.monotonic()
        elif time.monotonic() - self._had_workers > WORKER_SECONDS:
            raise Failure(
                f"The Dask scheduler at {self.address} has no workers. Start some with `dask worker {self.address} "
                "--nthreads 1` and give the command again; what was finished is kept."
            )
        return max(1, threads)

    def submit(self, case: Case) -> None:
        """Give it to the scheduler, under a key of its own each time, so that no earlier answer is taken for it."""
        self._submitted += 1
        with self._connected():
            future = self._client.submit(
                run_apart, case.runner, case.id, dict(case.asks), self._run_limit,
                key=f"{case.id}-{self._mine}-{self._submitted}", pure=False, retries=0,
            )  # fmt: skip
        self._running[future] = case
        future.add_done_callback(self._done.put)

    def ended(self, seconds: float) -> list[Ended]:
        """Those that are done."""
        if self._client.status not in ("running", "connecting"):
            raise self._gone()
        try:
            done = [self._done.get(timeout=seconds)]
        except Empty:
            return []
        while not self._done.empty():
            done.append(self._done.get())
        return [Ended(self._running.pop(each), *self._outcome(each)) for each in done]

    def _outcome(self, future: Any) -> tuple[dict[str, Any] | None, str]:
        try:
            record, died = future.result(timeout=CONNECT_SECONDS)
        except Exception as trouble:  # what Dask raises: a worker that was killed, a connection that was lost
            return None, f"its Dask worker was lost ({type(trouble).__name__})"
        finally:
            future.release()
        return record, died

    @contextlib.contextmanager
    def _connected(self) -> Any:
        """What Dask raises when its scheduler is gone, as a sentence."""
        try:
            yield
        except Exception as trouble:
            raise self._gone() from trouble

    def _gone(self) -> Failure:
        return Failure(
            f"The Dask scheduler at {self.address} is gone. What was finished is kept; start it again and give the "
            "same command, or leave --engine out to go on here."
        )

    def stop(self) -> None:
        """Give up what runs and leave the scheduler as it was found."""
        with contextlib.suppress(Exception):  # one that is gone needs no farewell
            for future in list(self._running):
                future.cancel()
            self._client.close(timeout=CONNECT_SECONDS)
        self._running.clear()


def run_apart(runner: str, case: str, asks: dict[str, Any], run_limit: float) -> tuple[dict[str, Any] | None, str]:
    """In a Dask worker: run a case in a process beside it; (record, "") or (None, how that process died)."""
    from concurrent.futures import wait

    held = Case(runner, asks)
    if held.id != case:
        return {"case": case, "code": digest_of(runner), **failure("Its worker has another version.", OTHER_CODE)}, ""
    future = schedule(_own_pool(runner), held, run_limit)
    wait([future])
    return outcome(future, run_limit)


def _own_pool(runner: str) -> Any:
    from distributed import get_worker

    with _lock:
        if not usable(_pools.get(os.getpid())):
            # Dask's nanny starts workers as daemons, which multiprocessing forbids to have children. The children of
            # a pool end with their owner, so the ban protects nothing here.
            multiprocessing.current_process()._config["daemon"] = False
            _pools[os.getpid()] = open_pool(get_worker().state.nthreads, runner)
        return _pools[os.getpid()]
