"""Studios choose from ideas of unlike worth those that clear the hurdle inside the money buyers gave them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit, uint64

from model import rng
from model.kernels import maker
from model.vocabulary import Stream

_IDEAS, _WORTH, _SIZE = int(Stream.IDEAS), int(Stream.WORTH), int(Stream.SIZE)
LOGISTIC_UNIT = 0.5513288954217921  # √3 / π: makes a logistic number one of unit standard deviation
MOST_KINDS, MOST_IDEAS = 64, 16383  # what an identity has room for, of a firm in a meeting
MOST_SIZE = 6.0  # times the usual size of a kind: the largest titles there are
MEETING_EVERY = 4  # weeks between two slate meetings of a studio
GREEN_LIT, WITH_CREDIT = 1, 2  # what becomes of an idea that is made; 0 of one that is not
_WEEK_OFFSET = 512  # keeps the week in an identity positive, from ten years before the start on


class Ideas(NamedTuple):
    """Ideas on the table of one week's slate meetings; arrays of one length, permanent in every world."""

    uid: np.ndarray
    firm: np.ndarray
    kind: np.ndarray
    worth: np.ndarray  # expected return at traditional cost, the median idea is 1
    size: np.ndarray  # size of crews and budget relative to the kind

    def of(self, mask: np.ndarray) -> Ideas:
        """The ideas a mask or an index picks."""
        return Ideas(*(values[mask] for values in self))


class Quotes(NamedTuple):
    """What each idea would cost; arrays of one length, cents, but for the ratios ``net`` and ``net_credited``."""

    usual: np.ndarray  # made at home, without AI, at the costs of 2015
    rebate: np.ndarray  # of the California credit
    net: np.ndarray  # cost of the place chosen without a credit, relative to home
    net_credited: np.ndarray  # of the place chosen with one
    charged: np.ndarray  # taken from the purse without a credit
    charged_credited: np.ndarray
    then: np.ndarray  # what it would have cost in 2015 at the place chosen without a credit
    then_credited: np.ndarray


@njit(inline="always")
def _spread(u, sd):
    """A symmetric number of standard deviation ``sd``: logistic, which needs no normal quantile."""
    return sd * LOGISTIC_UNIT * np.log((u + 1e-12) / (1.0 - u + 1e-12))


@njit(inline="always")
def identity(week, firm, kind, serial):
    """Permanent identity of an idea: 11 bits week, 6 firm, 4 kind, 14 serial (35 in all)."""
    return ((uint64(week + _WEEK_OFFSET) << uint64(24)) | (uint64(firm) << uint64(18))
            | (uint64(kind) << uint64(14)) | uint64(serial))


@maker
def _arrive(expected, firms, week, seed, dispersion, size_sd):
    counts = np.zeros(expected.shape, np.int64)
    k = rng.key(seed, _IDEAS, week)
    for f in range(firms.size):
        for kind in range(expected.shape[1]):
            mean = expected[f, kind]
            if mean > 0.0:
                counts[f, kind] = min(MOST_IDEAS, rng.poisson(mean, rng.uniform(k, firms[f] * MOST_KINDS + kind)))
    n = counts.sum()
    uid, firm, kinds = np.empty(n, np.int64), np.empty(n, np.int16), np.empty(n, np.uint8)
    worth, size = np.empty(n, np.float64), np.empty(n, np.float64)
    k_worth, k_size = rng.key(seed, _WORTH, 0), rng.key(seed, _SIZE, 0)
    at = 0
    for f in range(firms.size):
        for kind in range(expected.shape[1]):
            for serial in range(counts[f, kind]):
                me = identity(week, firms[f], kind, serial)
                uid[at] = me
                firm[at] = firms[f]
                kinds[at] = kind
                worth[at] = np.exp(_spread(rng.uniform(k_worth, me), dispersion))
                sd = size_sd[kind]
                size[at] = min(MOST_SIZE, np.exp(_spread(rng.uniform(k_size, me), sd) - 0.5 * sd * sd))
                at += 1
    return uid, firm, kinds, worth, size


def ideas_arrive(expected: np.ndarray, firms: np.ndarray, week: int, seed: int, dispersion: float,
                 size_sd: np.ndarray) -> Ideas:
    """The ideas that reach the studios that meet this week. Equation 24.

    ``expected`` (firms, kinds) ideas since the last meeting; ``firms`` their codes; ``dispersion`` standard
    deviation of log worth; ``size_sd`` (kinds,) of log size.
    """
    return Ideas(*_arrive(expected, firms, week, seed, dispersion, size_sd))


@maker
def choose_slate(rank, ideas, worth, quotes, may_ask, forced, hurdle, purse, credit_purse):
    """Go through the ideas, best first, and green-light while they clear the hurdle and money is left.

    ``ideas`` and ``quotes`` are :class:`Ideas` and :class:`Quotes`, visited in the order of ``rank``; by idea are
    ``worth`` to the studio, ``may_ask`` whether it can have a California credit, ``forced`` a studio's own decision (1
    yes, 0 no, -1 by this rule). What a place saves is weighed in the choice of place and not again, so that worth is
    held against what a title would have cost there in 2015. ``purse`` (firm, kind) cents, ``credit_purse`` (1,) cents
    of the program's cap not yet allocated; both are drawn down here. A purse may be overdrawn by the last title, so
    that money is spent in full on average. Returns 0 no, 1 green-lit, 2 green-lit with the credit. Equation 7.
    """
    decision = np.zeros(rank.size, np.uint8)
    for r in range(rank.size):
        t = rank[r]
        firm, kind = ideas.firm[t], ideas.kind[t]
        asks = may_ask[t] and credit_purse[0] > 0
        cost = quotes.charged_credited[t] if asks else quotes.charged[t]
        yes = forced[t] == 1
        if forced[t] < 0:
            before = quotes.then_credited[t] if asks else quotes.then[t]
            yes = worth[t] * before >= hurdle * cost and purse[firm, kind] > 0
        if not yes:
            continue
        decision[t] = WITH_CREDIT if asks else GREEN_LIT
        purse[firm, kind] -= cost
        if asks:
            credit_purse[0] -= int(np.rint(quotes.rebate[t]))
    return decision
