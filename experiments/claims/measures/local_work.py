"""C3: crew-weeks in Los Angeles with everything against those without AI, and what was lost and won back."""

from __future__ import annotations

from typing import Any

from experiments.claims.worlds import WEEKS, Worlds, by_year
from model.crew_account import PARTS, crew_account
from model.dollar_account import of_producers, realised, shadow_budget
from model.recording import Recording
from model.state.books import SIXTHS, TWELFTHS

LOST_SINCE = (2019, 2022)
_A_YEAR = 52


def measure(worlds: Worlds) -> dict[str, Any]:
    """Ten years' crew-weeks, W3 less W0 over W0; by year; by part of the account; share won back of what was lost."""
    without, with_all = _crew_weeks(worlds.w0), _crew_weeks(worlds.w3)
    account, unit = crew_account(worlds.w3, worlds.w0), TWELFTHS * worlds.w3.scale * without
    back = {}
    for year in LOST_SINCE:
        lost = worlds.before[year] - _A_YEAR * without / WEEKS
        back[str(year)] = float((with_all - without) * _A_YEAR / WEEKS / lost) if lost > 0 else float("nan")
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


def _crew_weeks(recording: Recording) -> float:
    return float(recording.series["on_call"].sum() / recording.scale)


def _titles(recording: Recording) -> float:
    return float(recording.series["greenlit"].sum())
