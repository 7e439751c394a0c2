"""The levers of one world: found by listing this folder, built from settings, applied in the order of
their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from model.errors import CallSheetError, UnknownName, nearest, sentences
from model.levers.base import Lever
from model.policy import Policy

_NOT_LEVERS = ("base", "collection")


@cache
def lever_classes() -> dict[str, type[Lever]]:
    """Every lever there is, by name: the `Lever` subclasses written in the modules of this folder."""
    found: dict[str, type[Lever]] = {}
    for module in sorted(each.name for each in iter_modules([str(Path(__file__).parent)])):
        if module in _NOT_LEVERS or module.startswith("_"):
            continue
        inside = vars(import_module(f"model.levers.{module}")).values()
        for kind in inside:
            if (
                isinstance(kind, type)
                and issubclass(kind, Lever)
                and kind.__module__ == f"model.levers.{module}"
            ):
                if kind.__name__ in found:
                    raise CallSheetError(
                        f"Two files hold a lever called {kind.__name__}: {found[kind.__name__].__module__} "
                        f"and {kind.__module__}. Rename one of the classes."
                    )
                found[kind.__name__] = kind
    return dict(sorted(found.items()))


class Levers:
    """The levers set in one world, from settings such as {"TaxCredit.rate": 0.45, "TaxCredit.from":
    "2025-07-01"}.

    Raises a sentence for an unknown lever or knob, a value out of bounds or an impossible date.
    """

    def __init__(
        self, settings: Mapping[str, Any] | None = None, classes: Mapping[str, type[Lever]] | None = None
    ) -> None:
        """`classes` are the levers to choose from; by default all that `lever_classes` finds."""
        grouped: dict[str, dict[str, Any]] = {}
        for full, value in (settings or {}).items():
            lever, _, knob = str(full).partition(".")
            grouped.setdefault(lever, {})[knob] = value
        known = (lever_classes() if classes is None else classes) if grouped else {}
        self._levers = tuple(_build(name, knobs, known) for name, knobs in sorted(grouped.items()))
        self._turned = tuple(
            (each.from_week, each.to_week, each.apply) for each in self._levers if not each.is_neutral
        )

    def in_force(self, baseline: Policy, week: int) -> Policy:
        """This week's rules: a fresh copy of the baseline's, changed by each lever that is in force."""
        policy = baseline.copy()
        for from_week, to_week, apply in self._turned:
            if from_week <= week < to_week:
                apply(policy, week)
        return policy

    @property
    def is_neutral(self) -> bool:
        """Whether no lever changes anything in any week."""
        return not self._turned

    def settings(self, before: int | None = None) -> dict[str, int | float | str]:
        """What is turned, in one canonical form: neutral levers leave no trace, nor those that come into force
        only in the week ``before`` or later.
        """
        acting = [each for each in self._levers if before is None or each.from_week < before]
        return {name: value for lever in acting for name, value in lever.settings().items()}

    def __iter__(self) -> Iterator[Lever]:
        return iter(self._levers)

    def __repr__(self) -> str:
        return f"Levers({self.settings()})"


def _build(name: str, knobs: Mapping[str, Any], known: Mapping[str, type[Lever]]) -> Lever:
    if name not in known:
        raise UnknownName(sentences(f"There is no lever {name[:80]}.", nearest(name, known)))
    kind = known[name]
    allowed = [*kind.knobs, "from", "to"]
    for knob in knobs:
        if knob not in allowed:
            what = (
                f"The lever {name} has no knob {knob[:80]}." if knob else f"Which knob of the lever {name}?"
            )
            raise UnknownName(
                sentences(what, nearest(f"{name}.{knob}", [f"{name}.{each}" for each in allowed]))
            )
    dates = {f"{end}_date": knobs[end] for end in ("from", "to") if end in knobs}
    return kind(**dates, **{knob: value for knob, value in knobs.items() if knob not in ("from", "to")})
