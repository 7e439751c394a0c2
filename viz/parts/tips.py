"""Where a number comes from, beside the number: what it is, of what kind, who says what, and how to set it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from experiments.answer.settings import sources_named
from experiments.answer.wording import MINUS
from model import units
from model.errors import UnknownName, nearest, sentences
from model.levers import Knob, lever_classes
from model.measures import Measure, measures
from model.parameter import Parameter
from model.parameters import Params
from model.safe_yaml import is_number
from viz.fragments import render
from viz.parts.links import Link, plain_link
from viz.ranges import BARE
from viz.view import SIMULATE


@dataclass(frozen=True)
class Said:
    """What one source says: its value if it gives one, what that counts, and where it stands."""

    value: str
    note: str
    source: dict[str, str]


@dataclass(frozen=True)
class About:
    """All that a tip tells. ``set_as`` is the name in an address that sets it, empty where nothing does."""

    name: str
    label: str
    value: str
    unit: str
    kind: str
    why: str
    range: str = ""
    says: Sequence[Said] = ()
    set_as: str = ""
    set_to: str = ""


def about(name: str) -> About:
    """What is known of a parameter (`ai_tasks.capability`), a knob (`TaxCredit.rate`) or a measure (`crew_weeks`)."""
    params, knobs = Params.load(), _knobs()
    if name in params:
        return _parameter(params.about(name))
    if name in knobs:
        return _knob(name, knobs[name])
    if name in measures():
        return _measure(measures()[name])
    known = [*params.names(), *knobs, *measures()]
    raise UnknownName(sentences(f"There is no parameter, lever or measure {name[:80]}.", nearest(name, known)))


def tip(name: str, words: str = "", link: Link = plain_link, page: str = SIMULATE) -> Markup:
    """A button that opens what is known of a number. ``words`` stand on it, the kind of knowledge without them;
    ``page`` is where its lever is set.
    """
    found = about(name)
    address = link(page, **{found.set_as: found.set_to}) if found.set_as else ""
    return Markup(render("tip.html.j2", about=found, words=words, address=address).html.strip())


def _knobs() -> dict[str, Knob]:
    return {f"{lever}.{knob}": each for lever, one in lever_classes().items() for knob, each in one.knobs.items()}


def _parameter(one: Parameter) -> About:
    low, high = one.range
    settable = not isinstance(one.value, tuple)
    between = "" if isinstance(one.value, bool) else f"{_short(low, one.unit)} to {_short(high, one.unit)}"
    says = [Said(source_value_said(one, each.value), each.note, _source(each.source)) for each in one.says]
    return About(one.name, one.label, one.say(), one.unit, one.kind, one.why, between, says,
                 f"set.{one.name}" if settable else "", str(one.value).lower() if settable else "")


def _knob(name: str, knob: Knob) -> About:
    value = "as legislated" if knob.neutral is None else units.say(knob.neutral, knob.unit)
    says = [Said("", "", _source(knob.source))] if knob.source else []
    start = "none" if knob.neutral is None else f"{knob.neutral:g}"
    return About(name, knob.label, value, knob.unit, "policy", knob.why,
                 f"{_short(knob.low, knob.unit)} to {_short(knob.high, knob.unit)}", says, f"lever.{name}", start)


def _measure(one: Measure) -> About:
    how = "Added up over the weeks of a year." if one.over == "sum" else "Mean over the weeks of a year."
    return About(one.name, one.label, "", one.unit, "computed", f"{one.definition.rstrip('.')}. {how}")


def source_value_said(one: Parameter, value: object) -> str:
    """What a source says of a parameter. It may count otherwise, as its note then says: in the parameter's unit stands
    what lies in its range, and what can be a share where the parameter is one; anything else stands as it is.
    """
    if value is None:
        return ""
    if not is_number(value):
        return str(value)
    low, high = one.range
    alike = low <= value <= high or (units.base_unit(one.unit) in units.PERCENT and 0 <= value <= 1)
    return _minus(units.say(value, one.unit) if alike and one.unit not in BARE else f"{value:g}")


def _short(value: object, unit: str) -> str:
    """A value with its unit but without what it is counted over, which the tip says once."""
    return spoken(value, units.base_unit(unit))


def spoken(value: object, unit: str) -> str:
    """A value as it stands in a sentence: of what has no dimension the number alone, since its name says what it is."""
    text = f"{value:g}" if is_number(value) and units.base_unit(unit) in BARE else units.say(value, unit)
    return _minus(text)


def _minus(text: str) -> str:
    return MINUS + text[1:] if text.startswith("-") else text


def _source(name: str) -> dict[str, str]:
    return sources_named(name)[0]
