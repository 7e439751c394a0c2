"""The posterior that comes with the program: its draws as settings of scenarios, and what the calibration found."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from model.errors import CallSheetError
from model.parameters import Params

FINDINGS, DRAWS, REHEARSAL, POSTERIOR = "calibration.json", "draws.csv", "rehearsal.json", "posterior"
_MOST_BYTES = 4 << 20


def in_seeds() -> Path:
    """Where the posterior of this version lies; only a checkout can be written to."""
    return Path(str(resources.files("seeds"))) / POSTERIOR


def refuse_outside_a_checkout() -> None:
    """Raises a sentence where the program is installed: what it came with is not written over."""
    if not (in_seeds().parents[1] / "pyproject.toml").is_file():
        raise CallSheetError("Only a checkout of Call Sheet can be written to. Leave --into-seeds and --freeze out; "
                             "--out keeps the results in a folder of yours.")


@cache
def shipped_draws() -> tuple[dict[str, Any], ...]:
    """The posterior draws that come with the program, as settings of scenarios."""
    return read_draws(in_seeds() / DRAWS)


def read_draws(path: Path) -> tuple[dict[str, Any], ...]:
    """Posterior draws of a file, checked: names and values must be legal."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise CallSheetError(f"{path.name} is larger than {_MOST_BYTES >> 20} MB, the most that is read.")
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    except (OSError, UnicodeDecodeError, csv.Error) as trouble:
        raise CallSheetError(f"{path.name} could not be read as posterior draws ({type(trouble).__name__}). "
                             "`callsheet calibrate` writes such a file.") from None
    if not rows:
        raise CallSheetError(f"{path.name} holds no draws. `callsheet calibrate` writes such a file.")
    about = {name: Params.load().about(name) for name in rows[0]}
    return tuple({name: about[name].legal(_number(text)) for name, text in row.items()} for row in rows)


def shipped_findings() -> dict[str, Any] | None:
    """What the calibration that made them found; None where none comes with the program."""
    path = in_seeds() / FINDINGS
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def _number(text: str | None) -> float:
    try:
        return float(text or "")
    except ValueError:
        raise CallSheetError(f"The posterior draws hold {str(text)[:40]!r} where a number must stand.") from None
