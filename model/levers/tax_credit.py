"""The California film and television credit."""

from __future__ import annotations

from model.levers.base import Knob, Lever
from model.policy import Policy


class TaxCredit(Lever):
    """California pays back another share of qualified spend, or allots another sum a year, than the law says.

    It works through the cost of shooting in California as studios compare places, and through the yearly cap:
    a higher rate under the same cap covers fewer titles. It does not touch which kinds of production qualify,
    what share of a budget qualifies, titles already placed, or what other places do in answer.
    """

    rate = Knob(
        neutral=None,
        low=0.0,
        high=0.6,
        unit="share of qualified spend",
        label="Credit rate",
        source="mission-viejo-2025",
        why="From no credit to well above the 35% in law from July 2025 and the rates of competing places.",
    )
    cap = Knob(
        neutral=None,
        low=0.0,
        high=3000.0,
        unit="USD million a year",
        label="Credits allotted a year",
        source="allthenews-ca4",
        why="From none to four times the 750 million a year in law from fiscal year 2025-26.",
    )

    def apply(self, policy: Policy, week: int) -> None:
        """Put the rate and the cap that are set in the place of the legislated ones."""
        if self.rate is not None:
            policy.credit_rate = self.rate
        if self.cap is not None:
            policy.credit_cap_usd = self.cap * 1e6
