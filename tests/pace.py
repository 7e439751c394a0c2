"""How fast the machine is at this moment, for tests that hold a time against a limit.

A limit is meant for a laptop that has nothing else to do. On a slow machine, and where two tests share what is one core
by half, the same work takes two or three times the CPU time; a fixed piece of work, timed beside, says how much.
"""

import time

LOOPS, QUIET = 500_000, 0.02  # turns of a plain loop, and the seconds of CPU that they take on a quiet laptop


def slowness() -> float:
    """CPU time of the same work relative to a quiet laptop, never below 1: a fast machine gets no shorter limit."""
    begun, total = time.process_time(), 0
    for turn in range(LOOPS):
        total += turn
    return max(1.0, (time.process_time() - begun) / QUIET)


def quiet_seconds(work, times: int = 5) -> float:
    """The least CPU time of some calls of ``work``, in seconds of a quiet laptop."""
    took = []
    for _ in range(times):
        slow, begun = slowness(), time.process_time()
        work()
        took.append((time.process_time() - begun) / slow)
    return min(took)
