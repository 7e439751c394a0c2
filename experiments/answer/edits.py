"""What somebody set otherwise than the scenario of the same name does: in words, and as the command line takes it."""

from __future__ import annotations

from typing import Any

from experiments.answer.differing import SET, differing, typed
from experiments.answer.wording import uncapitalized
from model import units
from model.levers import lever_classes
from model.parameters import Params
from model.scenario import Scenario

NAMED = 2  # edits that a sentence names; of more it says how many there are
DAYS = (".from", ".to")  # of a lever


def edits(scenario: Scenario) -> list[tuple[str, str, Any]]:
    """(option, name, value) of each, None for a setting of the scenario's that was taken back; none where no scenario
    has that name.
    """
    return differing(scenario, Scenario.named(scenario.name)) if scenario.name in Scenario.names() else []


def listed(scenario: Scenario) -> str:
    """All of them, as options; empty without any."""
    return " ".join(f"{option} {name}={typed(value)}" for option, name, value in edits(scenario))


def said(scenario: Scenario) -> str:
    """What goes behind the scenario's title: "with credit rate at 49%"; empty without any."""
    told = [each for each in edits(scenario) if not each[1].endswith(DAYS)]  # which stand in the list
    if not told:
        return "with other days" if edits(scenario) else ""
    if len(told) > NAMED:
        return f"with {len(told)} settings changed"
    return f"with {' and '.join(_setting(*each) for each in told)}"


def titled(scenario: Scenario) -> str:
    """Its title, and what was set otherwise."""
    return ", ".join(filter(None, (scenario.title or scenario.name, said(scenario))))


def _setting(option: str, name: str, value: Any) -> str:
    if option == SET:
        about = Params.load().about(name)
        label, unit, value = about.label, about.unit, about.value if value is None else value
    else:
        lever, _, knob = name.partition(".")
        about = lever_classes()[lever].knobs[knob]
        label, unit, value = about.label, about.unit, about.neutral if value is None else value
    if value is None:
        return f"{uncapitalized(label)} as legislated"
    told = (units.say(each, unit) for each in (value if isinstance(value, (tuple, list)) else (value,)))
    return f"{uncapitalized(label)} at {', '.join(told)}"
