"""Where a saved dollar comes from: what a stage costs beside what it would have cost the traditional way.

The shadow is the same script in the same place and weeks at the same rates, made without AI. Crews count in full
here, whether they live in Los Angeles or not: a budget pays them all. Lines are booked when a stage begins, by a
formula each; what is spent is booked week by week. That the two agree to the cent is tested, not built in.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from model.kernels import helper, index, kernel, maker
from model.mechanisms.orders_of_effects import part_of_three
from model.state.books import SIXTHS, Line
from model.state.call_board import HELD, NO_FIRM, STOPPED_BY_PROVIDER, former
from model.state.events import Entry
from model.vocabulary import Stage

_SHOOT, _DELIVERED = int(Stage.SHOOT), int(Stage.DELIVERED)
_PEOPLE, _DAYS, _TIME = int(Line.PEOPLE_REPLACED), int(Line.DAYS_NOT_PAID), int(Line.TIME_COSTS)
_COMPUTE, _SUBSIDY, _CREW = int(Line.COMPUTE_LIST), int(Line.COMPUTE_SUBSIDY), int(Line.NEW_CREW)
_REWORK, _DISRUPTION, _PLACE = int(Line.REWORK), int(Line.DISRUPTION), int(Line.PLACE)
_FINANCE, _SCOPE, _RATES = int(Line.ABOVE_LINE_FINANCE), int(Line.SCOPE), int(Line.PAY_RATES)
_INCENTIVE = int(Line.INCENTIVE)
_LEVY = int(Entry.LEVY)
_AUTOMATED, _PUT_BACK, _SHORTER = 0, 1, 2  # effects, as bits of a set


_former = njit(inline="always")(former)


@njit(inline="always")
def whole(cents):
    """Nearest whole cent."""
    return int(cents + 0.5)


@helper
def book_stage(title, budget, stage, weeks, with_ai, put_back, displaced, new_here, usual, technique, rates, values):
    """Book a stage that a title enters: the lines of what it saves, the shadow, and what a week will cost.

    ``weeks`` the traditional way and ``with_ai``; ``put_back`` growth of what is left of the crew; ``displaced``
    people; ``new_here`` share of AI work done in Los Angeles; ``rates`` cents a day (kind, craft); ``values`` scratch.
    Equation 45.
    """
    kind, size, crew_size, days = title.kind, title.size, usual.crew, usual.days
    ever, kept, computed, idle = 0.0, 0.0, 0.0, 0.0
    for c in range(rates.shape[1]):
        week = crew_size[stage, kind, c] * size * days[kind, c] * rates[kind, c]
        ever += week
        if (title.ai >> technique.area[stage, c]) & 1 != 0:
            share = technique.automated[title.terms, title.provider, stage, c]
            kept += week * (1.0 - share)
            idle += week * (1.0 - share) * technique.kept[c]
            computed += crew_size[stage, kind, c] * size * days[kind, c] * share * technique.compute[title.provider, c]
        else:
            kept += week
            idle += week * technique.kept[c]
    pay, pay_kept, pay_scope = whole(ever), whole(kept), whole(kept * (1.0 + put_back))
    for effects in range(1 << _SHORTER):
        people = pay
        if effects >> _AUTOMATED & 1:
            people = pay_scope if effects >> _PUT_BACK & 1 else pay_kept
        values[effects] = people * weeks
        values[effects | (1 << _SHORTER)] = people * with_ai
    lines = budget.lines
    lines[_PEOPLE] -= part_of_three(values, _AUTOMATED)
    lines[_SCOPE] -= part_of_three(values, _PUT_BACK)
    lines[_DAYS] -= part_of_three(values, _SHORTER)

    by_the_week = whole(technique.time_cost[kind] * size) if stage == _SHOOT else 0
    finance = whole(technique.finance[kind] * size)
    lines[_TIME] += SIXTHS * by_the_week * (weeks - with_ai)
    lines[_FINANCE] += SIXTHS * finance * (weeks - with_ai)

    compute, paid = whole(computed), whole(computed * technique.paid[title.terms])
    c = technique.ai_craft
    crew, crew_paid = 0, 0
    if c >= 0:
        new = technique.new_tasks * displaced * days[kind, c] * rates[kind, c]
        crew = whole(new)
        crew_paid = whole(new * (new_here + (1.0 - new_here) * technique.outside_pay))
    crew_below = crew_paid - whole(crew_paid * title.pay)
    below = pay_scope - whole(pay_scope * title.pay) + crew_below  # what pay below scale spares
    again = whole((paid + crew_paid - crew_below) * technique.rework)
    lines[_COMPUTE] -= SIXTHS * compute * with_ai
    lines[_SUBSIDY] += SIXTHS * (compute - paid) * with_ai
    lines[_CREW] -= SIXTHS * crew * with_ai
    lines[_PLACE] += SIXTHS * (crew - crew_paid) * with_ai
    lines[_RATES] += SIXTHS * below * with_ai
    lines[_REWORK] -= SIXTHS * again * with_ai

    budget.shadow += (pay + by_the_week + finance) * weeks
    budget.held = pay_scope + by_the_week + finance + crew_paid - below
    budget.weekly = budget.held + paid + again
    budget.idle = whole(idle * (1.0 + put_back) * title.pay) + by_the_week + finance
    budget.levy = whole(computed * technique.levy * (1.0 + technique.rework))
    if stage == _SHOOT:
        budget.shoot_weeks += with_ai
        budget.shadow_shoot_weeks += weeks


@maker
def spend_week(titles, budgets, order, log):
    """Book a week's spending on every title that uses AI; what a week lost to a provider costs buys nothing.

    A strike stops the shadow as well, and a title waits for a sound stage either way: neither is a line. Of what is
    spent, the levy on compute reaches the public's side of the ledger ``log``; it is due where compute was used, what
    was redone included, and not in weeks that stand still. Returns how much more titles have paid of it. Equation 62.
    """
    paid = 0
    for o in range(order.size):
        row = index(order[o])
        title = titles[row]
        if title.ai == 0 or title.stage >= _DELIVERED:
            continue
        budget = budgets[row]
        if title.extra == 0:
            budget.spent += budget.weekly
            paid -= budget.levied
            budget.levied += budget.levy
            paid += budget.levied
            log[_LEVY] += budget.levy
        elif title.extra == HELD:
            budget.spent += budget.held
            budget.lines[_DISRUPTION] -= SIXTHS * budget.held
        elif title.extra >= STOPPED_BY_PROVIDER[0]:
            budget.spent += budget.idle
            budget.lines[_DISRUPTION] -= SIXTHS * budget.idle
    return paid


@kernel
def close(titles, budgets, rows, rest, rates, rises, shares, counted, caps, week, accounts):
    """Write the account of every title in ``rows``, delivered this ``week``, with the credit it gained or lost: of what
    it spent and of what it would have spent, each up to the cap of a title.

    By title are the ``rest`` of its budget that no line touches, cents, and the terms of the credit when it was
    green-lit: its ``rates``, its ``rises`` for residents, the ``shares`` of a budget that qualify, the share of
    spend on AI that is ``counted``, and the ``caps`` of a title, cents. Fills ``accounts``, records FINISHED.
    """
    for n in range(rows.size):
        row, account = index(rows[n]), accounts[n]
        title, budget = titles[row], budgets[row]
        account.uid, account.kind, account.place = title.uid, title.kind, title.place
        account.firm, account.ai, account.week, account.rest = title.firm, title.ai, week, int(rest[n])
        account.maker = _former(title.maker) if title.maker < NO_FIRM else title.maker  # whoever it was made with
        account.shadow, account.spent = budget.shadow, budget.spent
        account.shoot_weeks, account.shadow_shoot_weeks = budget.shoot_weeks, budget.shadow_shoot_weeks
        lines = budget.lines
        compute = lines[_COMPUTE] + lines[_SUBSIDY] + lines[_REWORK]
        on_ai = -(compute + (lines[_CREW] + lines[_PLACE]) * title.pay) / SIXTHS
        rate, rise = rates[n] * (title.credited != 0), rises[n] * (title.resident != 0)
        qualified = max(0.0, budget.spent - (1.0 - counted[n]) * on_ai) + account.rest
        gained = int(np.rint((rate + rise) * min(shares[n] * qualified, caps[n])))
        lost = int(np.rint(rate * min(shares[n] * (budget.shadow + account.rest), caps[n])))
        account.incentive, account.incentive_shadow = gained, lost
        for line in range(lines.size):
            account.lines[line] = lines[line]
        account.lines[_INCENTIVE] = SIXTHS * (gained - lost)
