"""Whether everything a study names exists and fits together: a rule a function, which answers with what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from experiments.study import factors
from experiments.study.designs import MOST_RUNS, POSTERIOR
from model.errors import CallSheetError, UnknownName, nearest, sentences
from model.scenario import Scenario

if TYPE_CHECKING:
    from experiments.study.definition import Study

MOST_SCENARIOS = 20
WITHOUT_POINTS = ("paired", "claims", "table")  # nothing can differ between their points, or a file says what does
OVER_FACTORS = ("grid", "lhs", "sobol", "morris", "surface", "policy")
OF_SEVERAL_SCENARIOS = ("paired", "grid", "table")


def refuse_a_misfit(study: Study) -> None:
    """Raises a sentence for the first rule that the study breaks."""
    for rule in RULES:
        trouble = rule(study)
        if trouble:
            raise CallSheetError(trouble)


def _few_scenarios(study: Study) -> str | None:
    if 1 <= len(study.scenarios) <= MOST_SCENARIOS:
        return None
    return f"A study compares 1 to {MOST_SCENARIOS} scenarios; this one {len(study.scenarios)}."


def _nothing_twice(study: Study) -> str | None:
    for name, given in (("scenarios", study.scenarios), ("outcomes", study.outcomes)):
        if len(set(given)) < len(given):
            return f"{name} names something twice. Keep one of the two."
    return None


def _function_is_known(study: Study) -> str | None:
    from experiments.runners.function import FUNCTIONS

    if study.runner == "function" and study.function not in FUNCTIONS:
        raise UnknownName(sentences(f"There is no function {study.function[:40]!r}.",
                                    nearest(study.function, FUNCTIONS)))
    return None


def _worlds_are_legal(study: Study) -> str | None:
    if study.runner != "function":
        for name in (*study.scenarios, *([study.against] if study.against else [])):
            Scenario.named(name).varied(set=study.constants)
        Scenario.named(study.scenarios[0]).varied(levers=study.held_levers)
    return None


def _outcomes_are_known(study: Study) -> str | None:
    _ = study.looked_at, study.promised
    return None


def _claims_are_known(study: Study) -> str | None:
    from experiments.claims.declared import claim

    for name in study.design.claims if study.design.kind == "claims" else ():
        claim(name)
    return None


def _nothing_differs_without_points(study: Study) -> str | None:
    if study.design.kind not in WITHOUT_POINTS or not study.factors:
        return None
    if study.design.kind == "table":
        return (f"The design table takes its factors from the columns of its file; take {study.factors[0].name} out of "
                "the study's own.")
    return (f"The design {study.design.kind} gives {study.factors[0].name} no points to differ at. Set it under "
            "constants, or choose the design lhs or grid.")


def _one_scenario_at_many_points(study: Study) -> str | None:
    if study.design.kind in OF_SEVERAL_SCENARIOS or len(study.scenarios) == 1:
        return None
    return f"The design {study.design.kind} takes one scenario; this study names {len(study.scenarios)}."


def _held_or_different(study: Study) -> str | None:
    clash = next((each.name for each in study.factors if each.name in study.constants), None)
    return clash and f"{clash} is held under constants and differs under uncertainties. Keep one."


def _something_differs(study: Study) -> str | None:
    if study.design.kind not in OVER_FACTORS or study.factors:
        return None
    return (f"The design {study.design.kind} is empty: nothing differs between its points. Name uncertainties or "
            "levers.")


def _posterior_of_worlds(study: Study) -> str | None:
    if study.market != POSTERIOR or study.runner == "worlds":
        return None
    return (f"market: posterior goes with the runner worlds; this study has {study.runner}. Leave it out: claims take "
            "posterior draws in any case, functions have no market.")


def _claims_with_claims(study: Study) -> str | None:
    if (study.design.kind == "claims") == (study.runner == "claims"):
        return None
    return "The design claims goes with the runner claims, and with no other."


def _policy_has_levers(study: Study) -> str | None:
    if study.design.kind != "policy" or any(each.role == factors.LEVER for each in study.factors):
        return None
    return "The design policy mixes levers; name some under levers with low and high."


def _policy_compares_worlds(study: Study) -> str | None:
    if study.design.kind != "policy" or (study.runner == "worlds" and study.against is not None):
        return None
    return "The design policy compares worlds: leave the runner out, and name one under against."


def _mixes_hold_each_lever(study: Study) -> str | None:
    levers = sum(each.role == factors.LEVER for each in study.factors)
    if study.design.kind != "policy" or study.design.mixes >= levers + 2:
        return None
    return (f"design.mixes is {study.design.mixes}, but must be at least {levers + 2} for {levers} levers: none "
            "pulled, each alone, and one mix.")


def _few_runs(study: Study) -> str | None:
    if study.size() <= MOST_RUNS:
        return None
    return (f"The study asks for {study.size():,} runs; at most {MOST_RUNS:,} are taken. Choose fewer points, futures "
            "or scenarios.")


def _surface_of_two_or_three(study: Study) -> str | None:
    if study.design.kind != "surface" or 2 <= len(study.factors) <= 3:
        return None
    return f"The design surface takes two or three factors; this study has {len(study.factors)}."


def _surface_grows(study: Study) -> str | None:
    if study.design.kind != "surface" or study.design.points >= study.design.start:
        return None
    return (f"design.points is {study.design.points}, fewer than design.start ({study.design.start}): a surface begins "
            "with start and ends with points.")


def _base_is_a_power_of_two(study: Study) -> str | None:
    if study.design.kind != "sobol" or not study.design.base & (study.design.base - 1):
        return None
    return f"design.base is {study.design.base}, but must be a power of two, such as 64 or 128."


RULES: tuple[Callable[[Study], str | None], ...] = (
    _few_scenarios, _nothing_twice, _function_is_known, _worlds_are_legal, _outcomes_are_known, _claims_are_known,
    _nothing_differs_without_points, _one_scenario_at_many_points, _held_or_different, _something_differs,
    _posterior_of_worlds, _claims_with_claims, _policy_has_levers, _policy_compares_worlds, _mixes_hold_each_lever,
    _few_runs, _surface_of_two_or_three, _surface_grows, _base_is_a_power_of_two,
)  # fmt: skip
