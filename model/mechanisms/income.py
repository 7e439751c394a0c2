"""Pay, unemployment benefit, living and savings of a worker, to the cent.

Nothing about a worker's money changes in an uneventful week that could not be told from the dates: pay is
days times wage, a benefit runs its weeks, living costs what it costs. So a row is settled when something
happens to it, for all the weeks since it was last settled; settling in two steps gives the same cents as in
one (tested), which is why any reader may ask for an up-to-date row without changing the future.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from model.calendar import NEVER
from model.kernels import helper, kernel, maker
from model.mechanisms.wages import made_up, per_mille
from model.state.events import Entry
from model.vocabulary import Status

_PAY, _TAX, _BENEFITS = int(Entry.GROSS_PAY), int(Entry.TAX), int(Entry.BENEFITS)
_INSURED = int(Entry.INSURED)
_SPENT, _SAVED, _HOURS, _DAYS = int(Entry.SPENT), int(Entry.SAVED), int(Entry.HOURS), int(Entry.DAYS)
_IDLE, _ON_CALL = int(Status.IDLE), int(Status.ON_CALL)
DAYS_A_WEEK = 5  # of a usual week


@njit(inline="always")
def weekly_saving(net, living, saved):
    """Cents put aside in a week of ``net`` income: part of a surplus, all of a gap. Equation 12."""
    surplus = net - living
    if surplus > 0:
        return per_mille(surplus, saved)
    return surplus


@njit(inline="always")
def weekly_benefit(spell_wage, now):
    """Unemployment benefit of a week: half of a usual five-day week's pay up to the maximum. Equation 11."""
    if spell_wage <= 0:
        return 0
    return min(now.benefit_max, spell_wage * DAYS_A_WEEK // 2) + now.benefit_topup


@njit(inline="always")
def put_aside(savings, weeks, net, saving):
    """Savings after ``weeks`` alike, and what was spent in them; nobody spends what is not there.

    Equation 35.
    """
    after = savings + weeks * saving
    shortfall = 0
    if after < 0:
        shortfall = -after
        after = 0
    return after, weeks * (net - saving) - shortfall


@njit(inline="always")
def broke_week(week, savings, benefit_weeks, benefit, living, saved):
    """First week in which an idle worker has nothing left, if no call comes. Equation 13."""
    if living <= 0:
        return NEVER
    first = weekly_saving(benefit, living, saved)
    if first < 0 and savings <= benefit_weeks * -first:
        return min(NEVER, week + int(np.ceil(savings / -first)))
    return min(NEVER, week + benefit_weeks + int(np.ceil((savings + benefit_weeks * first) / living)))


@helper
def settle(people, i, week, now, log):
    """Bring worker ``i`` up to the end of the week before ``week``: pay or benefit, living, savings, hours."""
    w = people.records[i]
    weeks = week - w.settled
    if weeks <= 0:
        return
    begins = int(w.settled)
    w.settled = week
    living = int(w.living)
    before = w.savings
    if people.status[i] == _ON_CALL:
        days = int(w.days)
        gross = days * int(w.wage)
        net = per_mille(gross, now.take_home)
        added = days * made_up(int(w.wage), int(w.spell_wage), now)
        insured = 0
        if added > 0:
            insured = min(weeks, max(0, int(w.since) + now.wage_insurance_weeks - begins))
        after, spent = put_aside(before, insured, net + added, weekly_saving(net + added, living, now.saved))
        after, more = put_aside(after, weeks - insured, net, weekly_saving(net, living, now.saved))
        spent += more
        log[_BENEFITS] += insured * added
        log[_INSURED] += insured * added
        hours = weeks * days * now.day_hours[people.craft[i]]
        if now.covered[people.craft[i]] != 0:  # hours outside the agreements do not count for a health plan
            w.hours_now += hours
        w.days_worked += weeks * days
        log[_PAY] += weeks * gross
        log[_TAX] += weeks * (gross - net)
        log[_HOURS] += hours
        log[_DAYS] += weeks * days
    elif people.status[i] == _IDLE:
        benefit = weekly_benefit(int(w.spell_wage), now)
        claimed = min(weeks, int(w.benefit_weeks))
        w.benefit_weeks -= claimed
        after, spent = put_aside(before, claimed, benefit, weekly_saving(benefit, living, now.saved))
        after, more = put_aside(after, weeks - claimed, 0, -living)
        spent += more
        log[_BENEFITS] += claimed * benefit
    else:
        return
    w.savings = after
    log[_SPENT] += spent
    log[_SAVED] += after - before


@maker
def settle_everyone(people, week, terms, log):
    """Bring every row up to the end of the week before ``week``, as before a change of terms or a reading."""
    now = terms[0]
    for i in range(people.status.size):
        settle(people, i, week, now, log)


@kernel
def foresee_everyone(people, terms):
    """Reckon anew, for everyone idle and settled, the week in which savings will be gone."""
    now = terms[0]
    for i in range(people.status.size):
        w = people.records[i]
        if people.status[i] == _IDLE:
            w.broke = broke_week(int(w.settled), w.savings, int(w.benefit_weeks),
                                 weekly_benefit(int(w.spell_wage), now), int(w.living), now.saved)
