"""What a calibration moves and what it is held against, from `seeds/calibration.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from experiments.study.factors import value_at
from model.errors import CallSheetError
from model.parameter import Parameter
from model.parameters import Params
from model.safe_yaml import read_yaml

AI_GROUPS = ("ai_", "worlds.")  # nothing in the past reads them
LOG_POINTS, SHARE = "log points", "share"


@dataclass(frozen=True)
class Prior:
    """An even prior of one parameter from ``low`` to ``high``, in logs where it spans a factor of thirty; or the
    ``part`` of it, in coordinates, that an earlier wave of runs left.
    """

    about: Parameter
    low: float
    high: float
    why: str = ""
    part: tuple[float, float] = (0.0, 1.0)

    @property
    def name(self) -> str:
        """The parameter's."""
        return self.about.name

    def at(self, u: float) -> Any:
        """The legal value at a coordinate from 0 to 1 of that part."""
        first, last = self.part
        return value_at(self.about, first + (last - first) * u, self.low, self.high)

    def narrowed(self, first: float, last: float) -> Prior:
        """The part between two coordinates of this one."""
        one, other = self.part
        return replace(self, part=(one + (other - one) * first, one + (other - one) * last))


@dataclass(frozen=True)
class Group:
    """One kind of published series with the errors that the fit allows: standard deviations in ``unit``.

    ``noise`` is independent between periods, ``misfit`` lasts with ``half_life`` (periods). ``years`` are those
    fitted; None for all of the fit.
    """

    name: str
    label: str
    unit: str
    noise: float
    misfit: float
    half_life: float
    years: tuple[int, ...] | None
    why: str


@cache
def declared() -> dict[str, Any]:
    """The file as it is."""
    return read_yaml(resources.files("seeds") / "calibration.yaml")


@cache
def groups() -> dict[str, Group]:
    """What is fitted, by name of the group."""
    return {
        name: Group(name, each["label"], each["unit"], each["noise"], each["misfit"], each["half_life"],
                    tuple(each["years"]) if "years" in each else None, each["why"])
        for name, each in declared()["observed"].items()
    }


def last_fit_year() -> int:
    """The last year that a fit may look at."""
    return int(declared()["fit"]["to"])


@cache
def priors() -> dict[str, Prior]:
    """Every parameter of the market that a fit may move, in the order of the files."""
    params, given, held = Params.load(), declared()["priors"], declared()["held"]
    unknown = [name for name in (*given, *held) if name not in params]
    if unknown:
        raise CallSheetError(f"seeds/calibration.yaml names {unknown[0]}, which is no parameter.")
    found = {}
    for name in params.names():
        about = params.about(name)
        if name in held or name.startswith(AI_GROUPS) or isinstance(about.value, (tuple, bool)):
            continue
        own = given.get(name, {})
        low, high = own.get("low", about.range[0]), own.get("high", about.range[1])
        if not about.range[0] <= low < high <= about.range[1]:
            raise CallSheetError(
                f"seeds/calibration.yaml gives {name} a prior from {low:g} to {high:g} ({about.unit}); it must lie "
                f"in the legal range, {about.range[0]:g} to {about.range[1]:g}."
            )
        found[name] = Prior(about, low, high, own.get("why", ""))
    return found
