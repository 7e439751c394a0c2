"""A levy on the compute that titles are made with."""

from __future__ import annotations

from model.levers.base import Knob, Lever
from model.policy import Policy


class AiLevy(Lever):
    """Whoever makes titles with AI pays a levy on compute, a share of its list price, backed by a provider or not.

    It works through what an automated task costs beside the wage it spares, and so through how much is automated,
    what a title saves, and how fast studios adopt; the account of the saved dollar shows it as a subsidy below zero.
    It does not tax the saving itself, the AI crew's pay or vendors' profits, pass the levy on in prices of compute,
    or spend what it brings in, which is booked as the public's.
    """

    rate = Knob(
        neutral=0.0,
        low=0.0,
        high=10.0,
        unit="share of list price",
        label="Levy on compute",
        source="",
        why="From none to ten times the list price: compute is a small part of what a task costs, so that a levy of "
        "its own size hardly moves it.",
    )

    def apply(self, policy: Policy, week: int) -> None:
        """Add the levy to the price of compute."""
        policy.ai_levy += self.rate
