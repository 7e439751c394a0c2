"""Whether a long spell itself makes work hard to find: the same person, the same week, with a shorter spell behind.

In a twin of the world the spells of those out of work for about eight months are made to have begun 28 weeks later.
Skill, asking wage and patience then follow from the shorter spell; contacts, savings and everything else are the same.
"""

from __future__ import annotations

import numpy as np

from experiments.scars.twins import twin_of
from model.market import LaborMarket
from model.state.events import unpack
from model.vocabulary import HIRES, Status

EVERY = 13  # weeks between two looks
FOLLOWED = 4  # weeks
YOUNGER = 28  # weeks by which a spell is shortened, from about eight months to about one
_EIGHTH_MONTH = (31, 36)  # weeks of a spell at the look, so that those followed lie within the eighth and ninth month


class Clocks:
    """Looks on at a world week by week and counts hires with the true and with the shortened spell."""

    def __init__(self, first_week: int = 0) -> None:
        self.first_week, self.left = first_week, 0
        self.looked_at, self.found, self.found_younger = 0, 0, 0

    def __call__(self, market: LaborMarket) -> None:
        """One more week has passed."""
        if self.left > 0:
            self.hired |= hired_of(market, self.rows)
            self.left -= 1
            if self.left == 0:
                self.looked_at += self.rows.size  # only once both worlds are known
                self.found += int(self.hired.sum())
                self.found_younger += self.younger
        if market.week >= self.first_week and market.week % EVERY == 0:
            self._look(market)

    @property
    def same_person(self) -> float:
        """Chance of a hire with the long spell over that with the short one; not a number where nobody was hired."""
        return self.found / self.found_younger if self.found_younger else float("nan")

    def _look(self, market: LaborMarket) -> None:
        crew, status = market.state.people.records, market.state.people.status
        spell = market.week - crew["since"][: status.size].astype(np.int64)
        self.rows = np.flatnonzero((status == Status.IDLE) & (spell >= _EIGHTH_MONTH[0]) & (spell < _EIGHTH_MONTH[1]))
        self.hired, self.left = np.zeros(self.rows.size, bool), FOLLOWED
        twin = twin_of(market)
        twin.state.people.records["since"][self.rows] += YOUNGER
        hired = np.zeros(self.rows.size, bool)
        for _ in range(FOLLOWED):
            twin.step()
            hired |= hired_of(twin, self.rows)
        self.younger = int(hired.sum())


def hired_of(market: LaborMarket, rows: np.ndarray) -> np.ndarray:
    """Which of some workers were hired in the week that was."""
    what, _, row = unpack(market.state.events)
    return np.isin(rows, row[np.isin(what, HIRES)])
