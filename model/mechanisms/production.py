"""Productions go from development to delivery, week by week, and call the crews each stage needs."""

from __future__ import annotations

import numpy as np
from numba import njit, uint64

from model import rng
from model.kernels import helper, maker
from model.vocabulary import Stage, Stream

_PREP, _SHOOT, _DELIVERED = int(Stage.PREP), int(Stage.SHOOT), int(Stage.DELIVERED)
_SIZE, _HALT = int(Stream.CREW_SIZE), int(Stream.HALT)
SHORTEST = 0.75  # of the usual weeks of a stage; the longest is a quarter over
_LANES = 4
LOS_ANGELES = 0  # the first place of seeds/places.csv


@njit(inline="always")
def stage_weeks(usual, u):
    """Weeks a title spends in a stage that usually takes ``usual``: a quarter more or less. Equation 5."""
    if usual <= 0:
        return 0
    return max(1, int(usual * (SHORTEST + 0.5 * u) + 0.5))


@njit(inline="always")
def people_called(usual, size, u):
    """People called of a craft: the usual number times the size of the title, rounded by chance. Equation 6."""
    return int(usual * size + u)


@maker
def halt(titles, order, seed, stages, kinds, severity):
    """Mark what strikes and shutdowns stop this week. Equation 29.

    ``stages`` (shocks, 4) and ``kinds`` (shocks, kinds) say what a shock reaches, ``severity`` which share of
    it. A title has one number for all shocks and is stopped while it is below the severity of any: of two
    shocks the larger counts, and a falling severity lets titles resume one by one. Returns titles stopped. Equation 29.
    """
    k = rng.key(seed, _HALT, 0)
    stopped = 0
    for o in range(order.size):
        title = titles[order[o]]
        title.halted = 0
        if title.stage >= _DELIVERED:
            continue
        u = rng.uniform(k, title.uid)
        for s in range(severity.size):
            if stages[s, title.stage] and kinds[s, title.kind] and u < severity[s]:
                title.halted = 1
                stopped += 1
                break
    return stopped


@helper
def enter_next_stage(titles, calls, row, stage, crew_size, usual_weeks, local, k):
    """Take a title from ``stage`` (-1 before development) to the next one it needs, and call its crew.

    ``crew_size`` (stage, kind, craft) people in a full crew; ``usual_weeks`` (kind, stage); ``local``
    (2, stages): share of a stage's work done in Los Angeles by titles made elsewhere and by those made there.
    """
    title = titles[row]
    uid = uint64(title.uid)
    weeks = 0
    while weeks == 0:
        stage += 1
        if stage >= _DELIVERED:
            break
        weeks = stage_weeks(usual_weeks[title.kind, stage],
                            rng.uniform(k, uid * uint64(256) + uint64(200 + stage)))
    title.stage = stage
    title.weeks_left = weeks
    for c in range(calls.shape[1]):
        calls[row, c].need = 0
    if stage >= _DELIVERED:
        return
    here = local[1, stage] if title.place == LOS_ANGELES else local[0, stage]
    for c in range(calls.shape[1]):
        usual = crew_size[stage, title.kind, c] * here
        if usual > 0.0:
            u = rng.uniform(k, uid * uint64(256) + uint64(stage * 32 + c))
            calls[row, c].need = people_called(usual, title.size, u)


@maker
def begin(titles, calls, new, crew_size, usual_weeks, local, seed):
    """Titles just green-lit (rows ``new``) enter their first stage with empty calls."""
    k = rng.key(seed, _SIZE, 0)
    for n in range(new.size):
        for c in range(calls.shape[1]):
            calls[new[n], c].filled = 0
            calls[new[n], c].pay = 0
            calls[new[n], c].head = -1
        enter_next_stage(titles, calls, new[n], -1, crew_size, usual_weeks, local, k)


@maker
def advance(titles, calls, order, crew_size, usual_weeks, local, stages, capacity, seed):
    """One week of work on every title that is not stopped; arguments as for the stages it enters.

    A title about to shoot in Los Angeles on ``stages`` (kinds,) waits, its prep crew kept, until one of the
    ``capacity`` sound stages is free; the oldest green-light goes first. Returns the titles delivered (their
    stage says so) and how many wait for a stage. Equation 30.
    """
    k = rng.key(seed, _SIZE, 0)
    delivered = 0
    waiting = 0
    used = 0.0
    for o in range(order.size):
        title = titles[order[o]]
        if title.place == LOS_ANGELES and title.stage == _SHOOT and title.weeks_left > 1:
            used += stages[title.kind]
    for o in range(order.size):
        title = titles[order[o]]
        if title.halted != 0 or title.stage >= _DELIVERED:
            continue
        title.weeks_left -= 1
        if title.weeks_left > 0:
            continue
        needed = stages[title.kind] if title.place == LOS_ANGELES and title.stage == _PREP else 0.0
        if needed > 0.0 and used >= capacity:
            title.weeks_left = 1
            waiting += 1
            continue
        used += needed
        enter_next_stage(titles, calls, order[o], int(title.stage), crew_size, usual_weeks, local, k)
        if title.stage == _DELIVERED:
            delivered += 1
    return delivered, waiting


@maker
def shooting(titles, order, kinds, shoot_days, stages):
    """What is shot in Los Angeles this week: (titles, days) by kind and sound stages in use.

    ``shoot_days`` days a week by kind, ``stages`` sound stages a title of the kind occupies.
    """
    count = np.zeros(kinds, np.int64)
    used = 0.0
    for o in range(order.size):
        title = titles[order[o]]
        if title.place == LOS_ANGELES and title.stage == _SHOOT and title.halted == 0:
            count[title.kind] += 1
            used += stages[title.kind]
    return count, count * shoot_days, used


@maker
def count_work(titles, calls, order, kinds, days):
    """People on calls and days worked this week by (kind, craft), and the week's payroll by kind in cents.

    Counted from the calls, not from the workers: the accounts compare the two.
    """
    crafts = calls.shape[1]
    people = np.zeros((kinds, crafts), np.int64)
    payroll = np.zeros(kinds, np.int64)
    for o in range(order.size):
        row = order[o]
        kind = titles[row].kind
        pay = 0
        for c in range(crafts):
            people[kind, c] += calls[row, c].filled
            pay += calls[row, c].pay
        payroll[kind] += pay
    return people, people * days, payroll


@maker
def count_people(status, craft, statuses, crafts):
    """Workers by (status, craft), int64, counted from their rows.

    Neighbors in the crew are mostly alike; counting them in four tables in turn spares the processor the wait
    for the entry that it has just written. Their entries are reckoned first, in a loop that does many at once.
    """
    entry = np.empty(status.size, np.uint16)
    for i in range(status.size):
        entry[i] = status[i] * crafts + craft[i]
    tables = np.zeros((_LANES, statuses * crafts), np.int64)
    n = status.size - status.size % _LANES
    for i in range(0, n, _LANES):
        for lane in range(_LANES):
            tables[lane, entry[i + lane]] += 1
    for i in range(n, status.size):
        tables[0, entry[i]] += 1
    return tables.sum(axis=0).reshape(statuses, crafts)
