"""`callsheet claims`: what the article claims and doubts, each measured, with a verdict."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from typer import Option

from experiments.commands.options import Scale, Seed, Workers, folder, processes
from experiments.terminal import console
from experiments.terminal.console import Json, Quiet, Verbose
from model.errors import CallSheetError

if TYPE_CHECKING:
    from experiments.claims.study import Design

MOST_FUTURES, MOST_POINTS, MOST_EACH = 1000, 10_000, 100
FEWEST_SHARES, MOST_SHARES = 8, 1024


def claims(
    futures: Annotated[str, Option(metavar="N", help="Futures at the middle of all parameters: 1 to 1000.")] = "8",
    points: Annotated[
        str, Option(metavar="N", help="Points of a hypercube with a posterior draw each: 0 to 10000.")
    ] = "48",
    each: Annotated[str, Option(metavar="N", help="Futures at each point: 1 to 100.")] = "1",
    shares: Annotated[
        str, Option(metavar="N", help="Share out variance from 12 N runs, N a power of two from 8 to 1024; 0: not.")
    ] = "0",
    scale: Scale = "0.05",
    seed: Seed = "0",
    claim: Annotated[
        list[str] | None, Option(metavar="ID", help="Only this claim, such as C3; may be repeated.")
    ] = None,
    workers: Workers = "2",
    out: Annotated[
        str | None, Option(metavar="DIR", help="Write claims.json, details.json and page.html here.")
    ] = None,
    as_json: Json = False,
    verbose: Verbose = 0,
    quiet: Quiet = False,
) -> None:
    """Measure the claims and doubts of April 2026 in paired worlds and give each its verdict.

    Luck is the spread over futures at the middle of all parameters; what is not known is the spread over points
    of them: parameters of AI and of the market over their ranges, those that the past speaks of over its posterior.
    Finished runs are kept below --out (else in the cache folder), so a stopped command goes on where it
    was when it is given again.
    """
    console.set_loudness(verbose, quiet)
    from experiments.claims import declared
    from experiments.claims.study import Design
    from model.scenario import Scenario

    legal = Scenario.named("baseline").varied(scale=scale, seed=seed)
    design = Design(
        futures=console.whole_number("--futures", futures, 1, MOST_FUTURES),
        points=console.whole_number("--points", points, 0, MOST_POINTS),
        each=console.whole_number("--each", each, 1, MOST_EACH),
        scale=legal.scale,
        seed=legal.seed,
        chosen=declared.chosen(claim or ()),
        shares=_base(shares),
    )
    place = folder(out)
    found = _studied(design, processes(workers), place, quiet or as_json)
    if as_json:
        console.say_json(found["claims"])
    else:
        from experiments.claims.show import show

        show(found)
    if place is not None and not as_json:
        console.say(f"The page with charts is {place / 'page.html'}")


def _base(given: str) -> int:
    base = console.whole_number("--shares", given, 0, MOST_SHARES, "64")
    if base and (base < FEWEST_SHARES or base & (base - 1)):
        raise CallSheetError(
            f"--shares is {base}, but must be 0 or a power of two from {FEWEST_SHARES} to {MOST_SHARES}. "
            "Write, for example, --shares 64."
        )
    return base


def _studied(design: Design, workers: int, out: Path | None, quiet: bool) -> dict[str, Any]:
    from experiments.batch.engines.choose import LOCAL, engine
    from experiments.batch.folder import Folder
    from experiments.claims.asked import Asked
    from experiments.claims.outputs import write_outputs
    from experiments.claims.study import study
    from experiments.study.definition import find
    from experiments.study.session import Session
    from experiments.study.watch import watching
    from model.digest import cache_folder

    asked, _ = find("claims")
    runs = Folder((out if out is not None else cache_folder() / "claims") / "runs")
    with runs.owned(), watching(asked, quiet) as told:
        session = Session(asked, runs, lambda: engine(LOCAL, workers, asked.run_limit), progress=told)
        try:
            found = study(design, Asked(session))
        finally:
            session.batch.close()
    if out is not None:
        write_outputs(out, found)
    return found
