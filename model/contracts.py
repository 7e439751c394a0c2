"""Terms of employment and incentives by date, read from ``seeds/`` into one value per week."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources

import numpy as np

from model import calendar, tables
from model.policy import Policy
from model.safe_yaml import read_yaml

FIRST_WEEK, LAST_WEEK = -260, 1400  # weeks for which terms are laid out
LAST_YEAR = 2041  # the last year that they reach into


@cache
def _terms() -> dict:
    return read_yaml(resources.files("seeds") / "contracts.yaml")


def _week(value: object) -> int:
    return calendar.first_week_from(calendar.parse_date(value, "the date of a contract term"))


def _raises_of(plan: str) -> list[tuple[int, float]]:
    """(week, share) of every raise of a plan's scale, the yearly default after the last listed one included."""
    terms = _terms()["scale_raises"]
    dated: list[tuple[date, float]] = []
    for step in terms[plan]["steps"]:
        day = calendar.parse_date(step["from"], "the date of a raise")
        years = range(day.year, LAST_YEAR + 1) if step.get("every") == "year" else (day.year,)
        dated += [(day.replace(year=year), float(step["value"])) for year in years]
    last = max(day for day, _ in dated)
    after = float(terms["after"]["value"])
    dated += [(last.replace(year=year, day=min(last.day, 28)), after) for year in range(last.year + 1, LAST_YEAR + 1)]
    return [(calendar.first_week_from(day), share) for day, share in dated]


@cache
def scale_path() -> np.ndarray:
    """Scale relative to January 2015, (weeks, crafts), from ``FIRST_WEEK`` on; flat before 2015.

    Equation 39.
    """
    plans = tables.column("crafts.csv", "plan", str)
    path = np.ones((LAST_WEEK - FIRST_WEEK, len(plans)))
    for plan in sorted(set(plans.tolist())):
        for week, share in _raises_of(plan):
            if 0 <= week < LAST_WEEK:
                path[week - FIRST_WEEK :, plans == plan] *= 1.0 + share
    return path


@cache
def _benefits() -> np.ndarray:
    """Top-up in cents and weeks of a claim, (weeks, 2)."""
    terms = _terms()["unemployment_benefit"]
    path = np.zeros((LAST_WEEK - FIRST_WEEK, 2), np.int64)
    path[:, 1] = int(terms["duration"]["value"])
    for name, column, unit in (("federal_supplement", 0, 100), ("extended_weeks", 1, 1)):
        for step in terms[name]["steps"]:
            span = slice(_week(step["from"]) - FIRST_WEEK, _week(step["to"]) - FIRST_WEEK)
            path[span, column] += int(round(float(step["value"]) * unit))
    return path


@cache
def _credit() -> tuple[np.ndarray, np.ndarray]:
    """Weeks from which a California program holds, and its (rate, base share, cap in USD, cap of a title in USD)."""
    home = [row for row in tables.rows("incentives.csv") if row["place"] == "los_angeles"]
    weeks = np.array([calendar.first_week_from(date.fromisoformat(row["from"])) for row in home])
    terms = np.array([[float(row["nominal_rate"]), float(row["base_share"]),
                       float(row["cap_usd_million"]) * 1e6, float(row["title_cap_usd_million"]) * 1e6] for row in home])
    return weeks, terms


EXPANDED = calendar.week_of(date(2025, 7, 1))  # half-hours and animation may apply from this week on


@cache
def baseline(week: int) -> Policy:
    """The rules in force by law and contract in a week: the same object each time, so copy it before a change."""
    kinds = tables.kinds()
    weeks, terms = _credit()
    rate, base, cap, title_cap = terms[max(0, int(np.searchsorted(weeks, week, side="right")) - 1)]
    topup, duration = _benefits()[week - FIRST_WEEK]
    covers = kinds.credit
    if week >= EXPANDED:
        covers = covers | np.array([kind in ("comedy_series", "animation") for kind in kinds.names])
    terms = _terms()
    return Policy(
        credit_rate=float(rate),
        credit_cap_usd=float(cap),
        credit_title_cap_usd=float(title_cap),
        credit_base_share=float(base),
        credit_covers=covers,
        benefit_weekly_max_cents=int(terms["unemployment_benefit"]["weekly_max"]["value"]) * 100,
        benefit_weeks=int(duration),
        benefit_topup_cents=int(topup),
        health_hours_enter=int(terms["health_mpi"]["enter_hours"]["value"]),
        health_hours_keep=int(terms["health_mpi"]["keep_hours"]["value"]),
    )
