"""What the public pays for a year of somebody's work: cost and work both as paired differences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.runners.worlds import AGAINST
from experiments.study.results import Results

COST, WORK = "public_cost_musd", "crew_weeks"
CREDIT, PAY, WAGES = "credit_musd", "payroll_musd", "wages_of_qualified_spend"
LEAST = 0.05  # of the credit allotted, from which a difference is one
A_JOB_YEAR = 52.0  # crew-weeks: one worker on a call for a year
_USD = 1e6
LEVEL = 0.95


def per_job_year(results: Results, cases: Sequence[str]) -> dict[str, Any] | None:
    """USD of public money for each further job-year, with Fieller's interval; None where nothing public is recorded.

    The interval is None when the work gained cannot be told from none: then no cost per job-year can be named.
    """
    read = results.numbers(cases, [*(COST, WORK), *(f"{AGAINST}{name}" for name in (COST, WORK))])
    money = (read[COST] - read[f"{AGAINST}{COST}"]) * _USD
    years = (read[WORK] - read[f"{AGAINST}{WORK}"]) / A_JOB_YEAR
    there = np.isfinite(money) & np.isfinite(years)
    if not there.any() or not money[there].any():
        return None
    money, years = money[there], years[there]
    low, high = fieller(money, years)
    found = {"usd": float(money.mean()), "job_years": float(years.mean()), "low": low, "high": high,
             "futures": int(money.size), "pay_per_credit": pay_per_credit(results, cases)}
    mean = float(money.mean() / years.mean()) if years.mean() else float("nan")
    return {**found, "per_job_year": mean if np.isfinite(mean) else None}


def pay_per_credit(results: Results, cases: Sequence[str]) -> dict[str, Any] | None:
    """Crew pay that comes with a further dollar of credit, beside the most that the Film Commission's own releases
    allow for: wages as a share of qualified spend over the rate in law, were every credited title one that would
    otherwise be made elsewhere. None where the credit does not differ.
    """
    from experiments.answer.outside import figures
    from model import tables

    names = (CREDIT, PAY)
    read = results.numbers(cases, [*names, *(f"{AGAINST}{name}" for name in names)])
    credit, pay = (float(np.nanmean(read[name] - read[f"{AGAINST}{name}"])) for name in names)
    other = float(np.nanmean(read[f"{AGAINST}{CREDIT}"]))
    if not np.isfinite(credit) or abs(credit) < LEAST * max(1.0, other):
        return None
    figure = figures()[WAGES]
    rate = [float(row["nominal_rate"]) for row in tables.rows("incentives.csv") if row["place"] == "los_angeles"][-1]
    return {"found": pay / credit, "at_most": figure["high"] / rate, "rate": rate, "wages": figure["value"],
            "label": figure["label"], "source": figure["source"]}


def fieller(over: np.ndarray, under: np.ndarray, level: float = LEVEL) -> tuple[float | None, float | None]:
    """Fieller's interval for a ratio of means of pairs (Fieller 1954); (None, None) where it has no ends."""
    from scipy.stats import t as student

    n = over.size
    if n < 3:
        return None, None
    t = student.ppf(0.5 + level / 2.0, n - 1)
    a, b = over.mean(), under.mean()
    covariance = np.cov(over, under) / n
    aa, bb, ab = covariance[0, 0], covariance[1, 1], covariance[0, 1]
    square = b * b - t * t * bb
    if square <= 0:
        return None, None
    middle = a * b - t * t * ab
    root = middle**2 - square * (a * a - t * t * aa)
    if root < 0:
        return None, None
    return float((middle - np.sqrt(root)) / square), float((middle + np.sqrt(root)) / square)
