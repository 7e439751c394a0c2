"""Paid places in courses that teach AI work."""

from __future__ import annotations

from model.levers.base import Knob, Lever
from model.policy import Policy


class RetrainingGrant(Lever):
    """More people a year can take a course in AI work than without the grant.

    It works through the places in courses, for which idle people queue, and so through how many are fluent enough
    for the new craft. It does not make jobs in that craft, pay a living during the course, change what is taught or
    how long it takes, or teach anyone anything but AI work. The public pays for its share of the places taken.
    """

    places = Knob(
        neutral=0.0,
        low=0.0,
        high=5000.0,
        unit="people a year",
        label="Places a year on top",
        source="",
        why="From none to ten times the places assumed without it; no figure was found for capacity in Los Angeles.",
    )

    def apply(self, policy: Policy, week: int) -> None:
        """Add places to those there are."""
        policy.retraining_places += self.places
