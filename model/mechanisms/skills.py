"""Skill grows with days on calls, is taught by veterans, and fades between calls."""

from __future__ import annotations

from numba import njit


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
    return weeks * days * now.lesson // 1000
