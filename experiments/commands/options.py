"""Options that several commands share, with their words and bounds said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Option

from experiments.terminal import console
from model.errors import CallSheetError

MOST_PROCESSES = 64

Scale = Annotated[str, Option(metavar="X", help="Agents per attached worker: above 0, at most 10.")]
Seed = Annotated[str, Option(metavar="N", help="The number all chance comes from.")]
Workers = Annotated[str, Option(metavar="N", help="Processes that run markets: 1 to 64.")]


def processes(given: str) -> int:
    """How many processes were asked for, in bounds; else a sentence."""
    return console.whole_number("--workers", given, 1, MOST_PROCESSES)


def folder(given: str | None) -> Path | None:
    """The folder that --out names, if it was given; raises a sentence where it is empty or a file is in its way."""
    if given is None:
        return None
    if not given.strip():
        raise CallSheetError("--out is empty. Name a folder, for example --out out.")
    place = Path(given)
    there = next(each for each in (place, *place.absolute().parents) if each.exists())
    if not there.is_dir():
        raise CallSheetError(f"{there.name} is a file, not a folder. Choose another folder with --out.")
    return place
