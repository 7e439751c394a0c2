"""Every number of the model with its unit, range, kind and sources, read from `seeds/parameters/*.yaml`.

A parameter's name is its file and its key: `labor.exit_base` is `exit_base` in labor.yaml.
`params.labor.exit_base` is the plain number and `params.about("labor.exit_base")` all that is known about it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, NamedTuple

from model.errors import CallSheetError, UnknownName, nearest, sentences
from model.parameter import Number, Parameter, is_plain_name, parameter_from
from model.safe_yaml import read_yaml
from model.sources import Source, read_sources

_NEXT = "`callsheet params` lists them all."


class Change(NamedTuple):
    """One value replaced: which, from what, to what, and by whom."""

    name: str
    before: Number
    after: Number
    by: str


class Group:
    """The parameters of one file as attributes; plain numbers, frozen."""

    def __init__(self, name: str, values: Mapping[str, Number]) -> None:
        self.__dict__.update(values)
        self.__dict__["_name"] = name

    def __getattr__(self, key: str) -> Number:
        if key.startswith("_"):
            raise AttributeError(key)
        group, known = self._name, [each for each in self.__dict__ if each != "_name"]
        raise UnknownName(sentences(f"There is no parameter {group}.{key}.", nearest(key, known), _NEXT))

    def __setattr__(self, key: str, value: object) -> None:
        raise AttributeError(
            f"{self._name}.{key} cannot be assigned: parameters are frozen. "
            f'Use params.override({{"{self._name}.{key}": {value!r}}}), which returns new ones.'
        )

    def __iter__(self) -> Iterator[tuple[str, Number]]:
        return ((key, value) for key, value in self.__dict__.items() if key != "_name")

    def __repr__(self) -> str:
        return f"Group({self._name}: " + ", ".join(f"{key}={value!r}" for key, value in self) + ")"


class Params:
    """All parameters of one world, frozen: groups as attributes, every change on a trail.

    `Params.load()` gives the baseline. Two `Params` with the same values have the same `digest()`.
    """

    def __init__(
        self,
        about: Mapping[str, Parameter],
        values: Mapping[str, Number] | None = None,
        trail: tuple[Change, ...] = (),
        sources_in: Any = None,
    ) -> None:
        """`about` holds every parameter by name, `values` those in force; `sources_in` is where
        sources.yaml lies.
        """
        held = dict(values) if values is not None else {name: each.value for name, each in about.items()}
        groups: dict[str, dict[str, Number]] = {}
        for name, value in held.items():
            group, _, key = name.partition(".")
            groups.setdefault(group, {})[key] = value
        self.__dict__.update({group: Group(group, inside) for group, inside in groups.items()})
        self.__dict__.update(_about=about, _values=held, trail=trail, _sources_in=sources_in)

    @classmethod
    def load(cls, folder: Any = None) -> Params:
        """The baseline, read once a process; `folder` is another `seeds` to read instead, every time anew."""
        return _baseline() if folder is None else _read(folder)

    def about(self, name: str) -> Parameter:
        """What is known about one parameter; its `value` is the baseline's."""
        try:
            return self._about[name]
        except KeyError:
            raise UnknownName(
                sentences(f"There is no parameter {str(name)[:80]}.", nearest(name, self._about), _NEXT)
            ) from None

    def names(self) -> tuple[str, ...]:
        """All names, by file and within a file as written."""
        return tuple(self._about)

    def override(self, changes: Mapping[str, Any], by: str = "override") -> Params:
        """New parameters with some values replaced; text is read as a number. `by` goes on the trail.

        Raises a sentence for an unknown name, a wrong type or a value outside the parameter's range.
        """
        if not changes:
            return self
        values, trail = dict(self._values), list(self.trail)
        for name, wanted in changes.items():
            value = self.about(name).legal(wanted)
            if value != values[name]:
                trail.append(Change(name, values[name], value, by))
                values[name] = value
        return Params(self._about, values, tuple(trail), self._sources_in)

    def values(self) -> dict[str, Number]:
        """Every value in force by name."""
        return dict(self._values)

    def changed(self) -> dict[str, Number]:
        """The values that differ from the baseline."""
        return {name: value for name, value in self._values.items() if value != self._about[name].value}

    def digest(self, without: tuple[str, ...] = ()) -> str:
        """64 hex digits that depend on names and values in force and on nothing else.

        ``without`` leaves out whole groups, by the beginning of their names.
        """
        kept = {name: value for name, value in self._values.items() if not name.startswith(without or "\0")}
        plain = json.dumps(kept, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(plain.encode()).hexdigest()

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The sources by id, read when first asked for."""
        return read_sources(self._sources_in / "sources.yaml") if self._sources_in is not None else {}

    def source(self, name: str) -> Source:
        """One source; raises a sentence for an id that is not in sources.yaml."""
        try:
            return self.sources[name]
        except KeyError:
            raise UnknownName(
                sentences(
                    f"There is no source {str(name)[:80]} in seeds/sources.yaml.", nearest(name, self.sources)
                )
            ) from None

    def __getitem__(self, name: str) -> Number:
        try:
            return self._values[name]
        except KeyError:
            return self.about(name).value

    def __contains__(self, name: object) -> bool:
        return name in self._about

    def __iter__(self) -> Iterator[str]:
        return iter(self._about)

    def __len__(self) -> int:
        return len(self._about)

    def __getattr__(self, name: str) -> Group:
        if name.startswith("_"):
            raise AttributeError(name)
        groups = sorted({each.partition(".")[0] for each in self._about})
        raise UnknownName(sentences(f"There is no group of parameters {name}.", nearest(name, groups), _NEXT))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(
            f"{name} cannot be assigned: parameters are frozen. "
            "Use params.override({name: value}), which returns new ones."
        )

    def __reduce__(self) -> tuple[Any, ...]:
        if self._about is _baseline()._about:
            return _restored, (self._values, self.trail)
        return Params, (self._about, self._values, self.trail, self._sources_in)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Params) and self._values == other._values

    def __hash__(self) -> int:
        return hash(self.digest())

    def __repr__(self) -> str:
        return f"Params({len(self)} parameters, {len(self.changed())} changed, {self.digest()[:12]})"


@cache
def _baseline() -> Params:
    return _read(files("seeds"))


def _restored(values: Mapping[str, Number], trail: tuple[Change, ...]) -> Params:
    baseline = _baseline()
    return Params(baseline._about, values, trail, baseline._sources_in)


def _read(folder: Any) -> Params:
    """Read every file of `folder`/parameters, in the order of their names."""
    about: dict[str, Parameter] = {}
    shelf = folder / "parameters"
    written = [each for each in shelf.iterdir() if each.name.endswith(".yaml")] if shelf.is_dir() else []
    for file in sorted(written, key=lambda each: each.name):
        group, where = file.name.removesuffix(".yaml"), f"seeds/parameters/{file.name}"
        if not is_plain_name(group) or hasattr(Params, group) or group == "trail":
            raise CallSheetError(
                f"{where} cannot be a group of parameters: {group} is taken or not a plain name. "
                "Rename the file."
            )
        entries = read_yaml(file, where)
        if not isinstance(entries, dict):
            raise CallSheetError(f"{where} must hold one entry per parameter, each under its name.")
        for key, entry in entries.items():
            about[f"{group}.{key}"] = parameter_from(f"{group}.{key}", entry, where)
    return Params(about, sources_in=folder)
