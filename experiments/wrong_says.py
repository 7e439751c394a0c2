"""What is wrong with something given, in a sentence: where, what stands there, and what is allowed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from model.errors import shown

ENTRIES = "entries with names"
_NUMBER, _WHOLE, _TEXT, _LIST, _DAY = "a number", "a whole number", "text", "a list", "a day, such as 2026-04-13"
_WANTED = {  # what each of pydantic's complaints asks for
    "string_type": _TEXT, "string_too_long": "at most {max_length:,} letters long", "string_too_short": "named",
    "float_type": _NUMBER, "float_parsing": _NUMBER, "finite_number": "a finite number",
    "int_type": _WHOLE, "int_parsing": _WHOLE, "int_parsing_size": _WHOLE, "int_from_float": _WHOLE,
    "greater_than": "above {gt:,}", "greater_than_equal": "at least {ge:,}",
    "less_than": "below {lt:,}", "less_than_equal": "at most {le:,}", "literal_error": "{expected}",
    "list_type": _LIST, "tuple_type": _LIST,
    "too_short": "a list of at least {min_length:,}", "too_long": "a list of at most {max_length:,}",
    "dict_type": ENTRIES, "model_type": ENTRIES, "model_attributes_type": ENTRIES,
    "date_type": _DAY, "date_parsing": _DAY, "date_from_datetime_parsing": _DAY, "date_from_datetime_inexact": _DAY,
}  # fmt: skip


def wrong_says(error: Mapping[str, Any], where: str, held: Callable[[Any], str] = shown,
               otherwise: Mapping[str, str] | None = None) -> str:
    """One of pydantic's errors, without a point at its end. ``held`` says what stands there, ``otherwise`` holds by
    complaint what is asked for in other words.
    """
    if error["type"] == "missing":
        return f"{where} is missing"
    context = {name: int(each) if isinstance(each, float) and each.is_integer() else each
               for name, each in error.get("ctx", {}).items()}
    if error["type"] == "value_error":  # one of our own
        return str(context["error"])
    wanted = {**_WANTED, **(otherwise or {})}.get(error["type"])
    if wanted is None:
        return f"{where} is {held(error['input'])}, which is not allowed there"
    return f"{where} is {held(error['input'])}, but must be {wanted.format(**context)}"
