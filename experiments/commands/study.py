"""`callsheet study`: a question put to many runs, on this machine or on a cluster; what is finished is never lost."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer import Argument, Exit, Option

from experiments.commands.options import folder
from experiments.terminal import console
from experiments.terminal.console import Json, Quiet, Verbose
from model.errors import CallSheetError

HOME = Path("out") / "studies"
MOST_WORKERS, MOST_RUNS = 1024, 1_000_000
FAILED = 1

app = typer.Typer(
    invoke_without_command=True, add_completion=False, rich_markup_mode=None,
)  # fmt: skip
Where = Annotated[str, Argument(metavar="FOLDER", help="The folder of a study, or the name of a study in out/studies.")]
Engine = Annotated[str, Option(metavar="ENGINE", help="local, here, or the address of a Dask scheduler.")]
Workers = Annotated[str, Option(metavar="N", help="Processes on this machine.  [default: one a core]")]


@app.callback()
def root(context: typer.Context) -> None:
    """Put a question to many runs: run, status, report, retry, show, verify, export, list."""
    if context.invoked_subcommand is None:
        console.say(context.get_help())


@app.command("list", short_help="The studies that come with the program.")
def list_(as_json: Json = False) -> None:
    """The studies that come with the program, and their questions."""
    from experiments.study.definition import find, shipped

    studies = [find(name)[0] for name in shipped()]
    if as_json:
        console.say_json([{"name": each.name, "title": each.title, "question": each.question} for each in studies])
        return
    from experiments.terminal.show import WIDTH, table

    table(["study", "question"], [[each.name, each.question] for each in studies], "Studies", WIDTH)


@app.command(short_help="Run a study, or go on with one that was stopped.")
def run(
    study: Annotated[str, Argument(metavar="STUDY", help="A study by name, or a YAML file.")],
    out: Annotated[str | None, Option(metavar="DIR", help="Where results go.  [default: out/studies/NAME]")] = None,
    engine: Engine = "local",
    workers: Workers = "",
    dry_run: Annotated[bool, Option("--dry-run", help="Say what would be run and how long; write nothing.")] = False,
    max_runs: Annotated[str | None, Option(metavar="N", help="Stop after so many runs.")] = None,
    time_limit: Annotated[str | None, Option(metavar="TIME", help="Stop after 90s, 20m or 2h.")] = None,
    scale: Annotated[str | None, Option(metavar="X", help="Agents per worker, in place of the study's.")] = None,
    seed: Annotated[str | None, Option(metavar="N", help="The number of all chance, in place of the study's.")] = None,
    futures: Annotated[str | None, Option(metavar="N", help="Futures, in place of the design's.")] = None,
    points: Annotated[str | None, Option(metavar="N", help="Points, in place of the design's.")] = None,
    claim: Annotated[list[str] | None, Option(metavar="ID", help="Only this claim; may be repeated.")] = None,
    fresh: Annotated[bool, Option("--fresh", help="Refuse a folder that holds results already.")] = False,
    as_json: Json = False,
    verbose: Verbose = 0,
    quiet: Quiet = False,
) -> None:
    """Run a study, or go on with one that was stopped: the same command does both.

    Finished runs are safe at once. Ctrl-C lets the runs under way come to their end; a second one gives them up.
    The exit code is 1 if runs failed, 130 after Ctrl-C.
    """
    console.set_loudness(verbose, quiet)
    from experiments.batch.coordinator import Limits
    from experiments.batch.engines.choose import known
    from experiments.study import definition

    chosen, beside = definition.find(study)
    chosen = chosen.changed(scale=scale, seed=seed, futures=futures, points=points,
                            claims=list(claim) if claim else None)
    place = folder(str(HOME / chosen.name) if out is None else out)
    if fresh and place.is_dir() and any(place.iterdir()):
        raise CallSheetError(f"{place} is not empty. Leave --fresh out to go on with what it holds, or choose another.")
    number = _workers(workers)
    most = None if max_runs is None else console.whole_number("--max-runs", max_runs, 1, MOST_RUNS)
    limits = Limits(most, _seconds(time_limit))
    known(engine)
    if dry_run:
        from experiments.study.dry import dry

        told = dry(chosen, beside, place, number)
        console.say_json(told) if as_json else console.say(told["said"])
        return
    _go(chosen, beside, place, engine, number, limits, as_json, quiet)


@app.command(short_help="Try the runs again that failed.")
def retry(
    where: Where, engine: Engine = "local", workers: Workers = "", as_json: Json = False, quiet: Quiet = False,
) -> None:
    """Try the runs that failed once more, and answer anew."""
    console.set_loudness(0, quiet)
    from experiments.batch.coordinator import Limits
    from experiments.study.session import STUDY, study_in

    place = _folder(where)
    _go(study_in(place), place / STUDY, place, engine, _workers(workers), Limits(), as_json, quiet, again=True)


@app.command(short_help="How far a study is, and what failed.")
def status(where: Where, as_json: Json = False) -> None:
    """How far a study is, and what failed; can be asked while it runs."""
    from experiments.study.status import status as of

    told = of(_folder(where))
    console.say_json(told) if as_json else console.say(told["said"])


@app.command(short_help="Answer anew from the runs that are there.")
def report(where: Where, as_json: Json = False, quiet: Quiet = False) -> None:
    """Answer anew from the runs that are there, perhaps not all of them, and write the report."""
    from experiments.batch.coordinator import Limits
    from experiments.study.session import STUDY, study_in

    place = _folder(where)
    _go(study_in(place), place / STUDY, place, "local", 1, Limits(), as_json, quiet, only_look=True)


@app.command(short_help="One run: what it was asked and what came of it.")
def show(
    where: Where,
    run_id: Annotated[str, Argument(metavar="RUN", help="The beginning of a run's name, at least four characters.")],
    as_json: Json = False,
) -> None:
    """One run: what it was asked, what came of it, or why it failed."""
    from experiments.study.one_run import one_run

    told = one_run(_folder(where), run_id)
    console.say_json(told) if as_json else console.say(told["said"])


@app.command(short_help="Check what is kept, and run some of it again.")
def verify(
    where: Where,
    again: Annotated[str, Option("--again", metavar="N", help="Run N of the runs again and compare.")] = "0",
    as_json: Json = False,
) -> None:
    """Check every chunk against its footer, and some runs against running them again."""
    from experiments.study.checks import verify as check

    told = check(_folder(where), console.whole_number("--again", again, 0, MOST_RUNS))
    console.say_json(told) if as_json else console.say(told["said"])
    if not told["sound"]:
        raise Exit(FAILED)


@app.command(short_help="Write the runs as tables for other tools.")
def export(
    where: Where,
    to: Annotated[Path, Option("--to", metavar="DIR", help="An empty or new folder.")],
    form: Annotated[str, Option("--as", metavar="FORM", help="csv, parquet for pandas, ema for the EMA workbench.")] = (
        "csv"
    ),
) -> None:
    """Write the runs as tables: CSV, one wide Parquet file for pandas, or two files for the EMA workbench."""
    from experiments.study.export import export as write

    console.say(write(_folder(where), to, form))


def _go(chosen: Any, beside: Path | None, place: Path, engine: str, workers: int, limits: Any, as_json: bool,
        quiet: bool, again: bool = False, only_look: bool = False) -> None:
    from experiments.batch.engines.choose import known
    from experiments.study import go
    from experiments.study.session import REPORT
    from experiments.study.watch import watching

    known(engine)
    with watching(chosen, quiet or as_json) as told:
        found = go.run(chosen, beside, place, engine, workers, limits, told, again, only_look)
    if as_json:
        console.say_json(found)
    else:
        from experiments.study.show import show as at_terminal

        at_terminal(found)
        console.say(f"The report is {place / REPORT}")
    if found["runs"]["failed"]:
        raise Exit(FAILED)


def _folder(where: str) -> Path:
    place = Path(where)
    return place if place.is_dir() or place.parent != Path() else HOME / where


def _workers(given: str) -> int:
    import os

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return console.whole_number("--workers", given or str(cores), 1, MOST_WORKERS)


def _seconds(given: str | None) -> float | None:
    if given is None:
        return None
    text, units = given.strip().lower(), {"s": 1.0, "m": 60.0, "h": 3600.0}
    try:
        found = float(text[:-1]) * units[text[-1:]]
    except (KeyError, ValueError):
        found = 0.0
    if not 0 < found < 1e7:
        raise CallSheetError(f"--time-limit is {given[:40]!r}, but must be a time such as 90s, 20m or 2h.")
    return found
