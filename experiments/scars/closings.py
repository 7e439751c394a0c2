"""Displaced workers: productions close in one world and not in the other, and the same people are followed in both.

Who is displaced is settled before anything happens: whoever is on a call of a production picked by chance, after two
years of steady work. Nobody is picked by what became of them, so the mean difference is the effect of the closing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.analysis.chance import seed_of, uniforms
from experiments.scars.twins import pay_of_week, twin_of
from model.market import LaborMarket
from model.state.state import State
from model.vocabulary import Status

YEAR = 52  # weeks
YEARS_BEFORE = 2  # of steady work
STEADY = 26  # weeks on calls, in each of the years before
CLOSED = 0.05  # share of the productions at work in Los Angeles that close
DISCOUNT = 0.05  # a year, as in Davis and von Wachter (2011)
_MIDDLE = 0.5  # pay of a year counts as if it came in its middle


@dataclass(frozen=True)
class Losses:
    """Pay of the displaced in both worlds and of the steady workers whose production went on; one closing.

    ``with_closing`` and ``without`` are (years,), as shares of the mean yearly pay of the two years before.
    """

    displaced: int
    with_closing: np.ndarray
    without: np.ndarray
    bystanders: np.ndarray  # (years,) their loss, as a share of their own pay before

    @property
    def by_year(self) -> np.ndarray:
        """Share of a year's pay before that the closing costs, (years,)."""
        return self.without - self.with_closing

    @property
    def present_value(self) -> float:
        """Years of pay lost in the years followed, and in no others."""
        return present_value(self.by_year)


def present_value(losses: np.ndarray, discount: float = DISCOUNT) -> float:
    """Sum of yearly losses, discounted to the day of the closing."""
    return float(np.sum(losses / (1.0 + discount) ** (np.arange(len(losses)) + _MIDDLE)))


class Closing:
    """Looks on at a world week by week; when ``week`` is about to begin it closes productions in a twin of it.

    Called after every week of the world without the closing, up to ``years`` after it. Raises nothing: where the run
    was too short, :meth:`losses` is None.
    """

    def __init__(self, week: int, years: int) -> None:
        self.week, self.years = week, years
        self.pay = np.zeros((YEARS_BEFORE, 0))
        self.weeks = np.zeros((YEARS_BEFORE, 0), np.int64)
        self.rows: np.ndarray | None = None

    def __call__(self, market: LaborMarket) -> None:
        """One more week of the world without the closing has passed."""
        since = market.week - 1 - self.week  # of the week that was
        if -YEARS_BEFORE * YEAR <= since < 0:
            self._before(since // YEAR, pay_of_week(market.state))
        elif self.rows is not None and 0 <= since < self.years * YEAR:
            self.without[since // YEAR] += pay_of_week(market.state)[self.rows]
        if market.week == self.week:
            self._close(market)

    def losses(self) -> Losses | None:
        """What came of it, for as many years as were asked for."""
        if self.rows is None or self.hit.sum() == 0:
            return None
        return losses_of(self.before, self.hit, self.without, self.with_closing)

    def _before(self, year: int, pay: np.ndarray) -> None:
        more = pay.size - self.pay.shape[1]
        if more > 0:
            self.pay = np.pad(self.pay, ((0, 0), (0, more)))
            self.weeks = np.pad(self.weeks, ((0, 0), (0, more)))
        self.pay[year] += pay
        self.weeks[year] += pay > 0

    def _close(self, market: LaborMarket) -> None:
        state = market.state
        steady = np.zeros(state.people.status.size, bool)
        steady[: self.weeks.shape[1]] = (self.weeks >= STEADY).all(axis=0)
        on_call = state.people.status == Status.ON_CALL
        self.rows = np.flatnonzero(steady & on_call)
        self.before = self.pay[:, self.rows].mean(axis=0)
        closed = closing_down(state, market.world.seed)
        self.hit = np.isin(state.people.records["call"][self.rows] // state.calls.shape[1], closed)
        self.without = np.zeros((self.years, self.rows.size))
        self.with_closing = np.zeros_like(self.without)
        twin = twin_of(market)
        for uid in state.titles["uid"][closed]:
            twin.cancel(int(uid))
        for week in range(self.years * YEAR):
            twin.step()
            self.with_closing[week // YEAR] += pay_of_week(twin.state)[self.rows]


def closing_down(state: State, seed: int) -> np.ndarray:
    """Rows of the productions that close: a share of those with crews in Los Angeles, by chance."""
    staffed = state.calls["filled"][state.order].sum(axis=1) > 0
    at_work = state.order[staffed & (state.titles["place"][state.order] == 0)]
    return at_work[uniforms(at_work.size, seed_of("closing", seed, state.week)) < CLOSED]


def losses_of(before: np.ndarray, hit: np.ndarray, without: np.ndarray, with_closing: np.ndarray) -> Losses:
    """From the pay of each worker: ``before`` (n,) a year, ``hit`` (n,) who is displaced, (years, n) in each world.

    Ratios of sums: a worker counts with their pay, and one with little pay before cannot outweigh the rest.
    """
    usual, others = before[hit].sum(), before[~hit].sum()
    lost = (without - with_closing)[:, ~hit].sum(axis=1)
    return Losses(
        int(hit.sum()), with_closing[:, hit].sum(axis=1) / usual, without[:, hit].sum(axis=1) / usual,
        lost / others if others > 0 else np.zeros(len(lost)),
    )  # fmt: skip
