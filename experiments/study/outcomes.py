"""What a study looks at: a number of each run, or how it differs from the world the run is compared with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.runners.worlds import AGAINST, CRAFT, CREW_WEEKS, DOLLAR, PRODUCERS
from model.errors import UnknownName, nearest, sentences

LEVEL, DIFFERENCE, SHARE = WAYS = ("level", "difference", "share")
_OWN_WAY = {"share": DIFFERENCE, "rate": DIFFERENCE}  # by unit: a rate differs by points, all else in proportion
FEW = 8  # names that an error lists of many
SMALLEST = 1e-12


@dataclass(frozen=True)
class Outcome:
    """One number of a run. ``way``: as it is, less that of the other world, or that difference over the other's."""

    name: str
    label: str
    unit: str
    column: str
    way: str

    @property
    def columns(self) -> tuple[str, ...]:
        """What has to be read for it."""
        return (self.column,) if self.way == LEVEL else (self.column, f"{AGAINST}{self.column}")

    def of(self, read: dict[str, np.ndarray]) -> np.ndarray:
        """Its values from the columns read, one a run; NaN where there is none."""
        mine = read[self.column]
        if self.way == LEVEL:
            return mine
        other = read[f"{AGAINST}{self.column}"]
        if self.way == DIFFERENCE:
            return mine - other
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(np.abs(other) > SMALLEST, mine / other - 1.0, np.nan)


def outcome(runner: str, name: str, compared: bool) -> Outcome:
    """An outcome by its name: a measure, perhaps with `.level`, `.difference` or `.share` behind it, a craft, a line of
    an account, or a claim. Raises a sentence for one that does not exist.
    """
    if runner == "function":
        return Outcome(name, name, "", name, LEVEL)
    if runner == "claims":
        from experiments.claims.declared import claim

        found = claim(name)
        return Outcome(found.id, found.number, found.unit, found.id, LEVEL)
    base, _, way = name.rpartition(".")
    if way not in WAYS:
        base, way = name, ""
    label, unit = _about(base)
    if base.startswith((CREW_WEEKS, DOLLAR, PRODUCERS)):
        way = LEVEL  # an account speaks of differences already
    elif not compared:
        way = LEVEL
    way = way or _OWN_WAY.get(unit, SHARE)
    return Outcome(name, label, "share" if way == SHARE else unit, base, way)


def _about(name: str) -> tuple[str, str]:
    from experiments.answer.two_accounts import LINES, PARTS
    from model.measures import measures
    from model.tables import crafts

    known = measures()
    if name in known:
        return known[name].label, known[name].unit
    named = {f"{CRAFT}{each}": (f"Crew-weeks: {label}", "crew-weeks")
             for each, label in zip(crafts().names, crafts().labels, strict=True)}
    named |= {f"{CREW_WEEKS}{each}": (f"Crew-weeks, {each.replace('_', ' ')}", "crew-weeks")
              for each in (*PARTS, "total")}
    for prefix, whose in ((DOLLAR, "all titles with AI"), (PRODUCERS, "AI-first producers")):
        named |= {f"{prefix}{each}": (f"Saved dollar, {each.replace('_', ' ')}, {whose}", "USD")
                  for each in (*LINES, "realised", "budget")}
    if name in named:
        return named[name]
    hint = nearest(name, [*known, *named]) or f"Among others there are {', '.join(list(known)[:FEW])}."
    raise UnknownName(sentences(f"There is no outcome {name[:80]}.", hint, "docs/studies.md says what one can be."))
