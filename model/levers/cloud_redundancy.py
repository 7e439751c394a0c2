"""Contracts with more than one cloud."""

from __future__ import annotations

from model.levers.base import Knob, Lever
from model.policy import Policy


class CloudRedundancy(Lever):
    """Whoever makes titles with AI has to hold contracts with at least so many providers of clouds and models.

    It works through which titles depend on which provider, and through the weeks that a withdrawn model stops them:
    another contract shortens those. It does not make outages or breaches rarer, move a title from one provider to
    another within an outage, cost anything, or change the terms of a producer that its provider backs.
    """

    contracts = Knob(
        neutral=0,
        low=0,
        high=3,
        unit="providers",
        label="Providers under contract, at least",
        source="",
        why="From no rule to all three large providers.",
    )

    def apply(self, policy: Policy, week: int) -> None:
        """Ask for contracts with as many providers as are set."""
        policy.cloud_contracts = max(policy.cloud_contracts, self.contracts)
