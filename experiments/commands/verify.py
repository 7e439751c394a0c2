"""`callsheet verify`: the model's own code, reduced, against theory that is known exactly."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Exit, Option

from experiments.terminal import console
from experiments.terminal.console import Json, Quiet, Verbose
from model.errors import CallSheetError

FEWEST_SEEDS, MOST_SEEDS, LAST_STEP = 8, 10_000, 32_000


def verify(
    as_json: Json = False,
    oracle: Annotated[
        Path | None, Option(metavar="FILE", help="Simulate this case, written as three_occupations.json is.")
    ] = None,
    at: Annotated[
        str | None, Option(metavar="T,T,…", help="Steps to print.  [default: those of its rows, or 1,5,30]")
    ] = None,
    seeds: Annotated[
        str | None,
        Option(metavar="N", help="Fewest seeds behind each mean; small cases take more.  [default: 32]"),
    ] = None,
    verbose: Verbose = 0,
    quiet: Quiet = False,
) -> None:
    """Check the model against exact answers; the exit code is 1 if one does not hold.

    With --oracle the case of a file is simulated instead, and its means over seeds are printed for each step
    asked for.
    """
    console.set_loudness(verbose, quiet)
    if oracle is not None:
        asked = [] if at is None else at.split(",")
        times = [console.whole_number("--at", each, 0, LAST_STEP, "1,5,30") for each in asked]
        _case(oracle, times, console.whole_number("--seeds", seeds or "32", FEWEST_SEEDS, MOST_SEEDS, "32"), as_json)
        return
    for option, given in (("--at", at), ("--seeds", seeds)):
        if given is not None:
            raise CallSheetError(f"{option} goes with a case of your own. Name its file with --oracle FILE.")
    from experiments.answer.announcement import announcement_interval
    from experiments.oracles.verification import verify as run_all

    checks = run_all()
    if as_json:
        console.say_json(checks)
    else:
        from experiments.terminal.show import show_checks

        show_checks(checks, "oracles")
        console.say(announcement_interval().text)
    if not checks or not all(each["passed"] for each in checks):
        raise Exit(1)


def _case(path: Path, times: list[int], seeds: int, as_json: bool) -> None:
    if not path.is_file():
        raise CallSheetError(f"There is no file {path.name} for --oracle. Check its name and folder.")
    from experiments.oracles.verification import oracle_case

    rows = oracle_case(path, times, seeds)
    if as_json:
        console.say_json(rows)
        return
    from experiments.terminal.show import figure, table

    table(
        ["t", "occupation", "E", "U", "V", "seeds"],
        [[figure(each) for each in (row["t"], number, *values, row["seeds"])]
         for row in rows for number, values in enumerate(zip(row["E"], row["U"], row["V"], strict=True), 1)],
    )
