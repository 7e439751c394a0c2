"""A batch of the claims' runs can be stopped, resumed and trusted."""

from dataclasses import replace

import pytest

from experiments.claims.batch import Batch
from experiments.claims.runs import Task
from experiments.claims.store import Store
from model.errors import CallSheetError


def tasks(n):
    return [Task(("C1",), 0, future, 0.01, {"ai_tasks.takes": 12.0}) for future in range(n)]


class Counting:
    """Runs nothing, counts, and can be told to stop."""

    def __init__(self, stop_after=None, fail=()):
        self.calls, self.stop_after, self.fail = [], stop_after, fail

    def __call__(self, task):
        if self.stop_after is not None and len(self.calls) == self.stop_after:
            raise KeyboardInterrupt
        self.calls.append(task.future)
        if task.future in self.fail:
            raise CallSheetError("That future is not to be had.")
        return {"C1": {"value": float(task.future)}}


def test_a_stopped_batch_goes_on_where_it_was(tmp_path):
    stopped = Counting(stop_after=3)
    with pytest.raises(KeyboardInterrupt), Batch(Store(tmp_path), runner=stopped) as batch:
        batch.results(tasks(6))
    again, told = Counting(), []
    with Batch(Store(tmp_path), progress=lambda *each: told.append(each), runner=again) as batch:
        found = batch.results(tasks(6))
    assert stopped.calls == [0, 1, 2]
    assert again.calls == [3, 4, 5]
    assert [each["C1"]["value"] for each in found] == [0, 1, 2, 3, 4, 5]
    assert told[-1] == (6, 6)


def test_a_kept_run_that_is_cut_short_or_of_something_else_is_run_again(tmp_path):
    store, (one, other) = Store(tmp_path), tasks(2)
    store.save(one, {"C1": {"value": 1.0}})
    assert store.load(one) == {"C1": {"value": 1.0}}
    store.path(other).write_text(store.path(one).read_text())
    assert store.load(other) is None
    store.path(one).write_text(store.path(one).read_text()[:40])
    assert store.load(one) is None
    store.path(one).write_text("[]")
    assert store.load(one) is None


def test_the_key_of_a_run_moves_with_all_that_can_move_its_result():
    one = tasks(1)[0]
    others = [
        replace(one, measures=("C2",)), replace(one, seed=1), replace(one, future=1), replace(one, scale=0.02),
        replace(one, settings={"ai_tasks.takes": 13.0}), replace(one, settings={}),
    ]  # fmt: skip
    assert len({each.key() for each in (one, *others)}) == 7
    assert one.key() == tasks(1)[0].key()


def test_a_failed_run_is_a_finding_and_the_rest_is_kept(tmp_path):
    with Batch(Store(tmp_path), runner=Counting(fail=(1,))) as batch:
        found = batch.results(tasks(3))
    assert found[1] is None
    assert found[2] == {"C1": {"value": 2.0}}
    assert list(batch.failed.values()) == ["That future is not to be had."]
    with Batch(Store(tmp_path), runner=Counting()) as batch:
        assert batch.results(tasks(3))[1] == {"C1": {"value": 1.0}}


def test_the_same_run_is_run_once_even_when_asked_for_twice(tmp_path):
    counting = Counting()
    with Batch(Store(tmp_path), runner=counting) as batch:
        batch.results(tasks(2) + tasks(2))
    assert counting.calls == [0, 1]
