"""A covenant to hire residents for AI work."""

from __future__ import annotations

from model.levers.base import Knob, Lever
from model.policy import Policy


class ResidentHire(Lever):
    """Of the AI work of a title made in Los Angeles, in every stage, at least a given share is done there.

    On titles made elsewhere the share rises in proportion to their other work done in Los Angeles. It works through
    where the AI crew is called, and through its pay, which is lower elsewhere: a title saves less, and studios adopt
    more slowly. It does not touch the crew that works the traditional way, where a title shoots, or how many people
    AI work takes; where nobody in Los Angeles is free for it, a call stays open.
    """

    share = Knob(
        neutral=0.0,
        low=0.0,
        high=1.0,
        unit="share of AI work",
        label="AI work in Los Angeles, at least",
        source="",
        why="From no covenant to all AI work; the share without one is itself an assumption.",
    )

    def apply(self, policy: Policy, week: int) -> None:
        """Raise the share of AI work in Los Angeles to the one that is set."""
        policy.resident_ai_share = max(policy.resident_ai_share, self.share)
