"""What a lever is: a dated change of this week's rules with a few knobs, neutral until one is turned."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from model import units
from model.calendar import EPOCH, LAST_DAY, parse_date
from model.errors import CallSheetError, UnknownName, nearest, sentences, shown
from model.policy import Policy
from model.safe_yaml import is_number, scalar

_NEVER, _ALWAYS = 2**31, -(2**31)
_NEUTRAL_WORDS = ("", "none", "neutral", "~", "null")


class Knob:
    """One setting of a lever, declared as a class attribute; on an instance it reads as the value set.

    `neutral` leaves the rules as they are and may be None, "as legislated". `low` and `high` are the bounds,
    both included, in `unit`. `source` is an id in seeds/sources.yaml (or "" for an assumption), `why` the
    reason for bounds.
    """

    def __init__(
        self, neutral: float | None, low: float, high: float, unit: str, label: str, source: str, why: str
    ) -> None:
        units.base_unit(unit)
        if not low < high or not (neutral is None or low <= neutral <= high):
            raise CallSheetError(
                f"The knob {label!r} has bounds {low} to {high} and neutral {neutral}. "
                "The lower bound comes first and neutral lies inside."
            )
        self.neutral, self.low, self.high = neutral, low, high
        self.unit, self.label, self.source, self.why = unit, label, source, why
        self.is_whole = all(type(each) is int for each in (low, high))
        self.name = self.lever = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name, self.lever = name, owner.__name__

    def __get__(self, instance: Lever | None, owner: type) -> Any:
        return self if instance is None else instance.__dict__.get(self.name, self.neutral)

    def __set__(self, instance: Lever, value: Any) -> None:
        instance.__dict__[self.name] = self.legal(value)

    def legal(self, wanted: Any) -> int | float | None:
        """The value to use for one asked for, text included; raises a sentence for a wrong type or out of
        range.
        """
        wanted = _plain(wanted, f"{self.lever}.{self.name}")
        if wanted is None:
            return self.neutral
        if not is_number(wanted):
            raise CallSheetError(
                f"{self.lever}.{self.name} is {shown(wanted)}, but must be a number {self.allowed}."
            )
        if self.is_whole and wanted != int(wanted):
            raise CallSheetError(
                f"{self.lever}.{self.name} is {wanted:g}, but must be a whole number {self.allowed}."
            )
        if not self.low <= wanted <= self.high:
            raise CallSheetError(
                f"{self.lever}.{self.name} is {wanted:g}, but must be a number {self.allowed}. "
                f"Neutral is {'none (as legislated)' if self.neutral is None else self.neutral}."
            )
        return int(wanted) if self.is_whole else float(wanted)

    @property
    def allowed(self) -> str:
        """The bounds in words."""
        return f"from {self.low:g} to {self.high:g} ({self.unit})"


class Lever:
    """A dated change of the rules, made to a fresh copy of the baseline's every week; subclass it in a file
    of its own.

    The subclass's docstring says what it works through and what it does not; its knobs are class attributes.
    It is in force in the weeks that begin on or after `from_date` and before `to_date`; without dates,
    always.
    """

    knobs: ClassVar[Mapping[str, Knob]] = {}

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        cls.knobs = {**cls.knobs, **{key: each for key, each in vars(cls).items() if isinstance(each, Knob)}}
        if not cls.__doc__ or not cls.knobs:
            raise CallSheetError(
                f"The lever {cls.__name__} must have a docstring, saying what it works through and what "
                "it does not, and at least one Knob."
            )

    def __init__(self, from_date: object = None, to_date: object = None, **settings: Any) -> None:
        """Set knobs by name; dates as `date` or as text."""
        me = type(self).__name__
        for key, value in settings.items():
            if key not in self.knobs:
                raise UnknownName(
                    sentences(f"The lever {me} has no knob {key[:80]}.", nearest(key, self.knobs))
                )
            setattr(self, key, value)
        self.from_date, self.to_date = _day(from_date, f"{me}.from"), _day(to_date, f"{me}.to")
        self.from_week = _ALWAYS if self.from_date is None else _week_from(self.from_date)
        self.to_week = _NEVER if self.to_date is None else _week_from(self.to_date)
        if self.from_date and self.to_date and self.to_date <= self.from_date:
            raise CallSheetError(
                f"{me}.to is {self.to_date}, not after {me}.from, {self.from_date}. "
                "Give a later day, or leave it out."
            )

    def apply(self, policy: Policy, week: int) -> None:
        """Change this week's rules in place; `policy` is a fresh copy of the baseline's. Subclasses write
        it.
        """
        raise NotImplementedError(f"The lever {type(self).__name__} must say what it changes: write apply().")

    @property
    def is_neutral(self) -> bool:
        """Whether every knob is where it changes nothing."""
        return all(getattr(self, name) == knob.neutral for name, knob in self.knobs.items())

    def settings(self) -> dict[str, int | float | str]:
        """The knobs that are turned, and the dates if any is, under their full names."""
        turned = {
            name: getattr(self, name)
            for name, knob in self.knobs.items()
            if getattr(self, name) != knob.neutral
        }
        if turned and self.from_date:
            turned["from"] = self.from_date.isoformat()
        if turned and self.to_date:
            turned["to"] = self.to_date.isoformat()
        return {f"{type(self).__name__}.{name}": value for name, value in turned.items()}

    @classmethod
    def text(cls) -> str:
        """The docstring, for the card and the Method page."""
        return inspect.cleandoc(cls.__doc__ or "")


def _plain(wanted: Any, name: str) -> Any:
    """Text as the value it stands for; the words for neutral become None."""
    if not isinstance(wanted, str):
        return wanted
    if wanted.strip().lower() in _NEUTRAL_WORDS:
        return None
    try:
        return scalar(wanted.strip())
    except CallSheetError as trouble:
        raise CallSheetError(f"{name}: {trouble}.") from None


def _day(value: object, name: str) -> date | None:
    if value is None or (isinstance(value, str) and value.strip().lower() in _NEUTRAL_WORDS):
        return None
    day = parse_date(value, name)
    if not EPOCH <= day <= LAST_DAY:
        raise CallSheetError(
            f"{name} is {day}, but must be a day from {EPOCH} to {LAST_DAY}. Choose one inside."
        )
    return day


def _week_from(day: date) -> int:
    """The first week that begins on or after a day."""
    return -((EPOCH - day).days // 7)
