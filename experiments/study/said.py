"""The answer of a study in a sentence or two, each figure with how sure it is."""

from __future__ import annotations

import math
from typing import Any

from experiments.answer.wording import MINUS, change, figure, signed, uncapitalized
from experiments.study.definition import Study
from experiments.study.outcomes import LEVEL, SHARE

SHOWN = ("", "share", "rate", "ratio", "USD")  # units that a figure has with it, or none


def valued(value: float | None, way: str, unit: str) -> str:
    """A number of an outcome: with its sign if it is a difference, in points if it is one of shares."""
    if value is None or value != value:
        return "unknown"
    if way == LEVEL:
        return figure(value, unit)
    return signed(value, "share") if way == SHARE else change(value, unit)


def of_unit(unit: str) -> str:
    """The unit as it follows a figure that does not show it."""
    return "" if unit in SHOWN else f" {unit}"


def about(usd: float) -> str:
    """Dollars as one says them: three digits, in thousands, millions or billions."""
    sign, size = MINUS if usd < 0 else "", abs(usd)
    digits = 2 - math.floor(math.log10(size)) if size else 0
    size = round(size, digits)
    for unit, word in ((1e9, " billion"), (1e6, " million")):
        if size >= unit:
            return f"{sign}${size / unit:.3g}{word}"
    return f"{sign}${size:,.0f}"


def answer_sentence(study: Study, found: dict[str, Any]) -> str:
    """What came of it."""
    say = {"comparisons": _compared, "spread": _spread, "indices": _indices, "surface": _surface, "front": _front,
           "verdicts": _verdicts}
    part = next((name for name in say if found.get(name)), None)
    text = say[part](study, found) if part else "Nothing can be said: no run has an answer."
    if found.get("precision") and not found["precision"]["reached"]:
        asked = found["precision"]
        text += (f" The interval is wider than the ±{figure(asked['half_width'])} asked for, with all {asked['most']} "
                 "futures that the study allows.")
    if found["runs"].get("missing"):
        have = "has" if found["runs"]["missing"] == 1 else "have"
        text += f" {found['runs']['missing']:,} of {found['runs']['total']:,} runs {have} not been run yet."
    if found["runs"]["failed"]:
        are = "is" if found["runs"]["failed"] == 1 else "are"
        text += f" {found['runs']['failed']} of {found['runs']['total']} runs failed and {are} left out."
    return text


def interval(estimate: dict[str, Any], way: str, unit: str) -> str:
    """An estimate with its interval and, of a difference, how many futures agree."""
    sure = ""
    if estimate["low"] is not None:
        differs = way != LEVEL and estimate["mean"] != 0.0
        agree = f"; {estimate['agreeing']} of {estimate['n']} futures agree" if differs else ""
        sure = (f" ({round(100 * estimate['level'])}% interval {valued(estimate['low'], way, unit)} to "
                f"{valued(estimate['high'], way, unit)}{agree})")
    return f"{valued(estimate['mean'], way, unit)}{of_unit(unit)}{sure}"


def _compared(study: Study, found: dict[str, Any]) -> str:
    head = found["headline"]
    ranked = [each for each in found["comparisons"] if each["outcomes"][0]["estimate"]]
    if not ranked:
        return "Nothing can be said: no run has an answer."
    if len(ranked) == 1:
        whom = f" against {study.against}" if study.against else ""
        return f"{head['label']} in {ranked[0]['scenario']}{whom}: {_estimate(ranked[0])}."
    ranked = sorted(ranked, key=lambda each: each["outcomes"][0]["estimate"]["mean"])
    low, high = ranked[0], ranked[-1]
    if len({each["outcomes"][0]["estimate"]["mean"] for each in ranked}) == 1:
        return f"{head['label']} is the same in all {len(ranked)} comparisons: {_estimate(low)}."
    return (f"{head['label']}: lowest with {_where(found, low)}, {_estimate(low)}; highest with "
            f"{_where(found, high)}, {_estimate(high)}.")


def _estimate(comparison: dict[str, Any]) -> str:
    first = comparison["outcomes"][0]
    return interval(first["estimate"], first["way"], first["unit"])


def _where(found: dict[str, Any], comparison: dict[str, Any]) -> str:
    """What sets a comparison apart: factors with labels and units, the scenario if there are several."""
    from model.units import say

    labels = {each["name"]: each for each in found.get("factors", ())}
    told = []
    for name, value in comparison["values"].items():
        about = labels.get(name)
        told.append(f"{uncapitalized(about['label'])} {say(value, about['unit']) if about['unit'] else value}" if about
                    else f"{name} {value}")
    if not told or len({each["scenario"] for each in found["comparisons"]}) > 1:
        told.insert(0, comparison["scenario"])
    return ", ".join(told)


def _spread(study: Study, found: dict[str, Any]) -> str:
    head, held = found["headline"], found["spread"]["headline"]
    way, unit = head["way"], head["unit"]
    if not held["points"]:
        return "Nothing can be said: no point has a number."
    text = (f"Over {held['points']} points of what is not known, {uncapitalized(head['label'])} runs from "
            f"{valued(held['q10'], way, unit)} to {valued(held['q90'], way, unit)}{of_unit(unit)} (80% of points), in "
            f"the middle {valued(held['median'], way, unit)}")
    if found["spread"].get("holds"):
        text += f"; the promise {kept_at(found['spread']['holds'], held['points'])}"
    return text + "."


def kept_at(holds: dict[str, Any], points: int) -> str:
    """At how many of the points at which it could be told a promise holds."""
    known = holds.get("known", points)  # answers of before do not say
    if not known:
        return "cannot be told: no point has the number that it speaks of"
    untold = f", and cannot be told at {points - known:,}" if known < points else ""
    return f"holds at {holds['points']:,} of {known:,} points{untold}"


def _indices(study: Study, found: dict[str, Any]) -> str:
    head, ranked = found["headline"], found["indices"]["ranked"]
    if not any(each["share"] for each in ranked):
        return f"{head['label']} turns on none of them: it is the same at every point."
    most = ", ".join(f"{each['label']} ({figure(each['share'], 'share')})" for each in ranked[:3])
    what = "variance" if found["indices"]["kind"] == "sobol" else "effect of all factors"
    return f"{head['label']} turns most on {most}: shares of the {what}, interactions included."


def _surface(study: Study, found: dict[str, Any]) -> str:
    return found["surface"]["said"]


def _front(study: Study, found: dict[str, Any]) -> str:
    return found["front"]["said"]


def _verdicts(study: Study, found: dict[str, Any]) -> str:
    return found["verdicts"]["said"]
