"""What somebody looks at on the page that compares: two scenarios, a measure, and a way to cut it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from experiments.answer import edits
from model.scenario import Scenario
from viz.parts.links import Link
from viz.view import MARKET, POSTERIOR, TIME


@dataclass(frozen=True)
class CompareView:
    """What is looked at. ``measure`` may be empty: then the first that the scenario watches. ``sort`` is a column,
    with a minus before it from the other end. ``table`` shows tables in the place of charts, ``band`` the spread of
    the futures in the place of single ones; ``drawn`` lets each future take a draw of the posterior.
    """

    scenario: Scenario
    against: Scenario
    measure: str = ""
    by: str = TIME
    sort: str = ""
    table: bool = False
    band: bool = False
    drawn: bool = False

    @property
    def edited(self) -> str:
        """What was set otherwise than the scenario does, in words that go behind its title; empty if nothing was."""
        return edits.said(self.scenario)

    @property
    def title(self) -> str:
        """The scenario's title, and what was set otherwise."""
        return edits.titled(self.scenario)

    @property
    def name(self) -> str:
        """What the world looked at is called beside the other, which may be the same scenario set otherwise."""
        if self.scenario.name == self.against.name:
            return "this run"
        return f"{self.scenario.name}, edited" if self.edited else self.scenario.name

    @property
    def here(self) -> str:
        """The world looked at as a sentence names it: by its title, and with what was set otherwise."""
        if self.scenario.name == self.against.name:
            return "this run"
        return " ".join(filter(None, (quoted(self.scenario), self.edited)))

    @property
    def file_name(self) -> str:
        """What files of it are called: both scenarios, and whether something was set otherwise."""
        return f"{self.scenario.name}{'_edited' if self.edited else ''}_against_{self.against.name}"

    @property
    def there(self) -> str:
        """The world it is held against as a sentence names it."""
        return quoted(self.against)


def quoted(scenario: Scenario) -> str:
    """A scenario's title as it stands inside a sentence, or its name if it has none."""
    return f"“{scenario.title}”" if scenario.title else scenario.name


def link_from(view: CompareView) -> Link:
    """Addresses by the names of the scenarios alone; the app has its own, which hold every setting."""

    def link(page: str = "compare", **changes: Any) -> str:
        found = {"s": view.scenario.name, "against": view.against.name, MARKET: POSTERIOR if view.drawn else "",
                 "measure": view.measure, "by": view.by, "sort": view.sort, "table": "1" if view.table else "",
                 "band": "1" if view.band else ""}
        plain = {"by": TIME, "against": view.scenario.against}
        for key, value in changes.items():
            found[key] = ("1" if value else "") if isinstance(value, bool) else str(value or "")
        return f"{page}?{urlencode({key: each for key, each in found.items() if each and each != plain.get(key)})}"

    return link
