"""What is reported of AI: jobs it creates, work it does, the money behind it, who holds the market, and craft.

`model/measures.py` declares these with the others. Where nobody uses AI all are 0, but for the concentration of
output and of spend, skill, apprentices and quality, which every world has.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from model import tables
from model.mechanisms import consolidation
from model.mechanisms.quality import quality
from model.parameters import Params
from model.recording import Recording
from model.state.books import TWELFTHS
from model.units import CENTS_A_MILLION
from model.world import WORLDS_PART

RESISTANCE, FROM_SKILL = "ai_quality.resistance", "ai_quality.from_skill"
Weekly = Callable[[Recording], np.ndarray]


def by_year_and_craft(recording: Recording, table: str, column: str, years: Sequence[int]) -> np.ndarray:
    """A column of the titles' books, ``cells`` or ``effects``, added up by (year, craft), int64.

    It counts in the year in which a title's books are closed. 0 in years in which no books were kept.
    """
    years, crafts = np.asarray(years), len(recording.manifest["crafts"])
    found = np.zeros((years.size, crafts), np.int64)
    rows = recording.tables.get(table, np.zeros(0))
    if rows.size:
        year = recording.tables["titles"]["year"][rows["title"]]
        kept = np.isin(year, years)
        cell = np.searchsorted(years, year[kept]) * crafts + rows["craft"][kept]
        # Exact: whole numbers far below 2**53.
        sums = np.bincount(cell, rows[column][kept].astype(float), minlength=found.size)
        found += np.rint(sums).astype(np.int64).reshape(found.shape)
    return found


def automated_by_year(recording: Recording) -> dict[int, float]:
    """Share of crew-weeks that AI did, by calendar year from April 2026 on: displaced of worked and displaced.

    Displaced are crew-weeks in Los Angeles that stages would have taken had nothing been automated.
    """
    titles = recording.tables.get("titles", np.zeros(0))
    if not titles.size:
        return {}
    years = np.unique(titles["year"])
    worked = by_year_and_craft(recording, "cells", "worked", years).sum(axis=1)
    displaced = -by_year_and_craft(recording, "effects", "displacement", years).sum(axis=1) / TWELFTHS
    return {int(year): float(done / max(1.0, left + done))
            for year, left, done in zip(years, worked, displaced, strict=True)}


def resistance_by_year(recording: Recording) -> dict[int, float]:
    """Worth that audiences' resistance takes from titles at work in Los Angeles, share, by calendar year.

    It takes the resistance times the share of crew-weeks there that AI does of what stages of the year were to take.
    """
    titles = recording.tables.get("titles", np.zeros(0))
    if not titles.size:
        return {}
    years, resistance = np.unique(titles["year"]), told(recording, RESISTANCE)
    planned = by_year_and_craft(recording, "cells", "planned", years).sum(axis=1)
    done = -by_year_and_craft(recording, "effects", "displacement", years).sum(axis=1) / TWELFTHS
    return {int(year): float(resistance * by_ai / max(1.0, left + by_ai))
            for year, left, by_ai in zip(years, planned, done, strict=True)}


def told(recording: Recording, name: str) -> float:
    """A parameter of the world that was recorded."""
    return recording.manifest.get("scenario", {}).get("overrides", {}).get(name, Params.load()[name])


def _of_crafts(recording: Recording, column: str) -> dict[int, float]:
    """A column of the crafts' stock at the end of each year, added up over crafts."""
    stock = recording.tables.get("stock", np.zeros(0))
    years = np.unique(stock["year"]) if stock.size else ()
    return {int(year): float(stock[column][stock["year"] == year].sum()) for year in years}


def _skill_by_year(recording: Recording) -> dict[int, float]:
    workers = _of_crafts(recording, "workers")
    return {year: skill / max(1.0, workers[year]) for year, skill in _of_crafts(recording, "skill").items()}


def _quality_by_year(recording: Recording) -> dict[int, float]:
    return quality_by_year(recording, told(recording, FROM_SKILL))


def quality_by_year(recording: Recording, from_skill: float) -> dict[int, float]:
    """Quality of what was made, in [0, 1], by calendar year; ``from_skill`` the weight of skill in it."""
    made = recording.tables.get("made", np.zeros(0))
    return {int(each["year"]): float(quality(each["skill"], each["automated"], each["capability"], from_skill))
            for each in made}


def _apprentices(r: Recording) -> np.ndarray:
    return _repeated(lambda recording: _of_crafts(recording, "apprentices"))(r) / r.scale


def _repeated(by_year: Callable[[Recording], dict[int, float]]) -> Weekly:
    """A figure of a year, the same in each of its weeks; 0 in years that have none."""
    def weekly(r: Recording) -> np.ndarray:
        found = by_year(r)
        return np.array([found.get(int(year), 0.0) for year in r.years])

    return weekly


def _series(r: Recording, name: str) -> np.ndarray:
    """A series, one value a week (sums over what else it is by); 0 where a recording is from before it was kept."""
    values = r.series.get(name)
    return np.zeros(r.weeks) if values is None else values.reshape(r.weeks, -1).sum(axis=1)


def _count(name: str) -> Weekly:
    return lambda r: _series(r, name) / r.scale


def _ai_jobs(r: Recording) -> np.ndarray:
    crafts = list(r.manifest["crafts"])
    return r.series["on_call"][:, crafts.index(tables.AI_CRAFT)] / r.scale if tables.AI_CRAFT in crafts else \
        np.zeros(r.weeks)


def _earned(r: Recording) -> np.ndarray:
    return (_series(r, "crew_of_producers") - _series(r, "crew_on_capital")) / r.scale


def _adoption(r: Recording) -> np.ndarray:
    values = r.series.get("adoption")
    return np.zeros(r.weeks) if values is None else values.mean(axis=1).astype(float)


def _raised(r: Recording) -> np.ndarray:
    total = _series(r, "raised")
    before = r.manifest.get("raised_before", total[0] if r.first_week > WORLDS_PART else 0)
    return np.diff(total, prepend=before) / r.scale / CENTS_A_MILLION


def _concentration(name: str) -> Weekly:
    """Herfindahl index of a year's totals of a series by holder: 1 for a single one, 0 where there is nothing."""
    def weekly(r: Recording) -> np.ndarray:
        index, years, values = np.zeros(r.weeks), r.years, r.series.get(name)
        for year in np.unique(years) if values is not None else ():
            held = values[years == year].sum(axis=0, dtype=float)
            index[years == year] = consolidation.concentration(held) / consolidation.MONOPOLY
        return index

    return weekly


# name, label, unit, definition, how weeks make a year, from a recording
DECLARED: tuple[tuple[str, str, str, str, str, Weekly], ...] = (
    ("ai_jobs", "Jobs in the new craft", "jobs", "Generative artists and AI operators on a call", "mean", _ai_jobs),
    ("automated_share", "Automated share of crew-weeks", "share",
     "Crew-weeks in Los Angeles that AI displaced, of those worked and those displaced, by calendar year", "mean",
     _repeated(automated_by_year)),
    ("ai_titles", "Titles made with AI", "titles", "Green-lit to be made with AI in at least one stage, anywhere",
     "sum", _count("greenlit_ai")),
    ("ai_adoption", "Adoption of AI", "share",
     "Share of suited titles that studios make with AI, mean over studios and stages of making", "mean", _adoption),
    ("crew_weeks_with_ai", "Crew-weeks on titles with AI", "crew-weeks",
     "One worker on a call in one week, on a title made with AI", "sum", _count("crew_with_ai")),
    ("course_weeks", "Weeks in courses", "worker-weeks", "Weeks that workers spent being retrained", "sum",
     _count("in_course")),
    ("course_queue", "Waiting for a course", "workers", "Workers who asked to be retrained and wait for a place",
     "mean", _count("queue")),
    ("crew_weeks_on_capital", "Crew-weeks paid by investors", "crew-weeks",
     "Worked on AI-first producers' own titles and paid out of capital raised", "sum", _count("crew_on_capital")),
    ("crew_weeks_self_financed", "Crew-weeks paid by titles", "crew-weeks",
     "Worked on AI-first producers' own titles and paid out of what earlier titles brought in", "sum", _earned),
    ("ai_capital_musd", "Capital raised", "USD million", "By AI-first producers, in rounds as agreed; what is "
     "left of one when the provider leaves is not paid in", "sum", _raised),
    ("provider_lost_weeks", "Crew-weeks that stood still for a provider", "crew-weeks",
     "People held and posts empty on titles whose cloud was down, gone or breached", "sum",
     _count("standing")),
    ("cloud_concentration", "Concentration of cloud dependence", "index",
     "Herfindahl index of titles at work with AI by provider, by calendar year", "mean",
     _concentration("ai_by_provider")),
    ("output_concentration", "Concentration of output", "index",
     "Herfindahl index of titles green-lit by owner, by calendar year", "mean", _concentration("titles_by_owner")),
    ("spend_concentration", "Concentration of spend", "index",
     "Herfindahl index of budgets green-lit by owner, by calendar year", "mean", _concentration("spend_by_owner")),
    ("skill", "Mean skill", "index", "Skill of attached workers, from 0 to 1, at the end of the calendar year", "mean",
     _repeated(_skill_by_year)),
    ("apprentices", "Apprentices", "workers", "Attached workers short of a veteran's days, at the end of the calendar "
     "year", "mean", _apprentices),
    ("quality", "Quality of what is made", "index", "From the skill of those on calls and, where AI does the work, the "
     "capability of the tools; from 0 to 1, by calendar year", "mean", _repeated(_quality_by_year)),
    ("resistance", "Worth lost to audiences' resistance", "share", "Of titles at work in Los Angeles, by how much of "
     "their crew-weeks AI does, by calendar year", "mean", _repeated(resistance_by_year)),
)
