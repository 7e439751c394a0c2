"""A forecast as rows of JSON that can be frozen before what they speak of is known, and checked and read afterwards.

A row is ``{"date", "kind", "series", "q05", "q10", "q25", "q50", "q75", "q90", "q95"}``. The date is a month, as
2025-01; a quarter of shoot days goes by its first month, so 2025-01 stands for January to March. The unit is that of
the series: payroll jobs, or shoot days in the quarter. ``conditional`` rows were given something from after the
origin. A frozen file is a JSON object with ``rows``, their ``hash``, and whatever else says where they came from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from experiments.batch.case import canonical
from experiments.forecasting.series import JOBS, MONTHS, NAMES, number
from model import atomic
from model.errors import CallSheetError, nearest, sentences, shown
from model.safe_yaml import is_number

KINDS = ("unconditional", "conditional")
QUANTILES = {"q05": 0.05, "q10": 0.10, "q25": 0.25, "q50": 0.50, "q75": 0.75, "q90": 0.90, "q95": 0.95}
KEYS = ("date", "kind", "series", *QUANTILES)
OF_A_SAMPLE = "weibull"  # quantiles by rank of n + 1: intervals of few members are not too narrow by that
DECIMALS = 1  # a tenth of a job or of a shoot day: the same on every machine
LARGEST = 1e9  # more jobs than there are people to hold them
MOST_ROWS = 10_000
MOST_BYTES = 4 << 20


def rows(kind: str, series: str, dates: Sequence[str], ensemble: np.ndarray) -> list[dict[str, Any]]:
    """Quantiles of an ensemble (members, dates) as checked rows, one for each date."""
    members = np.asarray(ensemble, float)
    if members.ndim != 2 or members.shape[1] != len(dates) or not len(members):
        raise CallSheetError(
            f"The ensemble has shape {members.shape}; (members, {len(dates)}) is needed, one column for each date."
        )
    levels = list(QUANTILES.values())
    found = np.round(np.quantile(members, levels, axis=0, method=OF_A_SAMPLE), DECIMALS).T.tolist()
    return checked([
        {"date": date, "kind": kind, "series": series, **dict(zip(QUANTILES, values, strict=True))}
        for date, values in zip(dates, found, strict=True)
    ])


def checked(given: Any) -> list[dict[str, Any]]:
    """The rows with their keys in order and their quantiles as floats.

    Raises CallSheetError for rows that are not of the shape, quantiles that are no numbers, negative or out of
    order, a quarter that does not begin with its first month, and a date that a series and kind has twice.
    """
    if not isinstance(given, list) or not 0 < len(given) <= MOST_ROWS:
        size = f"{len(given):,} rows" if isinstance(given, list) else shown(given)
        raise CallSheetError(f"A forecast is a list of 1 to {MOST_ROWS:,} rows; here it is {size}.")
    found, seen = [], set()
    for place, row in enumerate(given, 1):
        whole = _row(row, f"Row {place} of the forecast")
        name = (whole["kind"], whole["series"], whole["date"])
        if name in seen:
            raise CallSheetError(f"Row {place} of the forecast repeats {' '.join(name)}. Keep one of the two.")
        seen.add(name)
        found.append(whole)
    return found


def hash_of(given: Any) -> str:
    """32 hex digits (BLAKE2b of 128 bits) of the checked rows, in their order, as JSON without blanks and with
    sorted keys.
    """
    return hashlib.blake2b(canonical(checked(given)).encode(), digest_size=16).hexdigest()


def frozen(given: Any, **about: Any) -> dict[str, Any]:
    """The content of a frozen file: what is said ``about`` the forecast, its hash and its rows."""
    twice = {"rows", "hash"} & set(about)
    if twice:
        raise CallSheetError(f"The frozen file has {sorted(twice)[0]} of its own; say it by another name.")
    return {**about, "hash": hash_of(given), "rows": checked(given)}


def write(path: Path, given: Any, **about: Any) -> None:
    """Freeze rows in a new file, whole or not at all; a file that is there already is left as it is."""
    path = Path(path)
    text = json.dumps(frozen(given, **about), indent=1, allow_nan=False) + "\n"
    if path.exists():
        raise CallSheetError(f"The forecast {path.name} is there already and stays as it is. Choose another name.")
    atomic.write_file(path, text)


def read(path: Path) -> dict[str, Any]:
    """A frozen file with its rows checked and its hash confirmed.

    Reads JSON only, at most MOST_BYTES of it. Raises CallSheetError for what is no frozen forecast, was changed
    since, or has a key twice.
    """
    path = Path(path)
    what = f"The forecast {path.name}"
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES + 1)
    except OSError as trouble:
        why = (trouble.strerror or "it cannot be read").lower()
        raise CallSheetError(f"{what} could not be read: {why}. Check the name and try again.") from None
    if len(text) > MOST_BYTES:
        raise CallSheetError(f"{what} is larger than {MOST_BYTES >> 20} MiB, the most that is read.")
    try:
        found = json.loads(text.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    except CallSheetError as trouble:
        raise CallSheetError(f"{what} was not read. {trouble}") from None
    except (ValueError, RecursionError):
        raise CallSheetError(f"{what} is not JSON in UTF-8. Write it anew.") from None
    if not isinstance(found, dict) or "rows" not in found or "hash" not in found:
        raise CallSheetError(f"{what} has no rows or no hash; it is not a frozen forecast.")
    try:
        held = checked(found["rows"])
    except CallSheetError as trouble:
        raise CallSheetError(f"{what} was not read. {trouble}") from None
    if hash_of(held) != found["hash"]:
        raise CallSheetError(f"{what} was changed after it was frozen: its rows are not those of its hash.")
    return {**found, "rows": held}


def _row(row: Any, what: str) -> dict[str, Any]:
    if not isinstance(row, Mapping) or set(row) != set(KEYS):
        raise CallSheetError(f"{what} is {shown(row)}; it needs the keys {', '.join(KEYS)} and no other.")
    for key, allowed in (("kind", KINDS), ("series", NAMES)):
        if not isinstance(row[key], str) or row[key] not in allowed:
            raise CallSheetError(sentences(f"{what} has the {key} {shown(row[key])}.", nearest(row[key], allowed),
                                           f"Allowed are {', '.join(allowed)}."))
    try:
        first = number(row["date"]) % (1 if row["series"] == JOBS else MONTHS // 4) == 0
    except CallSheetError as trouble:
        raise CallSheetError(f"{what} was refused. {trouble}") from None
    if not first:
        raise CallSheetError(f"{what} has the date {row['date']}; a quarter goes by its first month: 01, 04, 07 or 10.")
    for key in QUANTILES:
        if not is_number(row[key]) or not 0 <= row[key] <= LARGEST:
            raise CallSheetError(f"{what} has {key} = {shown(row[key])}; a number from 0 to {LARGEST:g} is allowed.")
    values = [float(row[key]) for key in QUANTILES]
    if values != sorted(values):
        raise CallSheetError(f"{what} has quantiles out of order: {shown(values, 90)}. They must rise from q05 to q95.")
    held = {key: row[key] for key in ("date", "kind", "series")}
    return {**held, **dict(zip(QUANTILES, values, strict=True))}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise CallSheetError("A key comes twice in one object. Keep one of the two.")
    return found


def _no_number(word: str) -> Any:
    raise CallSheetError(f"It holds {word}, which is no number of JSON.")
