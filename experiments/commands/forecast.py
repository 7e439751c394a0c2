"""`callsheet forecast`: payroll jobs and shoot days ahead, as frozen, or made anew from the posterior."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from typer import Option

from experiments.commands.options import folder, processes
from experiments.terminal import console
from experiments.terminal.console import Json, Quiet, Verbose
from model.errors import CallSheetError

if TYPE_CHECKING:
    from experiments.forecasting.ensemble import Ensemble

MOST_MEMBERS = 10_000


def forecast(
    first: Annotated[str, Option("--from", metavar="YYYY-MM", help="First month: a January.")] = "2025-01",
    last: Annotated[str, Option("--to", metavar="YYYY-MM", help="Last month, at most in 2028.")] = "2027-12",
    anew: Annotated[
        bool, Option("--anew", help="Run it again from the posterior draws instead of reading the frozen one.")
    ] = False,
    members: Annotated[
        str | None, Option(metavar="N", help="Runs of each kind, if anew: 20 to 10000.  [default: 100]")
    ] = None,
    scale: Annotated[
        str | None, Option(metavar="X", help="Agents per attached worker, if anew: above 0, at most 10.  [default: 1]")
    ] = None,
    seed: Annotated[
        str | None, Option(metavar="N", help="The number all chance comes from, if anew.  [default: 0]")
    ] = None,
    workers: Annotated[
        str | None, Option(metavar="N", help="Processes that run markets, if anew: 1 to 64.  [default: 2]")
    ] = None,
    out: Annotated[
        str | None,
        Option(metavar="DIR", help="Where the runs are kept, if anew; else the cache folder."),
    ] = None,
    freeze: Annotated[
        bool, Option("--freeze", help="Write it once to seeds/forecasts; refused where one is there.")
    ] = False,
    as_json: Json = False,
    verbose: Verbose = 0,
    quiet: Quiet = False,
) -> None:
    """Monthly LA payroll jobs and quarterly shoot days with 50, 80 and 90 % intervals, from data to a December.

    Unconditional rows know nothing that became known later, and are the forecast that counts; conditional rows know
    drivers, stops and law. A quarter goes by its first month.
    """
    console.set_loudness(verbose, quiet)
    from experiments.forecasting import frozen
    from experiments.forecasting.series import MONTHS, number
    from model.scenario import Scenario

    begins, ends = number(first), number(last)
    if begins % MONTHS or not begins <= ends or int(last[:4]) > frozen.LAST_YEAR:
        raise CallSheetError(
            f"The forecast is asked from {first} to {last}, but must begin in a January and end by "
            f"{frozen.LAST_YEAR}-12. "
            "Write, for example, --from 2025-01 --to 2027-12."
        )
    if not (anew or freeze):
        _refuse({"--members": members, "--scale": scale, "--seed": seed, "--workers": workers, "--out": out})
    if freeze:
        frozen.refuse_a_second(f"{int(first[:4]) - 1}-12")
    if anew or freeze:
        legal = Scenario.named("baseline").varied(scale=_or(scale, "1"), seed=_or(seed, "0"))
        count = console.whole_number("--members", _or(members, "100"), 20, MOST_MEMBERS, "100")
        made = _made(int(first[:4]) - 1, last, count, legal.scale, legal.seed,
                     processes(_or(workers, "2")), folder(out), quiet or as_json)
        if freeze:
            frozen.freeze(made, first, last, count, legal.scale, legal.seed)
        found = frozen.content(made, first, last, count, legal.scale, legal.seed)
    else:
        found = frozen.shipped(first, last)
    if as_json:
        console.say_json(found["rows"])
    else:
        from experiments.forecasting.show import show

        show(found)


def _or(given: str | None, default: str) -> str:
    return default if given is None else given


def _refuse(of_runs: dict[str, Any]) -> None:
    """Raises a sentence where something is asked of runs that are not made."""
    stray = next((option for option, value in of_runs.items() if value is not None), None)
    if stray is not None:
        raise CallSheetError(
            f"{stray} is for runs, and the frozen forecast is read as it is. Leave {stray} out, or add --anew to make "
            "the forecast again."
        )


def _made(year: int, last: str, members: int, scale: float, seed: int, workers: int, out: Path | None, quiet: bool
          ) -> list[Ensemble]:
    from datetime import date

    from experiments.calibration.runs import Runs
    from experiments.calibration.shipped import shipped_draws
    from experiments.forecasting.ensemble import KINDS, Origin
    from experiments.forecasting.ensemble import forecast as run
    from experiments.forecasting.of_model import everything
    from model.digest import cache_folder

    place = (out if out is not None else cache_folder() / "forecast") / "runs"
    say: Any = (lambda text: None) if quiet else lambda text: print(text, file=sys.stderr, flush=True)
    with console.progress("runs", quiet) as told:
        runs = Runs(place, "local", workers, lambda tally: told(tally.found + tally.done, tally.total))
        with runs.folder.owned():
            try:
                until = date(int(last[:4]), 12, 31)
                names = everything(f"{year + 1}-01", last)
                return [run(runs, Origin(year, kind), shipped_draws(), until, members, scale, seed, names, say)
                        for kind in reversed(KINDS)]
            finally:
                runs.close()
