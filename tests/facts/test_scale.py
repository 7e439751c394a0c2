"""A tenth of the market tells of the whole: measures per head agree in their means over many futures.

Slow: 200 futures at each scale, 2015 to 2018 (CALLSHEET_SEEDS says how many). What differs by more than luck is
named with its size: titles are lumps, and a small market has few of each kind.
"""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from datetime import date

import numpy as np
import pytest

MEASURES = ("payroll_jobs", "attached", "unemployment_rate", "job_finding_rate", "separation_rate", "day_pay",
            "shoot_days", "titles", "la_share_scripted", "entries", "exits", "referral_share")
SEEDS = int(os.environ.get("CALLSHEET_SEEDS", "200"))
TOLERANCE = 0.015  # of the full-scale mean, on top of three standard errors


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
def test_measures_per_head_at_a_tenth_agree_with_those_at_full_scale_in_means_over_many_futures():
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
        if abs(gap) > 3 * error + TOLERANCE * abs(full[:, m].mean()):
            off.append(name)
    assert not off, f"{', '.join(off)} at a tenth of the market differ from the whole"
