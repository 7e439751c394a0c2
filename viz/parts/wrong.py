"""What is wrong with an answer, in a sentence: where, what stands there, and what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from model.errors import shown

DEEPEST = 6  # names of a place that are said
_NUMBER, _WHOLE, _TEXT, _LIST, _ENTRIES = "a number", "a whole number", "text", "a list", "entries with names"
_WANTED = {  # what each of pydantic's complaints asks for
    "string_type": _TEXT, "string_too_long": "at most {max_length:,} letters long",
    "float_type": _NUMBER, "float_parsing": _NUMBER, "finite_number": "a finite number",
    "int_type": _WHOLE, "int_parsing": _WHOLE, "int_parsing_size": _WHOLE, "int_from_float": _WHOLE,
    "greater_than": "above {gt:g}", "greater_than_equal": "at least {ge:g}", "less_than_equal": "at most {le:g}",
    "literal_error": "{expected}", "list_type": _LIST, "too_long": "a list of at most {max_length:,} entries",
    "too_short": "a list of at least {min_length:,} entry", "dict_type": _ENTRIES, "model_type": _ENTRIES,
    "model_attributes_type": _ENTRIES,
}  # fmt: skip


def wrong_says(error: Mapping[str, Any]) -> str:
    """The first thing that is wrong, as one of pydantic's errors has it, without a point at its end."""
    where = ".".join(map(str, error["loc"][:DEEPEST])) or "it"
    if error["type"] == "missing":
        return f"{where} is missing"
    if error["type"] == "value_error":  # one of our own
        return str(error["ctx"]["error"])
    wanted = _WANTED.get(error["type"])
    if wanted is None:
        return f"{where} is {_held(error['input'])}, which is not allowed there"
    return f"{where} is {_held(error['input'])}, but must be {wanted.format(**error.get('ctx', {}))}"


def _held(value: Any) -> str:
    if isinstance(value, dict):
        return _ENTRIES
    if isinstance(value, list):
        return f"a list of {len(value):,} {'entry' if len(value) == 1 else 'entries'}"
    return "empty" if value is None else shown(value)
