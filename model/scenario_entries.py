"""How the entries of a scenario are read: numbers in bounds, days, names, settings; from YAML, an address
or Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from model.calendar import EPOCH, LAST_DAY, parse_date
from model.errors import CallSheetError, shown
from model.safe_yaml import is_number, scalar

MOST_SCALE, MOST_SEED = 10.0, 2**63 - 1

LONGEST_TEXT = 1000


def flat(what: str, entries: Any) -> dict[str, Any]:
    """{"TaxCredit": {"rate": 0.45}} and {"TaxCredit.rate": 0.45} are the same; text is read as YAML would."""
    if not isinstance(entries, Mapping):
        raise CallSheetError(f"{what} is {shown(entries)}, but must hold entries name: value.")
    flat: dict[str, Any] = {}
    for key, value in entries.items():
        inside = (
            {f"{key}.{knob}": one for knob, one in value.items()}
            if isinstance(value, Mapping)
            else {str(key): value}
        )
        for name, one in inside.items():
            if name in flat:
                raise CallSheetError(f"{what}: {name} is set twice. Keep one of the two.")
            one = _from_text(name, one)
            flat[name] = one.isoformat() if isinstance(one, date) else _frozen(one)
    return flat


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def is_nothing(value: Any) -> bool:
    """Whether a setting asks for what would be there without it."""
    return value is None or (isinstance(value, str) and value.strip().lower() in ("", "none", "neutral"))


def names_from(what: str, given: Any) -> tuple[str, ...]:
    """A list of names, or names set apart by commas, each once."""
    given = [each for each in given.split(",") if each] if isinstance(given, str) else given
    if not isinstance(given, (list, tuple)) or not all(isinstance(each, str) for each in given):
        raise CallSheetError(f"{what} is {shown(given)}, but must be a list of names.")
    return tuple(dict.fromkeys(each.strip() for each in given))


def day_from(value: object, what: str) -> date:
    """A day the model can reach."""
    day = parse_date(value, what)
    if not EPOCH <= day <= LAST_DAY:
        raise CallSheetError(
            f"{what} is {day}, but must be a day from {EPOCH} to {LAST_DAY}. Choose one inside."
        )
    return day


def number_from(what: str, value: Any, kind: type, low: float, high: float, unit: str) -> Any:
    """A number inside its bounds; `low` itself is allowed for whole numbers only (a scale of 0 is nobody)."""
    wanted = _from_text(what, value)
    between = f"from {low} to {high}" if kind is int else f"above {low:g} and at most {high:g}"
    if not is_number(wanted) or (kind is int and wanted != wanted // 1):
        whole = "a whole" if kind is int else "a"
        raise CallSheetError(f"{what} is {shown(value)}, but must be {whole} number {between} ({unit}).")
    if not (low <= wanted <= high if kind is int else low < wanted <= high):
        raise CallSheetError(f"{what} is {wanted}, but must be {between} ({unit}). Choose a value inside.")
    return kind(wanted)


def _from_text(what: str, value: Any) -> Any:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        return value
    try:
        return scalar(value.strip())
    except CallSheetError as trouble:
        raise CallSheetError(f"{what}: {trouble}.") from None


def as_json(value: Any) -> Any:
    """A field as JSON and YAML know it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: as_json(each) for key, each in value.items()}
    return [as_json(each) for each in value] if isinstance(value, tuple) else value
