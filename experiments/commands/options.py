"""Options that several commands share, with their words and bounds said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Option

from experiments import console
from model.errors import CallSheetError

MOST_PROCESSES = 64

Scale = Annotated[str, Option(metavar="X", help="Agents per attached worker: above 0, at most 10.")]
Seed = Annotated[str, Option(metavar="N", help="The number all chance comes from.")]
Workers = Annotated[str, Option(metavar="N", help="Processes that run markets: 1 to 64.")]


def processes(given: str) -> int:
    """How many processes were asked for, in bounds; else a sentence."""
    return console.whole_number("--workers", given, 1, MOST_PROCESSES)


def refuse_a_file(out: Path | None) -> None:
    """Raises a sentence where the folder for results is a file."""
    if out is not None and out.exists() and not out.is_dir():
        raise CallSheetError(f"{out.name} is a file, not a folder. Choose another folder with --out.")
