"""Money ahead of results: investors believe what is announced, watch what is realised, and stop.

What they watch is what the technique saves on the kinds of title that the producer makes, at the pay that contracts
set, and what pay below that spares where the producer works outside them: the same in a world in which it works with
AI and in one in which it does not, so that two worlds can have the same capital and differ in technique alone.
"""

from __future__ import annotations

import numpy as np

from model import rng
from model.calendar import NEVER, WEEKS_A_YEAR
from model.kernels import helper, kernel, maker
from model.units import CENTS_A_MILLION
from model.vocabulary import Stream

SPENT_WITHIN = 13  # weeks in which what titles brought in is spent on further ones
_STREAM, _RESCUE = int(Stream.FUNDING), int(Stream.RESCUE)
_FIRST_TITLE = int(Stream.FIRST_TITLE)
_FAILURE, _EXIT, _KINDS = 0, 1, 16


@helper
def belief_next(belief, realised, speed):
    """Saving that investors believe in a week later: it moves towards what is realised. Equation 50."""
    return belief + min(1.0, speed / WEEKS_A_YEAR) * (realised - belief)


def weekly_chance(yearly: float) -> float:
    """Chance in a week of what has a given chance in a year."""
    return 1.0 - (1.0 - yearly) ** (1.0 / WEEKS_A_YEAR)


def raise_capital(producers: np.ndarray, entries: np.ndarray, week: int, realised: float, making: float,
                  rules: object, exit_chance: float, scale: float, seed: int) -> np.ndarray:
    """Entry, rounds, belief and failure of the AI-first producers in one week. Equation 51.

    ``entries`` week of entry of each, ``rules`` the parameter group ``ai_producer``, ``realised`` what the technique
    saves, share of a budget, which nobody sees before a title is delivered, after ``making`` weeks; ``exit_chance`` of
    the backer in a year, ``scale`` agents per worker.
    Returns which producers failed this week.
    """
    return _raise_capital(producers, entries, week, realised, making, rules.announced_saving, rules.belief_speed,
                          rules.walk_away * rules.announced_saving, rules.capital * CENTS_A_MILLION * scale,
                          rules.round_weeks, weekly_chance(exit_chance), weekly_chance(rules.failure),
                          weekly_chance(rules.failure_unfunded), seed)


@maker
def _raise_capital(producers, entries, week, realised, making, announced, speed, trusting, a_round, round_weeks, leaves,
                   failure, failure_unfunded, seed):
    """The same with the belief from which investors are ``trusting``, cents of ``a_round``, and weekly chances."""
    k = rng.key(seed, _STREAM, week)
    fails = np.zeros(producers.size, np.bool_)
    for n in range(producers.size):
        producer = producers[n]
        if producer.entered == 0:
            producer.entered, producer.failed = entries[n], NEVER
        if producer.entered == week:
            producer.active = producer.backed = 1
            producer.belief, producer.next_round = announced, week
        if producer.active != 1:
            continue
        if week - producer.entered >= making:
            producer.belief = belief_next(producer.belief, realised, speed)
        if producer.backed == 1 and rng.uniform(k, n * _KINDS + _EXIT) < leaves:
            producer.backed = producer.cash = 0  # what is left of the round is not paid in
        trusted = producer.backed == 1 and producer.belief >= trusting
        if trusted and producer.next_round <= week:
            confidence = producer.belief / announced if announced > 0.0 else 1.0
            amount = int(np.rint(a_round * min(1.0, confidence)))
            producer.cash += amount
            producer.raised += amount
            producer.next_round = week + round_weeks
        funded = trusted or producer.cash > 0  # until what was raised is spent
        if rng.uniform(k, n * _KINDS + _FAILURE) < (failure if funded else failure_unfunded):
            fails[n] = True
            producer.active = producer.backed = 0
            producer.failed, producer.cash, producer.earned = week, 0, 0
    return fails


def budgets_for_titles(producers: np.ndarray, week: int, rules: object) -> tuple[np.ndarray, np.ndarray]:
    """Cents that each producer puts into its own slate this week: out of capital, and out of what titles brought in.

    Both are drawn down here, with the part of the capital that goes to the company and to the service. Equation 52.
    """
    return _draw_down(producers, week, rules.overhead, rules.service)


@maker
def _draw_down(producers, week, overhead, service):
    """The same with the parts of the capital that go to the company and to the service."""
    own, earned = np.zeros(producers.size, np.int64), np.zeros(producers.size, np.int64)
    for n in range(producers.size):
        producer = producers[n]
        if producer.active != 1:
            continue
        capital = producer.cash // max(1, producer.next_round - week)
        producer.cash -= capital
        own[n] = int(np.rint(capital * (1.0 - overhead) * (1.0 - service)))
        producer.spent_raised += own[n]
        earned[n] = producer.earned // SPENT_WITHIN
        producer.earned -= earned[n]
        producer.spent_earned += earned[n]
    return own, earned


@kernel
def pay_in(purse, financed, firms, own, earned, slate):
    """A week's money reaches the ``purse`` (firm, kind) of each producer, cents, by the shares of its ``slate``
    (kinds,); what is ``financed`` (firms,) by investors of all that it holds is told anew.
    """
    for n in range(firms.size):
        firm, money = firms[n], own[n] + earned[n]
        if money == 0:
            continue
        before = max(0, purse[firm].sum())
        financed[firm] = (financed[firm] * before + own[n]) / (before + money)
        for kind in range(slate.size):
            purse[firm, kind] += int(np.rint(money * slate[kind]))


def missing_at_entry(producer: np.ndarray, cost: np.ndarray, seed: int) -> np.ndarray:
    """Cents by which the purse of each entrant and kind lies below nothing at first, (producers, kinds).

    A purse may be overdrawn by its last title, which nobody makes good for a firm of a few titles and a short life:
    it would be a gift, and the larger one the smaller the market is run. Starting below nothing, by chance up to the
    ``cost`` (kinds,) of a title in cents, money is spent in full on average, however few titles it pays for.
    """
    me = producer[:, None] * cost.size + np.arange(cost.size)
    return np.rint(rng.uniforms(seed, _FIRST_TITLE, 0, me.ravel()).reshape(me.shape) * cost).astype(np.int64)


def rescued(uid: np.ndarray, share: float, seed: int) -> np.ndarray:
    """Which titles of a producer that failed somebody else finishes, booleans."""
    return rng.uniforms(seed, _RESCUE, 0, uid) < share
