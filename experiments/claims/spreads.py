"""What shows why, over futures: every number of nested results becomes its mean, percentiles and agreement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from experiments.claims.verdicts import spread


def spreads(results: Sequence[Any]) -> Any:
    """The same nest with :func:`spread` at every number; of truths the share of futures; of words the first."""
    first = next((each for each in results if each is not None), None)
    if isinstance(first, dict):
        names = dict.fromkeys(name for each in results if each for name in each)
        return {name: spreads([each.get(name) for each in results if each]) for name in names}
    if isinstance(first, list):
        longest = max(len(each) for each in results if each is not None)
        return [spreads([each[k] for each in results if each and k < len(each)]) for k in range(longest)]
    if isinstance(first, bool):
        return sum(each is True for each in results) / len(results)
    if isinstance(first, (int, float)) or first is None:
        found = spread(results)
        return {**found.plain(), "futures": found.futures}
    return first
