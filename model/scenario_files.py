"""Scenarios as YAML files: the named ones of seeds/scenarios, and anyone's own; one may inherit from
another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from model.errors import CallSheetError, UnknownName, nearest, sentences, shown
from model.safe_yaml import read_yaml
from model.scenario_entries import flat, is_nothing

MOST_ANCESTORS = 8
_ADD_UP = ("overrides", "levers")


@cache
def names() -> tuple[str, ...]:
    """The names there are."""
    shelf = files("seeds") / "scenarios"
    return tuple(sorted(each.name[:-5] for each in shelf.iterdir() if each.name.endswith(".yaml")))


def entries_of(name: str, allowed: Collection[str], below: tuple[str, ...] = ()) -> dict[str, Any]:
    """The entries of seeds/scenarios/NAME.yaml with what it inherits; `below` are the names that inherit
    from it.
    """
    if name not in names():
        hint = nearest(name, names(), listed=len(names()))
        raise UnknownName(sentences(f"There is no scenario {shown(name)}.", hint))
    file = files("seeds") / "scenarios" / f"{name}.yaml"
    return entries_in(file, allowed, f"seeds/scenarios/{name}.yaml", (*below, name))


def entries_in(
    file: Any, allowed: Collection[str], where: str = "", below: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The entries of a file with what it inherits; overrides and levers add to the parent's.

    What is expected belongs to a comparison and replaces what the parent expects.
    """
    where = where or file.name
    entries = read_yaml(file, where)
    if not isinstance(entries, dict):
        raise CallSheetError(f"{where} must hold a scenario: start, until, levers and so on, one a line.")
    for key in entries:
        if key not in allowed and key != "inherits":
            hint = nearest(key, [*allowed, "inherits"]) or f"It may have {', '.join(sorted([*allowed, 'inherits']))}."
            raise UnknownName(sentences(f"{where}: a scenario has no {str(key)[:60]}.", hint))
    given = {key: value for key, value in entries.items() if value is not None and key != "inherits"}
    parent = entries.get("inherits")
    if parent is None:
        return given
    if parent in below or len(below) >= MOST_ANCESTORS:
        circle = " from ".join((*below, str(parent)))
        raise CallSheetError(f"{where}: it inherits in a circle: {circle}. Break the circle.")
    inherited = entries_of(str(parent), allowed, below)
    for key in _ADD_UP:
        merged = {**flat(key, inherited.get(key, {})), **flat(key, given.get(key, {}))}
        given[key] = {name: value for name, value in merged.items() if not is_nothing(value)}
    return {**inherited, **given}


@cache
def shock_names() -> tuple[str, ...]:
    """The dated shocks of seeds/shocks.yaml, which a scenario may leave out."""
    shelf = files("seeds") / "shocks.yaml"
    return tuple(read_yaml(shelf, "seeds/shocks.yaml")) if shelf.is_file() else ()


def known_shocks(names: Iterable[str]) -> None:
    """Raises a sentence for the first of the ``names`` that no dated shock has."""
    for name in names:
        if name not in shock_names():
            raise UnknownName(sentences(f"There is no dated shock {str(name)[:80]} to leave out.",
                                        nearest(str(name), shock_names())))


def as_yaml(entries: Mapping[str, Any]) -> str:
    """Entries as a YAML file; what is empty is left out."""
    import yaml

    held = {key: value for key, value in entries.items() if value not in ("", [], {})}
    return yaml.safe_dump(held, sort_keys=False, allow_unicode=True, width=110)
