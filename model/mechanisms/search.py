"""The open call: everyone who is idle answers one vacancy a week, in their craft or one near it.

The friction is the urn and the ball: applicants do not see each other, so some vacancies get many answers
and some get none. With wages and skill off this is exactly the search of the occupational mobility model
(del Rio-Chanona and others 2021, J. R. Soc. Interface 18:20200898), on which it is tested.
"""

from __future__ import annotations

import numpy as np
from numba import int64, uint64

from model import rng
from model.calendar import WEEKS_A_YEAR
from model.kernels import FAR_AHEAD, fetch, index, kernel, maker
from model.mechanisms.referral import wage_if_enough
from model.mechanisms.skills import fluency, skill
from model.mechanisms.wages import reservation
from model.state.in_kernels import People
from model.vocabulary import Status, Stream

_STREAM, _VACANCY, _FLUENCY = int(Stream.SEARCH), int(Stream.VACANCY), int(Stream.FLUENCY)
_IDLE = int(Status.IDLE)
_LOW = np.uint64(0xFFFFFFFF)
_TO_UNIT = 1.0 / 4294967296.0  # 2**-32
_TOP = 4294967295.0
_TABLES = 4
AT_A_TIME = 16_384  # searchers whose applications are reckoned together


@maker
def attraction(ties, vacancies):
    """Where the searchers of each craft apply: cumulative shares, (crafts, crafts). Equation 17.

    q_ij = A_ij v_j / Σ_k A_ik v_k, with ``ties`` A (rows sum to one) and ``vacancies`` v by craft. Row i counts on
    from i itself: its entry k is the share of crafts i, i + 1, …, i + k, so that nearly every searcher is
    served by the first entry. A row without any vacancy in reach is zero: nobody applies.
    """
    crafts = vacancies.size
    shares = np.zeros((crafts, crafts))
    for own in range(crafts):
        total = 0.0
        for c in range(crafts):
            total += ties[own, c] * vacancies[c]
        if total == 0.0:
            continue
        up_to = 0.0
        for k in range(crafts):
            c = own + k
            c = c if c < crafts else c - crafts
            up_to += ties[own, c] * vacancies[c] / total
            shares[own, k] = up_to
    return shares


@maker
def choose_crafts(cumulative, own, u):
    """Craft whose vacancy each searcher answers, (n,) int32, or -1 if none is in reach.

    ``cumulative`` from :func:`attraction`; ``own`` (n,) their crafts; ``u`` (n,) chance in [0, 1). Of what is left of
    their row everyone gives up a half at a time: eight people side by side, and no branch to guess wrong.
    """
    crafts = cumulative.shape[1]
    shares = cumulative.ravel()
    at, sought = np.empty(own.size, np.int64), np.empty(own.size, np.int32)
    mark = np.empty(own.size)
    for n in range(own.size):
        at[n] = own[n] * crafts
        mark[n] = u[n] * shares[index(at[n] + crafts - 1)]
    left = crafts
    while left > 1:
        half = left >> 1
        for n in range(own.size):
            at[n] += half * (mark[n] >= shares[index(at[n] + half - 1)])
        left -= half
    for n in range(own.size):
        c = own[n] + at[n] - own[n] * crafts
        sought[n] = c if c < crafts else c - crafts
    for n in range(own.size):
        if shares[index((own[n] + 1) * crafts - 1)] <= 0.0:
            sought[n] = -1
    return sought


def apply_to_open_call(people: People, searchers: np.ndarray, cumulative: np.ndarray, first: np.ndarray,
                       pay: np.ndarray, where: np.ndarray, commute: np.ndarray, terms: np.ndarray, target: np.ndarray,
                       wage: np.ndarray, rank: np.ndarray) -> int:
    """One application per searcher. Equation 34.

    ``searchers`` (n,) rows of the idle; ``cumulative`` from :func:`attraction`;
    ``first`` from ``list_vacancies``, and of each vacancy ``pay`` cents per day and ``where`` its district;
    ``commute`` (craft, home, work) the share of a day's pay that the way costs. Fills, per searcher: ``target`` int32
    the vacancy answered (-1 for none), ``wage`` int32 offered in cents a day, ``rank`` uint32 by which the head of
    department will choose (luck and skill). Returns how many wait: they
    held out for more, or were refused for want of fluency with AI.
    """
    return _apply(people, searchers, cumulative, first, pay, where, commute, terms, target, wage, rank)


@maker
def _apply(people, searchers, cumulative, first, pay, where, commute, terms, target, wage, rank):
    """The applications, so many at a time that all that is reckoned with stays in the near caches."""
    now = terms[0]
    if pay.size == 0:  # no vacancy, and none to look up
        target[:] = -1
        return 0
    declined = 0
    for begin in range(0, searchers.size, AT_A_TIME):
        end = begin + AT_A_TIME
        these = searchers[begin:end]
        sought, chance, changing = _look(people.craft, people.uid, these, cumulative, now)
        vacancy, rate, way, new = _meet(people.craft, people.home, these, sought, chance, first, pay, where, commute)
        fits, last, least = _judge(people.records, these, now)
        _decide(fits, new, rate, way, last, least, now, wage[begin:end])
        _ask_for_fluency(people, these, changing, sought, now, wage[begin:end])
        declined += _answer(sought, chance, vacancy, fits, now, target[begin:end], wage[begin:end], rank[begin:end])
    return declined


@maker
def _look(craft, uid, searchers, cumulative, now):
    """Craft in which each searcher looks, (n,) int32, -1 for none in reach; 64 bits (n,) for which vacancy and luck;
    and places among the searchers of those who do not look in their own craft.

    Chance is drawn in loops of its own over identities side by side, of which the processor does eight turns at once,
    and only those who do not stay in their craft walk through the crafts, after everyone else.
    """
    k, k_vacancy = rng.key(now.seed, _STREAM, now.week), rng.key(now.seed, _VACANCY, now.week)
    who, where = np.empty(searchers.size, np.int64), np.empty(searchers.size)
    sought, changing = np.empty(searchers.size, np.int32), np.empty(searchers.size, np.int32)
    chance = np.empty(searchers.size, np.uint64)
    for s in range(who.size):
        who[s] = uid[index(searchers[s])]
    for s in range(who.size):
        where[s] = rng.uniform(k, who[s])
    for s in range(who.size):
        chance[s] = rng.bits(k_vacancy, who[s])
    last = cumulative.shape[1] - 1
    n = 0
    for s in range(who.size):
        own = craft[index(searchers[s])]
        sought[s] = own
        changing[n] = s  # written always, kept only if true: no branch to guess wrong
        n += where[s] * cumulative[own, last] >= cumulative[own, 0]
    changing = changing[:n]
    elsewhere = choose_crafts(cumulative, sought[changing], where[changing])
    for m in range(n):
        sought[changing[m]] = elsewhere[m]
    return sought, chance, changing


@maker
def _meet(craft, home, searchers, sought, chance, first, pay, where, commute):
    """The vacancy that each searcher looks at, (n,), its rate, the way to it, and whether its craft is new to them."""
    n = searchers.size
    vacancy, rate, way, new = np.empty(n, np.int32), np.empty(n, np.int64), np.empty(n), np.empty(n, np.bool_)
    for s in range(n):
        c = max(sought[s], 0)  # who has none in reach looks at the first, in vain: no branch to guess wrong
        vacancy[s] = first[c] + int(float(int64(chance[s] >> uint64(32))) * _TO_UNIT * (first[c + 1] - first[c]))
    for s in range(n):
        rate[s] = pay[index(vacancy[s])]
    for s in range(n):
        i, c, v = index(searchers[s]), index(max(sought[s], 0)), index(vacancy[s])
        way[s] = commute[c, home[i], where[v]]
    for s in range(n):
        new[s] = craft[index(searchers[s])] != max(sought[s], 0)
    return vacancy, rate, way, new


@maker
def _judge(records, searchers, now):
    """Skill of each searcher (n,), their last wage, and the least they take, cents a day.

    Records are read in one loop, and reckoned with in others over numbers side by side, eight turns at once.
    """
    n, week = searchers.size, now.week
    talent, days, lessons = np.empty(n, np.float32), np.empty(n, np.int32), np.empty(n, np.int32)
    idle, last, broke = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.bool_)
    for s in range(n):
        fetch(records, searchers[min(s + FAR_AHEAD, n - 1)])
        w = records[index(searchers[s])]
        talent[s], days[s], lessons[s], last[s] = w.talent, w.days_worked, w.lessons, w.spell_wage
        idle[s], broke[s] = week - w.since, week >= w.broke
    fits, least = np.empty(n), np.empty(n, np.int64)
    for s in range(n):
        fits[s] = skill(talent[s], days[s], lessons[s], idle[s], now)
    for s in range(n):
        least[s] = reservation(last[s], idle[s], broke[s], now)
    return fits, last, least


@kernel
def _decide(fits, new, rate, way, last, least, now, wage):
    """The ``wage`` offered to each, or 0 if they hold out for more.

    Nothing asks who declines: a quarter do, which the processor would often guess wrong.
    """
    for s in range(wage.size):
        wage[s] = wage_if_enough(fits[s], new[s], rate[s], way[s], last[s], least[s], now)


@kernel
def _ask_for_fluency(people, searchers, changing, sought, now, wage):
    """AI work refuses those of other crafts who lack fluency: their ``wage`` is 0."""
    for m in range(changing.size):
        s = changing[m]
        i = searchers[s]
        if sought[s] != now.ai_craft or people.craft[i] == now.ai_craft:
            continue
        w = people.records[i]
        by_chance = rng.uniform(rng.key(now.seed, _FLUENCY, 0), people.uid[i])
        years = (now.week - max(int64(w.entered), now.ai_since)) / WEEKS_A_YEAR
        if fluency(w.ai_days, now.week - w.ai_week, by_chance, years, now) < now.ai_needed:
            wage[s] = 0


@kernel
def _answer(sought, chance, vacancy, fits, now, target, wage, rank):
    """The vacancy each applies to, -1 for those who wait, and their rank. Returns how many wait."""
    luck_weight = 1.0 - now.skill_in_choice
    declined = 0
    for s in range(sought.size):
        target[s] = vacancy[s] if (wage[s] > 0) & (sought[s] >= 0) else -1
    for s in range(sought.size):
        luck = float(int64(chance[s] & _LOW)) * _TO_UNIT
        rank[s] = np.uint32(int64((luck_weight * luck + now.skill_in_choice * fits[s]) * _TOP))
    for s in range(sought.size):
        declined += (wage[s] == 0) & (sought[s] >= 0)
    return declined


@maker
def list_idle(status, craft, crafts):
    """Rows of the workers between calls, int32, and how many they are by craft."""
    rows = np.empty(status.size, np.int32)
    n = 0
    for i in range(status.size):
        rows[n] = i  # written always, kept only if idle: no branch to guess wrong
        n += status[i] == _IDLE
    tables = np.zeros((_TABLES, crafts), np.int64)  # in turn: neighbors are alike, and an entry just written is slow
    for s in range(n):
        tables[s % _TABLES, craft[rows[s]]] += 1
    return rows[:n], tables.sum(axis=0)
