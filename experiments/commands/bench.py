"""`callsheet bench`: how fast a week is, in how much memory, and beside other ways to do the same."""

from __future__ import annotations

from experiments import console
from experiments.console import Json, Quiet, Verbose


def bench(as_json: Json = False, verbose: Verbose = 0, quiet: Quiet = False) -> None:
    """Measure speed and memory at full scale, and compare with one Python object per worker."""
    console.set_loudness(verbose, quiet)
    from experiments.benchmark import bench as measure

    result = measure()
    if as_json:
        console.say_json(result)
        return
    from experiments.show import figure, table

    rows = [(name.replace("_", " "), value) for name, value in result.items() if not isinstance(value, dict)]
    rows += [
        (f"{name}: {key}", each)
        for name, value in result.items()
        if isinstance(value, dict)
        for key, each in value.items()
    ]
    table(["measure", "value"], [[name, figure(value)] for name, value in rows])
