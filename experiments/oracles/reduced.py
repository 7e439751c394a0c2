"""The reduced market: the model's own open call and choice of applicants, with everything else switched off.

Workers are rows of the model's crew; they search by ``search.attraction`` and ``search.apply_to_open_call``
and are taken by ``matching.choose``, the code that runs in every week of the real market. Referral, wages,
skill and pay are off. Only demand is fed from outside: separations and new vacancies follow the rule of the
occupational mobility model (:class:`Case`). What comes out must be that model.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numba import uint64

from experiments.oracles.occupations import Case, Stocks
from model import rng
from model.kernels import kernel
from model.mechanisms import matching, search
from model.state.crew import Crew
from model.state.in_kernels import people_of
from model.state.now import empty_now
from model.tables import crafts
from model.vocabulary import Status, Stream

_STREAM = int(Stream.ORACLE)
_IDLE, _ON_CALL = int(Status.IDLE), int(Status.ON_CALL)
_HALF = 4294967296.0  # 2**32: one draw of 64 bits holds two numbers
_OFFER = 1  # cents a day on every vacancy: the open call takes an offer of nothing for a refusal
_GOLDEN = 0.6180339887498949
LAST_STEP = 32_000  # the crew counts weeks in 16 bits


class OpenCall(NamedTuple):
    """What came of one open call: the vacancy each searcher answered, the searcher each vacancy took."""

    target: np.ndarray  # (searchers,) int32, -1 for none
    chosen: np.ndarray  # (vacancies,) an index of searchers, -1 for none
    first: np.ndarray  # (occupations + 1,) where each occupation's vacancies begin


def rules(seed: int) -> np.ndarray:
    """The rules of a working life with everything off; the record is as wide as the real market's.

    Skill is nothing but must be a number: without a weight on talent it is practice / (practice + days to
    learn), and a worker without practice needs the latter above 0.
    """
    now = empty_now(crafts().n)
    now["seed"], now["learning_days"] = seed, 1.0
    return now


def open_call(
    crew: Crew,
    craft: np.ndarray,
    searchers: np.ndarray,
    ties: np.ndarray,
    vacancies: np.ndarray,
    now: np.ndarray,
) -> OpenCall:
    """One open call by the model's own kernels.

    ``craft`` the occupation of each row, ``searchers`` rows, ``ties`` (n, n), ``vacancies`` (n,) int64.
    """
    first = np.zeros(vacancies.size + 1, np.int64)
    np.cumsum(vacancies, out=first[1:])
    n, posted = searchers.size, int(first[-1])
    target, wage, rank = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.uint32)
    search.apply_to_open_call(
        people_of(crew)._replace(craft=craft),
        searchers,
        search.attraction(ties, vacancies),
        first,
        np.full(posted, _OFFER, np.int64),
        np.zeros(posted, np.uint8),
        np.zeros((vacancies.size, 1, 1)),
        now,
        target,
        wage,
        rank,
    )
    return OpenCall(target, matching.choose(target, rank, posted), first)


@kernel
def _demand_feed(status, craft, uid, separation, opening, seed, week, leaving, opened):  # noqa: ANN001, ANN202
    """Separations and new vacancies among the employed, one draw of two numbers per worker and step.

    Fills ``leaving`` with rows and adds to ``opened`` by occupation; returns the number of rows.
    """
    k = rng.key(seed, _STREAM, week)
    n = 0
    for i in range(status.size):
        if status[i] != _ON_CALL:
            continue
        chance = rng.bits(k, uid[i])
        if float(chance >> uint64(32)) < separation[craft[i]] * _HALF:
            leaving[n] = i
            n += 1
        if float(chance & uint64(0xFFFFFFFF)) < opening[craft[i]] * _HALF:
            opened[craft[i]] += 1
    return n


class ReducedMarket:
    """Workers of a case in their occupations; a :meth:`step` is one of the occupational mobility model."""

    def __init__(self, case: Case, seed: int) -> None:
        self.case, self.seed, self.t = case, seed, 0
        people = whole(np.stack((case.employed, case.unemployed), axis=1).ravel(), seed).reshape(-1, 2)
        self.vacancies = whole(case.vacancies, seed)
        self.crew = Crew(int(people.sum()))
        self.crew.add(self.crew.capacity)
        # the crew's column has room for 256 crafts; kernels take any integers
        self.craft = self.crew.craft if case.n <= 256 else np.zeros(self.crew.count, np.int32)
        self.craft[:] = np.repeat(np.arange(case.n), people.sum(axis=1))
        self.crew.status[:] = np.repeat(np.tile([_ON_CALL, _IDLE], case.n), people.ravel())
        self.crew.since[:] = -1  # the unemployed of the start count as separated in the step before it
        self.employed = people[:, 0].copy()
        self.now = rules(seed)
        self._leaving = np.empty(self.crew.count, np.int64)

    def step(self) -> None:
        """Separations and new vacancies, one application per searcher, one hire per vacancy that got any.

        All are decided on the counts at the start of the step: whoever is hired in it cannot separate,
        whoever separates cannot apply, and a vacancy opened now is applied to in the next.
        """
        crew, n = self.crew, self.case.n
        separation, opening = self.case.flows(self.t + 1, self.employed, self.vacancies)
        opened = np.zeros(n, np.int64)
        count = _demand_feed(
            crew.status, self.craft, crew.uid, separation, opening, self.seed, self.t, self._leaving, opened
        )
        leaving = self._leaving[:count]
        self.now["week"] = self.t
        searchers = np.flatnonzero(crew.status == _IDLE)
        call = open_call(crew, self.craft, searchers, self.case.ties, self.vacancies, self.now)
        filled = np.flatnonzero(call.chosen >= 0)
        hired, into = searchers[call.chosen[filled]], np.searchsorted(call.first, filled, side="right") - 1

        self.employed -= np.bincount(self.craft[leaving], minlength=n)
        crew.status[leaving] = _IDLE
        crew.since[leaving] = self.t
        crew.status[hired] = _ON_CALL
        crew.since[hired] = self.t
        self.craft[hired] = into
        arrived = np.bincount(into, minlength=n)
        self.employed += arrived
        self.vacancies += opened - arrived
        self.t += 1

    def stocks(self) -> Stocks:
        """People and jobs by occupation, counted from the rows."""
        n, idle = self.case.n, self.crew.status == _IDLE
        long_term = idle & (self.t - self.crew.since >= self.case.tau)
        return Stocks(
            np.bincount(self.craft[~idle], minlength=n),
            np.bincount(self.craft[idle], minlength=n),
            self.vacancies.copy(),
            np.bincount(self.craft[long_term], minlength=n),
        )


def whole(values: np.ndarray, seed: int) -> np.ndarray:
    """Whole numbers next to ``values``, int64, whose sum is next to theirs.

    Which are rounded up differs by seed, so that the mean over seeds comes near the values themselves.
    """
    offset = (0.5 + seed * _GOLDEN) % 1.0
    # sums of whole numbers stay whole whatever the offset: 1e-9 absorbs the rounding of decimal input
    edges = np.floor(np.concatenate(([0.0], np.cumsum(values))) + min(max(offset, 1e-6), 1.0 - 1e-6) + 1e-9)
    return np.diff(edges).astype(np.int64)


def simulate(case: Case, at: Iterable[int], seed: int) -> list[Stocks]:
    """Stocks of one seed at each time of ``at``, in its order."""
    at = list(at)
    market = ReducedMarket(case, seed)
    found = {}
    for t in range(max(at, default=0) + 1):
        if t in at:
            found[t] = market.stocks()
        if t < max(at, default=0):
            market.step()
    return [found[t] for t in at]
