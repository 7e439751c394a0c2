"""The California film and television credit."""

from __future__ import annotations

from model.levers.base import Knob, Lever
from model.policy import Policy


class TaxCredit(Lever):
    """California pays back another share of qualified spend, allots another sum a year, or counts titles otherwise.

    It works through the cost of shooting in California as studios compare places, and through the yearly cap: a
    higher rate under the same cap covers fewer titles. Of a title it counts up to a cap as well. What is spent on
    AI qualifies in part or in full. A rise for residents is paid on titles with AI that shoot in Los Angeles and do
    all of their AI work there; a title takes it where it is worth more than what work elsewhere would save.
    It does not touch which kinds of production qualify, what share of a budget without AI qualifies, where crews other
    than the AI crew live, titles already placed, or what other places do in answer.
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
    title_cap = Knob(
        neutral=None,
        low=0.0,
        high=500.0,
        unit="USD million a title",
        label="Spend of a title that counts at most",
        source="allthenews-ca4",
        why="From none to more than the largest titles cost; 100 million in law until July 2025 and 120 after.",
    )
    ai_counts = Knob(
        neutral=1.0,
        low=0.0,
        high=1.0,
        unit="share of spend on AI",
        label="AI spend that qualifies",
        source="",
        why="From none to all; no rule on AI spend was found in the law of July 2025, so all of it counts by default.",
    )
    resident = Knob(
        neutral=0.0,
        low=0.0,
        high=0.2,
        unit="share of qualified spend",
        label="Rise of the rate for AI titles that keep their AI work in Los Angeles",
        source="",
        why="From none to more than the rises of five to ten points that the California program knows (recalled).",
    )

    def apply(self, policy: Policy, week: int) -> None:
        """Put the rate and the caps that are set in place of the legislated ones; count less of AI; add the rise."""
        if self.rate is not None:
            policy.credit_rate = self.rate
        if self.cap is not None:
            policy.credit_cap_usd = self.cap * 1e6
        if self.title_cap is not None:
            policy.credit_title_cap_usd = self.title_cap * 1e6
        policy.credit_counts_ai = min(policy.credit_counts_ai, self.ai_counts)
        policy.credit_resident += self.resident
