"""The digests that a page shows: those of a visitor's pairs that are done, or those that came with the program."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from experiments.lives import week_by_week
from model.errors import CallSheetError
from model.recording import Recording
from viz import office, settings
from viz.digests import Digest, Digests
from viz.digests.shipped import PAIRS, is_stale, shipped
from viz.lives import Lives
from viz.runs.desk import FAILED
from viz.runs.wishes import Life, Pair, World
from viz.view import COMPARE, FUTURES, View, named

STEPS = (1, 2, 3, 5, 8, 12, 20)  # futures at which a page that is filling up is drawn again
KEPT = 200  # digests in memory, shared by all visitors
LOOKED_INTO = 4  # pairs of worlds whose lives are in memory


def of_pairs(pairs: tuple[Pair, ...]) -> Digests | None:
    """The futures that are done, in order; of a batch that is filling up as many as the last step."""
    digests = {each: _digest(each) for each in pairs}
    there = [digest for digest in digests.values() if digest is not None]
    if any(digest is None and not _failed(each) for each, digest in digests.items()):
        there = there[: step_at(len(there))]
    return Digests(there) if there else None


def _failed(pair: Pair) -> bool:
    desk = office.desk()
    return desk is not None and desk.state(pair)[0] == FAILED


def step_at(there: int) -> int:
    """How many futures are shown while so many of a batch are there and others are still to come."""
    return max((step for step in STEPS if step <= there), default=0)


def pairs(view: View) -> tuple[Pair, ...]:
    """The futures of a comparison that a view asks for, as many as this server allows."""
    most = min(view.futures, settings.in_force().futures)
    return tuple(Pair(view.scenario, view.other, future, view.drawn) for future in range(most))


def of_start() -> tuple[Digests | None, bool]:
    """What the first page shows: the shipped answer, or what this server has run since the model changed; and whether
    it is stale.
    """
    came = shipped(named("ai_first").name)
    if came is not None and not is_stale(came):
        return came, False
    view = View(COMPARE)
    if office.store() is not None:
        most = settings.in_force().futures
        ours = of_pairs(pairs(replace(view, futures=most)))
        if ours is not None and (came is None or len(ours) >= min(most, len(came))):
            return ours, False
    return came, True


def came_with(view: View) -> Digests | None:
    """The comparison that a view asks for, if it came with the app and is of the installed model. Where the address
    names no number of futures, as many as are meant to come are enough: a page at once is better than a finer range.
    """
    asks = named(view.name)
    if view.drawn or view.edits or view.against_name != asks.against or asks.scale != 1.0:
        return None
    came, wanted = shipped(view.name), view.futures
    if wanted == FUTURES:
        wanted = PAIRS.get(view.name, FUTURES)
    if came is None or len(came) < wanted or not _is_current(view.name):
        return None
    return came if len(came) == wanted else Digests(list(came)[:wanted])


@cache
def _is_current(name: str) -> bool:
    return not is_stale(shipped(name))


def lives(worlds: tuple[World, ...]) -> Lives:
    """The lives of the worlds played: the scenario's, and those of the one it is held against."""
    return _lives(*(str(office.store().world(each.key)) for each in worlds))


def life(one: Life) -> list[dict[str, Any]] | None:
    """The weeks of a life with their money; None while they are being worked out."""
    weeks = week_by_week.kept(one.scenario, one.row)
    return None if weeks is None else [each.plain() for each in weeks]


@lru_cache(LOOKED_INTO)
def _lives(*folders: str) -> Lives:
    return Lives(*(Recording.load(Path(each) / "recording") for each in folders))


def _digest(pair: Pair) -> Digest | None:
    store = office.store()
    if store is None or not store.has(pair):
        return None
    try:
        return _loaded(str(store.pair(pair.key)))
    except CallSheetError:
        store.pair(pair.key).unlink(missing_ok=True)  # damaged: it is run anew for the next who wishes it
        return None


@lru_cache(KEPT)
def _loaded(path: str) -> Digest:
    return Digest.load(Path(path))
