"""A forecast for a terminal: years of each series, of the kind that counts and of the other."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np

from experiments.forecasting.series import JOBS, NAMES
from experiments.terminal import console


def show(found: dict[str, Any]) -> None:
    """Yearly means of the middle and of the ends of the 80 % intervals; months and quarters are in --json."""
    from experiments.terminal.show import WIDTH, table

    lines = []
    for series in NAMES:
        for kind in ("unconditional", "conditional"):
            mine = [row for row in found["rows"] if row["series"] == series and row["kind"] == kind]
            for year in sorted({row["date"][:4] for row in mine}):
                of_year = [row for row in mine if row["date"].startswith(year)]
                low, middle, high = (np.mean([row[q] for row in of_year]) for q in ("q10", "q50", "q90"))
                lines.append([series, kind, year, f"{low:,.0f}", f"{middle:,.0f}", f"{high:,.0f}"])
    table(["series", "kind", "year", "10 %", "middle", "90 %"], lines)
    for text in (
        f"{JOBS} are jobs in a month, shoot days those in a quarter; each is the mean over the year's periods, of the "
        "ends of their 80 % intervals too. A year's mean is surer than a month: its own interval would be narrower.",
        f"Made on {found['made_on']} with {found['members']} runs of each kind at scale {found['scale']:g}; rows have "
        f"the hash {found['hash']}.",
    ):
        console.say(textwrap.fill(text, WIDTH))
