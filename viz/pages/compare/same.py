"""Why two worlds that somebody set to be different are the same."""

from __future__ import annotations

from experiments.runners.worlds import what_moves
from model.levers.base import Lever
from model.scenario import Scenario


def why_the_same(scenario: Scenario, against: Scenario) -> str:
    """One or two sentences, from the settings of both."""
    reasons = [*_idle_levers(scenario, against), *_idle_levers(against, scenario)]
    if reasons:
        return " ".join(dict.fromkeys(reasons))
    if what_moves(scenario) == what_moves(against):
        unread = sorted(name for name in {**scenario.overrides, **against.overrides}
                        if scenario.overrides.get(name) != against.overrides.get(name))
        if unread:
            are = "is" if len(unread) == 1 else "are"
            return (f"Both worlds are the same: {_listed(unread)} {are} read only where AI is at work, and neither "
                    "world has a producer with AI (worlds.entrant) or studios that follow (worlds.incumbents).")
        return ("Both worlds are the same: no setting differs between them. A knob at its neutral value counts as not "
                "set.")
    return (f"Both worlds are the same although {_listed(_differing(scenario, against))} differ: nothing that happens "
            "in these futures turns on it.")


def _idle_levers(scenario: Scenario, other: Scenario) -> list[str]:
    """Levers of one world that the other does not have so, and that do nothing in the weeks simulated."""
    there, found = {type(each).__name__: each for each in other.lever_set()}, []
    for lever in scenario.lever_set():
        name = type(lever).__name__
        twin = there.get(name)
        if twin is not None and (twin.settings(), twin.from_week) == (lever.settings(), lever.from_week):
            continue
        why = _idle(lever, scenario)
        if why:
            found.append(f"Both worlds are the same: {name} {why}.")
    return found


def _idle(lever: Lever, scenario: Scenario) -> str:
    if lever.is_neutral:
        return "is at its neutral value, where it changes nothing"
    if lever.from_week >= scenario.end_week:
        return f"starts on {lever.from_date}, after the last week simulated (the run ends on {scenario.until})"
    if lever.to_week <= scenario.first_week:
        return f"ends on {lever.to_date}, before the first week simulated (the run begins on {scenario.start})"
    return ""


def _differing(scenario: Scenario, against: Scenario) -> list[str]:
    a, b = what_moves(scenario), what_moves(against)
    found = [name for name in ("start", "until", "scale", "seed", "without") if a[name] != b[name]]
    for group in ("overrides", "levers"):
        both = {*a[group], *b[group]}
        found += sorted(name for name in both if a[group].get(name) != b[group].get(name))
    return found


def _listed(names: list[str]) -> str:
    shown = names[:5]
    more = f" and {len(names) - 5} more settings" if len(names) > 5 else ""
    return f"{', '.join(shown)}{more}"
