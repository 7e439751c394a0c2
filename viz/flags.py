"""What happens when, for the timeline: dated stops, levers, an entrant and its failure, clouds that stand still.

Stops and levers are known beforehand. Whether a producer fails and when clouds stand still is chance, so these are read
from the recording of the future that is played, once it is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from experiments.answer.settings import shocks
from experiments.answer.wording import figure
from model import archives, units
from model.calendar import parse_date, week_of
from model.scenario import Scenario
from model.state.call_board import BREACHED, HELD, SENT_HOME, STOPPED_BY_PROVIDER, WITHDRAWN
from model.vocabulary import Entrant
from model.world import World

STOP, POLICY, ENTRY, FAILURE, OUTAGE = "stop", "policy", "entry", "failure", "outage"
SERIES = ("active", "outage_stopped", "standing")  # of a recording: what befalls producers and clouds
Flag = dict[str, Any]

_PRODUCER = {Entrant.AI_FIRST: "AI-first producer", Entrant.TRADITIONAL: "traditional producer"}
_NTH = ("The first", "A second", "A third", "A fourth")
_WHY = {HELD: "outage", SENT_HOME: "outage", WITHDRAWN: "model withdrawn", BREACHED: "breach"}


def flags(scenario: Scenario, series: Mapping[str, np.ndarray] | None = None) -> list[Flag]:
    """Every flag in the order of weeks, which count from the first one played. ``series`` are those of `SERIES`, or
    None as long as the run is not finished: then the week in which producers are to enter stands for their entry.
    """
    world = World(scenario.params(), scenario.lever_set(), scenario.seed, scenario.scale, scenario.without)
    found = [*_stops(world, scenario), *_levers(scenario)]
    if series is None:
        found += _planned(world, scenario)
    else:
        found += [*_producers(world, series["active"]), *_standstills(series, scenario.scale)]
    return sorted((each for each in found if 0 <= each["week"] < scenario.weeks), key=lambda each: each["week"])


def _flag(week: int, kind: str, label: str, text: str) -> Flag:
    return {"week": int(week), "kind": kind, "label": label, "text": text}


def _stops(world: World, scenario: Scenario) -> list[Flag]:
    """The first and the last day of strikes and shutdowns that this world knows."""
    entries, found = shocks(), []
    for shock in world.shocks:
        if not shock.severity.any():
            continue
        label = entries[shock.name]["label"]
        for key, what in (("from", "begins"), ("to", "ends")):
            day = parse_date(entries[shock.name][key], "the day of a shock")
            found.append(_flag(week_of(day) - scenario.first_week, STOP, f"{label}: {what}",
                               f"{day:%B} {day.day}, {day.year}."))
    return found


def _levers(scenario: Scenario) -> list[Flag]:
    """The first week of each lever that is turned, and the first without it."""
    found = []
    for lever in scenario.lever_set():
        begins, ends = (week - scenario.first_week for week in (lever.from_week, lever.to_week))
        if lever.is_neutral or ends <= 0:
            continue
        turned = [(knob.label, units.say(getattr(lever, name), knob.unit)) for name, knob in lever.knobs.items()
                  if getattr(lever, name) != knob.neutral]
        said = "; ".join(f"{label}: {value}" for label, value in turned) + "."
        found += [_flag(max(0, begins), POLICY, turned[0][0], said),
                  _flag(ends, POLICY, f"{turned[0][0]}: ends", f"Until here {said}")]
    return found


def _named(world: World, at: int) -> str:
    return f"{_NTH[at]} {_PRODUCER[world.entrant]}"


def _planned(world: World, scenario: Scenario) -> list[Flag]:
    return [_entry(world, at, int(week) - scenario.first_week) for at, week in enumerate(world.entries)]


def _entry(world: World, at: int, week: int) -> Flag:
    if not world.entrant:
        return _flag(-1, ENTRY, "", "")
    label = "AI-first enters" if world.entrant is Entrant.AI_FIRST else "A producer enters"
    return _flag(week, ENTRY, label, f"{_named(world, at)} enters the market.")


def _producers(world: World, active: np.ndarray) -> list[Flag]:
    """Entry and failure of each producer, from whether it was there in a week: (weeks, producers)."""
    found = []
    for at in range(active.shape[1] if world.entrant else 0):
        turns = np.diff(active[:, at].astype(int), prepend=0)
        found += [_entry(world, at, week) for week in np.flatnonzero(turns > 0)]
        found += [_flag(week, FAILURE, "A producer fails", f"{_named(world, at)} fails; its titles pass on or stop.")
                  for week in np.flatnonzero(turns < 0)]
    return found


def _standstills(series: Mapping[str, np.ndarray], scale: float) -> list[Flag]:
    """Weeks in which a provider stopped titles, week by week, with the causes that the recording names."""
    stopped, standing = series["outage_stopped"], series["standing"].sum(axis=1)
    found = []
    for week in np.flatnonzero(stopped > 0):
        causes = [_WHY[code] for code, people in zip(STOPPED_BY_PROVIDER, standing[week], strict=True) if people]
        why = f" ({', '.join(dict.fromkeys(causes))})" if causes else ""
        people, titles = figure(round(standing[week].sum() / scale)), figure(round(stopped[week] / scale))
        found.append(_flag(week, OUTAGE, "Cloud stands still",
                           f"Titles stopped: about {titles}, with {people} people held or sent home{why}."))
    return found


def series_of(recording: Path) -> dict[str, np.ndarray] | None:
    """What a finished recording says of producers and clouds; None if it is not there or is of an older format.

    Only these arrays are read: the whole recording has a log of events, which takes seconds to check.
    """
    try:
        return archives.read_arrays(recording / "series.npz", SERIES)
    except archives.Unreadable:
        return None
