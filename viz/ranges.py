"""Numbers and ranges in the unit in which pages show them, as notices and the panel of levers say them."""

from __future__ import annotations

from experiments.answer.wording import MINUS
from model import units

# Units that say nothing beside a number.
BARE = ("elasticity", "exponent", "index", "number", "rate", "ratio", "score", "switch", "weight", "year")
FAR = 1e15  # from here on a number is said as a power of ten


def range_said(low: float, high: float, unit: str) -> str:
    """From least to most; what it is counted in stands once, at its end."""
    most = in_unit(high, unit) if unit in BARE else _signed(units.say(high, unit))
    return f"{_number(low, unit)} to {most}"


def in_unit(value: float, unit: str) -> str:
    """A number as pages show it: shares in percent, money in dollars, and anything else by itself."""
    base = units.base_unit(unit)
    if base in units.MONEY and abs(value) < FAR:
        return (MINUS if value < 0 else "") + units.say(abs(value), base)
    return _number(value, unit) + ("%" if base in units.PERCENT else "")


def _number(value: float, unit: str) -> str:
    """The number alone, a share in percent; years without a comma."""
    base = units.base_unit(unit)
    shown = 100.0 * value if base in units.PERCENT else value
    if abs(shown) >= FAR:
        return _signed(f"{shown:g}")
    return _signed(f"{shown:.6g}" if base == "year" else f"{shown:,.6g}")


def _signed(text: str) -> str:
    return MINUS + text[1:] if text.startswith("-") else text
