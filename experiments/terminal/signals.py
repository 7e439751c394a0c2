"""Signals that arrive where nobody passes them on: inside compiled code, which makes errors of its own of them, and
inside what Python calls when an object goes, which forgets them.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

_asked: list[int] = []  # interrupts so far


def interrupted(number: int, frame: FrameType | None) -> NoReturn:
    """What Python does on Ctrl-C, and a note of it."""
    _asked.append(number)
    raise KeyboardInterrupt


def forget() -> None:
    """Nobody has asked yet."""
    _asked.clear()


def heed() -> None:
    """Stop if somebody asked for it and was not heard: raises KeyboardInterrupt."""
    if _asked:
        raise KeyboardInterrupt


def behind(trouble: BaseException | None) -> KeyboardInterrupt | SystemExit | None:
    """The interrupt or the request to leave that an error was made of; None if it is about something else."""
    if not isinstance(trouble, SystemError):
        return None
    while trouble is not None and not isinstance(trouble, (KeyboardInterrupt, SystemExit)):
        trouble = trouble.__cause__ or trouble.__context__
    return trouble
