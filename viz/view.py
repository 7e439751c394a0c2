"""What a visitor looks at: a page, the scenario with their edits, what it is compared with, and how it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from markupsafe import Markup

from model.calendar import monday
from model.scenario import Scenario
from model.world import WORLDS_PART
from viz import settings
from viz.marked import marked

START, SIMULATE, COMPARE, PEOPLE, METHOD = "", "simulate", "compare", "people", "method"
CLAIMS, BATCHES, STORY = "claims", "batches", "story"
PAGES = {
    START: "Start", SIMULATE: "Simulate", COMPARE: "Compare", PEOPLE: "People", METHOD: "Method", CLAIMS: "Claims",
    BATCHES: "Batches", STORY: "Story",
}
IN_MENU = (START, SIMULATE, COMPARE, PEOPLE, METHOD, CLAIMS, BATCHES)
BASELINE, OPENED_ON = "baseline", "ai_first"
SURFACE_OF = (OPENED_ON, BASELINE)  # the worlds of the claim that work returns
WITHOUT_AI = "The market without AI"  # the baseline from April 2026 on
TIME = "time"
WAYS = {
    TIME: "Over time", "craft": "By craft", "experience": "By experience", "flows": "Flows", "money": "Money",
}  # to cut Compare, in the order of its tabs
TABS = (
    ("how", "How it works"), ("numbers", "Numbers"), ("reality", "Does it match reality?"), ("words", "Words"),
    ("limits", "Limits"), ("reproduce", "Reproduce it"),
)  # of Method
MARKET, POSTERIOR = "market", "posterior"
FUTURES = 30


@dataclass(frozen=True)
class Notice:
    """A sentence that a page shows at its top, and where a link in it leads ("" for none)."""

    text: str
    link: str = ""
    words: str = ""

    @property
    def marked(self) -> Markup:
        """The text as HTML, with names of the command line as code."""
        return marked(self.text)


@dataclass(frozen=True)
class View:
    """A page as an address names it. ``extra`` holds what only one page knows, each value short and checked there."""

    page: str = START
    name: str = OPENED_ON
    edits: Mapping[str, str] = field(default_factory=dict)  # set.NAME or lever.NAME → value as written
    against: str = ""  # "" for what the scenario itself names
    futures: int = FUTURES
    week: int = 0  # of the recording, from 0
    measure: str = "crew_weeks"
    extra: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario with the edits, one future at a time, on the horizon that the pages play."""
        return edited(named(self.name), self.edits)

    @cached_property
    def other(self) -> Scenario | None:
        """What it is compared with, on the same horizon and chance; None for a baseline that nothing edits."""
        if self.against:
            return _as_it_was(self.scenario.counterpart(named(self.against)))
        if self.edits and self.name == BASELINE or not named(self.name).against:
            return named(self.name)
        return _as_it_was(self.scenario.counterpart(named(named(self.name).against)))

    @property
    def against_name(self) -> str:
        """The name of the compared scenario."""
        return self.other.name

    @property
    def drawn(self) -> bool:
        """Whether each future of a comparison takes a draw of what the past leaves open of the market."""
        return self.page == COMPARE and self.extra.get(MARKET) == POSTERIOR

    @property
    def changes_nothing(self) -> bool:
        """Whether both worlds are the same."""
        return self.scenario.identity() == self.other.identity()

    def at(self, page: str, **extra: str) -> View:
        """The same settings on another page."""
        return replace(self, page=page, extra=extra)


def named(name: str) -> Scenario:
    """A scenario of seeds/scenarios on the horizon of the pages: the baseline is played from April 2026 on, as the
    others are.
    """
    return _named(name, settings.in_force().scale)


@cache
def _named(name: str, scale: float) -> Scenario:
    found = Scenario.named(name)
    if name == BASELINE:
        opened = Scenario.named(OPENED_ON)
        found = replace(found, title=WITHOUT_AI, start=opened.start, until=opened.until)
    return replace(found, futures=1, scale=scale)


def _as_it_was(scenario: Scenario) -> Scenario:
    """A baseline that ends before worlds part is the market as it was, in which nobody has heard of such AI."""
    if scenario.name == BASELINE and scenario.until <= monday(WORLDS_PART):
        return replace(scenario, title=Scenario.named(BASELINE).title)
    return scenario


def edited(scenario: Scenario, edits: Mapping[str, str]) -> Scenario:
    """A scenario with edits as an address writes them; raises a sentence for what is not legal.

    A lever that is moved works from the first week that is played, unless the address gives another day: the years
    before are what they were, and need not be run again.
    """
    groups: dict[str, dict[str, str]] = {"set": {}, "lever": {}}
    for key, value in edits.items():
        prefix, _, inner = key.partition(".")
        groups[prefix][inner] = value
    if not edits:
        return scenario
    moved = scenario.varied(set=groups["set"], levers=groups["lever"])
    undated = {f"{each.partition('.')[0]}.from" for each in groups["lever"]} - moved.levers.keys()
    return moved.varied(levers={name: scenario.start.isoformat() for name in undated}) if undated else moved
