"""Who gains and who loses: those attached in April 2026, each held against themselves in the other world.

A worker keeps the row in every world, and both worlds share all chance, so that days on calls can be compared person
by person: by craft, by experience and by home. The life of the worker in the middle of a group's gains and losses is
told from the events of both worlds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.lives.told import told
from experiments.statistics import spread
from model.tables import AI_CRAFT, crafts, rows
from model.vocabulary import Status
from model.world import WORLDS_PART

if TYPE_CHECKING:
    from model.recording import Recording

WEEKS_A_YEAR = 52.1775
MIDDLE, TENTH = 0.5, 0.1  # ranks by paired loss whose lives are told
QUARTERS = ("least experienced quarter", "second quarter", "third quarter", "most experienced quarter")
ENDS = ("same", "ai", "other", "out")  # craft at the end: the old one, the new AI craft, another, or out of the market
HARD_HIT = ("all", "tenth")
SAME_AT_FIRST = ["row", "craft", "district", "days"]


class People:
    """Pairs of worlds, added up over futures by group."""

    def __init__(self) -> None:
        self.groups: dict[tuple[str, str], list[dict[str, float]]] = {}
        self.labels: dict[tuple[str, str], str] = {}
        self.medians: dict[tuple[str, str], dict[str, Any]] = {}
        self.moves: list[np.ndarray] = []  # people, (where in the other world, where here), see ENDS
        self.comparable = True

    def take(self, mine: Recording, other: Recording) -> None:
        """Add one future; worlds that differed before April 2026 hold other people and are not compared."""
        a, b = other.tables["workers"], mine.tables["workers"]
        self.comparable &= bool(a.size) and all(np.array_equal(a[name], b[name]) for name in SAME_AT_FIRST)
        if not self.comparable:
            return
        years = (mine.first_week + mine.weeks - max(mine.first_week, WORLDS_PART)) / WEEKS_A_YEAR
        self.moves.append(moved(a, b) / mine.scale)
        first, chosen = not self.groups and mine.events is not None and other.events is not None, {}
        for group, label, members in groups_of(b):
            self.labels.setdefault(group, label)
            self.groups.setdefault(group, []).append(_figures(a[members], b[members], years, mine.scale))
            if first:
                chosen[group] = members[at_rank(a[members], b[members])]
        if first:
            chosen[HARD_HIT] = at_rank(a, b, TENTH)
            self.medians = lives_in_both(chosen, mine, other)

    def fields(self) -> dict[str, Any] | None:
        """As JSON, by kind of group a list of rows; None where the worlds cannot be compared person by person."""
        if not self.groups or not self.comparable:
            return None
        found: dict[str, Any] = {}
        for (kind, name), futures in self.groups.items():
            row: dict[str, Any] = {"group": name, "label": self.labels[kind, name]}
            row |= {key: float(np.mean([each[key] for each in futures])) for key in futures[0] if key != "change"}
            row["change"] = spread([each["change"] for each in futures])
            row["median"] = self.medians.get((kind, name))
            found.setdefault(f"by_{kind}", []).append(row)
        everyone = found.pop("by_all")[0] | {"tenth": self.medians.get(HARD_HIT)}
        moves = np.mean(self.moves, axis=0)
        rows = [
            {"without": name, "workers": float(moves[at].sum())} | dict(zip(ENDS, moves[at].tolist(), strict=True))
            for at, name in enumerate(ENDS)
        ]
        return {"everyone": everyone, **found, "moves": rows}


def groups_of(workers: np.ndarray) -> Iterator[tuple[tuple[str, str], str, np.ndarray]]:
    """(kind and name, label, places among ``workers``) of every group that has a member."""
    yield ("all", "everyone"), "Everyone", np.arange(workers.size)
    by_craft = list(zip(crafts().names, crafts().labels, strict=True))
    by_home = [(row["district"], row["label"]) for row in rows("districts.csv")]
    rank = np.empty(workers.size, np.int64)
    rank[np.argsort(workers["days"], kind="stable")] = np.arange(workers.size)
    quarter = rank * len(QUARTERS) // max(1, workers.size)
    by_experience = [(f"quarter_{at + 1}", label.capitalize()) for at, label in enumerate(QUARTERS)]
    codes = (("craft", by_craft, workers["craft"]), ("experience", by_experience, quarter),
             ("district", by_home, workers["district"]))
    for kind, names, code in codes:
        for at, (name, label) in enumerate(names):
            members = np.flatnonzero(code == at)
            if members.size:
                yield (kind, name), label, members


def moved(other: np.ndarray, mine: np.ndarray) -> np.ndarray:
    """How many are where at the end, (ENDS in the other world, ENDS here): what became of each, against itself."""
    new, places = crafts().names.index(AI_CRAFT), []
    for world in (other, mine):
        place = np.where(world["craft_after"] == world["craft"], 0, np.where(world["craft_after"] == new, 1, 2))
        places.append(np.where(world["status_after"] == Status.OUT, ENDS.index("out"), place))
    flat = places[0] * len(ENDS) + places[1]
    return np.bincount(flat, minlength=len(ENDS) ** 2).reshape(len(ENDS), len(ENDS))


def at_rank(other: np.ndarray, mine: np.ndarray, share: float = MIDDLE) -> int:
    """Place of the worker than whom a share of the group loses more days, by rank of paired loss.

    Of two middles it is the one that loses more. Many lose the same, nothing above all: of these it is the one whose
    days in the other world are nearest to the group's median.
    """
    change = mine["days_after"].astype(np.int64) - other["days_after"]
    alike = np.flatnonzero(change == np.sort(change)[int((change.size - 1) * share)])
    usual = np.median(other["days_after"])
    return int(alike[np.argmin(np.abs(other["days_after"][alike] - usual))])


def lives_in_both(chosen: dict[tuple[str, str], int], mine: Recording, other: Recording
                  ) -> dict[tuple[str, str], dict[str, Any]]:
    """The life of each chosen worker (a place in the table of workers) in both worlds."""
    begin, end = max(mine.first_week, WORLDS_PART), mine.first_week + mine.weeks
    table = mine.tables["workers"]
    lives = [each.lives({int(table["row"][at]) for at in chosen.values()}) for each in (mine, other)]
    found = {}
    for group, at in chosen.items():
        row, (here, there) = int(table["row"][at]), (mine.tables["workers"][at], other.tables["workers"][at])
        found[group] = {
            "row": row,
            "craft": crafts().labels[table["craft"][at]],
            "days": int(here["days_after"]),
            "days_against": int(there["days_after"]),
            "craft_after": crafts().labels[here["craft_after"]],
            "craft_after_against": crafts().labels[there["craft_after"]],
            "life": told(lives[0][row], begin, end, here["days_after"] > 0).plain(),
            "life_against": told(lives[1][row], begin, end, there["days_after"] > 0).plain(),
        }
    return found


def _figures(other: np.ndarray, mine: np.ndarray, years: float, scale: float) -> dict[str, float]:
    """Of one group in one future: workers, days a year in both worlds, who gains and loses, how they end."""
    here, there = mine["days_after"] / years, other["days_after"] / years
    found = {
        "workers": mine.size / scale,
        "days_a_year": float(here.mean()),
        "days_a_year_against": float(there.mean()),
        "change": float((here - there).mean()),
        "losing": float((here < there).mean()),
        "gaining": float((here > there).mean()),
    }
    for suffix, world in (("", mine), ("_against", other)):
        found[f"out{suffix}"] = float((world["status_after"] == Status.OUT).mean())
        found[f"insured{suffix}"] = float((world["insured_after"] != 0).mean())
    return found
