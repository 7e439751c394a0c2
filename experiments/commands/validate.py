"""`callsheet validate`: does the baseline look like Los Angeles."""

from __future__ import annotations

from typing import Annotated

from typer import Exit, Option

from experiments.commands.options import Scale
from experiments.terminal import console
from experiments.terminal.console import Json, Quiet, Verbose

MOST_SEEDS = 1000


def validate(
    seeds: Annotated[str, Option(metavar="N", help="Seeds, each a run of ten years: 1 to 1000.")] = "8",
    scale: Scale = "0.2",
    mechanisms: Annotated[
        bool, Option("--mechanisms", help="Instead, switch off one mechanism after another: long spells, lost pay.")
    ] = False,
    as_json: Json = False,
    verbose: Verbose = 0,
    quiet: Quiet = False,
) -> None:
    """Compare the baseline with the stylized facts; the exit code is 1 if a gated one lies outside its band.

    A fact passes when at least half of the seeds do. Facts that are shown but not gated are marked, as are
    those that parameters were fitted to. Below them stand the fit and the forecasts of years that were kept back,
    as callsheet calibrate left them. With --mechanisms nothing is judged: each mechanism behind long spells and
    the losses of the displaced is switched off in turn, on the same chance, about a minute a seed.
    """
    console.set_loudness(verbose, quiet)
    from experiments.facts import of_the_past
    from experiments.facts.validation import FAILURES_FIRST
    from experiments.facts.validation import validate as run_all
    from model.scenario import Scenario

    futures = console.whole_number("--seeds", seeds, 1, MOST_SEEDS, "8")
    legal = Scenario.named("baseline").varied(scale=scale).scale
    if mechanisms:
        _mechanisms(futures, legal, as_json, quiet)
        return
    with console.progress("facts", quiet or as_json) as progress:
        facts = run_all(futures, legal, progress)
    past = of_the_past.rows()
    if as_json:
        console.say_json(sorted(facts + past, key=lambda row: FAILURES_FIRST[row["passed"]]))
    else:
        from experiments.terminal.show import show_facts, show_past

        show_facts(facts)
        show_past(past)
    if any(each["passed"] is False and each["gated"] for each in facts):
        raise Exit(1)


def _mechanisms(futures: int, scale: float, as_json: bool, quiet: bool) -> None:
    """The table of mechanisms switched off, as text or JSON."""
    from experiments.facts.mechanisms import run_all, table
    from experiments.terminal.show import show_mechanisms

    with console.progress("mechanisms", quiet or as_json) as progress:
        rows = table(run_all(futures, scale, progress))
    if as_json:
        console.say_json(rows)
    else:
        show_mechanisms(rows)
