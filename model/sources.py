"""Where numbers come from: the entries of `seeds/sources.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from model.errors import CallSheetError
from model.safe_yaml import read_yaml


@dataclass(frozen=True, slots=True)
class Source:
    """One publication, data set or statement: what it is, where it is, when it was read or published."""

    name: str
    title: str
    url: str
    date: str
    more: Mapping[str, Any] = field(default_factory=dict)  # every other entry of the file, as written


def read_sources(file: Any) -> dict[str, Source]:
    """The sources by id: a mapping id → entry, or a list of entries with `id`. No file gives none."""
    if not file.is_file():
        return {}
    entries = read_yaml(file, "seeds/sources.yaml")
    if isinstance(entries, dict) and isinstance(entries.get("sources"), (dict, list)):
        entries = entries["sources"]
    if isinstance(entries, list):
        entries = {str(each.get("id", "")) if isinstance(each, dict) else "": each for each in entries}
    if not isinstance(entries, dict):
        raise CallSheetError("seeds/sources.yaml must hold one entry per source, each under its id.")
    return {str(name): _source(str(name), entry) for name, entry in entries.items()}


def _source(name: str, entry: Any) -> Source:
    if not name or not isinstance(entry, dict):
        raise CallSheetError(
            f"seeds/sources.yaml: the source {name!r} must have an id, a title, a url and a date."
        )
    rest = {key: value for key, value in entry.items() if key not in ("id", "title", "url", "date")}
    return Source(name, *(str(entry.get(key) or "") for key in ("title", "url", "date")), rest)
