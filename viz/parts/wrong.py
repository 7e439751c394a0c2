"""What is wrong with an answer, in a sentence: where, what stands there, and what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments import wrong_says as of_pydantic
from model.errors import shown

DEEPEST = 6  # names of a place that are said
_OF_LISTS = {"too_short": "a list of at least {min_length:,} entry",
             "too_long": "a list of at most {max_length:,} entries"}


def wrong_says(error: Mapping[str, Any]) -> str:
    """The first thing that is wrong, as one of pydantic's errors has it, without a point at its end."""
    where = ".".join(map(str, error["loc"][:DEEPEST])) or "it"
    return of_pydantic.wrong_says(error, where, _held, _OF_LISTS)


def _held(value: Any) -> str:
    if isinstance(value, dict):
        return of_pydantic.ENTRIES
    if isinstance(value, list):
        return f"a list of {len(value):,} {'entry' if len(value) == 1 else 'entries'}"
    return "empty" if value is None else shown(value)
