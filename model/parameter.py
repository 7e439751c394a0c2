"""One parameter: a number with all that is known about it, and what values it may take."""

from __future__ import annotations

import re
from keyword import iskeyword
from typing import Any, NamedTuple

from model import units
from model.errors import CallSheetError, nearest, shown
from model.safe_yaml import is_number, scalar

Number = bool | int | float | tuple[int | float, ...]

KINDS = ("datum", "estimate", "claim", "assumption", "calibrated", "policy")
_REQUIRED = ("label", "value", "unit", "range", "kind", "why")
_ALLOWED = frozenset({*_REQUIRED, "says"})


class Saying(NamedTuple):
    """What one source says about a parameter; sources that disagree stay side by side."""

    source: str
    value: Any = None
    note: str = ""


class Parameter(NamedTuple):
    """A number of the model: its unit, the range it may take, what kind of knowledge it is, and who says
    so.
    """

    name: str
    label: str
    value: Number
    unit: str
    range: tuple[float, float]
    kind: str
    says: tuple[Saying, ...]
    why: str

    @property
    def is_whole(self) -> bool:
        """Whether only whole numbers make sense: the value and both ends of the range are written without
        a point.
        """
        value = self.value if isinstance(self.value, tuple) else (self.value,)
        return all(type(each) is int for each in (*value, *self.range))

    def legal(self, wanted: Any) -> Number:
        """The value to use for one asked for; raises a sentence if it has the wrong type or is out of
        range.
        """
        try:
            wanted = _from_text(wanted, isinstance(self.value, tuple))
        except CallSheetError as trouble:
            raise CallSheetError(f"{self.name}: {trouble}.") from None
        return _legal(self, wanted)

    def say(self, value: Any = None) -> str:
        """The value, or another one, with its unit, for people."""
        return units.say(self.value if value is None else value, self.unit)


def is_plain_name(name: str) -> bool:
    """Whether a file or key can be an attribute: small letters, digits, underscores, not a word of Python."""
    return re.fullmatch("[a-z][a-z0-9_]*", name) is not None and not iskeyword(name)


def parameter_from(name: str, entry: Any, where: str) -> Parameter:
    """The parameter that one YAML entry declares; raises a sentence naming the file when something is
    missing.
    """
    if not is_plain_name(name.rpartition(".")[2]):
        raise CallSheetError(
            f"{where}: {name[:80]!r} cannot be the name of a parameter. "
            "Use small letters, digits and underscores, and no word of Python."
        )
    if not isinstance(entry, dict):
        raise CallSheetError(f"{where}: {name} must hold label, value, unit, range, kind and why.")
    if not entry.keys() <= _ALLOWED:
        stray = next(key for key in entry if key not in _ALLOWED)
        raise CallSheetError(
            f"{where}: {name} has an unknown entry {stray!r}. {nearest(stray, sorted(_ALLOWED))}"
        )
    is_switch = isinstance(entry.get("value"), bool)
    for key in _REQUIRED:
        if entry.get(key) in (None, "", []) and not (is_switch and key == "range"):
            raise CallSheetError(f"{where}: {name} has no {key}. Add it.")
    value, bounds = entry["value"], entry.get("range", [False, True])
    if isinstance(value, list):
        value = tuple(value)
    if (
        not isinstance(bounds, list)
        or len(bounds) != 2
        or not all(map(is_number, bounds))
        or bounds[0] > bounds[1]
    ):
        if not is_switch:
            raise CallSheetError(
                f"{where}: {name} has the range {bounds!r}. Write two numbers, the lower one first."
            )
    if entry["kind"] not in KINDS:
        raise CallSheetError(f"{where}: {name} is of kind {entry['kind']!r}. Allowed: {', '.join(KINDS)}.")
    try:
        units.base_unit(str(entry["unit"]))
        made = Parameter(
            name,
            str(entry["label"]),
            value,
            str(entry["unit"]),
            tuple(bounds),
            entry["kind"],
            _sayings(entry.get("says")),
            str(entry["why"]),
        )
        return made._replace(value=_legal(made, value))
    except CallSheetError as trouble:
        raise CallSheetError(f"{where}: {name}: {trouble}") from None


def _legal(parameter: Parameter, wanted: Any) -> Number:
    standard = parameter.value
    if isinstance(standard, tuple):
        given = wanted if isinstance(wanted, (list, tuple)) else (wanted,)
        if len(given) != len(standard):
            raise _wrong(parameter, wanted, f"a list of {len(standard)} numbers")
        return tuple(_legal_number(parameter, each) for each in given)
    if isinstance(standard, bool):
        if not isinstance(wanted, bool):
            raise _wrong(parameter, wanted, "true or false")
        return wanted
    return _legal_number(parameter, wanted)


def _legal_number(parameter: Parameter, wanted: Any) -> int | float:
    if not is_number(wanted):
        raise _wrong(parameter, wanted, "a number")
    if parameter.is_whole:
        if wanted != int(wanted):
            raise _wrong(parameter, wanted, "a whole number")
        wanted = int(wanted)
    else:
        wanted = float(wanted)
    low, high = parameter.range
    if not low <= wanted <= high:
        raise CallSheetError(
            f"{parameter.name} is {wanted:g}, outside its range of {low:g} to {high:g} "
            f"({parameter.unit}). Choose a value inside it."
        )
    return wanted


def _wrong(parameter: Parameter, wanted: Any, needed: str) -> CallSheetError:
    low, high = parameter.range
    given = ", ".join(map(str, wanted)) if isinstance(wanted, (list, tuple)) else wanted
    now = ", ".join(map(str, parameter.value)) if isinstance(parameter.value, tuple) else repr(parameter.value)
    between = "" if needed == "true or false" else f" from {low:g} to {high:g}"
    return CallSheetError(
        f"{parameter.name} is {shown(given)}, but must be {needed}{between} "
        f"({parameter.unit}). Now it is {now}."
    )


def _from_text(wanted: Any, is_list: bool) -> Any:
    """Numbers typed on a command line or in an address become numbers; several are set apart by commas."""
    if not isinstance(wanted, str):
        return wanted
    if is_list:
        return tuple(scalar(part.strip()) for part in wanted.strip("[] ").split(","))
    return scalar(wanted.strip())


def _sayings(says: Any) -> tuple[Saying, ...]:
    if says is None:
        return ()
    if not isinstance(says, list) or not all(isinstance(each, dict) and each.get("source") for each in says):
        raise CallSheetError("`says` must be a list of entries {source, value, note}. Give each its source.")
    stray = next((key for each in says for key in each if key not in Saying._fields), None)
    if stray is not None:
        raise CallSheetError(f"`says` has an unknown entry {stray!r}. {nearest(stray, Saying._fields)}")
    return tuple(Saying(str(each["source"]), each.get("value"), str(each.get("note") or "")) for each in says)
