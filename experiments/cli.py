"""The command `callsheet`: turns whatever happens into a result or a sentence, and an exit code.

0 done; 1 something failed or a check did not hold; 2 bad input; 130 interrupted; 143 terminated. Nothing of
ours, and little else, is imported before `main` runs, so that an interrupt during start-up is answered like any other.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # as type checkers take it, without the time that `typing` takes to load
    from collections.abc import Sequence
    from types import FrameType
    from typing import NoReturn

DONE, FAILED, BAD_INPUT, INTERRUPTED, TERMINATED = 0, 1, 2, 130, 143
STOPPED = "Interrupted; nothing is half-written."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line, by default this process's, and return its exit code; never raises."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _heard(words or ["--help"])
    except KeyboardInterrupt as asked:
        return _complain(str(asked) or STOPPED, INTERRUPTED)
    except SystemExit as leaving:
        return _left(leaving)
    except Exception as trouble:
        from experiments.terminal import signals

        signaled = signals.behind(trouble)
        if isinstance(signaled, KeyboardInterrupt):
            return _complain(STOPPED, INTERRUPTED)
        return _answer(trouble, words) if signaled is None else _left(signaled)


def _heard(words: list[str]) -> int:
    """Run with streams that can be written to and an ear for whoever ends this process."""
    import signal
    import threading

    from experiments.terminal import signals, streams

    streams.make_usable()
    if threading.current_thread() is not threading.main_thread():
        return _run(words)
    signals.forget()
    wanted = {signal.SIGTERM: _terminated}
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not where whoever started us ignores it
        wanted[signal.SIGINT] = signals.interrupted
    before = {number: signal.signal(number, handler) for number, handler in wanted.items()}
    try:
        return _run(words)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _run(words: list[str]) -> int:
    from experiments.own_packages import foreign

    trouble = foreign()
    if trouble is not None:
        return _complain(trouble, FAILED)
    from experiments.app import run

    code = run(words)
    if code == INTERRUPTED:
        raise KeyboardInterrupt
    sys.stdout.flush()
    return code


def _answer(trouble: Exception, words: list[str]) -> int:
    """The sentence and the exit code for what went wrong."""
    from experiments.app import wording
    from experiments.terminal import console
    from model.errors import CallSheetError

    if isinstance(trouble, CallSheetError):
        return _complain(str(trouble), getattr(trouble, "exit_code", BAD_INPUT))
    if isinstance(trouble, BrokenPipeError):  # whoever read our output has seen enough
        console.forget_output()
        return FAILED
    if isinstance(trouble, MemoryError):
        return _complain("The memory is used up. Try a smaller --scale or fewer --futures.", FAILED)
    if isinstance(trouble, OSError):
        return _complain(console.sentence_of(trouble), FAILED)
    if hasattr(trouble, "format_message"):  # Typer's own: a wrong option, a missing value
        return _complain(wording(trouble, words), getattr(trouble, "exit_code", BAD_INPUT))
    return _complain(console.unexpected(trouble), FAILED)


def _complain(text: str, code: int) -> int:
    """Say it on standard error, if there is still someone to read it."""
    try:
        sys.stderr.write(f"callsheet: {text}\n")
        sys.stderr.flush()
        sys.stdout.flush()
    except (OSError, ValueError):
        from experiments.terminal.console import forget_output

        forget_output()
    return code


def _left(leaving: SystemExit) -> int:
    if leaving.code == TERMINATED:
        return _complain("Terminated; nothing is half-written.", TERMINATED)
    return leaving.code if isinstance(leaving.code, int) else FAILED


def _terminated(number: int, frame: FrameType | None) -> NoReturn:
    """Leave as on an interrupt, so that what is half-written is taken away."""
    raise SystemExit(TERMINATED)
