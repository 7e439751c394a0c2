"""The forecast that was made once and is kept as it was, with all that says where it came from."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from experiments.calibration.shipped import DRAWS, in_seeds, refuse_outside_a_checkout
from experiments.forecasting import forecast_rows
from experiments.forecasting.ensemble import Ensemble
from experiments.forecasting.of_model import rows_of
from experiments.page.page import version_of_package
from model.digest import model_digest
from model.errors import CallSheetError

LAST_YEAR = 2028  # unexplained orders have a value of their own up to here


def folder() -> Path:
    """Where frozen forecasts lie."""
    return Path(str(resources.files("seeds"))) / "forecasts"


def path_of(origin: str) -> Path:
    """The file of the forecast from the end of a month, as 2024-12."""
    return folder() / f"{origin}.json"


def refuse_a_second(origin: str) -> None:
    """Raises a sentence, before anything is run, where a forecast from ``origin`` cannot be frozen."""
    refuse_outside_a_checkout()
    if path_of(origin).exists():
        raise CallSheetError(
            f"The forecast from {origin} is frozen already and stays as it is. Leave --freeze out; "
            "--anew makes another."
        )


def content(made: Sequence[Ensemble], first: str, last: str, members: int, scale: float, seed: int) -> dict[str, Any]:
    """Rows, and what they come from."""
    return forecast_rows.frozen(rows_of(made, first, last), **_about(made, members, scale, seed))


def freeze(made: Sequence[Ensemble], first: str, last: str, members: int, scale: float, seed: int) -> None:
    """Write it once; raises a sentence where there is one from the same day."""
    folder().mkdir(exist_ok=True)
    path = path_of(f"{made[0].origin.year}-12")
    forecast_rows.write(path, rows_of(made, first, last), **_about(made, members, scale, seed))


def _about(made: Sequence[Ensemble], members: int, scale: float, seed: int) -> dict[str, Any]:
    draws = (in_seeds() / DRAWS).read_bytes()
    return {
        "origin": f"{made[0].origin.year}-12", "made_on": date.today().isoformat(), "version": version_of_package(),
        "model": model_digest(), "posterior": hashlib.blake2b(draws, digest_size=16).hexdigest(),
        "members": members, "scale": scale, "seed": seed,
        "gap_to_observed": {each.origin.kind: each.before for each in made},
    }  # fmt: skip


def shipped(first: str, last: str) -> dict[str, Any]:
    """The latest frozen forecast made before ``first``, its rows from there up to ``last``."""
    made = sorted(each for each in folder().glob("*.json") if each.stem < first) if folder().is_dir() else []
    if not made:
        raise CallSheetError(
            f"No forecast from {first} on was frozen. Make one with `callsheet forecast --from {first} --anew`."
        )
    found = forecast_rows.read(made[-1])
    rows = [row for row in found["rows"] if first <= row["date"] <= last]
    end = max(row["date"] for row in found["rows"])
    if not rows or last > end:
        raise CallSheetError(f"The forecast of {made[-1].stem} ends in {end}, not in {last}. Ask for less with --to "
                             f"{end}, or make one with `callsheet forecast --from {first} --to {last} --anew`.")
    return {**found, "rows": rows}
