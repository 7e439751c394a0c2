"""What a scenario sets otherwise than the baseline: every value with its unit, its kind and who says so."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING, Any

from model.safe_yaml import read_yaml

if TYPE_CHECKING:
    from model.parameter import Parameter
    from model.scenario import Scenario


def settings_of(scenario: Scenario) -> list[dict[str, Any]]:
    """One row a setting: name, label, value, baseline's value, unit, kind, source ids."""
    return [*_parameters(scenario), *_levers(scenario), *_shocks(scenario)]


def sources_named(ids: str) -> list[dict[str, str]]:
    """Title, address and date of sources by their ids, separated by spaces; unknown ids keep their name."""
    from model.parameters import Params

    known = Params.load().sources
    found = []
    for each in ids.split():
        source = known.get(each)
        found.append(
            {
                "id": each,
                "title": source.title if source else each,
                "url": source.url if source else "",
                "date": source.date if source else "",
            }
        )
    return found


def shocks() -> dict[str, dict[str, Any]]:
    """The dated shocks of `seeds/shocks.yaml` by name, as written."""
    return read_yaml(resources.files("seeds") / "shocks.yaml")


def spells_shaded(without: Collection[str] = ()) -> list[dict[str, Any]]:
    """The spells that charts shade: label, style, first day, first day after. Those of which every shock is
    among the names of ``without`` say that they were left out.
    """
    groups = (
        ("COVID-19", "covid", ("covid_shutdown", "covid_restart", "covid_hiatus")),
        (
            "Strikes",
            "strike",
            ("wga_strike", "wga_pickets", "wga_talk", "sag_strike", "sag_strike_independents"),
        ),
    )
    entries, found = shocks(), []
    for label, style, names in groups:
        there = [entries[name] for name in names if name in entries]
        if there:
            left_out = all(name in without for name in names)
            found.append(
                {
                    "short": label,
                    "label": f"{label}, left out" if left_out else label,
                    "style": style,
                    "from": min(_day(each["from"]) for each in there),
                    "to": max(_day(each["to"]) for each in there),
                }
            )
    return found


def _day(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _row(
    name: str, label: str, value: Any, baseline: Any, unit: str, kind: str, source: str
) -> dict[str, Any]:
    return {
        "name": name,
        "label": label,
        "value": value,
        "baseline": baseline,
        "unit": unit,
        "kind": kind,
        "source": source,
    }


def _parameters(scenario: Scenario) -> list[dict[str, Any]]:
    params = scenario.params()
    return [parameter_row(params.about(name), value) for name, value in params.changed().items()]


def parameter_row(about: Parameter, value: Any) -> dict[str, Any]:
    """A parameter at a value, or what is said of the values it takes."""
    sources = " ".join(saying.source for saying in about.says if saying.source)
    return _row(about.name, about.label, value, about.value, about.unit, about.kind, sources)


def _levers(scenario: Scenario) -> list[dict[str, Any]]:
    return [lever_row(name, value) for name, value in scenario.levers.items()]


def lever_row(name: str, value: Any) -> dict[str, Any]:
    """A lever's knob at a value, or what is said of the values it takes."""
    from model.levers import lever_classes

    lever, _, knob = name.partition(".")
    about = lever_classes()[lever].knobs.get(knob)
    if about is None:  # a date
        label = f"{lever}, {'first day' if knob == 'from' else 'first day no longer'}"
        return _row(name, label, value, None, "date", "policy", "")
    neutral = "as legislated" if about.neutral is None else about.neutral
    return _row(name, about.label, value, neutral, about.unit, "policy", about.source)


def _shocks(scenario: Scenario) -> list[dict[str, Any]]:
    entries = shocks()
    return [
        _row(
            name,
            entries[name]["label"],
            "left out",
            "as it was",
            "dated shock",
            entries[name]["kind"],
            entries[name].get("source") or "",
        )
        for name in scenario.without
    ]
