"""Paired estimates of outcomes and of work by craft, with the caution that many comparisons ask for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.runners.worlds import AGAINST, CRAFT
from experiments.study.outcomes import Outcome
from experiments.study.results import Results


def outcomes(results: Results, cases: Sequence[str], looked_at: Sequence[Outcome], several: int
             ) -> list[dict[str, Any]]:
    """A row an outcome: its estimate over futures; ``stands`` after Holm's correction within this comparison.

    ``several`` is how many estimates the whole study makes: the report says so.
    """
    from experiments.analysis.several import cautious

    read = results.numbers(cases, [name for each in looked_at for name in each.columns])
    values = {each.name: each.of(read) for each in looked_at}
    told = {name: each for name, each in values.items() if np.isfinite(each).sum() >= 2}
    beside = {row["name"]: row for row in cautious(told)} if told else {}
    return [
        {"name": each.name, "label": each.label, "unit": each.unit, "way": each.way,
         "estimate": _estimate(values[each.name]), "values": values[each.name].tolist(), "among": several,
         **{key: beside.get(each.name, {}).get(key) for key in ("p", "holm", "fdr", "stands")}}
        for each in looked_at
    ]


def _estimate(values: np.ndarray) -> dict[str, Any] | None:
    from experiments.analysis.paired import estimate

    return estimate(values).plain() if np.isfinite(values).any() else None


def crafts(results: Results, cases: Sequence[str]) -> list[dict[str, Any]]:
    """A row a craft, most lost first: crew-weeks in the other world and the change, in weeks and in proportion."""
    from model.tables import crafts as known

    names = [f"{CRAFT}{name}" for name in known().names]
    read = results.numbers(cases, [*names, *(f"{AGAINST}{name}" for name in names)])
    found = []
    for name, label in zip(known().names, known().labels, strict=True):
        mine, other = read[f"{CRAFT}{name}"], read[f"{AGAINST}{CRAFT}{name}"]
        there = np.isfinite(mine) & np.isfinite(other)
        if not there.any():
            continue
        before = float(other[there].mean())
        share = mine[there] / other[there] - 1.0 if (other[there] > 0).all() else None
        found.append({
            "craft": name, "label": label, "crew_weeks_other": before, "change": _estimate(mine - other),
            "change_share": None if share is None else _estimate(share),
        })  # fmt: skip
    return sorted(found, key=lambda row: row["change_share"]["mean"] if row["change_share"] else np.inf)
