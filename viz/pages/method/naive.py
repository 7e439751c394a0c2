"""Forecasts that know nothing but the last figures, as a measure of what a model's error is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from experiments import history

# Years that are compared, and what they are called. The first two were in sight when parameters were chosen.
WINDOWS: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("2017–19", (2017, 2018, 2019)),
    ("2021–22", (2021, 2022)),
    ("2023–24, kept back", history.HELD_BACK),
)

ALIKE = 0.05  # errors that differ by no more than this part of the larger one are called alike


@dataclass(frozen=True)
class Forecast:
    """A way to forecast: its words, how many periods ahead, and its error by window, a share of the mean published."""

    words: str
    ahead: int | None  # None: it uses no published figure of the series
    errors: tuple[float | None, ...]


def no_change(published: Mapping[str, float], ahead: int) -> dict[str, float]:
    """For every period the figure published ``ahead`` periods before."""
    periods = sorted(published)
    return {at: published[before] for before, at in zip(periods, periods[ahead:], strict=False)}


def of(words: str, ahead: int | None, found: Mapping[str, float], published: Mapping[str, float]) -> Forecast:
    """A forecast with its errors over every window."""
    return Forecast(words, ahead, tuple(history.error(found, published, _inside(published, years))
                                        for _, years in WINDOWS))


def compared(model: Mapping[str, float], published: Mapping[str, float], aheads: Sequence[int], season: int,
             unit: str, years_back: int) -> list[Forecast]:
    """The model, then no change for each of ``aheads`` periods, then the same season of the years before.

    A season is ``season`` periods a year. No change for a whole year is the same season of the year before.
    """
    rows = [of("The model", None, model, published)]
    rows += [of(f"No change for {_many(ahead, unit)}", ahead, no_change(published, ahead), published)
             for ahead in aheads]
    for years in range(1, years_back + 1):
        when = "last year" if years == 1 else f"{years} years before"
        rows.append(of(f"The same {unit} {when}", years * season, no_change(published, years * season), published))
    return rows


def stands(model: float | None, other: float | None) -> str:
    """How the model stands beside another forecast: it loses, wins, is alike, or one of them has no error."""
    if model is None or other is None:
        return "none"
    if abs(model - other) <= ALIKE * max(model, other):
        return "alike"
    return "loses" if other < model else "wins"


def verdict(rows: Sequence[Forecast], window: int) -> dict[str, list[str]]:
    """The forecasts to which the first one loses in a window, those it beats, and those it is like, in words."""
    found: dict[str, list[str]] = {"loses": [], "wins": [], "alike": [], "none": []}
    for each in rows[1:]:
        how = stands(rows[0].errors[window], each.errors[window])
        found[how].append(f"{each.words[:1].lower()}{each.words[1:]}")
    return found


def _inside(published: Mapping[str, float], years: Sequence[int]) -> list[str]:
    return [each for each in published if int(each[:4]) in years]


def _many(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'}"
