"""Levers and assumptions as rows of controls: what somebody can decide, and what nobody can, told apart."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from markupsafe import Markup

from experiments.page.sheet import KINDS
from model import units
from model.levers import Knob, lever_classes
from model.parameter import Parameter
from model.parameters import Params
from model.scenario import Scenario
from model.world import World
from viz import url
from viz.fragments import Fragment, render
from viz.parts.tips import tip
from viz.ranges import range_said
from viz.view import View

# The assumptions that move Los Angeles' crew-weeks most, by the study of sensitivity; the rest fold out.
FIRST = (
    "ai_tasks.shoot_cut", "ai_tasks.capability", "ai_tasks.new_tasks", "ai_firms.spend_pull", "ai_producer.additional",
    "ai_producer.capital", "ai_budget.scope", "ai_tasks.rework", "ai_adoption.imitation", "ai_quality.resistance",
)
# What a knob needs beside it to have any effect.
OF_AI = ("TaxCredit.ai_counts", "TaxCredit.resident", "MinimumCrew.share", "AiLevy.rate", "CloudRedundancy.contracts",
         "ResidentHire.share")
STEPS = 100  # of a slider between its bounds


@dataclass(frozen=True)
class Row:
    """One control."""

    edit: str  # its name in an address
    name: str  # of the parameter or knob
    label: str
    kind: str
    unit: str
    low: float
    high: float
    step: float
    value: float
    standard: float  # where it stands without an edit
    said: str
    standard_said: str
    percent: bool
    bounds: str
    revert: str  # address without this edit, "" if there is none
    beside: str = ""  # a sentence on what its effect hangs on
    tip: Markup = Markup("")

    @property
    def mark(self) -> str:
        """The mark of its kind of knowledge."""
        return KINDS[self.kind]

    @property
    def tick(self) -> float:
        """Where the standard lies, percent of the slider."""
        return 100 * (self.standard - self.low) / (self.high - self.low)


def panel(view: View) -> Fragment:
    """All controls of a page; every assumption if the address asks for them."""
    params = Params.load()
    numbers = movable(params)
    shown_first = [*FIRST, *(each.removeprefix("set.") for each in view.edits if each.startswith("set."))]
    first = [name for name in dict.fromkeys(shown_first) if name in numbers]
    more = view.extra.get("levers") == "all"
    every = replace(view, extra={**view.extra, "levers": "all"})
    fewer = replace(view, extra={key: value for key, value in view.extra.items() if key != "levers"})
    return render(
        "levers.html.j2", policy=[_knob(view, *each) for each in _knobs()],
        assumptions=[_parameter(view, params.about(name)) for name in first],
        others=[_parameter(view, params.about(name)) for name in numbers if name not in first] if more else [],
        count=len(numbers), all=len(params.names()), more=more, every=url.write(every), fewer=url.write(fewer),
        edits=len(view.edits),
    )  # fmt: skip


def movable(params: Params) -> list[str]:
    """Names of the parameters that have a slider: one number, and not set by the scenario."""
    return [name for name in params if _is_one_number(params.about(name))]


def _knobs() -> list[tuple[str, Knob]]:
    return [(f"{lever}.{name}", knob) for lever, kind in sorted(lever_classes().items(), key=_standing)
            for name, knob in kind.knobs.items()]


def _standing(lever: tuple[str, type]) -> tuple[bool, str]:
    """What is decided next in California comes first."""
    return lever[0] != "TaxCredit", lever[0]


def _is_one_number(about: Parameter) -> bool:
    return not isinstance(about.value, (tuple, bool)) and about.range[0] < about.range[1] and not about.name.startswith(
        "worlds.")


def _knob(view: View, name: str, knob: Knob) -> Row:
    neutral = _legislated(name, view.scenario) if knob.neutral is None else knob.neutral
    value, standard = (each.levers.get(name) for each in (view.scenario, Scenario.named(view.name)))
    words = "as legislated: " if knob.neutral is None and standard is None else ""
    standard = neutral if standard is None else standard
    return _row(view, f"lever.{name}", name, knob.label, "policy", knob.unit, knob.low, knob.high, knob.is_whole,
                standard if value is None else value, standard, words, _beside(view, name))


def _beside(view: View, name: str) -> str:
    worlds = view.scenario.params().worlds
    if name in OF_AI and not (worlds.entrant or worlds.incumbents):
        return "Has an effect only on titles made with AI, of which this scenario has none."
    if name == "WageInsurance.weeks" and not view.scenario.levers.get("WageInsurance.share"):
        return "Needs a share of pay made up to have any effect."
    if name == "TaxCredit.rate":
        return "While the yearly cap binds, a higher rate covers fewer titles unless the cap rises too."
    return ""


def _parameter(view: View, about: Parameter) -> Row:
    low, high = map(float, about.range)
    value = view.scenario.overrides.get(about.name, about.value)
    standard = Scenario.named(view.name).overrides.get(about.name, about.value)
    return _row(view, f"set.{about.name}", about.name, about.label, about.kind, about.unit, low, high, about.is_whole,
                value, standard, "", "")


def _row(view: View, edit: str, name: str, label: str, kind: str, unit: str, low: float, high: float, whole: bool,
         value: float, standard: float, words: str, beside: str) -> Row:
    left = {key: each for key, each in view.edits.items() if key != edit}
    step = 1.0 if whole else _round_step((high - low) / STEPS)
    said = units.say(value if not whole else int(value), unit)
    standard_said = units.say(standard if not whole else int(standard), unit)
    return Row(
        edit, name, label, kind, unit, low, high, step, value, standard,
        f"{words}{said}" if words and edit not in view.edits else said, f"{words}{standard_said}",
        units.base_unit(unit) in units.PERCENT, range_said(low, high, unit),
        url.write(replace(view, edits=left)) if edit in view.edits else "",
        beside, tip(name),
    )  # fmt: skip


def _round_step(step: float) -> float:
    """The step below that a person would take: 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(power * each for each in (5, 2, 1) if power * each <= step * 1.0000001)


def _legislated(name: str, scenario: Scenario) -> float:
    """What the law says when the run begins, for knobs that leave it alone."""
    policy = World(scenario.params(), scenario.lever_set()).baseline_policy(scenario.first_week)
    law = {
        "TaxCredit.rate": policy.credit_rate,
        "TaxCredit.cap": policy.credit_cap_usd / 1e6,
        "TaxCredit.title_cap": policy.credit_title_cap_usd / 1e6,
    }
    return law.get(name, 0.0)
