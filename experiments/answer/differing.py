"""What one scenario sets otherwise than another, and how it is typed on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model.scenario import Scenario

SET, LEVER = "--set", "--lever"


def differing(scenario: Scenario, other: Scenario) -> list[tuple[str, str, Any]]:
    """(option, name, value) of each setting, None for one of the other's that was taken back."""
    found = []
    for option, here, there in ((SET, scenario.overrides, other.overrides), (LEVER, scenario.levers, other.levers)):
        for name in sorted({*here, *there}):
            if here.get(name) != there.get(name):
                found.append((option, name, here.get(name)))
    return found


def typed(value: Any) -> str:
    """A value as it is typed on the command line: of several, set apart by commas; of none, what takes it back."""
    if value is None:
        return "none"
    return ",".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)
