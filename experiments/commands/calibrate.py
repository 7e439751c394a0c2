"""`callsheet calibrate`: fit the model to 2015-2022 and say what the past tells of its parameters."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Option

from experiments.commands.options import Scale, Seed, Workers, folder, processes
from experiments.terminal import console
from experiments.terminal.console import Json, Quiet, Verbose

if TYPE_CHECKING:
    from experiments.calibration.steps import Plan

MOST_POINTS = 100_000


def calibrate(
    points: Annotated[str, Option(metavar="N", help="Runs of the reference table: 200 to 100000.")] = "1500",
    scale: Scale = "0.5",
    draws: Annotated[str, Option(metavar="N", help="Posterior draws: 10 to 10000.")] = "200",
    seed: Seed = "0",
    workers: Workers = "2",
    engine: Annotated[
        str, Option(metavar="NAME", help="local, here, or the address of a Dask scheduler.")
    ] = "local",
    out: Annotated[
        str | None,
        Option(metavar="DIR", help="Where runs, findings and draws are kept; else the cache folder."),
    ] = None,
    rehearse: Annotated[
        str, Option(metavar="N", help="Runs of each forecast from past origins, scored beside simple ones; 0 for none.")
    ] = "0",
    into_seeds: Annotated[
        bool, Option("--into-seeds", help="Put the draws where scenarios and forecasts take them from.")
    ] = False,
    as_json: Json = False,
    verbose: Verbose = 0,
    quiet: Quiet = False,
) -> None:
    """Screen the parameters, run a table of points, and infer what 2015-2022 says of them; never anything later.

    Every finished run is kept: given again, the command goes on where it was, and the same seed gives the same
    posterior. Two quiet cores take half an hour.
    """
    console.set_loudness(verbose, quiet)
    from experiments.batch.engines.choose import known
    from experiments.calibration.steps import Plan
    from model.scenario import Scenario

    known(engine)
    if into_seeds:
        from experiments.calibration.shipped import refuse_outside_a_checkout

        refuse_outside_a_checkout()
    legal = Scenario.named("baseline").varied(scale=scale, seed=seed)
    plan = Plan(
        points=console.whole_number("--points", points, 200, MOST_POINTS, "1500"),
        narrow_points=min(Plan.narrow_points, int(points)),
        scale=legal.scale,
        narrow_scale=min(Plan.narrow_scale, legal.scale),
        screen_scale=min(Plan.screen_scale, legal.scale),
        draws=console.whole_number("--draws", draws, 10, 10_000, "200"),
        seed=legal.seed,
    )
    members = console.whole_number("--rehearse", rehearse, 0, MOST_POINTS, "60")
    found = _calibrated(plan, engine, processes(workers), folder(out), members, into_seeds, quiet or as_json)
    if as_json:
        console.say_json(found)
    else:
        from experiments.calibration.show import show

        show(found)


def _calibrated(plan: Plan, engine: str, workers: int, out: Path | None, members: int, into_seeds: bool,
                quiet: bool) -> dict:
    from experiments.calibration import checking, outputs, steps
    from experiments.calibration.runs import Runs
    from experiments.calibration.shipped import in_seeds
    from experiments.forecasting import rehearsal
    from model.digest import cache_folder

    place = out if out is not None else cache_folder() / "calibration"
    with console.progress("runs", quiet) as told:
        runs = Runs(place / "runs", engine, workers, lambda tally: told(tally.found + tally.done, tally.total))
        say = (lambda text: None) if quiet else lambda text: print(text, file=sys.stderr, flush=True)
        with runs.folder.owned():
            try:
                found = steps.calibrate(runs, plan, say)
                say("The posterior with fresh chance.")
                futures = range(steps.FRESH, steps.FRESH + len(found.draws))
                checked = checking.check(runs, found.draws, futures, plan.scale, plan.seed)
                rehearsed = rehearsal.rehearse(runs, found, members, plan.scale, say=say) if members else None
            finally:
                runs.close()
    for each in (place, *([in_seeds()] if into_seeds else [])):
        outputs.write(each, found, checked, rehearsed)
    return outputs.findings(found, checked)
