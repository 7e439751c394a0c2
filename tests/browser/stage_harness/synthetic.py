"""A made-up recording of full size for the stage: people who move between calls, week after week, by plain chance.

It has the shape of a recording and none of its economics: 25 crafts, 16 districts, 200,000 people of whom about
130,000 are attached, 520 weeks, and about 12,000 changes a week.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
COLUMNS = ["out", "searching", "development", "prep", "shoot", "post"]
OUT, SEARCHING, DEVELOPMENT, PREP, SHOOT, POST = range(6)
ON_AI = 8
HORIZON = 520
MEASURES = [
    ("payroll_jobs", "LA payroll jobs", "jobs", "Workers on a call in a week, and fixed staff", "mean"),
    ("unemployment_rate", "Crew unemployment rate", "share", "Attached workers who are between calls", "mean"),
    ("attached", "Attached workers", "workers", "Workers on a call or looking for one", "mean"),
    ("shoot_days", "Shoot days", "shoot days", "Days that productions shot in the county", "sum"),
    ("payroll_musd", "Crew payroll", "USD million", "Gross pay of everyone on calls", "sum"),
    ("hires", "Hires", "hires", "Workers who joined a call", "sum"),
]


def _seed(name: str) -> list[dict[str, str]]:
    with (ROOT / "seeds" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@dataclass(frozen=True)
class Week:
    """Whoever came and whoever moved in a week: worker rows, and for the latter the state and craft from then on."""

    new: np.ndarray
    moved: np.ndarray
    state: np.ndarray
    craft: np.ndarray


@dataclass(frozen=True)
class World:
    """A synthetic recording, with everything the stage may ask for."""

    craft: np.ndarray  # on arrival, by row
    district: np.ndarray
    weeks: list[Week]
    series: np.ndarray  # weeks × measures
    map: np.ndarray  # weeks × 4 × districts


OUTAGES = (100, 102, *range(350, 500, 3))  # weeks in which a cloud stands still


@cache
def meta() -> dict:
    """What the app would put into the trait `meta`."""
    place = json.loads((ROOT / "seeds" / "places" / "los_angeles_county.json").read_text(encoding="utf-8"))
    crafts = [{"name": row["craft"], "label": row["label"], "department": row["department"]}
              for row in _seed("crafts.csv")]
    districts = [{"name": row["district"], "label": row["label"], "latitude": float(row["latitude"]),
                  "longitude": float(row["longitude"])} for row in _seed("districts.csv")]
    fields = ("name", "label", "unit", "definition", "over")
    return {
        "measures": [dict(zip(fields, each, strict=True)) for each in MEASURES],
        "crafts": crafts, "districts": districts, "columns": COLUMNS, "first_week": 0, "first_date": "2026-01-05",
        "horizon": HORIZON, "root": "", "outline": place["outline"], "neighbors": place["neighbors"],
        "charts": [{"measure": "payroll_jobs", "title": "Payroll jobs", "kind": "line"},
                   {"measure": "unemployment_rate", "title": "Crew unemployment rate", "kind": "line"},
                   {"measure": "shoot_days", "title": "Shoot days", "kind": "line"}],
        "now": ["payroll_jobs", "unemployment_rate", "attached", "payroll_musd", "shoot_days", "hires"],
        "flags": [
            {"week": 13, "kind": "entry", "label": "An entrant arrives", "text": "A new studio opens, with AI tools."},
            {"week": 60, "kind": "policy", "label": "A larger credit", "text": "The credit pays back more."},
            {"week": 64, "kind": "stop", "label": "A strike", "text": "Nobody shoots."},
            {"week": 300, "kind": "failure", "label": "It fails", "text": "The entrant has no money left."},
            *({"week": week, "kind": "outage", "label": "Cloud stands still", "text": "Titles stopped: about 2."}
              for week in OUTAGES)],
        "source": "Source: made-up data, one future.", "scenario": "AI-first entrant", "baseline": "Baseline",
    }


@cache
def world(seed: int = 1, people: int = 200_000, moves: int = 12_000, horizon: int = HORIZON) -> World:
    """Builds a world; another seed is another world."""
    chance = np.random.default_rng(seed)
    crafts, districts = len(meta()["crafts"]), len(meta()["districts"])
    sizes = np.array([4500, 9000, 5000, 15000, 4500, 2800, 3300, 3000, 3500, 3800, 3000, 3000, 2400, 1200, 4000, 7000,
                      1800, 2000, 2200, 6000, 1800, 2500, 3800, 1500, 500], dtype=float)[:crafts]
    craft = chance.choice(crafts, people, p=sizes / sizes.sum())
    home, place = (np.array([float(row[share]) for row in _seed("districts.csv")])
                   for share in ("crew_share", "production_share"))
    district = chance.choice(districts, people, p=home / home.sum())
    workplace = chance.choice(districts, people, p=place / place.sum())
    begin = int(people * 0.8)
    come = np.linspace(begin, people, horizon).astype(int)
    state = np.zeros(people, dtype=np.int64)
    state[:begin] = chance.choice([OUT, SEARCHING, DEVELOPMENT, PREP, SHOOT, POST], begin,
                                  p=[0.19, 0.30, 0.05, 0.10, 0.22, 0.14])
    weeks = [Week(np.arange(begin), np.arange(begin), state[:begin].copy(), craft[:begin].copy())]
    series, maps = np.zeros((horizon, len(MEASURES))), np.zeros((horizon, 4, districts), dtype=np.int32)
    season = np.sin(np.arange(horizon) * 2 * np.pi / 52)
    present = begin
    for week in range(horizon):
        if week:
            new = np.arange(present, come[week])
            present = come[week]
            ai = 0.4 * week / horizon
            moved = chance.choice(present, moves, replace=False)
            work = chance.choice([DEVELOPMENT, PREP, SHOOT, POST], moves, p=[0.10, 0.20, 0.43, 0.27])
            work += ON_AI * (chance.random(moves) < ai)
            looking = 0.42 + 0.08 * season[week] + 0.1 * week / horizon
            to = np.where(chance.random(moves) < looking, SEARCHING, work)
            to = np.where(chance.random(moves) < 0.24 + 0.08 * week / horizon, OUT, to)
            moved, to = np.concatenate([moved, new]), np.concatenate([to, np.full(len(new), SEARCHING)])
            other = chance.random(len(moved)) < 0.002  # a few change their craft
            craft_now = np.where(other, chance.integers(0, crafts, len(moved)), craft[moved])
            state[moved] = to
            weeks.append(Week(new, moved, to, craft_now))
        column, here = state[:present] & 7, district[:present]
        working, idle = column >= DEVELOPMENT, column == SEARCHING
        maps[week, 0] = np.bincount(here[working], minlength=districts)
        maps[week, 1] = np.bincount(here[idle], minlength=districts)
        maps[week, 2] = np.bincount(workplace[:present][working], minlength=districts)
        maps[week, 3] = maps[week, 2] // 700 + chance.integers(0, 3, districts)
        calls, attached = int(working.sum()), int((working | idle).sum())
        fixed = 18_000 + 3_000 * (seed == 2) * week / horizon
        series[week] = (calls + fixed, 1 - calls / attached, attached, maps[week, 3].sum() * 4.5, calls * 0.0021,
                        len(weeks[-1].moved) * 0.4)
    return World(craft, district, weeks, series, maps)


def board(world: World, begin: int, end: int, every: int, craft: int | None = None) -> bytes:
    """The board's stream, as the stage's contract has it."""
    pieces = []
    wanted = np.arange(len(world.craft)) % every == 0
    if craft is not None:
        wanted &= world.craft == craft
    for week in world.weeks[begin:end]:
        new, keep = week.new[wanted[week.new]], wanted[week.moved]
        moved = week.moved[keep]
        pieces += [np.array([len(new), len(moved)]), new | world.craft[new] << 20 | world.district[new] << 25,
                   moved | week.state[keep] << 20 | week.craft[keep] << 24]
    return np.concatenate(pieces).astype("<u4").tobytes() if pieces else b""


def digest(world: World, week: int, every: int = 10) -> str:
    """What the stage must report for a week: FNV-1a over the states of the sample, worked out another way."""
    state = np.zeros(len(world.craft), dtype=np.int64)
    arrived = 0
    for each in world.weeks[: week + 1]:
        state[each.moved] = each.state
        arrived += len(each.new)
    hash_ = 0x811C9DC5
    for value in state[:arrived][np.arange(arrived) % every == 0].tolist():
        hash_ = ((hash_ ^ value) * 0x01000193) & 0xFFFFFFFF
    return f"{hash_:08x}"
