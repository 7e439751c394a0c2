"""The open call itself: where people apply, who is taken, what is filled, how soon work is found."""

from __future__ import annotations

import numpy as np

from experiments.oracles import closed_forms
from experiments.oracles.checks import Check, check, farthest
from experiments.oracles.occupations import Case
from experiments.oracles.reduced import OpenCall, ReducedMarket, open_call, rules
from model.state.crew import Crew

_BY_CHANCE = 4.0  # standard errors


def _one_call(searchers: np.ndarray, ties: np.ndarray, vacancies: np.ndarray, seed: int = 0) -> OpenCall:
    """One open call of ``searchers`` (n,) people by occupation."""
    crew = Crew(int(searchers.sum()))
    rows = np.arange(crew.capacity)
    crew.add(rows.size)
    crew.craft[:] = np.repeat(np.arange(searchers.size), searchers)
    return open_call(crew, crew.craft, rows, ties, vacancies, rules(seed))


def filling(vacancies: int = 200_000) -> list[Check]:
    """Urns and balls: the share of vacancies filled at 1/2, 1 and 2 applicants per vacancy."""
    checks = []
    for ratio in (0.5, 1.0, 2.0):
        call = _one_call(np.array([int(ratio * vacancies)]), np.ones((1, 1)), np.array([vacancies]))
        expected = closed_forms.urn_filling(ratio, 1.0)
        empty = np.exp(-ratio)
        error = np.sqrt(empty * (1.0 - (1.0 + ratio) * empty) / vacancies)
        found = np.count_nonzero(call.chosen >= 0) / vacancies
        checks.append(
            check(f"vacancies filled at {ratio:g} applicants each", expected, found, _BY_CHANCE * error)
        )
    return checks


def aiming() -> list[Check]:
    """Where the searchers of each occupation apply: q_ij = A_ij v_j / Σ_k A_ik v_k."""
    ties = [[0.6, 0.3, 0.1, 0.0], [0.0, 0.7, 0.3, 0.0], [0.05, 0.35, 0.6, 0.0], [0.0, 0.0, 0.5, 0.5]]
    ties = np.array(ties)
    vacancies, searchers = np.array([4_000, 1_000, 2_000, 0]), np.full(4, 100_000)
    call = _one_call(searchers, ties, vacancies)
    into = np.searchsorted(call.first, call.target, side="right")  # 0 for those who apply nowhere
    parts = into.reshape(4, -1)
    found = np.stack([np.bincount(part, minlength=5)[1:] for part in parts]) / searchers[:, None]
    weight = ties * vacancies
    expected = weight / weight.sum(axis=1, keepdims=True)
    error = np.sqrt(expected * (1.0 - expected) / searchers[:, None])
    return [
        farthest(
            lambda i, j: f"share of searchers of occupation {i + 1} who apply to {j + 1}, farthest of 16",
            expected,
            found,
            np.maximum(_BY_CHANCE * error, 1e-12),  # nobody may apply where there is no tie or no vacancy
        )
    ]


def fairness(vacancies: int = 200_000) -> list[Check]:
    """Of two applicants for one vacancy either is taken half of the time, and one of them always."""
    call = _one_call(np.array([vacancies]), np.ones((1, 1)), np.array([vacancies]))
    applied = np.flatnonzero(call.target >= 0)
    pairs = np.flatnonzero(np.bincount(call.target[applied], minlength=vacancies) == 2)
    first = np.full(vacancies, -1)
    first[call.target[applied[::-1]]] = applied[::-1]  # the last written is the first to have applied
    share = np.count_nonzero(call.chosen[pairs] == first[pairs]) / max(1, pairs.size)
    error = 0.5 / np.sqrt(max(1, pairs.size))
    filled = np.flatnonzero(call.chosen >= 0)
    wrong = np.count_nonzero(call.target[call.chosen[filled]] != filled)
    return [
        check("of two applicants the first is taken in this share", 0.5, share, _BY_CHANCE * error),
        check("vacancies that take somebody who did not apply to them", 0.0, wrong, 0.0),
    ]


def constant_rates(workers: int = 20_000, seeds: int = 8) -> list[Check]:
    """Unemployment at constant rates, u = s / (s + f): vacancies are posted in proportion to searchers."""
    s, checks = 0.016, []
    for tightness in (0.25, 0.5, 2.0):
        expected = closed_forms.unemployment_rate(s, closed_forms.finding_rate(tightness))
        people = np.array([float(workers)])
        case = Case(
            np.ones((1, 1)), people * (1 - expected), people * expected, people * 0, people, s, 0.0, 0.0, 0.0
        )
        found = np.mean([_mean_rate(case, seed, tightness) for seed in range(seeds)])
        checks.append(
            check(f"u = s / (s + f) at {tightness:g} vacancies each", expected, found, 0.01 * expected)
        )
    return checks


def _mean_rate(case: Case, seed: int, tightness: float, burn_in: int = 50, steps: int = 200) -> float:
    market, total = ReducedMarket(case, seed), 0
    for t in range(burn_in + steps):
        idle = market.crew.count - int(market.employed.sum())
        total += idle if t >= burn_in else 0
        market.vacancies[:] = np.rint(tightness * idle)
        market.step()
    return total / steps / market.crew.count
