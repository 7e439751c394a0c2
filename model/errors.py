"""Errors as sentences: what was wrong, what is allowed, what to do next."""

from __future__ import annotations

from collections.abc import Iterable


class CallSheetError(ValueError):
    """Something a person can put right; its text is shown to them as it stands.

    The text is whole sentences: the offending name, its value, what is allowed, the unit, what to do next.
    """

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class UnknownName(CallSheetError, AttributeError, KeyError):
    """A name that does not exist, whether it was reached by attribute, by key or from outside."""


def shown(value: object, most: int = 60) -> str:
    """A value as it can stand in a sentence: quoted, and cut where it is long."""
    try:
        text = str(value)
    except ValueError:  # Python does not write out whole numbers of thousands of digits
        text = "a number of thousands of digits"
    return repr(text if len(text) <= most else text[:most] + "…")


def sentences(*parts: str) -> str:
    """Sentences set one after another; empty ones leave no trace."""
    return " ".join(part for part in parts if part)


def nearest(name: object, names: Iterable[str], most: int = 3, listed: int = 12) -> str:
    """A sentence that points from a wrong name to the nearest right ones.

    Case is ignored, and a part of a dotted name counts: `exit_base` finds `labor.exit_base`. With nothing
    near, a list of at most `listed` names is given whole; a longer one gives an empty string.
    """
    found = closest(name, names, most)
    if found:
        return f"Did you mean {_either(found)}?"
    names = list(names)
    return f"There {'are' if len(names) > 1 else 'is'} {_listed(names)}." if 0 < len(names) <= listed else ""


def closest(name: object, names: Iterable[str], most: int = 3) -> list[str]:
    """The nearest names, best first; at most `most`, perhaps none."""
    from difflib import get_close_matches

    wanted = str(name).strip().lower()[:200]
    shelf: dict[str, list[str]] = {}
    for full in names:
        for form in {full.lower(), full.rpartition(".")[2].lower()}:
            shelf.setdefault(form, []).append(full)
    keys = get_close_matches(wanted, shelf, n=most, cutoff=0.6)
    last = wanted.rpartition(".")[2]
    keys += get_close_matches(last, shelf, n=most, cutoff=0.75) if last != wanted else []
    keys += [key for key in shelf if len(wanted) >= 4 and wanted in key]
    return list(dict.fromkeys(full for key in keys for full in shelf[key]))[:most]


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


class Failure(CallSheetError):
    """Something that failed although the input was right: the command ends with code 1 instead of 2."""

    exit_code = 1
