"""The closed list of units, and how a value in one of them is written for people.

A unit is one of the words below, alone or followed by what it is counted over: "share of traditional shoot
weeks", "USD per shoot day". The word decides the formatting; what follows it is prose.
"""

from __future__ import annotations

from model.errors import CallSheetError, nearest

CENTS, CENTS_A_MILLION = 100, 1e8  # in a dollar, and in a million dollars
PERCENT = frozenset({"share", "probability"})  # written as percentages, held as 0.25
MONEY = {"cents": 0.01, "USD": 1.0, "USD thousand": 1.0, "USD million": 1.0, "USD billion": 1.0}
# fmt: off
PLAIN = frozenset({
    # no dimension
    "number", "ratio", "multiple", "rate", "index", "elasticity", "exponent", "score", "weight", "points",
        "permille",
    "percentage points", "percent", "log points", "standard deviations", "switch",
    # time
    "minutes", "hours", "days", "weeks", "half-life weeks", "months", "quarters", "years", "week", "year",
    # work
    "people", "heads", "workers", "jobs", "crew-days", "crew-weeks", "shoot days", "shoot weeks",
    "stage days", "contacts", "divisions", "applications", "vacancies", "hires", "calls", "takes",
    # what is made, by whom and where
    "titles", "productions", "ideas", "episodes", "seasons", "pages", "firms", "studios", "providers",
    "places", "stages", "stage spaces", "square feet", "miles",
})
# fmt: on
UNITS: tuple[str, ...] = tuple(sorted(PERCENT | MONEY.keys() | PLAIN))
_JOINTS = tuple(f" {word} " for word in "of per a an in for to from at each on by".split())


def base_unit(unit: str) -> str:
    """The listed word that a unit begins with; raises `CallSheetError` for a unit that is not on the list."""
    for known in sorted(UNITS, key=len, reverse=True):
        rest = unit.removeprefix(known)
        if rest != unit and (rest == "" or rest.startswith(_JOINTS)):
            return known
    head = unit
    for joint in _JOINTS:
        head = head.partition(joint)[0]
    hint = nearest(head, UNITS) or "See model/units.py for the list."
    raise CallSheetError(f"The unit {unit!r} is not on the list of units. {hint}")


def say(value: object, unit: str) -> str:
    """A value with its unit as people read it: 25% of …, $1,250 per week, 26 weeks, on."""
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(say(one, unit) for one in value) + "]"
    if isinstance(value, bool):
        return "on" if value else "off"
    if value is None:
        return "none"
    base = base_unit(unit)
    tail = unit.removeprefix(base)
    if base in PERCENT:
        return f"{_number(100 * value)}%{_percent_tail(base, tail)}"
    if base in MONEY:
        dollars = value * MONEY[base]
        shown = _number(dollars) if dollars == int(dollars) else f"{dollars:,.2f}"
        return f"${shown}{base.removeprefix('USD').removeprefix('cents')}{tail}"
    if base == "year":
        return f"{value:.6g}{tail}"  # a date: 2026.3 is the spring of 2026
    return f"{_number(value)} {unit}" if base != "number" else f"{_number(value)}{tail}"


def _percent_tail(base: str, tail: str) -> str:
    return tail if tail or base == "share" else " chance"


def _number(value: float) -> str:
    """At least four figures, thousands set apart; one decimal from a thousand on."""
    if isinstance(value, int) or value == int(value):
        return f"{int(value):,}"
    if abs(value) >= 1000:
        return f"{value:,.1f}"
    return f"{value:.4g}"
