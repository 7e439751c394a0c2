"""`callsheet validate`: does the baseline look like Los Angeles."""

from __future__ import annotations

from typer import Exit

from experiments import console
from experiments.console import Json, Quiet, Verbose


def validate(as_json: Json = False, verbose: Verbose = 0, quiet: Quiet = False) -> None:
    """Compare the baseline with the facts of Los Angeles; the exit code is 1 if one lies outside its band."""
    console.set_loudness(verbose, quiet)
    from experiments.validation import validate as run_all

    facts = run_all()
    if as_json:
        console.say_json(facts)
    else:
        from experiments.show import show_checks

        show_checks(facts, "facts")
    if not facts or not all(each["passed"] for each in facts):
        raise Exit(1)
