"""Signals that arrive while compiled code runs, which passes them on as errors of its own."""

from __future__ import annotations


def behind(trouble: BaseException | None) -> KeyboardInterrupt | SystemExit | None:
    """The interrupt or the request to leave that an error was made of; None if it is about something else."""
    if not isinstance(trouble, SystemError):
        return None
    while trouble is not None and not isinstance(trouble, (KeyboardInterrupt, SystemExit)):
        trouble = trouble.__cause__ or trouble.__context__
    return trouble
