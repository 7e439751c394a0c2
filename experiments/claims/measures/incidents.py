"""C6: crew-weeks that the producer loses because a provider stops, leaks, withdraws a model or leaves."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.claims.worlds import WORLDS, Worlds, world
from model.dollar_account import of_producers, shadow_budget
from model.recording import Recording
from model.state.books import SIXTHS, Line

CAUSES = ("held", "sent_home", "withdrawn", "breached")
NO_INCIDENTS = {f"ai_providers.{name}": 0.0 for name in ("outages", "breaches", "withdrawals", "exit")}
_USD_MILLION = 1e8  # cents
SENT_HOME = CAUSES.index("sent_home")
_OF_PRODUCERS = 0  # first row of the series: titles that an AI-first producer works on


def measure(worlds: Worlds) -> dict[str, Any]:
    """Share of the producer's crew-weeks in which people were held or posts stood empty, and the same by cause; what
    that cost the titles that were delivered.
    """
    series = worlds.w2.series
    stood = series["standing"][:, _OF_PRODUCERS].sum(axis=0).astype(float)
    called = float(series["crew_of_makers"].sum() + stood[SENT_HOME:].sum())  # an empty post has nobody on call
    if not called:
        return {"value": float("nan")}
    return {
        "value": float(stood.sum() / called),
        "causes": {name: float(each / called) for name, each in zip(CAUSES, stood, strict=True)},
        "abandoned": float(series["abandoned"].sum() / worlds.w2.scale),
        "titles": delayed(worlds.w2),
    }


def lost(worlds: Worlds) -> dict[str, Any]:
    """Share of crew-weeks lost against the same future in which no provider stops, leaks, withdraws a model or leaves.

    A week that stands still is mostly worked later, and what the producer's titles lose others may gain; but a producer
    that fails because its provider left never calls what it would have called. In one future this holds much chance,
    since every later choice of anybody may fall out otherwise.
    """
    spared = world({**worlds.settings, **WORLDS["W2"], **NO_INCIDENTS}, worlds.chance)
    of_producers, of_all = (_less(worlds.w2, spared, series) for series in ("crew_of_makers", "on_call"))
    return {"value": of_producers, "of": {"the producer's titles": of_producers, "all of Los Angeles": of_all}}


def _less(recording: Recording, spared: Recording, series: str) -> float:
    had = float(spared.series[series].sum())
    return 1.0 - float(recording.series[series].sum()) / had if had else float("nan")


def delayed(recording: Recording) -> dict[str, float]:
    """Of the producer's delivered titles: the share that a provider delayed, and what the weeks of standstill cost.

    Every week that a title stands still for a provider is a week longer in the making, and is booked at what it costs:
    crew held and paid, those who work on though the others are sent home, time costs and finance. ``standstill_musd``
    is that in USD million of the whole market, ``standstill`` the same over shadow budgets.
    """
    titles = of_producers(recording)
    cost = -titles["lines"][:, Line.DISRUPTION]
    budget = float(shadow_budget(titles).sum())
    if not budget:
        return {name: float("nan") for name in ("delayed", "standstill", "standstill_musd")}
    cents = float(cost.sum(dtype=np.int64)) / SIXTHS
    return {
        "delayed": float((cost > 0).mean()),
        "standstill": cents / budget,
        "standstill_musd": cents / recording.scale / _USD_MILLION,
    }
