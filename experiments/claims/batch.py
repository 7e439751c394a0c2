"""Tasks over processes: finished ones are kept at once, a failed one is a finding, Ctrl-C ends the rest."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any

from experiments.claims.runs import Task, run
from experiments.claims.store import Store
from model.errors import CallSheetError, Failure

Result = dict[str, Any]
Progress = Callable[[int, int], None]


class Batch:
    """Runs tasks, each once, on one process or several; a context that ends its processes when it ends."""

    def __init__(self, store: Store, workers: int = 1, progress: Progress | None = None,
                 runner: Callable[[Task], Result] = run) -> None:
        self.store, self.workers, self.runner = store, workers, runner
        self.progress = progress or (lambda done, total: None)
        self.done = self.total = self.ran = 0
        self.failed: dict[str, str] = {}  # by key of the task
        self._pool: ProcessPoolExecutor | None = None

    def results(self, tasks: Sequence[Task]) -> list[Result | None]:
        """The result of each task in their order; None for one that failed, with its sentence in ``failed``."""
        self.total += len(tasks)
        found: dict[str, Result | None] = {}
        missing: dict[str, Task] = {}
        for task in tasks:
            key = task.key()
            if key not in found and key not in missing:
                kept = self.store.load(task)
                if kept is None:
                    missing[key] = task
                    continue
                found[key] = kept
            self._tell()
        for task, result, trouble in self._run(list(missing.values())):
            if trouble:
                self.failed[task.key()] = trouble
            else:
                self.store.save(task, result)
                self.ran += 1
            found[task.key()] = result
            self._tell()
        return [found[task.key()] for task in tasks]

    def _tell(self) -> None:
        self.done += 1
        self.progress(self.done, self.total)

    def _run(self, tasks: list[Task]) -> Iterable[tuple[Task, Result | None, str]]:
        if self.workers == 1 or (len(tasks) == 1 and self._pool is None):
            yield from (_tried(self.runner, task) for task in tasks)
            return
        if self._pool is None and tasks:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.workers, context, _leave_interrupts)
        try:
            for each in as_completed([self._pool.submit(_tried, self.runner, task) for task in tasks]):
                yield each.result()
        except BrokenProcessPool as trouble:
            raise Failure(
                "A process that ran worlds was ended from outside, perhaps for want of memory. What was finished is "
                "kept; give the same command again, with fewer --workers or a smaller --scale."
            ) from trouble

    def __enter__(self) -> Batch:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None,
                 trace: TracebackType | None) -> None:
        if self._pool is not None:
            if kind is not None:
                for child in multiprocessing.active_children():
                    child.terminate()
            self._pool.shutdown(cancel_futures=True)


def _tried(runner: Callable[[Task], Result], task: Task) -> tuple[Task, Result | None, str]:
    try:
        return task, runner(task), ""
    except CallSheetError as trouble:
        return task, None, str(trouble)
    except (ArithmeticError, LookupError, ValueError, AssertionError) as trouble:
        return task, None, f"The run failed ({type(trouble).__name__}: {str(trouble)[:200]})."


def _leave_interrupts() -> None:
    """Ctrl-C is the parent's business, which ends us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
