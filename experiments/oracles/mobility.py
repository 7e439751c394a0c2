"""The reduced market against the occupational mobility model, and that against its published values."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np

from experiments.oracles import closed_forms, mean_field
from experiments.oracles.case_file import read_case
from experiments.oracles.checks import Check, check, farthest
from experiments.oracles.occupations import Case
from experiments.oracles.reduced import ReducedMarket, simulate
from model import rng
from model.vocabulary import Stream

_STOCKS = {"E": "employed", "U": "unemployed", "V": "vacancies", "LTU": "long-term unemployed"}
_RATES = {"du": 0.016, "dv": 0.012, "gu": 0.16, "gv": 0.16}  # as published, per step of 6.75 weeks
_REST = (0.04106573, 0.01721901)  # as published: u per head of the labor force, v / (v + e)
_BY_CHANCE = 4.0  # standard errors allowed where the farthest of some twenty values is shown


@cache
def three_occupations() -> tuple[Case, dict[int, dict[str, np.ndarray]]]:
    """The golden case and its rows."""
    file = resources.files("seeds") / "oracles" / "three_occupations.json"
    with resources.as_file(file) as path:
        case, rows = read_case(Path(path))
    return case, {t: {key: np.array(values) for key, values in row.items()} for t, row in rows.items()}


def golden() -> list[Check]:
    """The mean field of three occupations under a demand shock, to the last digit published."""
    case, rows = three_occupations()
    path = mean_field.path(case, rows)
    times = sorted(rows)
    checks = []
    for s, (key, name) in enumerate(_STOCKS.items()):
        expected = np.array([rows[t][key] for t in times])
        found = np.array([path[t][s] for t in times])

        def place(t: int, i: int, name: str = name) -> str:
            return f"mean field, three occupations: {name} in {i + 1} at t = {times[t]}, farthest of 27"

        checks.append(farthest(place, expected, found, 1e-6))
    return checks


def three_scaled(factor: int = 10, seeds: int = 48) -> list[Check]:
    """The real search and matching on the golden case with ``factor`` times the workers, over ``seeds``.

    Allowed are four standard errors of the mean over seeds, and the bias of small markets: measured on one
    occupation of N workers it is near 12/N of the unemployed and 30/N of the vacancies.
    """
    case, rows = three_occupations()
    times = [t for t in sorted(rows) if t > 0]
    runs = np.array([simulate(case.times(factor), times, seed) for seed in range(seeds)], float)
    mean, error = runs.mean(axis=0), runs.std(axis=0, ddof=1) / np.sqrt(seeds)
    golden = factor * np.array([[rows[t][key] for key in _STOCKS] for t in times])
    workers = golden[:, 0] + golden[:, 1]
    bias = np.stack([12 * golden[:, 1], 12 * golden[:, 1], 30 * golden[:, 2], 12 * golden[:, 3]], axis=1)
    tolerance = _BY_CHANCE * error + bias / workers[:, None]
    checks = []
    for s, name in enumerate(_STOCKS.values()):

        def place(t: int, i: int, name: str = name) -> str:
            what = f"{name} in {i + 1} at t = {times[t]}, farthest of 24"
            return f"open call, three occupations x {factor}: {what}"

        # where the golden value is 0 for certain (nobody long-term unemployed yet) the mean must be 0 too
        checks.append(farthest(place, golden[:, s], mean[:, s], np.maximum(tolerance[:, s], 1e-9)))
    return checks


def resting(ties: np.ndarray, size: float) -> Case:
    """Occupations of ``size`` workers each at constant demand, near where one alone would rest."""
    u, v = closed_forms.one_occupation(**_RATES)
    each = np.full(ties.shape[0], float(size))
    return Case(ties, each * (1 - u), each * u, each * v, each, **_RATES)


def time_means(case: Case, seed: int, burn_in: int, steps: int) -> tuple[float, float]:
    """Mean unemployed and mean vacancies, all occupations together, over ``steps`` after a ``burn_in``."""
    market = ReducedMarket(case, seed)
    for _ in range(burn_in):
        market.step()
    idle = vacancies = 0
    for _ in range(steps):
        market.step()
        idle += market.crew.count - int(market.employed.sum())
        vacancies += int(market.vacancies.sum())
    return idle / steps, vacancies / steps


def twelve_occupations(seeds: int = 32) -> list[Check]:
    """Twelve occupations of 3,000: what is left of the bias of small markets, over ``seeds`` of 400 steps."""
    n, size, burn_in, steps = 12, 3_000, 100, 300
    weight = rng.uniforms(0, int(Stream.ORACLE), 0, np.arange(n * n)).reshape(n, n) ** 3
    case = resting(0.5 * np.eye(n) + 0.5 * weight / weight.sum(axis=1, keepdims=True), size)
    path = mean_field.path(case, range(burn_in + 1, burn_in + steps + 1)).values()
    expected = [np.mean([stocks[s].sum() for stocks in path]) for s in (1, 2)]
    found = np.mean([time_means(case, seed, burn_in, steps) for seed in range(seeds)], axis=0)
    name = "open call, 12 occupations x 3,000 workers: mean "
    return [
        check(f"{name}unemployed", expected[0], found[0], 0.005 * expected[0]),
        check(f"{name}vacancies", expected[1], found[1], 0.01 * expected[1]),
    ]


def one_occupation(workers: int = 100_000, seeds: int = 8) -> list[Check]:
    """One occupation at rest: as published, as the mean field finds it, and as the real open call does."""
    u, v = closed_forms.one_occupation(**_RATES)
    shares = (u, v / (v + 1 - u))
    case = resting(np.ones((1, 1)), workers)
    rest = mean_field.path(case, [2_000])[2_000]
    calm = (rest[1][0] / workers, rest[2][0] / (rest[2][0] + rest[0][0]))
    idle, open_ = np.mean([time_means(case, seed, 100, 400) for seed in range(seeds)], axis=0)
    real = (idle / workers, open_ / (open_ + workers - idle))
    checks = []
    for s, name in enumerate(("u", "v / (v + e)")):
        checks += [
            check(f"one occupation, closed form: {name}", _REST[s], shares[s], 5e-9),
            check(f"one occupation, mean field at rest: {name}", shares[s], calm[s], 1e-9),
            check(f"one occupation, open call at rest: {name}", shares[s], real[s], 0.01 * shares[s]),
        ]
    return checks


def small_markets() -> list[Check]:
    """In a small market more of the unemployed miss a vacancy: bias in mean unemployment, by size.

    Many markets run at once, as occupations that no tie connects. Tolerances cover three standard errors of
    this measurement and of the published one.
    """
    u, _ = closed_forms.one_occupation(**_RATES)
    checks = []
    for workers, published, tolerance, markets, steps in (
        (100, 0.115, 0.020, 200, 2_000),
        (1_000, 0.013, 0.008, 120, 2_000),
        (10_000, -0.002, 0.007, 24, 1_000),
    ):
        idle, _ = time_means(resting(np.eye(markets), workers), 0, 100, steps)
        bias = idle / (markets * workers) / u - 1.0
        checks.append(check(f"bias in u of {workers:,} workers", published, bias, tolerance))
    return checks
