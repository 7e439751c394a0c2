"""Longer unemployment benefit and gentler terms for keeping health coverage."""

from __future__ import annotations

from model.levers.base import Knob, Lever
from model.policy import Policy


class BenefitExtension(Lever):
    """Unemployment benefit lasts longer, and fewer hours on calls keep health coverage.

    It works through savings that run down later and coverage that is lost less often, and so through who can
    wait for the next call and who leaves the craft. It does not raise the weekly benefit, change who is
    entitled to claim, or lower the hours that open coverage the first time. Benefits are booked to the public, and
    nobody is taxed for them.
    """

    weeks = Knob(
        neutral=0,
        low=0,
        high=52,
        unit="weeks",
        label="Extra weeks of benefit",
        source="deadline-ui-2020",
        why="From none to a second year; the federal extensions of 2020 and 2021 lie inside (recalled).",
    )
    health_hours = Knob(
        neutral=0,
        low=0,
        high=400,
        unit="hours",
        label="Hours forgiven",
        source="iatse728-mpi-2020",
        why="From none to all of the 400 hours in six months that keep coverage.",
    )

    def apply(self, policy: Policy, week: int) -> None:
        """Add weeks of benefit and lower the hours that keep coverage."""
        policy.benefit_weeks += self.weeks
        policy.health_hours_keep = max(0, policy.health_hours_keep - self.health_hours)
