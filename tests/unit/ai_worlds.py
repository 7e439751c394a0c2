"""The scenario that the tests of AI's accounts and pages run."""

from model.scenario import Scenario


def with_ai(**changes):
    """The scenario in which a producer enters with AI and studios follow."""
    settings = {"worlds.entrant": 2, "worlds.incumbents": 1} | changes.pop("set", {})
    return Scenario.named("baseline").varied(
        **{"start": "2026-04-13", "until": "2031-04-07", "scale": 0.02, "futures": 2, "set": settings, **changes}
    )
