"""A floor under the crew of titles that use AI."""

from __future__ import annotations

from model.levers.base import Knob, Lever
from model.policy import Policy


class MinimumCrew(Lever):
    """Of every craft, a title that uses AI calls at least a given share of the crew it would call without.

    It works through the share of each craft's people that AI may replace, on every title, whoever signed what: the
    floor binds only where AI would replace more than the rest, and a title saves less, so that fewer are made. It
    does not keep the days of a shoot that gets shorter, set pay, or touch titles without AI; with less displaced
    there is also less new work for the AI crew.
    """

    share = Knob(
        neutral=0.0,
        low=0.0,
        high=1.0,
        unit="share of the traditional crew",
        label="Crew that AI titles keep",
        source="kidscreen-tag-2024",
        why="From no floor, as in every contract for crews found so far, to one that lets AI replace nobody.",
    )

    def apply(self, policy: Policy, week: int) -> None:
        """Raise the floor to the share that is set."""
        policy.min_crew = max(policy.min_crew, self.share)
