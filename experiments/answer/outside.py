"""The model beside figures from outside: what AI could do, what it saves, and the labor in one AI-heavy feature.

The model never reads these figures while it runs. Some of their sources are also heard where a parameter was set;
each row names those parameters, since agreement there proves less.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from model.calendar import monday
from model.measures_ai import automated_by_year
from model.parameters import Params
from model.safe_yaml import read_yaml
from model.state.books import SIXTHS
from model.state.technique import EVERY_AREA
from model.tables import AI_CRAFT, crafts, exposure, kinds
from model.vocabulary import Stage
from model.world import WORLDS_PART

if TYPE_CHECKING:
    from experiments.answer.two_accounts import SavedDollar
    from model.recording import Recording

ALIKE = 0.25  # a single figure and the model's are alike if they differ by no more than this part of the figure
FEATURE = "studio_feature"
A_YEAR = 52  # weeks
BY = 2030


class Outside:
    """What of each future is held beside the figures."""

    def __init__(self, crew_scale: float) -> None:
        self.crew_scale = crew_scale
        self.technical: list[float] = []
        self.automated: list[float] = []
        self.saved, self.spent = 0.0, 0.0  # cents, by the end of the year BY
        self.shoot_days: list[float] = []  # of each studio feature made with AI at every stage
        self.ai_weeks, self.other_weeks, self.made_here = 0, 0, 0  # crew-weeks of those made in Los Angeles

    def take(self, recording: Recording) -> None:
        """Add one future."""
        begin = max(0, WORLDS_PART - recording.first_week)
        work = recording.series["on_call"][begin : begin + A_YEAR].sum(axis=0)
        self.technical.append(float(work @ exposure().technical / max(1, work.sum())))
        share = automated_by_year(recording)
        self.automated.append(share[min(share)] if share else 0.0)
        finished, weeks = recording.tables["finished"], np.arange(recording.weeks) + recording.first_week
        early = finished[[monday(int(week)).year <= BY for week in finished["week"]]] if finished.size else finished
        spent = early["shadow"] - early["spent"] - early["incentive_shadow"] + early["incentive"]
        self.saved += float(spent.sum())
        counted = (weeks >= WORLDS_PART) & (recording.dates < np.datetime64(f"{BY + 1}-01-01"))
        self.spent += float(recording.series["spend_by_owner"][counted].sum(dtype=float))
        self._take_features(recording)

    def _take_features(self, recording: Recording) -> None:
        code, finished = kinds().names.index(FEATURE), recording.tables["finished"]
        made = finished[(finished["kind"] == code) & (finished["ai"] == EVERY_AREA)]
        self.shoot_days += (made["shoot_weeks"] * float(kinds().shoot_days[code])).tolist()
        here, cells = made["uid"][made["place"] == 0], recording.tables["cells"]
        cells = cells[np.isin(recording.tables["titles"]["uid"][cells["title"]], here)]
        with_tools = cells["craft"] == crafts().names.index(AI_CRAFT)
        self.ai_weeks += int(cells["worked"][with_tools].sum())
        self.other_weeks += int(cells["worked"][~with_tools].sum())
        self.made_here += here.size

    def rows(self, saved: SavedDollar, producers: SavedDollar) -> list[dict[str, Any]]:
        """The table as JSON: the figure from outside, the model's, whether they match, and in words why not."""
        found = _Found(self, _share(saved), _share(producers))
        return [_row(each, found) for each in COMPARISONS]


@dataclass(frozen=True)
class _Found:
    model: Outside
    saving: float | None
    saving_of_producers: float | None


@dataclass(frozen=True)
class _Comparison:
    figure: str  # entry of outside.yaml
    what: str  # of the model is held beside it
    value: Callable[[_Found], float | None]
    differs: str  # in what the two are not the same thing


def _share(account: SavedDollar) -> float | None:
    budget = sum(account.budget)
    return sum(account.realised) / SIXTHS / budget if budget else None


def _saved_of_all(model: Outside) -> float | None:
    return model.saved / (model.saved + model.spent) if model.spent else None


def _mean(values: list[float]) -> float | None:
    return float(np.mean(values)) if values else None


def _on_the_call(found: _Found) -> float:
    return float(kinds().crew[Stage.SHOOT, kinds().names.index(FEATURE)].sum() * found.model.crew_scale)


def _post_weeks(_: _Found) -> float:
    return float(kinds().weeks[kinds().names.index(FEATURE), Stage.POST])


def _ai_people(found: _Found) -> float | None:
    of = found.model
    return of.ai_weeks / of.made_here / _post_weeks(found) if of.made_here else None


COMPARISONS = (
    _Comparison("technical_share_cvl", "Share of tasks that AI could do, of the work of the first year",
                lambda found: _mean(found.model.technical),
                "The survey counts jobs of which a sizeable part changes; the model counts tasks, done or not."),
    _Comparison("technical_share_cvl", "Share of crew-weeks that AI did in 2026",
                lambda found: _mean(found.model.automated),
                "The survey asked at the end of 2023 what would come by 2026; the model starts from what was in use "
                "in April 2026 and counts only what comes on top."),
    _Comparison("saving_morgan_stanley", "Saving on titles made with AI, share of their budgets",
                lambda found: found.saving, "The bank speaks of all programs of large companies; the model's figure "
                "is of those titles only that use AI."),
    _Comparison("saving_bain", "Saving on titles made with AI, share of their budgets",
                lambda found: found.saving, "Bain counts game engines and stages with screens in, of a large film."),
    _Comparison("saving_mckinsey", f"Saved by the end of {BY}, share of all budgets green-lit",
                lambda found: _saved_of_all(found.model),
                "McKinsey counts what can be addressed, the model what is saved after rework, new crew and compute."),
    _Comparison("saving_ai_studios", "Saving on titles of AI-first producers, share of their budgets",
                lambda found: found.saving_of_producers, "The studios speak of themselves and are small."),
    _Comparison("feature_shoot_days", "Shoot days of a studio feature made with AI at every stage",
                lambda found: _mean(found.model.shoot_days), "One film on one stage, against all the model's."),
    _Comparison("feature_shoot_crew", "People on the call of a studio feature's shoot made the traditional way",
                _on_the_call, "The call holds the cast and all who come for a day, of a mean studio feature without "
                "AI; the film's crew was counted without its cast of 107 and with AI in use."),
    _Comparison("feature_ai_artists", "People of the new craft on a studio feature made with AI at every stage in Los "
                "Angeles, were they all there throughout post-production", _ai_people,
                "The film moved most of its images into post-production; the model moves what its parameters say."),
    _Comparison("feature_post_weeks", "Weeks of a studio feature's post-production", _post_weeks,
                "The film's weeks were planned, not done."),
)


@cache
def figures() -> dict[str, dict[str, Any]]:
    """The figures from outside by name, as written."""
    return read_yaml(resources.files("seeds") / "ai" / "outside.yaml")


@cache
def heard_by(source: str) -> tuple[str, ...]:
    """Parameters that name one of these sources (ids set apart by blanks) among what was said of their value."""
    params, ids = Params.load(), set(source.split())
    return tuple(name for name in params.names() if any(saying.source in ids for saying in params.about(name).says))


def verdict(value: float | None, low: float, high: float) -> str:
    """How the model's figure stands to one from outside: below, alike, above, or none where it has no such figure."""
    if value is None:
        return "none"
    return "below" if value < low else "above" if value > high else "alike"


def _row(of: _Comparison, found: _Found) -> dict[str, Any]:
    outside = figures()[of.figure]
    value, model = float(outside["value"]), of.value(found)
    low = float(outside.get("low", value * (1.0 - ALIKE)))
    high = float(outside.get("high", value * (1.0 + ALIKE)))
    stands = verdict(model, low, high)
    words = {
        "none": "The model made none in this run.",
        "alike": "Alike.",
        "below": f"The model has less. {of.differs}",
        "above": f"The model has more. {of.differs}",
    }
    return {
        "figure": of.figure,
        "label": outside["label"],
        "outside": value,
        "low": outside.get("low"),
        "high": outside.get("high"),
        "unit": outside["unit"],
        "kind": outside["kind"],
        "source": outside["source"],
        "what": of.what,
        "model": model,
        "verdict": stands,
        "says": words[stands],
        "heard_by": list(heard_by(outside["source"])),
    }
