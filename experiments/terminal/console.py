"""What a person at a terminal sees: results on standard output; progress, log and complaints on standard
error.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from experiments.terminal import streams
from model.errors import CallSheetError

Verbose = Annotated[
    int,
    typer.Option(
        "-v", "--verbose", count=True, show_default=False, help="Say more of what happens; twice, everything."
    ),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but the result.")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON and nothing else.")]

log = logging.getLogger("callsheet")
LONGEST_NUMBER = 12  # digits that anybody types


def set_loudness(verbose: int, quiet: bool) -> None:
    """Send the log to standard error, as loud as asked; the loudest of several calls in one process stays."""
    level = logging.ERROR if quiet else {0: logging.WARNING, 1: logging.INFO}.get(verbose, logging.DEBUG)
    if not log.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(message)s"))
        log.addHandler(handler)
        log.propagate = False
        log.setLevel(level)
    elif verbose or quiet:
        log.setLevel(level)


def say(text: str) -> None:
    """Print a result."""
    sys.stdout.write(text + "\n")


def say_json(value: Any) -> None:
    """Print a result as one line of JSON; numpy's numbers and arrays become plain, what is not finite
    becomes null.
    """
    say(json.dumps(plain_json(value), ensure_ascii=not streams.holds_everything(), allow_nan=False))


def unexpected(trouble: Exception) -> str:
    """A sentence for what nobody foresaw; the trace goes to the log when it is loud."""
    log.info("what happened, innermost last:", exc_info=trouble)
    return (
        f"Something went wrong inside Call Sheet ({type(trouble).__name__}: {str(trouble)[:200]}). "
        "Run it again with -v to see where, and please report it."
    )


def sentence_of(trouble: OSError) -> str:
    """What the operating system refused, as a sentence."""
    import errno

    if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
        return ("The disk is full. Make room, or choose another place: with --out for results, with CALLSHEET_CACHE "
                "for the cache, which is written to in any case.")
    what = f"{os.path.basename(str(trouble.filename))}: " if trouble.filename else ""
    return f"The operating system refused: {what}{(trouble.strerror or str(trouble) or 'it gave no reason').lower()}."


def forget_output() -> None:
    """Keep Python from complaining at exit about an output that is closed or full."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # it was no file to begin with
        sys.stdout = open(os.devnull, "w")


@contextmanager
def progress(what: str, quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """A function of (done, total) that draws a bar on standard error, at a terminal only."""
    if quiet or not sys.stderr.isatty() or log.level > logging.WARNING:
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def whole_number(option: str, given: str, low: int, high: int, example: str = "") -> int:
    """A whole number that a person typed for an option, in bounds; else a sentence."""
    text = given.strip()
    if not text.isdecimal() or len(text) > LONGEST_NUMBER or not low <= int(text) <= high:
        raise CallSheetError(
            f"{option} is {given[:40]!r}, but must be a whole number from {low} to {high}. "
            f"Write, for example, {option} {example or max(low, min(high, 10))}."
        )
    return int(text)


def plain_json(value: Any) -> Any:
    """A value as JSON knows it: numpy becomes plain, what is not finite becomes null."""
    if isinstance(value, dict):
        return {str(key): plain_json(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_json(each) for each in value]
    if hasattr(value, "tolist"):
        return plain_json(value.tolist())
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    return value
