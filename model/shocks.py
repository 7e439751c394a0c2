"""Dated shocks: what a strike or a shutdown stopped, from which day to which, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import resources

import numpy as np

from model import calendar, tables
from model.calendar import DAYS_A_WEEK, WORKING_DAYS
from model.safe_yaml import read_yaml
from model.vocabulary import WORKING_STAGES


@dataclass(frozen=True)
class Shock:
    """A dated stop of production: which stages and kinds, and the share stopped by week from its first."""

    name: str
    first: int
    severity: np.ndarray  # per week from ``first``
    stages: np.ndarray  # (4,) bool
    kinds: np.ndarray  # (kinds,) bool


def shocks() -> tuple[Shock, ...]:
    """The shocks in ``seeds/shocks.yaml``, in its order."""
    entries = read_yaml(resources.files("seeds") / "shocks.yaml")
    kinds = tables.kinds()
    stage_names = [stage.name.lower() for stage in WORKING_STAGES]
    found = []
    for name, entry in entries.items():
        first, last = _day(entry["from"]), _day(entry["to"])
        begins, ends = calendar.week_of(first), calendar.week_of(last)
        monday = calendar.monday(begins).toordinal()
        by_day = np.zeros((ends - begins + 1) * DAYS_A_WEEK)  # of which working days count for a week
        until = last.toordinal() - monday
        by_day[first.toordinal() - monday : until] = float(entry["severity"]["value"])
        for step in entry.get("hire_ceiling") or ():
            by_day[_day(step["from"]).toordinal() - monday : until] = 1.0 - float(step["value"])
        severity = by_day.reshape(-1, DAYS_A_WEEK)[:, :WORKING_DAYS].mean(axis=1)
        reached = entry["stops"]["kinds"]
        if reached == "scripted":
            touched = kinds.scripted.copy()
        elif reached == "all":
            touched = np.ones(kinds.n, bool)
        else:
            touched = np.array([kind in reached for kind in kinds.names])
        found.append(Shock(name, begins, severity,
                           np.array([stage in entry["stops"]["stages"] for stage in stage_names]), touched))
    return tuple(found)


def _day(value: object) -> date:
    return calendar.parse_date(value, "the day of a shock")
