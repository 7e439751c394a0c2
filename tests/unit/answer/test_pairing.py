"""The gain of sharing chance is the ratio of two variances, by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from experiments.answer.pairing import Pairing


def recording(weekly, weeks=60):
    return SimpleNamespace(series={"on_call": np.full((weeks, 1), weekly)})


def test_the_ratio_is_that_of_the_sum_of_variances_to_the_variance_of_differences():
    pairing = Pairing(scale=0.5)
    mine, other = [10, 12, 14, 16, 18], [9, 12, 13, 16, 17]
    for a, b in zip(mine, other, strict=True):
        pairing.take(recording(a), recording(b))
    (row,) = pairing.table()
    a, b = np.array(mine) * 104, np.array(other) * 104
    assert row["years"] == 1
    assert row["difference"] == pytest.approx((a - b).mean())
    assert row["share"] == pytest.approx((a - b).mean() / b.mean())
    assert row["variance_ratio"] == pytest.approx((a.var(ddof=1) + b.var(ddof=1)) / (a - b).var(ddof=1))
    assert row["paired_se"] == pytest.approx((a - b).std(ddof=1) / 5**0.5)


def test_worlds_that_do_not_differ_have_no_ratio():
    pairing = Pairing(1.0)
    for weekly in range(5):
        pairing.take(recording(weekly + 1), recording(weekly + 1))
    assert pairing.table()[0]["variance_ratio"] is None


def test_a_few_futures_say_nothing():
    pairing = Pairing(1.0)
    pairing.take(recording(1), recording(2))
    assert pairing.table() == []
