"""The files of data that are planted before the first week: what each holds, how many rows, and from whom."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from experiments.answer.settings import sources_named
from experiments.page.sheet import Cell, Sheet
from model.parameter import KINDS
from model.parameters import Params
from model.safe_yaml import read_yaml

# Parameters and scenarios have places of their own.
FOLDERS = ("", "ai", "forecasts", "history", "oracles", "places", "posterior")
SUFFIXES = (".csv", ".yaml", ".json")


@dataclass(frozen=True)
class Planted:
    """One file: its name from ``seeds/`` on, rows or entries, the ids of its sources, and whether rows have kinds."""

    name: str
    rows: int
    sources: tuple[str, ...]
    kinds: tuple[str, ...]


def files() -> list[str]:
    """Every data file below ``seeds/``, by folder and name."""
    found = []
    for folder in FOLDERS:
        shelf = resources.files("seeds") / folder if folder else resources.files("seeds")
        names = sorted(each.name for each in shelf.iterdir() if each.name.endswith(SUFFIXES))
        found += [f"{folder}/{name}" if folder else name for name in names]
    return found


@cache
def holds() -> dict[str, str]:
    """What each file holds, in a sentence."""
    return read_yaml(resources.files("viz") / "pages" / "method" / "seed_tables.yaml")


def planted(name: str) -> Planted:
    """What is in one file."""
    file = resources.files("seeds") / name
    if name.endswith(".csv"):
        rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
        return Planted(name, len(rows), _ids(rows), tuple(dict.fromkeys(row["kind"] for row in rows if _of_kind(row))))
    if name.endswith(".json"):
        return Planted(name, 1, (), ())
    written = read_yaml(file)
    entries = _entries(written)
    told = {each["kind"] for each in entries if isinstance(each.get("kind"), str)} & set(KINDS)
    return Planted(name, len(entries), _ids(written), tuple(sorted(told)))


def seed_tables() -> Sheet:
    """All files as a table."""
    rows = []
    for one in map(planted, files()):
        links = tuple(sources_named(" ".join(one.sources)))
        rows.append([Cell(one.name), Cell(f"{one.rows:,}", one.rows), Cell(holds().get(one.name, "")),
                     Cell(", ".join(one.kinds) or "–"), Cell("" if links else "–", links=links)])
    return Sheet("seeds", "Data files in seeds/, with rows or entries, and all the sources that they name",
                 ["file", "rows", "what it holds", "kinds of knowledge", "sources"], rows)


def _of_kind(row: dict[str, Any]) -> bool:
    return row.get("kind") in KINDS


def _entries(found: Any) -> list[dict[str, Any]]:
    """The entries of a YAML file, whether by name, in lists by name, or one alone."""
    if isinstance(found, dict) and any(isinstance(each, (dict, list)) for each in found.values()):
        parts = [each if isinstance(each, list) else [each] for each in found.values()]
        entries = [each for part in parts for each in part if isinstance(each, dict)]
        return entries or [found]
    return [found] if isinstance(found, dict) else [each for each in found or () if isinstance(each, dict)]


def _ids(found: Any) -> tuple[str, ...]:
    """Ids of sources below an entry, in the order of their first mention; words that are none are left out."""
    known = Params.load().sources
    return tuple(dict.fromkeys(each for each in _said(found) if each in known))


def _said(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        for key, value in found.items():
            if key == "source" and value:
                yield from value.split() if isinstance(value, str) else map(str, value)
            else:
                yield from _said(value)
    elif isinstance(found, list):
        for each in found:
            yield from _said(each)
