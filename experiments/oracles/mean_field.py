"""The occupational mobility model with everyone replaced by averages: what many workers must come to.

Every function here is theory that shares no code with the model, in float64 numpy.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from experiments.oracles.occupations import Case, Stocks


def hires(ties: np.ndarray, unemployed: np.ndarray, vacancies: np.ndarray) -> np.ndarray:
    """Hires f_ij of the unemployed of occupation i into j, (n, n): urns that balls fall into.

    q_ij = A_ij v_j / Σ_k A_ik v_k; s_j = Σ_i u_i q_ij; m_j = v_j (1 − exp(−s_j / v_j));
    f_ij = u_i q_ij m_j / s_j.
    """
    weight = ties * vacancies
    reach = weight.sum(axis=1, keepdims=True)
    applications = unemployed[:, None] * np.divide(weight, reach, out=np.zeros_like(weight), where=reach > 0)
    arriving = applications.sum(axis=0)
    there = vacancies > 0
    filled = np.zeros_like(vacancies)
    filled[there] = -vacancies[there] * np.expm1(-arriving[there] / vacancies[there])
    return applications * np.divide(filled, arriving, out=np.zeros_like(filled), where=arriving > 0)


def path(case: Case, at: Iterable[int]) -> dict[int, Stocks]:
    """Stocks at each time of ``at``, from the case's start at t = 0."""
    wanted = set(at)
    employed, unemployed, vacancies = (
        values.astype(float) for values in (case.employed, case.unemployed, case.vacancies)
    )
    waiting = np.zeros((case.tau, case.n))  # unemployed by steps since the separation, the first of them 1
    waiting[0] = unemployed  # those of the start count as separated in the step before it
    found: dict[int, Stocks] = {}
    for t in range(max(wanted, default=-1) + 1):
        if t in wanted:
            long_term = waiting[-1] if case.tau > 1 else unemployed
            found[t] = Stocks(employed, unemployed, vacancies, long_term.copy())
        separation, opening = case.flows(t + 1, employed, vacancies)
        separated, opened = separation * employed, opening * employed
        flow = hires(case.ties, unemployed, vacancies)
        leaving, arriving = flow.sum(axis=1), flow.sum(axis=0)
        waiting *= 1.0 - np.divide(leaving, unemployed, out=np.zeros_like(leaving), where=unemployed > 0)
        if case.tau > 1:
            waiting[-1] += waiting[-2]
            waiting[1:-1] = waiting[:-2]
            waiting[0] = separated
        employed = employed - separated + arriving
        unemployed = unemployed + separated - leaving
        vacancies = vacancies + opened - arriving
    return found
