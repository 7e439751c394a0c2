"""Cases of the occupational mobility model as JSON files, read with suspicion."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np

from experiments.oracles.occupations import Case
from model.errors import CallSheetError, nearest, sentences, shown

MOST_BYTES = 64_000_000
MOST_OCCUPATIONS = 1_000
MOST_PEOPLE = 5_000_000
LAST_ROW = 10_000_000
_VECTORS = ("e0", "u0", "v0", "D0")
_RATES = ("du", "dv", "gu", "gv")
_DEMAND = ("t_shock", "half", "k")  # needed if demand moves, that is with Df
_NEEDED = ("A", *_VECTORS, *_RATES)
_OTHERS = ("Df", "tau", *_DEMAND, "rows")
_FOUND = {"E", "U", "V"}
_PUBLISHED_TAU = 4


def read_case(path: Path) -> tuple[Case, dict[int, dict[str, list[float]]]]:
    """The case of a file and its rows by time, empty if it has none; `CallSheetError` for what is no case."""
    values = _read(path)
    for key in values:
        meant = nearest(key, (*_NEEDED, *_OTHERS))
        if key not in (*_NEEDED, *_OTHERS) and (meant or not isinstance(values[key], str)):  # text is for people only
            raise _wrong(sentences(f"has a key {shown(key)}.", meant))
    missing = [key for key in _NEEDED if key not in values]
    if "Df" in values:
        missing += [key for key in _DEMAND if key not in values]
    if missing:
        needed = f"It needs {', '.join(_NEEDED)}, and with Df also {', '.join(_DEMAND)}."
        raise _wrong(f"lacks {missing[0]}. {needed}")
    e0 = values["e0"]
    if not isinstance(e0, list) or not 1 <= len(e0) <= MOST_OCCUPATIONS:
        raise _wrong(f"needs e0 as a list of 1 to {MOST_OCCUPATIONS:,} numbers, one per occupation.")
    n = len(e0)
    return _case(values, n), _rows(values.get("rows", {}), n)


def _case(values: dict[str, Any], n: int) -> Case:
    ties = _ties(values["A"], n)
    employed, unemployed, vacancies, before = (_vector(key, values[key], n) for key in _VECTORS)
    for what, total in (("e0 and u0", employed.sum() + unemployed.sum()), ("v0", vacancies.sum())):
        if total > MOST_PEOPLE:
            raise _wrong(f"has {total:,.0f} in {what}; at most {MOST_PEOPLE:,} are simulated. Scale it down.")
    rates = [_number(key, values[key], 0.0, 1.0) for key in _RATES]
    tau = _number("tau", values.get("tau", float(_PUBLISHED_TAU)), 1.0, 1_000.0)
    if tau != int(tau):
        raise _wrong(f"has tau {tau:g}, but tau counts steps: a whole number of 1 or more.")
    if "Df" not in values:
        return Case(ties, employed, unemployed, vacancies, before, *rates, int(tau))
    after = _vector("Df", values["Df"], n)
    path = [_number(key, values[key], -1e9, 1e9) for key in _DEMAND]
    return Case(ties, employed, unemployed, vacancies, before, *rates, int(tau), after, *path)


def _ties(value: Any, n: int) -> np.ndarray:
    if not isinstance(value, list) or len(value) != n:
        raise _wrong(f"needs A as a list of {n} rows, as many as e0 has numbers.")
    # weights, of which only the proportions within a row matter; who has none applies nowhere
    return np.stack([_vector(f"row {i + 1} of A", row, n) for i, row in enumerate(value)])


def _vector(key: str, value: Any, n: int) -> np.ndarray:
    if not isinstance(value, list) or len(value) != n:
        raise _wrong(f"needs {key} as a list of {n} numbers, as many as e0 has.")
    return np.array([_number(key, each, 0.0, 1e15) for each in value])


def _number(key: str, value: Any, low: float, high: float) -> float:
    if not isinstance(value, float) or not low <= value <= high:  # false for not-a-number too
        raise _wrong(f"has {shown(value)} in {key}, but {key} must be a number from {low:g} to {high:g}.")
    return value


def _rows(value: Any, n: int) -> dict[int, dict[str, list[float]]]:
    if not isinstance(value, dict):
        raise _wrong("needs rows, if it has any, as an object from t to E, U and V.")
    for t in value:
        if not (t.isascii() and t.isdecimal() and len(t) <= 8 and int(t) <= LAST_ROW):
            raise _wrong(f"has a row for t = {shown(t)}, but t must be a whole number of 0 or more.")
        if not isinstance(value[t], dict):
            raise _wrong(f"has {shown(value[t])} as the row for t = {t}, but a row is an object of E, U and V.")
        for key in _FOUND & value[t].keys():
            _vector(f"{key} of the row for t = {t}", value[t][key], n)
    return {int(t): row for t, row in value.items()}


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise CallSheetError(f"There is no file {shown(path.name)} with a case. Check its name and folder.")
    with open(path, "rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise _wrong(f"is larger than {MOST_BYTES // 1_000_000} MB; it is no case of a size simulated here.")
    try:
        # whole numbers become floats at once: one of a million digits is then infinite, and refused as that
        values = json.loads(
            data.decode("utf-8-sig"), parse_int=float, parse_constant=_constant, object_pairs_hook=_unique
        )
    except CallSheetError:
        raise
    except UnicodeDecodeError:
        raise _wrong("is not text in UTF-8.") from None
    except json.JSONDecodeError as trouble:
        raise _wrong(f"is not JSON: {trouble.msg[:80].lower()} in line {trouble.lineno}.") from None
    except RecursionError:
        raise _wrong("is nested too deeply; a case is an object of numbers, lists and rows.") from None
    if not isinstance(values, dict):
        raise _wrong(f"must be an object with the keys {', '.join(_NEEDED)}.")
    return values


def _constant(name: str) -> float:
    return -math.inf if name.startswith("-") else math.inf if "Inf" in name else math.nan  # no JSON: refused by its key


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))
        raise _wrong(f"has {shown(twice)} twice; give it once.")
    return found


def _wrong(text: str) -> CallSheetError:
    return CallSheetError(f"The case {text}")
