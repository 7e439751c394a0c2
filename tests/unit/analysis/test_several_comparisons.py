"""Many comparisons at once, on p values adjusted by hand."""

import warnings

import numpy as np
import pytest
from scipy import stats

from experiments.analysis.several import benjamini_hochberg, cautious, holm
from model.errors import CallSheetError


def test_holm_and_benjamini_hochberg_on_known_p_values():
    p = [0.01, 0.04, 0.03, 0.005]
    assert holm(p) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert benjamini_hochberg(p) == pytest.approx([0.02, 0.04, 0.04, 0.02])
    assert holm([0.6, 0.7]) == pytest.approx([1.0, 1.0])
    with pytest.raises(CallSheetError, match="from 0 to 1"):
        holm([1.2])


def test_each_p_is_that_of_a_paired_t_test():
    values = np.random.default_rng(1).normal(0.4, 1.0, 15)
    (row,) = cautious({"wages": values})
    assert row["p"] == pytest.approx(stats.ttest_1samp(values, 0.0).pvalue)
    assert row["p"] == row["holm"] == row["fdr"]


def test_a_finding_alone_may_not_stand_among_twenty():
    chance = np.random.default_rng(4)
    lonely = chance.normal(0.0, 1.0, 12)
    lonely += 0.75 - lonely.mean()
    noise = {f"n{i}": (lambda x: x - x.mean() + 0.1)(chance.normal(size=12)) for i in range(20)}
    assert cautious({"lonely": lonely})[0]["stands"]
    row = cautious({"lonely": lonely, **noise})[0]
    assert row["p"] < 0.05 < row["holm"]
    assert not row["stands"]


def test_differences_all_equal_need_no_spread_and_give_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rows = cautious(
            {"none": [0.0] * 8, "two": [1.0, 1.0], "ten": [0.1 + 0.2] * 10, "one": [5.0], "failed": [np.nan]}
        )
    assert [row["p"] for row in rows] == pytest.approx([1.0, 0.5, 2 / 2**10, 1.0, 1.0])
    assert rows[-1]["mean"] is None
    assert cautious({}) == []
