"""A scenario: what is asked of the model, as a YAML file and as an address.

A named scenario lies in seeds/scenarios/NAME.yaml and may inherit from another. Parameters it overrides and
levers it turns are checked when it comes from outside (a file, an address, a command line).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from model import scenario_files, scenario_query
from model.calendar import EPOCH, week_of
from model.errors import CallSheetError, UnknownName, nearest, sentences, shown
from model.levers import Levers
from model.parameters import Params
from model.scenario_entries import (
    MOST_SCALE,
    MOST_SEED,
    as_json,
    day_from,
    flat,
    is_nothing,
    names_from,
    number_from,
)

MOST_FUTURES = 10_000
DIRECTIONS = ("up", "down", "same")
WHAT_MOVES_RESULTS = ("start", "until", "scale", "seed", "futures", "overrides", "levers", "without")


@dataclass(frozen=True)
class Scenario:
    """One question to the model: horizon, scale, chance, parameters overridden, levers turned, shocks left
    out.

    Frozen; `varied` gives another one. Weeks run from the one that holds `start` to the last that begins
    before `until`.
    """

    name: str = "baseline"
    title: str = ""
    question: str = ""
    start: date = EPOCH
    until: date = date(2024, 12, 30)  # the first day that is no longer simulated
    scale: float = 1.0  # agents per attached worker
    seed: int = 0
    futures: int = 1
    overrides: Mapping[str, Any] = field(default_factory=dict)  # parameter → value
    levers: Mapping[str, Any] = field(default_factory=dict)  # Lever.knob, Lever.from, Lever.to → value
    without: tuple[str, ...] = ()  # dated shocks switched off
    against: str = ""  # the scenario to compare with
    watch: tuple[str, ...] = ()  # measures to look at
    expect: Mapping[str, str] = field(default_factory=dict)  # measure → up, down or same

    def __post_init__(self) -> None:
        put = object.__setattr__
        for each in ("start", "until"):
            put(self, each, day_from(getattr(self, each), each))
        if self.until <= self.start:
            raise CallSheetError(f"until is {self.until}, not after start, {self.start}. Choose a later day.")
        put(
            self,
            "scale",
            number_from("scale", self.scale, float, 0, MOST_SCALE, "agents per attached worker"),
        )
        put(self, "seed", number_from("seed", self.seed, int, 0, MOST_SEED, "the number of the chance"))
        put(
            self,
            "futures",
            number_from("futures", self.futures, int, 1, MOST_FUTURES, "futures, one seed each"),
        )
        for each in ("name", "title", "question", "against"):
            if not isinstance(getattr(self, each), str):
                raise CallSheetError(f"{each} is {shown(getattr(self, each))}, but must be text.")
        for each in ("overrides", "levers", "expect"):
            put(self, each, MappingProxyType(dict(sorted(flat(each, getattr(self, each)).items()))))
        for each in ("without", "watch"):
            put(self, each, names_from(each, getattr(self, each)))
        for measure, way in self.expect.items():
            if way not in DIRECTIONS:
                raise CallSheetError(
                    f"expect.{measure} is {shown(way)}, but must be {' or '.join(DIRECTIONS)}."
                )
        if self.watch or self.expect:
            from model.measures import measure as known  # only here: it brings numba along

            for each in (*self.watch, *self.expect):
                known(each)

    # Where scenarios come from

    @classmethod
    def named(cls, name: str) -> Scenario:
        """A scenario of seeds/scenarios by name; raises a sentence with the nearest names."""
        return _named(str(name))

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of seeds/scenarios."""
        return scenario_files.names()

    @classmethod
    def read(cls, path: Path) -> Scenario:
        """A scenario from anyone's YAML file; it may inherit from a named one. `name` is the file's by
        default.
        """
        return _from_file(cls, {"name": path.stem, **scenario_files.entries_in(path, FIELDS)}, path.name)

    @classmethod
    def from_query(cls, query: str) -> Scenario:
        """The scenario an address asks for, as `to_query` writes it."""
        name, changes = scenario_query.read_query(query)
        more = {key: changes.pop(key) for key in ("set", "levers")}
        return replace(cls.named(name), **changes).varied(**more)

    def to_query(self) -> str:
        """What this scenario changes of the named one it comes from, as the query of an address."""
        return scenario_query.write_query(self.plain(), Scenario.named(self.name).plain())

    def to_yaml(self) -> str:
        """This scenario as a YAML file that stands alone."""
        return scenario_files.as_yaml(self.plain())

    # What it means

    def params(self) -> Params:
        """The parameters in force: the baseline's with the overrides on their trail."""
        return Params.load().override(self.overrides, by=f"scenario {self.name}")

    def lever_set(self) -> Levers:
        """The levers, built and checked."""
        return Levers(self.levers)

    def check(self) -> Scenario:
        """This scenario in canonical form, when every parameter and lever exists and is legal; else a
        sentence.
        """
        scenario_files.known_shocks(self.without)
        params = self.params()
        everyone = params["population.attached"]
        if everyone * self.scale < 1.0:
            raise CallSheetError(f"scale is {self.scale:g}, which leaves less than one of {everyone:,.0f} workers. "
                                 f"Choose {1.0 / everyone:.0e} or more (agents per attached worker).")
        changed = params.changed() if self.overrides else {}
        settings = self.lever_set().settings() if self.levers else {}
        return replace(self, overrides=changed, levers=settings)

    def varied(
        self, *, set: Mapping[str, Any] | None = None, levers: Mapping[str, Any] | None = None, **changes: Any
    ) -> Scenario:
        """This scenario with other values; `set` and `levers` add to what is set, and None takes away."""
        unknown = next((key for key in changes if key not in FIELDS), None)
        if unknown is not None:
            raise UnknownName(sentences(f"A scenario has no {unknown}.", nearest(unknown, FIELDS)))
        for key, more in (("overrides", set), ("levers", levers)):
            if more:
                merged = {**changes.get(key, getattr(self, key)), **more}
                changes[key] = {name: value for name, value in merged.items() if not is_nothing(value)}
        return replace(self, **changes).check()

    def counterpart(self, other: Scenario | None = None) -> Scenario:
        """The scenario this one is compared with (its `against`, or another), on the same horizon and
        futures.

        Start, until, scale, seed and futures are taken from this scenario; parameters and levers are the
        other's own.
        """
        if other is None and not self.against:
            raise CallSheetError(
                f"The scenario {self.name} has nothing to be compared with. Name one with `against`."
            )
        other = other or Scenario.named(self.against)
        return replace(
            other, **{each: getattr(self, each) for each in ("start", "until", "scale", "seed", "futures")}
        )

    @property
    def first_week(self) -> int:
        """The week that holds `start`."""
        return week_of(self.start)

    @property
    def end_week(self) -> int:
        """The first week that is no longer simulated."""
        return -((EPOCH - self.until).days // 7)

    @property
    def weeks(self) -> int:
        """How many weeks are simulated; at least one."""
        return self.end_week - self.first_week

    def plain(self) -> dict[str, Any]:
        """Every field as JSON knows it."""
        return {each: as_json(getattr(self, each)) for each in FIELDS}

    def identity(self) -> str:
        """64 hex digits of all that can move a result; titles, questions and names have no part in it."""
        held = {each: as_json(getattr(self, each)) for each in WHAT_MOVES_RESULTS}
        held["without"] = sorted(held["without"])
        return hashlib.sha256(json.dumps(held, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    def __hash__(self) -> int:
        return hash(self.identity())

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, ({each: as_json(getattr(self, each)) for each in FIELDS},)


FIELDS = tuple(each.name for each in fields(Scenario))


@cache
def _named(name: str) -> Scenario:
    where = f"seeds/scenarios/{name}.yaml"
    return _from_file(Scenario, {**scenario_files.entries_of(name, FIELDS), "name": name}, where)


def _from_file(kind: type[Scenario], entries: Mapping[str, Any], where: str) -> Scenario:
    try:
        return kind(**entries).check()
    except CallSheetError as trouble:
        raise CallSheetError(f"{where}: {trouble}") from None


def _restored(held: dict[str, Any]) -> Scenario:
    return Scenario(**held)
