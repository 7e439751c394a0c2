"""Standard streams as a command may find them: closed, or in an encoding that lacks some of our signs."""

from __future__ import annotations

import codecs
import os
import sys

PLAIN = {"–": "-", "−": "-", "…": "...", "“": '"', "”": '"', "’": "'", "×": "x", "≥": ">=", "≤": "<=", "→": "->"}
_SPELLED = "callsheet.spelled"


def make_usable() -> None:
    """Open what is closed to nowhere, so that no file of ours is taken for it, and spell signs that standard output
    cannot hold.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free, which is this one
    for name, number in (("stdout", 1), ("stderr", 2)):
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w", encoding="utf-8", closefd=False))
    if not holds_everything() and hasattr(sys.stdout, "reconfigure"):
        codecs.register_error(_SPELLED, _spelled)
        sys.stdout.reconfigure(errors=_SPELLED)


def holds_everything() -> bool:
    """Whether standard output can hold every letter there is."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"  # what has none takes text as it is
    return encoding.lower().startswith("utf")


def _spelled(trouble: UnicodeError) -> tuple[str, int]:
    if not isinstance(trouble, UnicodeEncodeError):
        raise trouble
    return "".join(PLAIN.get(sign, "?") for sign in trouble.object[trouble.start : trouble.end]), trouble.end
