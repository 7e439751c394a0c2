"""`callsheet simulate`: run one scenario, perhaps against another on the same futures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Option

from experiments.commands.options import folder
from experiments.terminal import console
from experiments.terminal.console import Json, Quiet, Verbose
from model.errors import CallSheetError, UnknownName, sentences

if TYPE_CHECKING:
    from model.scenario import Scenario


def simulate(
    scenario: Annotated[str, Option(metavar="NAME", help="A scenario by name, or a YAML file.")] = "baseline",
    against: Annotated[
        str | None,
        Option(
            metavar="NAME", help="Compare with this scenario on the same futures; `none` for no comparison."
        ),
    ] = None,
    futures: Annotated[
        str | None, Option(metavar="N", help="How many futures, one seed each: 1 to 10000.")
    ] = None,
    scale: Annotated[
        str | None, Option(metavar="X", help="Agents per attached worker: above 0, at most 10.")
    ] = None,
    start: Annotated[str | None, Option(metavar="DATE", help="First day, from 2015-01-05.")] = None,
    until: Annotated[
        str | None, Option(metavar="DATE", help="First day no longer simulated, to 2040-12-31.")
    ] = None,
    set_: Annotated[
        list[str] | None, Option("--set", metavar="NAME=VALUE", help="Replace a parameter; may be repeated.")
    ] = None,
    lever: Annotated[
        list[str] | None,
        Option(
            metavar="NAME.KNOB=VALUE", help="Turn a knob, or date it: TaxCredit.from=2025-07-01. Repeatable."
        ),
    ] = None,
    seed: Annotated[str | None, Option(metavar="N", help="The number all chance comes from.")] = None,
    dose: Annotated[
        bool,
        Option(
            "--dose",
            help="Run each future again with the ceiling on adoption of AI at 0, 25, 50, 75 and 100 %.",
        ),
    ] = False,
    posterior: Annotated[
        bool,
        Option("--posterior", help="Each future takes a posterior draw of what the past leaves open."),
    ] = False,
    out: Annotated[str | None, Option(metavar="DIR", help="Write recording, summary and page here.")] = None,
    as_json: Json = False,
    verbose: Verbose = 0,
    quiet: Quiet = False,
) -> None:
    """Run a scenario week by week and say what came of it.

    With --against, or when the scenario names what to compare it with, the other one runs on the same
    horizon, scale, seed and futures; --set and --lever change this one only.
    """
    console.set_loudness(verbose, quiet)
    given = {"futures": futures, "scale": scale, "start": start, "until": until, "seed": seed}
    changes = {name: value for name, value in given.items() if value is not None}
    chosen = _scenario(scenario).varied(set=_pairs("--set", set_), levers=_pairs("--lever", lever), **changes)
    other = _other(chosen, against)

    from experiments.answer.ai_study import reaches_april_2026
    from experiments.runs import run

    if dose and not reaches_april_2026(chosen):
        raise CallSheetError(
            f"--dose asks what adoption of AI does, which begins on 13 April 2026; this run ends on {chosen.until}. "
            "Give a later --until."
        )
    place = folder(out)
    summary = run(chosen, other, place, quiet=quiet or as_json, dose=dose, posterior=posterior)
    if as_json:
        console.say_json(summary)
    else:
        from experiments.terminal.show import show_summary
        from experiments.terminal.show_ai import show_ai

        show_summary(summary, chosen)
        show_ai(summary)
        if place is not None:
            _say_where(place)


def _say_where(out: Path) -> None:
    from experiments.page.outputs import PAGE

    if (out / PAGE).is_file():
        console.say(f"The page with charts is {out / PAGE}")


def _scenario(name: str) -> Scenario:
    from model.scenario import Scenario

    if name.endswith((".yaml", ".yml")):
        return Scenario.read(Path(name))
    try:
        return Scenario.named(name)
    except UnknownName as unknown:
        raise UnknownName(sentences(str(unknown), "A file of your own ends in .yaml.")) from None


def _other(chosen: Scenario, against: str | None) -> Scenario | None:
    if against is None:
        return chosen.counterpart() if chosen.against else None
    return None if against == "none" else chosen.counterpart(_scenario(against))


def _pairs(option: str, given: list[str] | None) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for each in given or ():
        name, equals, value = each.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise CallSheetError(
                f"{option} {each[:80]} is not of the form name=value. Write, for example, {option} "
                + ("mobility.exit_base=0.01." if option == "--set" else "TaxCredit.rate=0.45.")
            )
        if name.strip() in pairs:
            raise CallSheetError(f"{option} sets {name.strip()[:80]} twice. Keep one of the two.")
        pairs[name.strip()] = value.strip()
    return pairs
