"""The same market with one Mesa object per worker: slow, short, and the measure of the fast one.

The labor half of the week is written a second time, worker by worker in plain Python, without any of the
model's kernels: every worker lives every week, nothing is settled late or foreseen. What studios make,
where and when is the model's own. With the same chance both must give the same recording to the last bit,
so each checks the other; and the time between them is what columns and compiled loops are worth.
"""

from experiments.objects.market import ObjectMarket
from experiments.objects.run import record, run_objects

__all__ = ["ObjectMarket", "record", "run_objects"]
