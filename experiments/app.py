"""The commands of `callsheet` and the options they share, declared with Typer.

Help is drawn without rich, at half the cost, and commands import what they need when they run, so that
`--help` answers at once.
"""

from __future__ import annotations

from typing import Annotated

import typer

from experiments.commands.bench import bench
from experiments.commands.calibrate import calibrate
from experiments.commands.claims import claims
from experiments.commands.forecast import forecast
from experiments.commands.params import params
from experiments.commands.simulate import simulate
from experiments.commands.study import app as study
from experiments.commands.validate import validate
from experiments.commands.verify import verify
from experiments.terminal import console
from model.errors import nearest, sentences

app = typer.Typer(
    name="callsheet",
    help="Call Sheet: the Los Angeles screen labor market, one worker and one week at a time.",
    epilog="Every command explains itself: callsheet simulate --help",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
SHORT = {  # as one line of 80 columns holds them
    simulate: "Run a scenario week by week and say what came of it.",
    claims: "Measure the claims and doubts of April 2026, with verdicts.",
    verify: "Check the model against exact answers.",
    validate: "Compare the baseline with the stylized facts.",
    calibrate: "Fit the model to 2015-2022; never to anything later.",
    forecast: "Payroll jobs and shoot days ahead, with intervals.",
    bench: "Measure speed and memory.",
    params: "Search the parameters, or explain one in full.",
}
for command, short in SHORT.items():
    app.command(short_help=short)(command)
app.add_typer(study, name="study", short_help="Put a question to many runs.")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            console.say(f"callsheet {version('callsheet')}")
        except PackageNotFoundError:
            console.say("callsheet, from a checkout that is not installed")
        raise typer.Exit


@app.callback()
def root(
    verbose: console.Verbose = 0,
    quiet: console.Quiet = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Call Sheet: the Los Angeles screen labor market, one worker and one week at a time."""
    console.set_loudness(verbose, quiet)


def run(words: list[str]) -> int:
    """Run one command line; raises what goes wrong, `KeyboardInterrupt` included."""
    try:
        code = typer.main.get_command(app).main(args=words, prog_name="callsheet", standalone_mode=False)
    except typer.Abort as stopped:  # of what Typer made one of: whoever was interrupted may have said how far it was
        raise KeyboardInterrupt(*getattr(stopped.__cause__, "args", ())) from None
    return code if isinstance(code, int) else 0


def wording(trouble: Exception, words: list[str]) -> str:
    """Typer's complaint about a command line as sentences, with the nearest right commands or options."""
    context = getattr(trouble, "ctx", None)
    command = getattr(context, "command", None)
    see = f"See {getattr(context, 'command_path', 'callsheet')} --help."
    if type(trouble).__name__ == "NoSuchOption":
        wrong = str(trouble.option_name)[:80]
        options = [name for each in getattr(command, "params", ()) for name in each.opts if name[:2] == "--"]
        return sentences(f"There is no option {wrong}.", nearest(wrong, [*options, "--help"]), see)
    commands = getattr(command, "commands", None)
    above = getattr(context, "command_path", "callsheet").split()[1:]  # the commands that were understood
    wrong = next(iter([word for word in words if not word.startswith("-")][len(above) :]), "")
    if commands and wrong not in commands:
        what = f"There is no command {wrong[:80]}." if wrong else "Which command?"
        return sentences(what, nearest(wrong, commands), see)
    text = trouble.format_message().rstrip(".")
    return f"{text[:1].upper()}{text[1:]}. {see}"
