"""Digests of several futures together: the statistics that pages show, equal to those of the reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from experiments.answer.calls_ended import WAYS
from experiments.answer.people import People
from experiments.answer.shift import Shift
from experiments.answer.two_accounts import PARTS, CrewWeeks, SavedDollar
from experiments.runners.worlds import AGAINST
from experiments.runners.worlds import CRAFT as OF_CRAFT
from experiments.statistics import spread
from model.errors import CallSheetError
from model.scenario import Scenario
from model.tables import crafts
from viz.digests.pair import FIGURES, Digest


class Digests(Sequence[Digest]):
    """Futures of one pair, in their order; at least one."""

    def __init__(self, found: Iterable[Digest]) -> None:
        self._all = sorted(found, key=lambda each: each.future)
        if not self._all:
            raise CallSheetError("There is no future to show. Run at least one.")
        first = self._all[0]
        for each in self._all[1:]:
            if _what(each) != _what(first):
                raise CallSheetError("These futures are not of one comparison: settings, model or scale differ.")
        if len({each.future for each in self._all}) < len(self._all):
            raise CallSheetError("A future is there twice. Give each once.")

    def __len__(self) -> int:
        return len(self._all)

    def __getitem__(self, at: int | slice) -> Digest | list[Digest]:  # type: ignore[override]
        return self._all[at]

    def __iter__(self) -> Iterator[Digest]:
        return iter(self._all)

    @property
    def first(self) -> Digest:
        """The first future."""
        return self._all[0]

    @property
    def compared(self) -> bool:
        """Whether there is another world."""
        return self.first.compared

    @property
    def scenario(self) -> Scenario:
        """What was run."""
        return self.first.scenario

    @property
    def against(self) -> Scenario | None:
        """What it is compared with."""
        return self.first.against

    @property
    def drawn(self) -> bool:
        """Whether each future takes a draw of the posterior."""
        return self.first.drawn

    @property
    def identical(self) -> bool:
        """Whether both worlds are the same in every future."""
        return all(each.identical for each in self._all)

    @property
    def years(self) -> list[int]:
        """Calendar years of the horizon."""
        return list(self.first.head["years"])

    @property
    def periods(self) -> list[str]:
        """The months or quarters over which differences are drawn."""
        return list(self.first.head["periods"])

    # Measures
    def levels(self, name: str) -> tuple[np.ndarray, np.ndarray | None]:
        """A measure over the horizon, one value a future, in both worlds."""
        values = np.array([each.arrays["horizon"][:, each.at(name)] for each in self._all])
        return values[:, 0], values[:, 1] if self.compared else None

    def effect(self, name: str) -> dict[str, float | int]:
        """Scenario less the other over the horizon: mean over futures, percentiles, futures with the mean's sign."""
        mine, other = self.levels(name)
        if other is None:
            raise CallSheetError("There is no other world to compare with. Choose one.")
        return spread(mine - other)

    @cached_property
    def effects(self) -> dict[str, dict[str, float | int]]:
        """Every measure's effect; {} without another world."""
        return {name: self.effect(name) for name in self.first.measures} if self.compared else {}

    def over_time(self, name: str) -> tuple[np.ndarray, np.ndarray | None]:
        """Weekly means of each month or quarter, (futures, periods), in both worlds."""
        values = np.array([each.arrays["periods"][:, each.at(name)] for each in self._all], float)
        return values[:, 0], values[:, 1] if self.compared else None

    def years_of(self, world: int = 0) -> list[dict[str, float]]:
        """Year by year the mean over futures of every measure, of the scenario (0) or the other world (1)."""
        means = np.array([[float(np.mean(each)) for each in rows] for rows in self._yearly(world)])
        return [{"year": year} | {name: float(means[k, at]) for k, name in enumerate(self.first.measures)}
                for at, year in enumerate(self.years)]

    def _yearly(self, world: int) -> list[list[np.ndarray]]:
        values = np.array([each.arrays["yearly"][world] for each in self._all])  # (futures, measures, years)
        return [[np.ascontiguousarray(values[:, k, at]) for at in range(values.shape[2])]
                for k in range(values.shape[1])]

    # Crafts
    def of_crafts(self, what: str = "worked") -> np.ndarray:
        """Crew-weeks (or ``idle`` weeks) over the horizon, whole market, (futures, worlds, crafts)."""
        return np.array([each.arrays[what].sum(axis=1) / each.scale for each in self._all])

    def crafts(self) -> list[dict[str, Any]]:
        """A row a craft: crew-weeks in both worlds, change, share, idle weeks, and those insured at the end."""
        worked, idle = self.of_crafts(), self.of_crafts("idle")
        people = {row["group"]: row for row in (self.people or {}).get("by_craft", ())}
        rows = []
        for code, (name, label) in enumerate(zip(crafts().names, crafts().labels, strict=True)):
            mine, other = worked[:, 0, code], worked[:, -1, code]
            before, change = float(other.mean()), mine - other
            rows.append({
                "craft": name, "label": label, "crew_weeks": float(mine.mean()), "crew_weeks_other": before,
                "change": spread(change), "change_share": float(change.mean()) / before if before else None,
                "idle": float(idle[:, 0, code].mean()), "idle_other": float(idle[:, -1, code].mean()),
                "insured": people.get(name, {}).get("insured"),
                "insured_other": people.get(name, {}).get("insured_against"),
            })  # fmt: skip
        return rows

    # From April 2026 on
    @property
    def has_accounts(self) -> bool:
        """Whether the horizon reaches April 2026."""
        return "lines" in self.first.arrays

    @cached_property
    def crew_weeks(self) -> CrewWeeks | None:
        """The account of crew-weeks over these futures."""
        if "parts" not in self.first.arrays:
            return None
        account = CrewWeeks(self.first.scale)
        for each in self._all:
            account.parts.append(dict(zip((*PARTS, "total"), each.arrays["parts"], strict=True)))
            account.other.append(each.arrays["written"])
            account.unexplained = max(account.unexplained, int(each.arrays["left"][0]))
            account.left = max(account.left, int(each.arrays["left"][1]))
        return account

    def saved_dollar(self, producers_only: bool) -> SavedDollar | None:
        """The account of the saved dollar over these futures."""
        if not self.has_accounts:
            return None
        account, at = SavedDollar(self.first.head["announced"], self.first.scale, producers_only), int(producers_only)
        for each in self._all:
            realised, budget, titles, left = (int(value) for value in each.arrays["dollars"][at])
            account.lines.append(each.arrays["lines"][at])
            account.realised.append(realised)
            account.budget.append(budget)
            account.titles.append(titles)
            account.left.append(left)
            if titles:
                account.shoots.append(float(each.arrays["seen"][at, 0]))
                account.here.append(float(each.arrays["seen"][at, 1]))
        return account

    @cached_property
    def people(self) -> dict[str, Any] | None:
        """Those of April 2026 held against themselves, by group; None where worlds cannot be so compared."""
        found = People()
        for each in self._all:
            found.comparable &= bool(each.head["comparable"])
            if not found.comparable:
                return None
            found.moves.append(each.arrays["moves"])
            for (kind, name, label), figures in zip(each.head["groups"], each.arrays["people"].tolist(), strict=True):
                found.labels.setdefault((kind, name), label)
                found.groups.setdefault((kind, name), []).append(dict(zip(FIGURES, figures, strict=True)))
        return found.fields()

    @cached_property
    def shift(self) -> dict[str, Any] | None:
        """Employment and automation by year and craft, and where people go, as in the summary of a run."""
        if not self.has_accounts:
            return None
        found = Shift()
        for each in self._all:
            for at, world in enumerate((found.mine, found.other)[: 1 + each.compared]):
                world.years = list(each.head["turns"])
                world.on_call.append(each.arrays["on_call"][at])
                world.worked.append(each.arrays["books"][at])
                world.displaced.append(each.arrays["displaced"][at])
                world.flows.append(each.arrays["flows"][at])
        return found.fields()

    def separations(self) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """Ends of calls by what ended them, whole market over the horizon: (scenario, other), one value a future."""
        counts = np.array([each.arrays["separations"].sum(axis=1) / each.scale for each in self._all])
        return {name: (counts[:, 0, at], counts[:, -1, at]) for at, name in enumerate(WAYS)}

    # As the sections of reports read them
    def numbers(self, _cases: Sequence[str], names: Sequence[str]) -> dict[str, np.ndarray]:
        """Columns as a study's results give them: measures and crafts, those of the other world behind `against.`."""
        worked, found = self.of_crafts(), {}
        for full in names:
            world, name = int(full.startswith(AGAINST)), full.removeprefix(AGAINST)
            if name.startswith(OF_CRAFT):
                found[full] = worked[:, world, self.first.head["crafts"].index(name.removeprefix(OF_CRAFT))]
            else:
                values = self.levels(name)[world]
                found[full] = np.full(len(self), np.nan) if values is None else values
        return found

    @cached_property
    def summary(self) -> dict[str, Any]:
        """The part of a run's summary from which reports draw accounts, flows and people."""
        found: dict[str, Any] = {
            "scenario": self.scenario.name, "against": self.against.name if self.against else None,
            "seed": self.scenario.seed, "futures": len(self), "scale": self.first.scale,
            "weeks": self.first.head["weeks"], "years": self.years_of(), "effects": self.effects,
            "until": self.scenario.until.isoformat(), "people": self.people, "shift": self.shift,
            "accounts": {}, "accounts_over_futures": {},
        }  # fmt: skip
        both = {"saved_dollar": self.saved_dollar(False), "saved_dollar_producers": self.saved_dollar(True),
                "crew_weeks": self.crew_weeks}
        for name, account in both.items():
            if account is not None:
                found["accounts"][name] = account.account()
                found["accounts_over_futures"][name] = account.beside()
        if self.crew_weeks is not None:
            found["accounts_over_futures"]["crafts"] = self.crew_weeks.crafts()
        return found


def _what(one: Digest) -> tuple[Any, ...]:
    """What all futures of a pair have in common."""
    identity = tuple(None if each is None else {**each, "futures": 0, "name": "", "title": "", "question": ""}
                     for each in (one.head["scenario"], one.head["against"]))
    same = ("model", "measures", "years", "periods", "scale", "weeks")
    return identity, one.drawn, *(one.head[each] for each in same)

