"""Two worlds of a future at the same time: compiled code leaves the interpreter to others while it works."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Event
from typing import TypeVar

T = TypeVar("T")
Report = Callable[[int, int], None]  # of what is done, and of how much
NOW_AND_THEN = 0.1  # seconds between two looks at how far the second is


class Abandoned(Exception):
    """Nobody waits for what is being done any more."""


def side_by_side(first: Callable[[Report], T], second: Callable[[Report], T], progress: Callable[[int], None]
                 ) -> tuple[T, T]:
    """Results of two tasks, each told whom to report to: the ``first`` is done here, the ``second`` in a thread.

    The second begins when the first has reported once, and so finds in the cache what they share, as two worlds do
    their history. ``progress`` is told here how much both have done together. If either fails, or whoever waits is
    interrupted, the second stops at its next report; while it makes a history of its own it reports nothing.
    """
    done, abandoned = [0, 0], Event()
    running: list[Future[T]] = []

    def of_second(so_far: int, _: int) -> None:
        if abandoned.is_set():
            raise Abandoned
        done[1] = so_far

    with ThreadPoolExecutor(1, "world") as thread:

        def begin() -> Future[T]:
            if not running:
                running.append(thread.submit(second, of_second))
            return running[0]

        def of_first(so_far: int, _: int) -> None:
            other = begin()
            if other.done():
                other.result()  # raises what it failed with
            done[0] = so_far
            progress(sum(done))

        try:
            mine = first(of_first)
            other = begin()
            while not other.done():
                wait((other,), NOW_AND_THEN)
                progress(sum(done))
            return mine, other.result()
        except BaseException:
            abandoned.set()
            raise
