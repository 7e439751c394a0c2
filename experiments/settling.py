"""What a process has at hand after its first run stays: libraries, compiled kernels, tables."""

from __future__ import annotations

import gc
from functools import cache


@cache
def settle() -> None:
    """After the first run of a process: what is there then stays, so the collector need not look at it after each run
    (at full scale that look took a tenth of a run's time).
    """
    gc.collect()
    gc.freeze()
