"""Skill grows with days on calls, is taught by veterans, and fades between calls."""

from __future__ import annotations

import numpy as np
from numba import njit

from model.calendar import WEEKS_A_YEAR
from model.kernels import maker
from model.mechanisms.wages import per_mille
from model.vocabulary import Status

_ON_CALL = int(Status.ON_CALL)


@njit(inline="always")
def skill(talent, days, lessons, idle_weeks, now):
    """Skill in [0, 1]: talent, and practice with diminishing returns that goes stale with each idle week.

    ``days`` on calls and ``lessons`` (days' worth taught by veterans) count alike; half of what practice can
    give is reached after ``now.learning_days``. Equation 14.
    """
    practice = days + lessons
    learned = practice / ((practice + now.learning_days) * (1.0 + now.fade * idle_weeks))
    return now.talent_weight * talent + (1.0 - now.talent_weight) * learned


@njit(inline="always")
def lessons_of(weeks, days, own_days, head_days, now):
    """Days' worth of lessons in ``weeks`` on a call of ``days`` a week under a head of department.

    Only an apprentice (``own_days`` under the veteran's mark) under a veteran learns this way. Equation 15.
    """
    if own_days >= now.veteran_days or head_days < now.veteran_days:
        return 0
    return per_mille(weeks * days, now.lesson)


@njit(inline="always")
def practice_kept(days, weeks, now):
    """Days of practice with AI tools that ``weeks`` without it have not made stale. Equation 54."""
    return days * (1.0 - now.ai_aging) ** (weeks / WEEKS_A_YEAR)


@njit(inline="always")
def fluency(days, weeks, u, years, now):
    """Fluency with AI tools, in [0, 1]: what practice of ``weeks`` ago has left, or what one came with by chance ``u``.

    Half is reached after ``now.ai_learning_days``. What one came with gets old like practice: ``years`` since April
    2026, or since one entered the market. Equation 55.
    """
    kept = practice_kept(days, weeks, now)
    return max(now.ai_initial * u * (1.0 - now.ai_aging) ** years, kept / (kept + now.ai_learning_days))


@maker
def skills(crew, status, terms):
    """Skill of every worker, float64 by row; of those on a call as if they had just been idle for no week."""
    now = terms[0]
    out = np.empty(status.size)
    for i in range(status.size):
        w = crew[i]
        idle = 0 if status[i] == _ON_CALL else now.week - w.since
        out[i] = skill(w.talent, w.days_worked, w.lessons, idle, now)
    return out
