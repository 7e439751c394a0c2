"""Fact 7: what the displaced lose, in years of pay, in the years that were followed and in no others."""

from __future__ import annotations

from experiments.facts.of_market import Finding
from experiments.scars.closings import Closing

GOOD_TIMES, SLUMP = 104, 469  # weeks of the closings: early January 2017, when few are idle, and 2024, when many are
YEARS, YEARS_OF_SLUMP = 8, 1  # followed: to the end of 2024


class Displaced:
    """Looks on at a baseline: two closings, each in a twin world of its own."""

    def __init__(self) -> None:
        self.good, self.slump = Closing(GOOD_TIMES, YEARS), Closing(SLUMP, YEARS_OF_SLUMP)
        self.onlookers = (self.good, self.slump)

    def finding(self) -> Finding:
        """Years of pay lost after the closing in good times, and what goes with it.

        Nothing is extrapolated: the present value is of the years followed. The slump is compared by the first
        year alone, for only that is followed after it.
        """
        losses, slump = self.good.losses(), self.slump.losses()
        unknown = float("nan")
        also = {
            "displaced": losses.displaced if losses else 0,
            "years_followed": YEARS,
            "first_year": float(losses.by_year[0]) if losses else unknown,
            "last_year": float(losses.by_year[-1]) if losses else unknown,
            "bystanders": float(losses.bystanders.sum()) if losses else unknown,
            "first_year_in_a_slump": float(slump.by_year[0]) if slump else unknown,
        }
        return Finding(losses.present_value if losses else None, True, also)
