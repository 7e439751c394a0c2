"""A study as its file says it: the question, the runs, what differs between them, and what is looked at."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from experiments.study import designs, factors
from experiments.study.designs import ASSUMED, POSTERIOR, Closed, Design
from experiments.study.factors import Factor
from experiments.study.fitting import refuse_a_misfit
from experiments.study.outcomes import Outcome, outcome
from experiments.wrong_says import wrong_says
from model.errors import CallSheetError, UnknownName, nearest, sentences
from model.safe_yaml import read_yaml
from model.scenario import MOST_SCALE, MOST_SEED

MOST_OUTCOMES = 40
Text = Annotated[str, Field(max_length=2000)]


class Holds(Closed):
    """When a point counts as one at which the promise comes true; scenario discovery looks for what they share."""

    outcome: str
    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def _one_side(self) -> Holds:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("holds takes either at_least or at_most")
        return self


class Study(Closed):
    """A question put to many runs. Words as in exploratory modeling: uncertainties are what nobody chooses, levers
    what somebody can, constants what is set in all worlds alike, outcomes what is looked at.
    """

    name: str = ""
    title: Text
    question: Text
    runner: Literal["worlds", "claims", "function"] = "worlds"
    function: str = ""
    scenarios: tuple[str, ...] = ("ai_first",)
    against: str | None = "baseline"
    constants: dict[str, Any] = {}
    levers: dict[str, Any] = {}
    uncertainties: dict[str, Any] = {}
    outcomes: Annotated[tuple[str, ...], Field(min_length=1, max_length=MOST_OUTCOMES)] = ("crew_weeks",)
    headline: str = ""
    holds: Holds | None = None
    design: Design
    market: Literal[ASSUMED, POSTERIOR] = ASSUMED
    scale: Annotated[float, Field(gt=0, le=MOST_SCALE)] = 1.0
    seed: Annotated[int, Field(ge=0, le=MOST_SEED)] = 0
    start: date | None = None
    until: date | None = None
    outputs: Literal["summary", "monthly", "weekly"] = "monthly"
    run_limit: Annotated[float, Field(gt=0, le=86_400)] = 900.0  # seconds a run may take

    @field_validator("scenarios", "outcomes", mode="before")
    @classmethod
    def _one_is_a_list(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    # What follows from it
    @cached_property
    def factors(self) -> tuple[Factor, ...]:
        """Everything that points differ in: uncertainties, then levers."""
        if self.runner == "function":
            return factors.arguments(self.uncertainties)
        return (*factors.uncertainties(self.uncertainties, self.constants), *factors.levers(self.levers)[0])

    @cached_property
    def held_levers(self) -> dict[str, Any]:
        """Levers that are set alike at every point."""
        return factors.levers(self.levers)[1]

    @cached_property
    def looked_at(self) -> tuple[Outcome, ...]:
        """The outcomes, the headline first."""
        names = dict.fromkeys((self.headline or self.outcomes[0], *self.outcomes))
        return tuple(outcome(self.runner, name, compared=self.against is not None) for name in names)

    @property
    def promised(self) -> Outcome | None:
        """The outcome that ``holds`` asks about."""
        return None if self.holds is None else outcome(self.runner, self.holds.outcome, self.against is not None)

    def check(self) -> Study:
        """This study if everything it names exists and fits together; else a sentence."""
        refuse_a_misfit(self)
        return self

    def size(self) -> int:
        """How many runs the design can ask for at most, as far as it says; a table's points are counted when read."""
        return self.design.size(len(self.factors), [len(each.values) for each in self.factors]) * len(self.scenarios)

    def changed(self, **design_or_own: Any) -> Study:
        """The same study with other values; those of the design by their names. None leaves a value as it is."""
        given = {name: value for name, value in design_or_own.items() if value is not None}
        plain = self.model_dump(mode="json")
        for name, value in given.items():
            inside = plain["design"] if name in type(self.design).model_fields else plain
            if inside is plain and name not in type(self).model_fields:
                raise CallSheetError(f"The design {self.design.kind} of this study has no {name} to change.")
            inside[name] = value
        return study_from(plain, self.name)


def study_from(entries: Any, name: str) -> Study:
    """The study of some entries, checked; raises a sentence for the first thing that is wrong."""
    if not isinstance(entries, dict) or not all(isinstance(key, str) for key in entries):
        raise CallSheetError(f"The study {name} must hold one entry a line: title, question, design, and so on.")
    try:
        return Study(**{**entries, "name": name}).check()
    except ValidationError as trouble:
        raise CallSheetError(f"The study {name}: {_said(trouble)}") from None
    except CallSheetError as trouble:
        raise type(trouble)(f"The study {name}: {trouble}") from None


def _said(trouble: ValidationError) -> str:
    first = trouble.errors()[0]
    at = [str(each) for each in first["loc"] if each not in DESIGNS]
    where = ".".join(at) or "it"
    if first["type"] == "extra_forbidden":
        known = _fields_at(first["loc"])
        return sentences(f"{where} is not known.", nearest(at[-1], known))
    if first["type"] in ("union_tag_invalid", "union_tag_not_found"):
        return f"design.kind must be one of {', '.join(sorted(DESIGNS))}."
    return f"{wrong_says(first, where)}.{' Add it.' * (first['type'] == 'missing')}"


DESIGNS = {"paired": designs.Paired, "grid": designs.Grid, "lhs": designs.Lhs, "sobol": designs.Sobol,
           "morris": designs.Morris, "table": designs.Table, "surface": designs.Surface, "policy": designs.Policy,
           "claims": designs.Claims}


def _fields_at(loc: tuple[int | str, ...]) -> list[str]:
    if loc and loc[0] == "holds":
        return list(Holds.model_fields)
    kind = next((DESIGNS[each] for each in loc if each in DESIGNS), None)
    return list((kind or Study).model_fields)


def _plain_name(stem: str) -> str:
    """The name of a file as that of a study, and of the folder its results go to."""
    return re.sub(r"[^\w-]+", "_", stem).strip("_")[:80] or "study"


# Where studies come from
def shipped() -> tuple[str, ...]:
    """The names of the studies that come with the program."""
    found = resources.files("experiments") / "studies"
    return tuple(sorted(each.name.removesuffix(".yaml") for each in found.iterdir() if each.name.endswith(".yaml")))


def find(name: str) -> tuple[Study, Path | None]:
    """(study, its file) of a name that is shipped or a path to anyone's YAML file; the file is None if shipped."""
    if name.endswith((".yaml", ".yml")):
        path = Path(name)
        return study_from(read_yaml(path), _plain_name(path.stem)), path
    if name not in shipped():
        raise UnknownName(sentences(f"There is no study {name[:80]}.", nearest(name, shipped()),
                                    "A file of your own ends in .yaml."))
    file = resources.files("experiments") / "studies" / f"{name}.yaml"
    return study_from(read_yaml(file, file.name), name), None
