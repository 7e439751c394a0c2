"""`callsheet bench`: how fast a week is, in how much memory, and beside other ways to do the same."""

from __future__ import annotations

from typing import Annotated, Any

from typer import Option

from experiments.commands.options import Scale
from experiments.terminal import console
from experiments.terminal.console import Json, Quiet, Verbose

_UNITS = {
    "workers": "workers attached in the first week",
    "weeks": "weeks timed",
    "agent_steps_per_cpu_second": "agent-steps per CPU second",
    "ms_per_week": "CPU milliseconds a week",
    "peak_mb": "peak memory, MB",
    "ratio_to_objects": "times faster than one object per worker",
    "objects_agent_steps_per_cpu_second": "agent-steps per CPU second, one object per worker",
    "objects_agree": "same hash with one object per worker",
    "compile_seconds": "seconds to compile, first start only",
    "second_start_seconds": "seconds from a later start to a first result",
    "second_run_seconds": "seconds from a later start to the whole run",
}


def bench(
    weeks: Annotated[str, Option(metavar="N", help="Weeks from January 2015, 2 or more.")] = "520",
    scale: Scale = "1",
    quick: Annotated[bool, Option("--quick", help="Time once, and leave compiling out.")] = False,
    scaling: Annotated[bool, Option("--scaling", help="Also 10,000 to 1,000,000 workers.")] = False,
    as_json: Json = False,
    verbose: Verbose = 0,
    quiet: Quiet = False,
) -> None:
    """Measure speed and memory at full scale, and compare with one Python object per worker."""
    console.set_loudness(verbose, quiet)
    from experiments.speed.benchmark import FEWEST_WEEKS, MOST_WEEKS
    from experiments.speed.benchmark import bench as measure

    wanted = console.whole_number("--weeks", weeks, FEWEST_WEEKS, MOST_WEEKS, "520")
    result = measure(wanted, scale, quick, scaling)
    if as_json:
        console.say_json(result)
        return
    from experiments.terminal.show import figure, table

    table(["measure", "value"], [[label, figure(value)] for label, value in _rows(result)])
    same = f"--scale {result['scale']:g} --until {result['until']}"
    console.say(f"hash {result['hash']}, as of callsheet simulate {same}")


def _rows(result: dict[str, Any]) -> list[tuple[str, Any]]:
    """What is measured in words, and its value, in the order in which people ask."""
    rows = [(label, result[name]) for name, label in _UNITS.items()]
    rows += [
        (f"CPU milliseconds a week, {int(workers):,} workers", ms)
        for workers, ms in result.get("scaling", {}).items()
    ]
    return rows + [
        (f"{peer}: {name.replace('_', ' ')}", value)
        for peer, found in result["peers"].items()
        for name, value in found.items()
    ]
