"""The rules of a working life this week, as one record that kernels take: parameters, policy, seed and week."""

from __future__ import annotations

from functools import cache

import numpy as np

_WHOLE = (
    "seed", "week",
    "take_home",  # per mille of gross pay
    "saved",  # per mille of what is left after usual living
    "benefit_max",  # cents a week
    "benefit_topup",  # cents a week
    "benefit_weeks",
    "wage_insurance",  # per mille of the wage lost by taking a lower-paid call that is paid on top
    "wage_insurance_weeks",  # of such a call
    "health_enter",  # hours in a year
    "health_keep",  # hours in half a year
    "veteran_days",
    "lesson",  # per mille of days on a call beside a veteran
    "back_weeks",  # after the end of their last call, how long leavers may come back
    "contacts",  # how many contacts a worker keeps
    "ai_craft",  # code of the craft that AI work created
    "ai_since",  # week in which worlds part
)
_REAL = (
    "talent_weight", "learning_days", "fade",
    "premium",
    "first_ask",  # share of the last wage asked for at first
    "patience",  # fall of the reservation wage per idle week
    "patience_floor",
    "empty_purse",  # fall of the reservation wage once savings are gone
    "new_craft",  # discount of pay in a craft that is new to the worker
    "skill_in_choice",  # weight of skill against luck when a crew is chosen
    "referral",  # share of vacancies that the head of department tries to fill by phone
    "reach",  # chance that a contact who is free is reached and asked
    "rewiring",  # share of contacts replaced by a stranger of the craft
    "quit",  # per four weeks
    "exit_base",  # per four weeks idle
    "exit_spell",  # added per idle week
    "exit_broke",  # factor once savings are gone
    "exit_uninsured",  # factor without health coverage
    "exit_experience",  # factor for a career of many days
    "back",  # per eight weeks, of those who left
    "ai_learning_days",
    "ai_aging",  # share of practice with the tools that a year makes stale
    "ai_needed",  # fluency that AI work asks for
    "ai_initial",  # fluency of those who never worked with the tools, at most
)
MONEY_TERMS = ("take_home", "saved", "benefit_max", "benefit_topup", "benefit_weeks", "wage_insurance",
               "wage_insurance_weeks")


_MONEY = [_WHOLE.index(name) for name in MONEY_TERMS]


@cache
def now_dtype(crafts: int) -> np.dtype:
    """The record ``now`` for a number of crafts; ``day_hours`` and ``covered`` are by craft."""
    return np.dtype([(name, np.int64) for name in _WHOLE] + [(name, np.float64) for name in _REAL]
                    + [("day_hours", np.int64, (crafts,)), ("covered", np.uint8, (crafts,))], align=True)


def empty_now(crafts: int) -> np.ndarray:
    """One record in which everything is off: no rules, no pay, no health plan."""
    return np.zeros(1, now_dtype(crafts))


def money_terms(now: np.ndarray) -> np.ndarray:
    """The rules by which money is settled, int64: whole numbers lie first in the record."""
    return now.view(np.int64)[_MONEY]


def rule_names() -> tuple[str, ...]:
    """Names of the rules, in the order of the record."""
    return _WHOLE[2:] + _REAL
