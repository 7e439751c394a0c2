"""C3: crew-weeks in Los Angeles with everything against those without AI, and what was lost and won back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.claims.worlds import WEEKS, Worlds, by_year
from model.calendar import monday
from model.crew_account import PARTS, crew_account
from model.dollar_account import of_producers, realised, shadow_budget
from model.recording import Recording
from model.state.books import SIXTHS, TWELFTHS
from model.world import WORLDS_PART

LOST_SINCE = (2019, 2022)
LAST_YEAR = monday(WORLDS_PART).year - 1  # the last whole one before the announcement
_A_YEAR = 52


def measure(worlds: Worlds) -> dict[str, Any]:
    """Ten years' crew-weeks, W3 less W0 over W0; by year; by part of the account; share won back of what was lost.

    Lost is what a year had and the last one before the announcement had not; won back what the mean year after it has
    more than that last one, of the world without AI and of the one with all of it. Below zero more was lost.
    """
    without, with_all = _crew_weeks(worlds.w0), _crew_weeks(worlds.w3)
    account, unit = crew_account(worlds.w3, worlds.w0), TWELFTHS * worlds.w3.scale * without
    back = {str(year): {"without AI": _won_back(without, year, worlds.before),
                        "with everything": _won_back(with_all, year, worlds.before)} for year in LOST_SINCE}
    a, b = by_year(worlds.w0), by_year(worlds.w3)
    return {
        "value": float(with_all / without - 1.0),
        "parts": {name: float(account[name].sum() / unit) for name in PARTS},
        "won_back": back,
        "by_year": {str(year): b[year] / a[year] - 1.0 for year in a},
        "titles": _titles(worlds.w3) / _titles(worlds.w0),
    }


def steps(worlds: Worlds) -> dict[str, Any]:
    """The same difference in steps over W0: capital W1 − W0, technology W2 − W1, diffusion W3 − W2."""
    worked = [_crew_weeks(each) for each in (worlds.w0, worlds.w1, worlds.w2, worlds.w3)]
    capital, technology, diffusion = ((b - a) / worked[0] for a, b in zip(worked, worked[1:], strict=False))
    return {"value": worked[-1] / worked[0] - 1.0, "capital": capital, "technology": technology, "diffusion": diffusion}


def on_the_surface(worlds: Worlds) -> dict[str, Any]:
    """What a cell of the surface shows, from one world beside W0: work, and what its producer's titles save."""
    titles = of_producers(worlds.w3)
    budget = float(shadow_budget(titles).sum())
    return {
        "value": _crew_weeks(worlds.w3) / _crew_weeks(worlds.w0) - 1.0,
        "saving": float(realised(titles).sum()) / SIXTHS / budget if budget else float("nan"),
        "titles": _titles(worlds.w3) / _titles(worlds.w0),
    }


def _won_back(crew_weeks: float, year: int, before: Mapping[int, float]) -> float:
    lost = before[year] - before[LAST_YEAR]
    return (crew_weeks * _A_YEAR / WEEKS - before[LAST_YEAR]) / lost if lost > 0 else float("nan")


def _crew_weeks(recording: Recording) -> float:
    return float(recording.series["on_call"].sum() / recording.scale)


def _titles(recording: Recording) -> float:
    return float(recording.series["greenlit"].sum())
