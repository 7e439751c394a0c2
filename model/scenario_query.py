"""A scenario as the query of an address: only what differs from the named scenario it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from model.errors import CallSheetError, UnknownName, nearest, sentences

MOST_CHARACTERS, MOST_PARTS = 4000, 100
_PLAIN = ("start", "until", "scale", "seed", "futures", "against")
_LISTS = ("without", "watch")
_PREFIXES = {"set": "overrides", "lever": "levers"}
_GONE = "none"


def write_query(mine: Mapping[str, Any], base: Mapping[str, Any]) -> str:
    """`scenario=NAME` and what is not as in the scenario of that name; both as plain entries."""
    parts: list[tuple[str, Any]] = [("scenario", mine["name"])]
    for key in (*_PLAIN, *_LISTS):
        if mine[key] != base[key]:
            parts.append((key, (",".join(mine[key]) if key in _LISTS else mine[key]) or _GONE))
    for prefix, key in _PREFIXES.items():
        changed = {name: each for name, each in mine[key].items() if base[key].get(name) != each}
        parts += [(f"{prefix}.{name}", _text(each)) for name, each in changed.items()]
        parts += [(f"{prefix}.{name}", _GONE) for name in base[key] if name not in mine[key]]
    return urlencode(parts, safe=",:")


def read_query(query: str) -> tuple[str, dict[str, Any]]:
    """The named scenario and the changes that a query asks for, those of parameters and levers in groups of
    their own.

    Raises a sentence for what is unknown, repeated or too long; whether values are legal is for the scenario
    to say.
    """
    query = query.removeprefix("?")
    if len(query) > MOST_CHARACTERS:
        raise CallSheetError(
            f"The address has {len(query)} characters, more than {MOST_CHARACTERS}. Shorten it."
        )
    try:
        pairs = parse_qsl(query, True, strict_parsing=bool(query), errors="strict", max_num_fields=MOST_PARTS)
    except ValueError:
        raise CallSheetError("The address cannot be read. Write it as scenario=baseline&seed=3.") from None
    keys = [key for key, _ in pairs]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise CallSheetError(f"The address says {twice[:60]} twice. Keep one of the two.")
    given = dict(pairs)
    name = given.pop("scenario", "baseline")
    changes: dict[str, Any] = {"set": {}, "levers": {}}
    for key, value in given.items():
        prefix, _, inner = key.partition(".")
        if key in _PLAIN or key in _LISTS:
            changes[key] = "" if value == _GONE else value
        elif prefix in _PREFIXES and inner:
            changes["set" if prefix == "set" else "levers"][inner] = value
        else:
            hint = nearest(key, ("scenario", *_PLAIN, *_LISTS, "set.NAME", "lever.NAME"))
            raise UnknownName(sentences(f"The address says {key[:60]}, which is not known.", hint))
    return name, changes


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(map(_text, value)) if isinstance(value, list) else str(value)
