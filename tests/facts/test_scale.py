"""A tenth of the market tells of the whole: what is made and paid agrees in its means over many futures.

What does not agree is named with its sign and the most it may be: titles are lumps, and a small market has few of
each kind. Slow: 200 futures at each scale, 2015 to 2018 (CALLSHEET_SEEDS says how many).
"""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from datetime import date

import numpy as np
import pytest

from experiments.speed.measured import measured

SAME = ("titles", "la_share_scripted", "shoot_days", "entries", "attached", "day_pay")
# A small market is a rougher one: each craft has fewer calls at a time, so that more people wait while more calls do.
ROUGHER = {"payroll_jobs": -0.06, "unemployment_rate": 0.25, "job_finding_rate": -0.15, "separation_rate": 0.08,
           "exits": 0.35, "referral_share": 0.12}
MEASURES = (*SAME, *ROUGHER)
SEEDS = int(os.environ.get("CALLSHEET_SEEDS", "200"))
TOLERANCE = 0.02  # of the full-scale mean, on top of three standard errors


def means_of(job):
    """Yearly means of the measures of one future at one scale, averaged over its years."""
    scale, future = job
    from model import measures
    from model.scenario import Scenario
    from model.simulate import simulate

    scenario = Scenario.named("baseline").varied(scale=scale, until=date(2018, 12, 31))
    years = measures.years_of(simulate(scenario, future, use_checkpoints=False, keep_events=False))
    return [float(np.mean([year[name] for year in years])) for name in MEASURES]


@pytest.mark.slow
def test_a_tenth_of_the_market_agrees_with_the_whole_but_for_the_roughness_of_a_small_one():
    jobs = [(scale, future) for scale in (0.1, 1.0) for future in range(SEEDS)]
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        found = np.array(list(pool.map(means_of, jobs, chunksize=4)))
    small, full = found[:SEEDS], found[SEEDS:]
    off = []
    for m, name in enumerate(MEASURES):
        error = np.sqrt(small[:, m].var(ddof=1) / SEEDS + full[:, m].var(ddof=1) / SEEDS)
        gap = small[:, m].mean() - full[:, m].mean()
        print(f"{name:20s} {full[:, m].mean():12.4f} {small[:, m].mean():12.4f} "
              f"{100 * gap / full[:, m].mean():+7.2f} % {gap / error:+6.1f} standard errors")
        measured(f"scale.{name}", 100 * gap / full[:, m].mean(), "% at a tenth of the market against the whole")
        allowed = sorted((0.0, ROUGHER.get(name, 0.0) * abs(full[:, m].mean())))
        slack = 3 * error + (TOLERANCE * abs(full[:, m].mean()) if name in SAME else 0.0)
        if not allowed[0] - slack <= gap <= allowed[1] + slack:
            off.append(name)
    assert not off, f"{', '.join(off)} at a tenth of the market differ from the whole"
