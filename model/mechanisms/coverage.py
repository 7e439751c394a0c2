"""The health plan counts hours: enough in a half-year keeps coverage, enough in a year opens it."""

from __future__ import annotations

from model.kernels import AHEAD, fetch, index, kernel
from model.mechanisms.income import settle
from model.vocabulary import Status

_OUT = int(Status.OUT)
HALF_YEAR = 26  # weeks between two reviews of a worker


@kernel
def review_coverage(people, terms, log):
    """Review the workers whose half-year ends this week, one in twenty-six by row. Equation 21.

    A covered craft's worker with ``health_keep`` hours in the half-year stays insured; one without coverage
    needs ``health_enter`` hours over two half-years. Returns (reviewed, gained, lost).
    """
    now = terms[0]
    reviewed = 0
    gained = 0
    lost = 0
    for row in range(now.week % HALF_YEAR, people.status.size, HALF_YEAR):
        fetch(people.records, min(row + AHEAD * HALF_YEAR, people.status.size - 1))
        i = index(row)
        w = people.records[i]
        if people.status[i] == _OUT or now.covered[people.craft[i]] == 0:
            w.insured = 0
            w.hours_before = w.hours_now
            w.hours_now = 0
            continue
        settle(people, i, now.week, now, log)
        had = w.insured != 0
        has = w.hours_now >= now.health_keep if had else w.hours_now + w.hours_before >= now.health_enter
        w.insured = 1 if has else 0
        w.hours_before = w.hours_now
        w.hours_now = 0
        reviewed += 1
        if has and not had:
            gained += 1
        if had and not has:
            lost += 1
    return reviewed, gained, lost
