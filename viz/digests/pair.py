"""One future of a scenario and of the world it is compared with, as small arrays.

The first axis of an array of worlds is (scenario, the other world), or (scenario,) alone. Counts of agents are kept as
whole numbers and divided by the scale when they are shown, so that means over futures are those of the reports.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.answer.calls_ended import WAYS
from experiments.answer.people import ENDS, People
from experiments.answer.shift import Shift
from experiments.answer.two_accounts import LINES, PARTS, CrewWeeks, SavedDollar
from model import measures, public_account
from model.calendar import monday
from model.errors import CallSheetError
from model.parameters import Params
from model.scenario import Scenario
from model.state.turns import DESTINATIONS
from model.world import WORLDS_PART
from viz.digests import file

if TYPE_CHECKING:
    from model.recording import Recording

ANNOUNCED = "ai_producer.announced_saving"
FIGURES = ("workers", "days_a_year", "days_a_year_against", "change", "losing", "gaining", "out", "insured",
           "out_against", "insured_against")  # of a group of people, as `experiments/answer/people.py` counts them
DOLLARS = ("realised", "budget", "titles", "left")  # sixths of a cent, cents, titles, sixths of a cent
MONTHS_UP_TO = 4 * 52  # weeks of a horizon that is shown by month; a longer one is shown by quarter
_OPTIONAL = frozenset({"weekly", "people", "moves", "lines", "dollars", "seen", "parts", "written", "left", "on_call",
                       "books", "displaced", "flows"})
_MAY_LACK = frozenset({"seen"})  # a future without a delivered title has no share
_NEEDED = ("model", "scenario", "against", "future", "scale", "first_week", "weeks", "measures", "crafts", "years",
           "periods", "turns", "groups", "hashes", "announced", "comparable", "chance")


@dataclass(frozen=True)
class Digest:
    """One future of a pair. ``head`` says what was run, ``arrays`` what came of it; `shapes_of` lists them."""

    head: Mapping[str, Any]
    arrays: Mapping[str, np.ndarray] = field(repr=False)

    @property
    def future(self) -> int:
        """The number of the future, from 0."""
        return int(self.head["future"])

    @property
    def scale(self) -> float:
        """Agents per attached worker."""
        return float(self.head["scale"])

    @property
    def compared(self) -> bool:
        """Whether there is another world beside it."""
        return self.head["against"] is not None

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of the measures kept."""
        return tuple(self.head["measures"])

    @cached_property
    def scenario(self) -> Scenario:
        """What was run."""
        return Scenario(**self.head["scenario"])

    @cached_property
    def against(self) -> Scenario | None:
        """What it is compared with."""
        return Scenario(**self.head["against"]) if self.compared else None

    @cached_property
    def dates(self) -> np.ndarray:
        """The Monday of each week, datetime64[D]."""
        first = int(self.head["first_week"])
        return np.array([monday(week) for week in range(first, first + int(self.head["weeks"]))], "datetime64[D]")

    @property
    def identical(self) -> bool:
        """Whether both worlds are the same, event by event."""
        return self.compared and self.head["hashes"][0] == self.head["hashes"][1]

    def at(self, measure: str) -> int:
        """The row of a measure."""
        try:
            return self.measures.index(measure)
        except ValueError:
            raise CallSheetError(f"{measure[:80]} was not kept of this run. Run the comparison again.") from None

    @property
    def drawn(self) -> bool:
        """Whether the future takes a draw of the posterior for what the past leaves open of the market."""
        return bool(self.head.get("drawn"))

    def as_asked(self, scenario: Scenario, against: Scenario | None) -> Digest:
        """The same under the scenarios that were asked for, before the future's draw of the posterior was put in."""
        asked = {"scenario": scenario.plain(), "against": None if against is None else against.plain(), "drawn": True}
        return Digest({**self.head, **asked}, self.arrays)

    def reduced(self) -> Digest:
        """The same without single weeks, and periods at half the precision: for many futures, and to be shipped."""
        kept = {name: each for name, each in self.arrays.items() if name != "weekly"}
        return Digest(self.head, kept | {"periods": kept["periods"].astype(np.float32)})

    def save(self, path: Path) -> None:
        """Write it as one file, whole or not at all."""
        file.write(path, self.head, self.arrays)

    @classmethod
    def load(cls, path: Path) -> Digest:
        """Read one; a sentence for a file that is none of ours, damaged or of a newer format."""
        head, arrays = file.read(path)
        name = Path(path).name
        broken = CallSheetError(f"The digest {name} does not say what was run; it is damaged. Run the comparison "
                                "again.")
        if any(each not in head for each in _NEEDED):
            raise broken
        try:
            known = shapes_of(head)
            found = cls(head, arrays)
            found.scenario, found.against, found.scale, found.future  # noqa: B018  read to be checked
        except CallSheetError:
            raise
        except (TypeError, ValueError, KeyError, AttributeError) as trouble:
            raise broken from trouble
        file.check(name, arrays, known, _OPTIONAL, _MAY_LACK)
        return cls(head, {each: arrays[each] for each in known if each in arrays})


def shapes_of(head: Mapping[str, Any]) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Kind of number and shape of each array, as a head says."""
    worlds = 1 if head["against"] is None else 2
    n, years, turns, crafts = (len(head[each]) for each in ("measures", "years", "turns", "crafts"))
    groups, weeks = len(head["groups"]), int(head["weeks"])
    return {
        "weekly": ("f", (worlds, n, weeks)),  # every measure week by week
        "yearly": ("f", (worlds, n, years)),  # by calendar year, sums or means as the measure says
        "horizon": ("f", (worlds, n)),  # over all weeks, sums or means
        "periods": ("f", (worlds, n, len(head["periods"]))),  # mean of the weeks of each month or quarter
        "worked": ("i", (worlds, years, crafts)),  # crew-weeks, agents
        "idle": ("i", (worlds, years, crafts)),  # weeks between calls, agents
        "separations": ("i", (worlds, years, len(WAYS))),  # agents, by what ended the call
        "money": ("i", (worlds, years, len(public_account.PURPOSES))),  # cents, of the agents
        "people": ("f", (groups, len(FIGURES))),
        "moves": ("f", (len(ENDS), len(ENDS))),  # people, (where in the other world, where here)
        "lines": ("i", (2, len(LINES))),  # sixths of a cent, of all titles with AI and of producers' own
        "dollars": ("i", (2, len(DOLLARS))),
        "seen": ("f", (2, 2)),  # share of shoot weeks saved, share made in Los Angeles
        "parts": ("i", (len(PARTS) + 1, crafts)),  # twelfths of a crew-week, the total last
        "written": ("i", (crafts,)),  # crew-weeks of the other world as titles' books say
        "left": ("i", (2,)),  # twelfths that the parts do not explain; that workers' side counts otherwise
        "on_call": ("f", (worlds, turns, crafts)),  # people, mean of a year's weeks since April 2026
        "books": ("f", (worlds, turns, crafts)),  # crew-weeks worked, from titles' books
        "displaced": ("f", (worlds, turns, crafts)),  # crew-weeks that AI did
        "flows": ("f", (worlds, turns, crafts, len(DESTINATIONS))),  # people of April 2026 at each year's end
    }


def digest(mine: Recording, other: Recording | None = None) -> Digest:
    """What the pages need of one future; ``other`` is the world it is compared with, on the same chance."""
    worlds = [mine] if other is None else [mine, other]
    first = mine.manifest
    if any((each.first_week, each.weeks, each.scale, each.manifest.get("chance")) !=
           (mine.first_week, mine.weeks, mine.scale, first.get("chance")) for each in worlds):
        raise CallSheetError("A pair needs two worlds over the same weeks, at the same scale and on the same future.")
    known = measures.measures()
    year = mine.years
    years = np.unique(year)
    labels, starts = periods_of(mine.dates)
    told = [[np.asarray(one.weekly(each)) for one in known.values()] for each in worlds]
    weekly = np.array(told, float)
    lengths = np.diff(np.append(starts, mine.weeks))
    adds = [one.over == "sum" for one in known.values()]
    head: dict[str, Any] = {
        "model": first.get("model"), "scenario": first["scenario"],
        "against": None if other is None else other.manifest["scenario"], "future": int(first.get("future", 0)),
        "chance": str(first.get("chance")), "scale": mine.scale, "first_week": mine.first_week, "weeks": mine.weeks,
        "measures": list(known), "crafts": list(first["crafts"]), "years": years.tolist(), "periods": labels,
        "hashes": [each.hash for each in worlds], "turns": [], "groups": [], "comparable": False,
        "announced": float(first["scenario"]["overrides"].get(ANNOUNCED, Params.load()[ANNOUNCED])),
    }  # fmt: skip
    arrays = {
        "weekly": weekly,
        "yearly": np.array([[gathered(values, add, [year == each for each in years])
                             for values, add in zip(world, adds, strict=True)] for world in told]),
        "horizon": np.array([[float(np.sum(values) if add else np.mean(values))
                              for values, add in zip(world, adds, strict=True)] for world in told]),
        "periods": np.add.reduceat(weekly, starts, axis=2) / lengths,
        "worked": np.stack([by_year(each.series["on_call"], year, years) for each in worlds]),
        "idle": np.stack([by_year(each.series["idle"], year, years) for each in worlds]),
        "separations": np.stack([by_year(_beside(each, WAYS), year, years) for each in worlds]),
        "money": np.stack([by_year(_money(each), year, years) for each in worlds]),
    }  # fmt: skip
    if mine.first_week + mine.weeks > WORLDS_PART:
        more, found = of_ai(mine, other, head["announced"])
        head, arrays = head | more, arrays | found
    return Digest(head, arrays)


def gathered(values: np.ndarray, add: bool, years: list[np.ndarray]) -> list[float]:
    """Sum or mean by year, as `Measure.yearly` gathers."""
    return [float(np.sum(values[each]) if add else np.mean(values[each])) for each in years]


def by_year(values: np.ndarray, year: np.ndarray, years: np.ndarray) -> np.ndarray:
    """Sums by (year, column), whole numbers."""
    return np.stack([values[year == each].sum(axis=0, dtype=np.int64) for each in years])


def periods_of(dates: np.ndarray) -> tuple[list[str], np.ndarray]:
    """Labels and first weeks of the months of a horizon (2026-04) or, if it is long, of its quarters (2026Q2)."""
    month = dates.astype("datetime64[M]").astype(int)
    if dates.size > MONTHS_UP_TO:
        of = month // 3
        starts = np.flatnonzero(np.diff(of, prepend=of[0] - 1))
        return [f"{1970 + int(each) // 4}Q{int(each) % 4 + 1}" for each in of[starts]], starts
    starts = np.flatnonzero(np.diff(month, prepend=month[0] - 1))
    return [str(each) for each in dates[starts].astype("datetime64[M]")], starts


def of_ai(mine: Recording, other: Recording | None, announced: float) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """What there is from April 2026 on: both accounts, the shift between crafts, and people held against themselves."""
    dollars = [SavedDollar(announced, mine.scale, producers_only=only) for only in (False, True)]
    for each in dollars:
        each.take(mine)
    shift = Shift()
    shift.take(mine, other)
    worlds = [shift.mine] if other is None else [shift.mine, shift.other]
    head: dict[str, Any] = {"turns": [int(each) for each in shift.mine.years]}
    arrays = {
        "lines": np.stack([each.lines[0] for each in dollars]),
        "dollars": np.array([[getattr(each, name)[0] for name in DOLLARS] for each in dollars], np.int64),
        "seen": np.array([[*(each.shoots or [np.nan]), *(each.here or [np.nan])] for each in dollars], float),
        "on_call": np.stack([each.on_call[0] for each in worlds]).astype(float),
        "books": np.stack([each.worked[0] for each in worlds]).astype(float),
        "displaced": np.stack([each.displaced[0] for each in worlds]).astype(float),
        "flows": np.stack([each.flows[0] for each in worlds]).astype(float),
    }
    if other is not None:
        weeks, people = CrewWeeks(mine.scale), People()
        weeks.take(mine, other)
        people.take(*(_without_events(each) for each in (mine, other)))
        arrays |= {
            "parts": np.stack([weeks.parts[0][name] for name in (*PARTS, "total")]).astype(np.int64),
            "written": np.asarray(weeks.other[0], np.int64),
            "left": np.array([weeks.unexplained, weeks.left], np.int64),
        }
        if people.comparable:
            head |= {"comparable": True, "groups": [[*group, people.labels[group]] for group in people.groups]}
            arrays["people"] = np.array([[found[0][name] for name in FIGURES] for found in people.groups.values()])
            arrays["moves"] = np.asarray(people.moves[0], float)
    return head, arrays


def _without_events(recording: Recording) -> Recording:
    """The same without its log, since lives are not kept."""
    return recording if recording.events is None else replace(recording, events=None)


def _beside(recording: Recording, names: tuple[str, ...]) -> np.ndarray:
    return np.stack([recording.series[name] for name in names], axis=1)


def _money(recording: Recording) -> np.ndarray:
    return np.stack([public_account.purpose(recording, name) for name in public_account.PURPOSES], axis=1)
