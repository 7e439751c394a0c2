"""This week's rules: what the law and the plans say, before any mechanism acts on it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter

import numpy as np


@dataclass(slots=True)
class Policy:
    """The rules in force in one week, rebuilt from baseline every week; levers change a fresh copy."""

    credit_rate: float  # California credit, share of qualified spend
    credit_cap_usd: float  # California credit, USD a fiscal year
    credit_title_cap_usd: float  # spend of one title that the credit counts at most, USD
    credit_base_share: float  # share of a title's budget that qualifies
    credit_covers: np.ndarray  # bool, one entry per production kind: may it apply
    benefit_weekly_max_cents: int  # unemployment benefit, cents a week at most
    benefit_weeks: int  # weeks a claim lasts
    benefit_topup_cents: int  # added to every weekly benefit, cents
    health_hours_enter: int  # hours in a year that open coverage
    health_hours_keep: int  # hours in six months that keep it
    credit_counts_ai: float = 1.0  # share of spend on AI that qualifies for the credit
    credit_resident: float = 0.0  # added to the credit of AI titles shot in Los Angeles whose AI work stays there
    min_crew: float = 0.0  # share of the traditional crew that a rule keeps
    ai_levy: float = 0.0  # levy on compute, share of its list price
    retraining_places: float = 0.0  # places in courses a year on top
    wage_insurance: float = 0.0  # share of the wage lost by taking a lower-paid call that is paid on top
    wage_insurance_weeks: int = 104  # weeks of such a call for which it is paid
    cloud_contracts: int = 0  # providers that a producer must have under contract, at least
    resident_ai_share: float = 0.0  # share of AI work that must be done in Los Angeles, at least

    def copy(self) -> Policy:
        """A copy that shares nothing with this one."""
        twin = Policy(*_values_of(self))
        twin.credit_covers = self.credit_covers.copy()
        return twin


_values_of = attrgetter(*(each.name for each in fields(Policy)))  # a sixth of the time of dataclasses.replace
