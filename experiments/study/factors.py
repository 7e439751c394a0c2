"""What the runs of a study differ in: uncertainties of the world, and levers somebody can pull.

A point is given by coordinates from 0 to 1. Of a plain number they run from the low to the high end of its range,
evenly, or evenly in logarithms where the range spans a factor of thirty or more. Of a list (by stage, by kind) 0.5 is
the list itself, 0 the low end for all of it and 1 the high end.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from experiments.study.held import HELD
from model.errors import CallSheetError, UnknownName, nearest, sentences
from model.levers import lever_classes
from model.parameter import Parameter
from model.parameters import Params
from model.safe_yaml import is_number

UNCERTAINTY, LEVER = "uncertainty", "lever"
RESERVED = ("row", "case", "scenario", "point", "future", "runner", "asks")
LOGARITHMIC_FROM = 30.0  # high end over low end


@dataclass(frozen=True)
class Factor:
    """One thing that differs: its range, or the values it takes, and what is known about it."""

    name: str
    role: str
    low: float
    high: float
    values: tuple[Any, ...] = ()  # for a grid; empty for the whole range
    about: Parameter | None = None  # of a parameter
    whole: bool = False
    label: str = ""
    unit: str = ""
    kind: str = "assumption"

    def at(self, u: float) -> Any:
        """The value at a coordinate; one of the listed values where there are any."""
        if self.values:
            return self.values[min(len(self.values) - 1, int(u * len(self.values)))]
        if self.about is not None:
            return value_at(self.about, u, self.low, self.high)
        value = self.low + (self.high - self.low) * u
        return round(value) if self.whole else float(f"{value:.6g}")


def value_at(about: Parameter, u: float, low: float | None = None, high: float | None = None) -> Any:
    """The value of a parameter at a coordinate of its range, or of the part of it from ``low`` to ``high``."""
    low = about.range[0] if low is None else low
    high = about.range[1] if high is None else high
    if isinstance(about.value, tuple):
        return tuple(_plain(about, _between(each, low if u < 0.5 else high, abs(2 * u - 1)), low, high)
                     for each in about.value)
    if low > 0 and high / low >= LOGARITHMIC_FROM:
        return _plain(about, math.exp(_between(math.log(low), math.log(high), u)), low, high)
    return _plain(about, _between(low, high, u), low, high)


def coordinate_of(about: Parameter, value: float) -> float:
    """The coordinate at which a plain number of the range stands: :func:`value_at` the other way round."""
    low, high = about.range
    if low > 0 and high / low >= LOGARITHMIC_FROM:
        low, high, value = math.log(low), math.log(high), math.log(value)
    return (value - low) / (high - low)


def _between(one: float, other: float, part: float) -> float:
    return one + (other - one) * part


def _plain(about: Parameter, value: float, low: float, high: float) -> int | float:
    value = round(value) if about.is_whole else float(f"{value:.6g}")
    return min(max(value, low), high)


def uncertainties(given: Mapping[str, Any], held: Collection[str] = ()) -> tuple[Factor, ...]:
    """Factors from names of parameters (`ai_tasks.capability`, or `ai_*` for all that begin so but those ``held``) and
    their ranges: nothing for the whole range, ``{low, high}`` for part of it, ``{values}`` for a list.
    """
    params, found = Params.load(), {}
    for name, spec in given.items():
        if "*" in name:
            if spec:
                raise CallSheetError(f"uncertainties.{name} stands for many parameters and cannot have a range.")
            free = (each for each in params.names() if each not in HELD and each not in held)
            ranges = {each: params.about(each).range for each in free if fnmatchcase(each, name)}
            names = [each for each, (low, high) in ranges.items() if low < high]
            if not names:
                raise UnknownName(f"uncertainties.{name}: no parameter begins so. `callsheet params` lists them all.")
            for each in names:
                found.setdefault(each, _of_parameter(params.about(each), None))
        else:
            found[name] = _of_parameter(params.about(name), spec)
    return tuple(found.values())


def _of_parameter(about: Parameter, spec: Any) -> Factor:
    low, high, values = _range(f"uncertainties.{about.name}", spec, about.range)
    values = tuple(about.legal(each) for each in values)
    if not values and isinstance(about.value, tuple) and (low, high) != tuple(about.range):
        raise CallSheetError(f"uncertainties.{about.name} is a list of numbers: give `values`, or its whole range.")
    return Factor(
        about.name, UNCERTAINTY, low, high, values, about, about.is_whole, about.label, about.unit, about.kind
    )


def levers(given: Mapping[str, Any]) -> tuple[tuple[Factor, ...], dict[str, Any]]:
    """(factors, settings held): of `Lever.knob` with a range or values, and with one value or a date."""
    factors, held = [], {}
    for full, spec in given.items():
        lever, _, knob = str(full).partition(".")
        classes = lever_classes()
        if lever not in classes:
            raise UnknownName(sentences(f"There is no lever {lever[:80]}.", nearest(lever, classes)))
        if not isinstance(spec, Mapping):
            held[full] = spec
            continue
        knobs = classes[lever].knobs
        if knob not in knobs:
            raise UnknownName(sentences(f"The lever {lever} has no knob {knob[:80]}.", nearest(knob, knobs)))
        about = knobs[knob]
        low, high, values = _range(f"levers.{full}", spec, (about.low, about.high))
        values = tuple(about.legal(each) for each in values)
        factors.append(Factor(full, LEVER, low, high, values, None, about.is_whole, about.label, about.unit, "policy"))
    return tuple(factors), held


def arguments(given: Mapping[str, Any]) -> tuple[Factor, ...]:
    """Factors that are arguments of a function: their ranges have to be given."""
    found = []
    for name, spec in given.items():
        if name in RESERVED:
            raise CallSheetError(f"uncertainties.{name}: that is the name of a column of the plan. Choose another.")
        low, high, values = _range(f"uncertainties.{name}", spec, (float("nan"), float("nan")))
        found.append(Factor(name, UNCERTAINTY, low, high, values, label=name))
    return tuple(found)


def _range(where: str, spec: Any, legal: Sequence[float]) -> tuple[float, float, tuple[Any, ...]]:
    spec = {} if spec is None else spec
    if not isinstance(spec, Mapping):
        raise CallSheetError(f"{where} must hold low and high, or values, or nothing for the whole range.")
    stray = next((key for key in spec if key not in ("low", "high", "values")), None)
    if stray is not None:
        raise CallSheetError(sentences(f"{where} has an unknown entry {str(stray)[:40]!r}.",
                                       nearest(stray, ("low", "high", "values"))))
    if "values" in spec:
        values = spec["values"]
        if len(spec) > 1 or not isinstance(values, (list, tuple)) or not values:
            raise CallSheetError(f"{where}.values must be a list of at least one value, without low and high.")
        return legal[0], legal[1], tuple(tuple(each) if isinstance(each, list) else each for each in values)
    low, high = spec.get("low", legal[0]), spec.get("high", legal[1])
    for name, each in (("low", low), ("high", high)):
        if not is_number(each):
            raise CallSheetError(f"{where}.{name} is {str(each)[:40]!r}, but must be a number.")
    if low >= high:
        raise CallSheetError(f"{where} runs from {low:g} to {high:g}: the range is upside down or empty. "
                             "Write the lower end first.")
    if low < legal[0] or high > legal[1]:
        raise CallSheetError(f"{where} runs from {low:g} to {high:g}, but is legal from {legal[0]:g} to {legal[1]:g}.")
    return low, high, ()
