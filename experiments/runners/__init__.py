"""What a run can be, by name: each module has ``run(asks)`` and ``digest()``, the name of the code behind it.

``run`` takes plain JSON and returns an `Outcome`. Study files choose a runner by name; they cannot name code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from model.errors import UnknownName, nearest, sentences

RUNNERS = {
    "worlds": "experiments.runners.worlds",  # a scenario beside another on the same chance
    "claims": "experiments.runners.claims",  # the four worlds, and what the claims measure in them
    "history": "experiments.runners.history",  # the past again at some parameters, as far as it was published
    "function": "experiments.runners.function",  # functions whose answers are known, and runs that go wrong
}
WITHOUT_THE_MODEL = ("function",)  # to load it takes longer than all their runs


class Outcome(NamedTuple):
    """What is kept of a run: numbers by name, series by name (all of one length), and detail as plain JSON."""

    numbers: Mapping[str, float]
    series: Mapping[str, list[float]] = {}
    detail: Mapping[str, Any] = {}


def runner(name: str) -> ModuleType:
    """The module of a runner; raises a sentence for a name that does not exist."""
    if name not in RUNNERS:
        raise UnknownName(sentences(f"There is no runner {str(name)[:40]}.", nearest(name, RUNNERS)))
    return import_module(RUNNERS[name])


def digest_of_files(*paths: Path) -> str:
    """16 hex digits of source files, whatever their line endings."""
    code = hashlib.blake2b(digest_size=8)
    for path in paths:
        code.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return code.hexdigest()


@cache
def digest_of(name: str) -> str:
    """The name of all code and data that a runner's results come from."""
    return runner(name).digest()
