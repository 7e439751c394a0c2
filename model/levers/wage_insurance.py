"""Wage insurance: part of the pay lost by taking a lower-paid call is made up."""

from __future__ import annotations

from model.levers.base import Knob, Lever
from model.policy import Policy


class WageInsurance(Lever):
    """Who takes a call that pays less a day than the last one gets part of the difference, for some weeks of the call.

    It works through what people accept: part of the loss being made up, they wait less for a better call; and
    through savings, since what is paid counts as income, with benefits in the accounts of money. It does not pay for
    fewer days of work, while idle, to people who leave the market or for calls that pay as much as the last; it is
    not taxed, is paid by the public out of no tax, and ends with the call, after which the lower pay is the last pay.
    """

    share = Knob(
        neutral=0.0,
        low=0.0,
        high=1.0,
        unit="share of the pay lost",
        label="Pay made up",
        source="",
        why="From none to all of the loss; the program for workers hit by trade paid half of it (recalled).",
    )

    weeks = Knob(
        neutral=104,
        low=0,
        high=260,
        unit="weeks",
        label="Weeks of a call for which it is paid",
        source="",
        why="From none to five years; the program for workers hit by trade paid for two years (recalled).",
    )

    def apply(self, policy: Policy, week: int) -> None:
        """Insure a share of the pay lost, for the weeks that are set."""
        policy.wage_insurance += self.share
        policy.wage_insurance_weeks = self.weeks
