"""How many runs the claims are said to take is how many they ask for, before any border is looked for."""

import pytest

from experiments.claims import amount, shares
from experiments.claims.declared import chosen
from experiments.claims.study import Design, study


class Counting:
    """A batch of which no run comes back."""

    def __init__(self):
        self.asked = []
        self.failed = []

    def results(self, tasks):
        self.asked += tasks
        return [None] * len(tasks)


@pytest.mark.parametrize(("names", "futures", "points", "each", "base"), [
    ((), 3, 5, 2, 0), ((), 7, 4, 1, 8), ((), 1, 0, 1, 0), (("C4",), 7, 5, 2, 8), (("C4",), 2, 5, 2, 0),
    (("C3",), 1, 4, 1, 0), (("C3",), 6, 4, 3, 8), (("C6",), 4, 2, 1, 8), (("C1", "C2"), 4, 3, 2, 8),
    (("C11", "C11", "C4"), 6, 2, 2, 16),
])  # fmt: skip
def test_what_is_said_is_what_is_asked(names, futures, points, each, base):
    picked, batch = chosen(names), Counting()
    found = study(Design(futures, points, each, 0.1, 1, picked, base), batch)
    assert len(batch.asked) == amount.runs(picked, futures, points, each, base)
    assert [row["id"] for row in found["claims"]] == list(picked)


def test_variance_is_shared_out_in_as_many_runs_as_its_design_has():
    batch = Counting()
    shares.measured(8, ["C3"], 0.1, 1, batch.results)
    assert len(batch.asked) == shares.runs(8)
    assert shares.runs(0) == 0
