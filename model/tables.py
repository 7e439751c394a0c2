"""The tables of ``seeds/`` as arrays: crafts, kinds of production, crew calls, firms, places, districts.

Rows keep the order of the files; that order is the code by which the state speaks of a craft, a kind,
a firm, a place or a district.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from model import rng
from model.errors import CallSheetError
from model.vocabulary import WORKING_STAGES, Area

IMAGE_CRAFTS = ("vfx", "animation")  # whose work is a stage of its own to AI
AI_CRAFT = "generative"  # the craft that AI work creates
AI_FIRST = "ai_first"  # class of the firms that begin with AI
HOME = ("los_angeles", "rest_of_california")  # places where the California credit can be earned


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a seed table as dictionaries of text. ``name`` is relative to ``seeds/``."""
    text = (resources.files("seeds") / name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def column(name: str, field: str, dtype: type = np.float64) -> np.ndarray:
    """One column of a seed table as an array; an empty cell of a number column is not a number."""
    if dtype is str:
        return np.array([row[field] for row in rows(name)])
    return np.array([float(row[field] or "nan") for row in rows(name)]).astype(dtype)


@dataclass(frozen=True, slots=True)
class Crafts:
    """About two dozen crafts. Arrays of length ``n``."""

    names: tuple[str, ...]
    labels: tuple[str, ...]
    department: np.ndarray  # code of the department
    departments: tuple[str, ...]
    above: np.ndarray  # bool: above the line
    share: np.ndarray  # share of the attached workforce at the start
    day_rate: np.ndarray  # median pay in January 2015, cents per day
    day_hours: np.ndarray  # paid hours of a day
    on_set: np.ndarray  # bool: its work stops when the production does
    covered: np.ndarray  # bool: the craft's contract carries a health plan

    @property
    def n(self) -> int:
        """How many crafts there are."""
        return len(self.names)


@dataclass(frozen=True, slots=True)
class Kinds:
    """Kinds of production. Arrays of length ``n``; crew arrays are (stage, kind, craft)."""

    names: tuple[str, ...]
    labels: tuple[str, ...]
    category: np.ndarray  # FilmLA's category of shoot days
    driver: np.ndarray  # which demand driver moves the kind
    season: np.ndarray  # which seasonal pattern of green-lights it follows
    scripted: np.ndarray
    credit: np.ndarray  # may apply for the California credit before July 2025
    titles: np.ndarray  # titles a year offered to Los Angeles and its competitors in 2015
    weeks: np.ndarray  # (kind, stage) usual weeks of a stage
    shoot_days: np.ndarray  # shoot days a week
    on_location: np.ndarray  # share of shoot days that need a permit (the rest are on a stage)
    stages: np.ndarray  # sound stages in use while shooting
    budget: np.ndarray  # USD a title, made the traditional way in Los Angeles before incentives
    tier: np.ndarray  # rate of pay relative to full scale
    size_sd: np.ndarray  # dispersion of the size of a title
    crew: np.ndarray  # (stage, kind, craft) people on the call
    days: np.ndarray  # (kind, craft) days a week on the call

    @property
    def n(self) -> int:
        """How many kinds there are."""
        return len(self.names)


@dataclass(frozen=True, slots=True)
class Firms:
    """Studio-class firms, as types. ``share`` is (firm, kind): the firm's part of a kind's spend."""

    names: tuple[str, ...]
    labels: tuple[str, ...]
    classes: tuple[str, ...]
    share: np.ndarray

    @property
    def n(self) -> int:
        """How many firms there are."""
        return len(self.names)


@dataclass(frozen=True, slots=True)
class Places:
    """Where a title can be made. ``habit`` is (kind, place): shares in 2015 without a credit in hand."""

    names: tuple[str, ...]
    labels: tuple[str, ...]
    cost: np.ndarray
    drift: np.ndarray
    habit: np.ndarray
    at_home: np.ndarray  # bool, whether it is in California

    @property
    def n(self) -> int:
        """How many places there are."""
        return len(self.names)


def _names(table: str, key: str) -> tuple[str, ...]:
    return tuple(row[key] for row in rows(table))


@cache
def crafts() -> Crafts:
    """The crafts of ``seeds/crafts.csv``."""
    table = "crafts.csv"
    department = column(table, "department", str)
    departments = tuple(dict.fromkeys(department.tolist()))
    head = column(table, "headcount")
    hours = column(table, "day_hours")
    return Crafts(
        names=_names(table, "craft"),
        labels=_names(table, "label"),
        department=np.array([departments.index(d) for d in department]),
        departments=departments,
        above=column(table, "line", str) == "above",
        share=head / head.sum(),
        day_rate=np.rint(column(table, "hourly") * hours * 100).astype(np.int64),
        day_hours=np.rint(hours).astype(np.int64),
        on_set=column(table, "on_set", bool),
        covered=column(table, "plan", str) != "none",
    )


@cache
def kinds() -> Kinds:
    """The kinds of ``seeds/kinds.csv`` with their calls from ``crew_calls.csv`` and ``crew_days.csv``."""
    table = "kinds.csv"
    names = _names(table, "kind")
    craft_names = crafts().names
    crew = np.zeros((len(WORKING_STAGES), len(names), len(craft_names)))
    stage_names = [stage.name.lower() for stage in WORKING_STAGES]
    for row in rows("crew_calls.csv"):
        s, c = stage_names.index(row["stage"]), craft_names.index(row["craft"])
        crew[s, :, c] = [float(row[kind]) for kind in names]
    days = np.zeros((len(names), len(craft_names)), np.int64)
    for row in rows("crew_days.csv"):
        days[:, craft_names.index(row["craft"])] = [int(row[kind]) for kind in names]
    if (days < 1).any() or (days > 7).any():
        raise CallSheetError("crew_days.csv has a call of less than 1 or more than 7 days a week.")
    weeks = np.stack([column(table, f"{s}_weeks", np.int64) for s in ("dev", "prep", "shoot", "post")], axis=1)
    return Kinds(
        names=names,
        labels=_names(table, "label"),
        category=column(table, "category", str),
        driver=column(table, "driver", str),
        season=column(table, "season", str),
        scripted=column(table, "scripted", bool),
        credit=column(table, "credit", bool),
        titles=column(table, "titles"),
        weeks=weeks,
        shoot_days=column(table, "shoot_days_per_week", np.int64),
        on_location=column(table, "location_share"),
        stages=column(table, "stages"),
        budget=column(table, "budget") * 1e6,
        tier=column(table, "tier"),
        size_sd=column(table, "size_sd"),
        crew=crew,
        days=days,
    )


@cache
def firms() -> Firms:
    """The firms of ``seeds/firms.csv``; each kind's shares are normalized to one."""
    share = np.stack([column("firms.csv", kind) for kind in kinds().names], axis=1)
    return Firms(_names("firms.csv", "firm"), _names("firms.csv", "label"), _names("firms.csv", "class"),
                 share / share.sum(axis=0))


@cache
def places() -> Places:
    """The places of ``seeds/places.csv`` with the habits of ``seeds/place_habits.csv``."""
    names = _names("places.csv", "place")
    habit = np.stack([column("place_habits.csv", place) for place in names], axis=1)
    return Places(names, _names("places.csv", "label"), column("places.csv", "cost"),
                  column("places.csv", "cost_drift"), habit / habit.sum(axis=1, keepdims=True),
                  np.array([name in HOME for name in names]))


@dataclass(frozen=True, slots=True)
class Districts:
    """Where in the county crews live and work. Arrays of length ``n``."""

    names: tuple[str, ...]
    labels: tuple[str, ...]
    latitude: np.ndarray  # degrees, of their middle
    longitude: np.ndarray
    homes: np.ndarray  # share of crew who live there
    work: np.ndarray  # share of titles whose work in Los Angeles is done there
    homes_up_to: np.ndarray  # the same, summed from the first district on
    work_up_to: np.ndarray

    @property
    def n(self) -> int:
        """How many districts there are."""
        return len(self.names)


@cache
def districts() -> Districts:
    """The districts of ``seeds/districts.csv``."""
    table = "districts.csv"
    homes, work = column(table, "crew_share"), column(table, "production_share")
    return Districts(_names(table, "district"), _names(table, "label"), column(table, "latitude"),
                     column(table, "longitude"), homes, work, rng.up_to(homes), rng.up_to(work))


@dataclass(frozen=True, slots=True)
class Exposure:
    """What of a craft's tasks AI could do, and by which tool. Arrays of length crafts."""

    technical: np.ndarray  # share of tasks
    tool: np.ndarray  # text: visual_models, cloud_compute or scheduling


@cache
def exposure() -> Exposure:
    """The technical shares of ``seeds/ai/technical_share.csv``; a craft without a row has no exposed task."""
    by_craft = {row["craft"]: row for row in rows("ai/technical_share.csv")}
    found = [by_craft.get(name) for name in crafts().names]
    return Exposure(np.array([float(row["value"]) if row else 0.0 for row in found]),
                    np.array([row["tool"] if row else "" for row in found]))


@cache
def image_crafts() -> np.ndarray:
    """Codes of the crafts of effects and animation."""
    return np.flatnonzero([name in IMAGE_CRAFTS for name in crafts().names])


@cache
def areas() -> np.ndarray:
    """Area of a craft's work in a stage, (stage, craft): that of its stage, but effects and animation for those."""
    area = np.array([Area.DEVELOPMENT, Area.PREP, Area.SHOOT, Area.POST], np.uint8)[:, None].repeat(crafts().n, axis=1)
    area[:, image_crafts()] = Area.VFX
    return area
