"""Where a claim leads: the worlds it compares, the people it meets, and the numbers it rests on.

Addresses are relative and follow the grammar of the app's pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from model.errors import CallSheetError
from model.parameters import Params
from model.tables import crafts
from viz.parts.links import plain_link

MOST_CRAFTS = 3
ENTRANT, CAPITAL, NOBODY, FOLLOWED = "entrant_only", "traditional_entrant", "baseline", "ai_first"


@dataclass(frozen=True)
class Link:
    """An address and the words for it."""

    words: str
    url: str


def compare(words: str, scenario: str, against: str, measure: str) -> Link:
    """Two worlds beside each other, by one measure."""
    return Link(words, plain_link("compare", s=scenario, vs=against, m=measure))


def _world(words: str, scenario: str) -> Link:
    return Link(words, plain_link("simulate", s=scenario))


_TOOLS = (("visual_models_alone", "Image and video models alone"), ("cloud_compute_alone", "Cloud services alone"),
          ("scheduling_alone", "Automated scheduling alone"))
WORLDS: dict[str, tuple[Link, ...]] = {
    "C1": (
        compare("Titles made with AI, the producer against the same capital without", ENTRANT, CAPITAL, "ai_titles"),
        _world("The announcement taken at its word", "claims_taken_literally"),
    ),
    "C2": (
        compare("Shoot days, the producer against the same capital without AI", ENTRANT, CAPITAL, "shoot_days"),
        _world("The announcement taken at its word", "claims_taken_literally"),
    ),
    "C3": (
        compare("Crew-weeks, with AI against without", FOLLOWED, NOBODY, "crew_weeks"),
        compare("Crew-weeks, the capital alone", CAPITAL, NOBODY, "crew_weeks"),
        compare("Los Angeles' share of scripted titles", FOLLOWED, NOBODY, "la_share_scripted"),
        _world("Play the world with AI", FOLLOWED),
    ),
    "C4": tuple(compare(words, scenario, CAPITAL, "automated_share") for scenario, words in _TOOLS),
    "C5": (
        compare("People replaced and nothing else", "substitution_only", CAPITAL, "crew_weeks"),
        compare("Time saved and nobody replaced", "innovation_only", CAPITAL, "crew_weeks"),
    ),
    "C6": (
        compare("Work lost to the provider in bad years", "cloud_outage_year", FOLLOWED, "provider_lost_weeks"),
        _world("Play the bad years", "cloud_outage_year"),
    ),
    "C7": (
        compare("Concentration of spend", FOLLOWED, NOBODY, "spend_concentration"),
        compare("Concentration of output", FOLLOWED, NOBODY, "output_concentration"),
        compare("Concentration of clouds", FOLLOWED, NOBODY, "cloud_concentration"),
    ),
    "C8": (compare("Crew-weeks, with AI against without", FOLLOWED, NOBODY, "crew_weeks"),),
    "C9": (
        compare("Crew-weeks that capital pays for", ENTRANT, NOBODY, "crew_weeks_on_capital"),
        compare("What if belief collapses", "hype_collapse", FOLLOWED, "ai_capital_musd"),
    ),
    "C10": (
        compare("Skill", FOLLOWED, NOBODY, "skill"),
        compare("Apprentices", FOLLOWED, NOBODY, "apprentices"),
        compare("Quality", FOLLOWED, NOBODY, "quality"),
    ),
    "C11": (
        compare("Crew-weeks over time, with AI against without", FOLLOWED, NOBODY, "crew_weeks"),
        _world("Play the world with AI", FOLLOWED),
    ),
}


def leads(row: dict[str, Any], detail: dict[str, Any]) -> list[Link]:
    """Every link of one claim: its worlds, the crafts that lose most, and the numbers it rests on."""
    found = [*WORLDS.get(row["id"], ()), *_people(detail)]
    kinds = ["claim"] if row["kind"] == "claim" else []
    kinds += [each for each in _kinds(row) if each not in kinds]
    found += [Link(f"Numbers of the kind “{kind}”", plain_link("method", tab="numbers", kind=kind)) for kind in kinds]
    return found


def _people(detail: dict[str, Any]) -> list[Link]:
    """The crafts that lose most, where a claim tells them apart."""
    held = (detail.get("over_futures") or {}).get("crafts")
    if not isinstance(held, dict):
        return []
    labels = dict(zip(crafts().names, crafts().labels, strict=True))
    lost = sorted((each["mean"], name) for name, each in held.items()
                  if name in labels and isinstance(each, dict) and isinstance(each.get("mean"), float))
    return [Link(f"People: {labels[name]}", plain_link("people", craft=name)) for _, name in lost[:MOST_CRAFTS]]


def _kinds(row: dict[str, Any]) -> list[str]:
    """The kinds of knowledge of the parameters that a verdict turns on."""
    found = []
    for each in row["turns_on"] or ():
        try:
            found.append(Params.load().about(each["parameter"]).kind)
        except CallSheetError:
            continue
    return list(dict.fromkeys(found))
