"""The worlds that claims compare, which are scenarios: their numbers, names and titles in one place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from viz.parts.links import plain_link
from viz.view import named as scenario_named

SCENARIOS = {"W0": ("the market without AI", "baseline"),
             "W1": ("a producer with the same capital that works the traditional way", "traditional_entrant"),
             "W2": ("the AI-first producer", "entrant_only"),
             "W3": ("that producer and studios that follow it", "ai_first")}  # fmt: skip
_WORLD = re.compile(r"\bW[0-3]\b")


@dataclass(frozen=True)
class World:
    """A world as a page names it: its number, what is in it, and the scenario that plays it."""

    number: str
    says: str
    name: str
    title: str
    url: str


def worlds() -> list[World]:
    """All four, in the order in which each adds to the one before."""
    return [World(number, says, name, scenario_named(name).title, plain_link("simulate", s=name))
            for number, (says, name) in SCENARIOS.items()]


def named(text: str) -> str:
    """A sentence about worlds, with the names of their scenarios behind it."""
    numbers = dict.fromkeys(_WORLD.findall(text))
    if not numbers:
        return text
    return f"{text.rstrip('.')} ({', '.join(f'{each} = {SCENARIOS[each][1]}' for each in numbers)})."
