"""The accounts of a whole run, read from its recording: both sides of every identity, and the residual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from model.state.events import Entry, unpack
from model.vocabulary import Event

if TYPE_CHECKING:
    from model.recording import Recording

_HIRES, _SEPARATIONS = ("by_referral", "by_open_call"), ("wrapped", "laid_off", "quits")
_AT_ONCE = 1 << 18  # events
_IN_SERIES = {
    Event.HIRED_BY_REFERRAL: "by_referral",
    Event.HIRED_FROM_OPEN_CALL: "by_open_call",
    Event.WRAP: "wrapped",
    Event.LAYOFF: "laid_off",
    Event.QUIT: "quits",
    Event.EXIT: "exits",
    Event.RETURN: "returns",
    Event.ENTRY: "entries",
}


def accounts_of(recording: Recording) -> dict[str, dict[str, Any]]:
    """Heads, calls, days and dollars of a run, at its scale; every ``residual`` must be 0, in heads, days or
    cents. A residual is None where the recording does not hold what it takes.
    """
    return {
        "heads": _heads(recording),
        "on_call": _on_call(recording),
        **_time_and_money(recording),
        "event_log": _event_log(recording),
    }


def attached_at_start(recording: Recording) -> int:
    """Agents attached when the first week began."""
    s = recording.series
    first = int(s["on_call"][0].sum()) + int(s["idle"][0].sum())
    return first - int(s["entries"][0]) - int(s["returns"][0]) + int(s["exits"][0])


def _total(recording: Recording, *names: str) -> int:
    return sum(int(recording.series[name].sum(dtype=np.int64)) for name in names)


def _heads(r: Recording) -> dict[str, int]:
    start, end = attached_at_start(r), int(r.series["on_call"][-1].sum() + r.series["idle"][-1].sum())
    entries, returns, exits = (_total(r, each) for each in ("entries", "returns", "exits"))
    return {
        "start": start,
        "entries": entries,
        "returns": returns,
        "exits": exits,
        "end": end,
        "residual": start + entries + returns - exits - end,
    }


def _on_call(r: Recording) -> dict[str, int]:
    first = sum(int(r.series[name][0]) for name in _HIRES) - sum(
        int(r.series[name][0]) for name in _SEPARATIONS
    )
    start, end = int(r.series["on_call"][0].sum()) - first, int(r.series["on_call"][-1].sum())
    hires, separations = _total(r, *_HIRES), _total(r, *_SEPARATIONS)
    return {
        "start": start,
        "hires": hires,
        "separations": separations,
        "end": end,
        "residual": start + hires - separations - end,
    }


def _time_and_money(r: Recording) -> dict[str, dict[str, Any]]:
    """Days and payroll of the calls against those of the workers, and what became of the income.

    The ledger runs from January 2015; a run that starts later needs what it held at its start.
    """
    opening = (
        np.zeros(r.series["ledger"].shape[1], np.int64) if r.first_week == 0 else r.manifest.get("opening")
    )
    at = {entry: int(entry) - 1 for entry in Entry}
    if opening is None:
        change = (r.series["ledger"][-1] - r.series["ledger"][0]).astype(np.int64)
        days = pay = None
    else:
        change = r.series["ledger"][-1] - np.asarray(opening, np.int64)
        days, pay = int(change[at[Entry.DAYS]]), int(change[at[Entry.GROSS_PAY]])
    of_calls, paid = _total(r, "crew_days"), _total(r, "payroll")
    take_home = int(change[at[Entry.GROSS_PAY]] - change[at[Entry.TAX]])
    benefits, spent, saved = (int(change[at[each]]) for each in (Entry.BENEFITS, Entry.SPENT, Entry.SAVED))
    return {
        "crew_days": {
            "of_calls": of_calls,
            "of_workers": days,
            "residual": None if days is None else of_calls - days,
        },
        "payroll_usd": {
            "of_calls": paid / 100,
            "of_workers": None if pay is None else pay / 100,
            "residual": None if pay is None else paid - pay,
        },
        "savings_usd": {
            "take_home": take_home / 100,
            "benefits": benefits / 100,
            "spending": spent / 100,
            "change": saved / 100,
            "residual": take_home + benefits - spent - saved,
        },
    }


def _event_log(r: Recording) -> dict[str, int | None]:
    """Every change of status is in the log once: ``residual`` counts those that the series know otherwise."""
    if r.events is None:
        return {"events": None, "residual": None}
    counts = np.zeros(max(_IN_SERIES) + 1, np.int64)
    for begin in range(0, r.events.size, _AT_ONCE):  # the log of a decade is too large to unpack at once
        what = unpack(np.asarray(r.events[begin : begin + _AT_ONCE]))[0]
        counts += np.bincount(what, minlength=counts.size)[: counts.size]
    return {
        "events": int(r.events.size),
        "residual": int(sum(abs(int(counts[event]) - _total(r, name)) for event, name in _IN_SERIES.items())),
    }


def worst(one: dict[str, dict[str, Any]], other: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The figures of ``one`` with, account by account, the larger residual of the two."""
    merged = {}
    for name, entries in one.items():
        here, there = entries["residual"], other[name]["residual"]
        larger = there if here is None or (there is not None and abs(there) > abs(here)) else here
        merged[name] = {**entries, "residual": larger}
    return merged
