"""Answers that can be written down: steady states, rates and identities that the model must meet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import brentq


def one_occupation(du: float, dv: float, gu: float, gv: float) -> tuple[float, float]:
    """Unemployed and vacancies per head of the labor force, where one occupation comes to rest.

    Demand equals the labor force. With du ≥ dv missing jobs are opened, u − v = (du − dv) e / ((1 − dv) gv);
    with du < dv surplus jobs are cut, v − u = (dv − du) e / ((1 − du) gu). Hires balance what is lost or
    opened: max(du, dv) e = v (1 − exp(−u/v)).
    """
    if du >= dv:
        surplus = (du - dv) / ((1.0 - dv) * gv)  # (u − v) / e
    else:
        surplus = -(dv - du) / ((1.0 - du) * gu)

    def vacancies(u: float) -> float:
        return u - surplus * (1.0 - u)

    def imbalance(u: float) -> float:
        v = vacancies(u)
        return max(du, dv) * (1.0 - u) - urn_filling(u, v) * v

    least = max(surplus, 0.0) / (1.0 + max(surplus, 0.0))
    u = brentq(imbalance, least + 1e-15, 1.0 - 1e-15, xtol=1e-16, rtol=1e-15)
    return float(u), float(vacancies(u))


def urn_filling(applicants: float, vacancies: float) -> float:
    """Share of vacancies filled when applicants do not see each other, in a large market."""
    return float(-np.expm1(-applicants / vacancies)) if vacancies > 0 else 0.0


def finding_rate(tightness: float) -> float:
    """Chance that a searcher is hired in a step, with ``tightness`` vacancies per searcher, in the limit."""
    return tightness * urn_filling(1.0, tightness)


def unemployment_rate(separation: float, finding: float) -> float:
    """Where unemployment rests at constant rates: u = s / (s + f)."""
    return separation / (separation + finding)


def in_hand(starts: float, weeks: float) -> float:
    """Little's law: what is in hand = starts per week × mean weeks from start to end."""
    return starts * weeks


def bass_curve(p: float, q: float, t: np.ndarray) -> np.ndarray:
    """Share that has adopted by ``t`` when a share ``p`` is moved by itself and ``q`` by those who have."""
    gone = np.exp(-(p + q) * np.asarray(t, float))
    return (1.0 - gone) / (1.0 + q / p * gone)


def outage_share(events: float, hours: float) -> float:
    """Share of dependent weeks lost to ``events`` outages a year of ``hours`` each."""
    return events * hours / 168.0 / 52.0


def break_even_multiplier(
    weight: Sequence[float],
    cut: Sequence[float],
    automated: Sequence[float],
    new_tasks: Sequence[float],
    kept_here: Sequence[float],
    new_here: Sequence[float],
    moved_in: Sequence[float],
) -> float:
    """Titles per title before, M, at which Los Angeles crew-weeks stay what they were (MODEL.md, section 6).

    By stage k: ``weight`` w share of crew-weeks, ``cut`` c of the schedule, ``automated`` a of the work,
    ``new_tasks`` n per displaced crew-week, ``kept_here`` λ and ``new_here`` μ the Los Angeles shares of
    retained and of new work relative to the stage's, ``moved_in`` x work from other stages.
    M · Σ w [λ (1−c)(1−a) + μ n a (1−c) + x] = 1.
    """
    w, c, a, n, here, new, x = (
        np.asarray(each, float) for each in (weight, cut, automated, new_tasks, kept_here, new_here, moved_in)
    )
    left = w * (here * (1 - c) * (1 - a) + new * n * a * (1 - c) + x)
    return float(1.0 / left.sum())


def multiplier_of_labor_saving(saving: float, pay_share: float) -> float:
    """M at which crew-weeks stay, if a ``saving`` came from crew pay alone, ``pay_share`` of the budget."""
    return 1.0 / (1.0 - saving / pay_share)


def multiplier_of_fixed_spend(saving: float) -> float:
    """Titles per title before that the same spend pays for after a ``saving`` on each."""
    return 1.0 / (1.0 - saving)


def crew_weeks_ratio(share_before: float, share_after: float) -> float:
    """Crew-weeks after to before at fixed spend, pay and place: the ratio of crew pay's share of spend."""
    return share_after / share_before
