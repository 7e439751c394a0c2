"""Both accounts over futures: where a crew-week goes, where a saved dollar comes from. Parts of means add up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.answer.two_accounts import LINES, PARTS
from experiments.runners.worlds import CREW_WEEKS, DOLLAR, PRODUCERS
from experiments.study.results import Results


def crew_weeks(results: Results, cases: Sequence[str]) -> dict[str, Any] | None:
    """Means over futures by part and in all, in crew-weeks; with the spread over futures."""
    return _means(results, cases, CREW_WEEKS, (*PARTS, "total"))


def saved_dollar(results: Results, cases: Sequence[str]) -> dict[str, Any] | None:
    """Means over futures by line, realized and announced, in USD: all titles with AI, and the producers' own."""
    lines = (*LINES, "realised", "announced", "budget")
    found = {"all": _means(results, cases, DOLLAR, lines), "producers": _means(results, cases, PRODUCERS, lines)}
    return found if any(found.values()) else None


def _means(results: Results, cases: Sequence[str], prefix: str, names: Sequence[str]) -> dict[str, Any] | None:
    from experiments.statistics import spread

    read = results.numbers(cases, [f"{prefix}{name}" for name in names])
    columns = {name: read[f"{prefix}{name}"] for name in names}
    there = np.all([np.isfinite(each) for each in columns.values()], axis=0)
    if not there.any():
        return None
    return {name: spread(each[there]) for name, each in columns.items()}
