"""Verdicts and what they turn on, in words for the terminal and the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from experiments.answer.wording import MINUS, figure
from experiments.claims.declared import WORST_TENTH
from experiments.claims.verdicts import DEPENDS
from model.units import say as with_unit

GLYPHS = {
    "holds": "✓",
    "fails": "✕",
    "depends on": "⇄",
    "cannot tell": "?",
    "matters": "!",
    "does not matter": "○",
    "no threshold": "=",
}


FEWEST = 5  # futures of which a range is told
UNSOUGHT = "What it turns on has not been sought to the end: runs are missing."


def points_said(row: dict[str, Any], detail: dict[str, Any]) -> str:
    """How many parameter points hold and fail."""
    over = row["over_parameters"]
    n, holding, failing = (over[each] for each in ("points", "points_holding", "points_failing"))
    if not n and detail.get("points"):
        return (f"It was measured at {len(detail['points'])} parameter points, but with too few futures at each to "
                "tell a worst tenth.")
    if not n:
        return "It was measured at the middle of all parameters only."
    if detail["judged"] == "none":
        side = "above" if detail["toward"] == "up" else "below"
        mark = figure(detail["border"], detail["unit"])
        left, lost = n - holding - failing, len(detail.get("points") or ()) - n
        gone = f" {lost} have nothing to measure." if lost > 0 else ""
        return (f"At {holding} of {n} parameter points it lies {side} {mark} beyond the luck of futures, at {failing} "
                f"on the other side; {left} cannot be told from luck.{gone}")
    if detail["judged"] == WORST_TENTH:
        return f"At {holding} of {n} parameter points it matters, at {failing} it does not."
    return f"At {holding} of {n} parameter points it holds, at {failing} it fails, at {n - holding - failing} neither."


def turns_said(row: dict[str, Any], judged: str = "reach") -> str:
    """What a verdict turns on, in a sentence; empty where it is not *depends on*."""
    borders = row["turns_on"]
    if borders is None:
        return UNSOUGHT if row["verdict"] == DEPENDS else ""
    if not borders:
        return ("No parameter by itself, nor up to four of those that points name, flips the verdict while all others "
                "stay at their middle: more has to come together, or luck is too large at this scale.")
    listed = "; ".join(f"“{each['label']}” ({each['parameter']}) {condition(each)}" for each in borders)
    together = ", taken together" if len(borders) > 1 else ""
    does = "matters" if judged == WORST_TENTH else "holds"
    return f"With all else at its middle it {does} with {listed}{together}."


def condition(border: dict[str, Any]) -> str:
    """Where one parameter has to lie for a claim to hold."""
    if border["unit"] == "switch":
        return "switched on" if border["holds_if"] == "above" else "switched off"
    return f"{border['holds_if']} {value_said(border['border'], border['unit'])}"


def shares_said(held: dict[str, Any]) -> str:
    """Which groups carry most of a number's variance, and what luck has of it."""
    rows = {each["group"]: each for each in held["rows"]}
    groups = [each for each in held["rows"] if each["group"] != "luck"]
    told = [each for each in groups if each["total_low"] > 0][:3]
    first = ", ".join(f"“{each['group']}” {_between(each)}" for each in told)
    led = f"Most of the spread comes from {first}" if told else "No group is told from chance"
    open_to_chance = [f"“{each['group']}”" for each in groups if told and each["total_low"] <= 0
                      and each["total"] > told[-1]["total"]]
    if open_to_chance:
        led += f" ({' and '.join(open_to_chance)} may have more, but the interval holds zero)"
    return (f"{led}; luck has a part of {_between(rows['luck'])} at scale {held['scale']:g}, less in a larger market. "
            "A share is the part of the variance of ranks that would go if the group were known, with what others do "
            "with it; in brackets where 95% of resamples lie.")


def _between(row: dict[str, Any]) -> str:
    total, low, high = (100 * min(1.0, max(0.0, row[key])) for key in ("total", "total_low", "total_high"))
    return f"{total:.0f}% ({low:.0f} to {high:.0f}%)"


def border_said(surface: dict[str, Any]) -> str:
    """How far the middle of C3's surface is from the line of no change, and how the announcement lies to it."""
    middle, zero = surface["middle"], surface["middle"]["zero_at"]
    way = "all else as it is assumed"
    known = [each for each in middle["row"] if each is not None and each == each]
    if zero is None and len(known) < len(middle["row"]):
        far = f"With {way}, it is not known where work is unchanged: runs are missing."
    elif zero is None and min(known) < 0 < max(known):
        far = f"With {way}, more work turns into less as buyers' spend answers more, which luck can do."
    elif zero is None:
        side = "more" if known[-1] > 0 else "less"
        far = f"With {way}, the line is not reached: there is {side} work however buyers' spend answers."
    else:
        apart = signed_number(middle["distance"])
        from_middle = "" if apart == signed_number(zero) else f", {apart} from the middle"  # whose own value may be 0
        far = (f"With {way}, work is unchanged where the elasticity of buyers' spend is {signed_number(zero)}"
               f"{from_middle}{_in_futures(middle['zeros'])}.")
    announced = (f"In {surface['cells_announced']} of {surface['cells']} cells titles save what was announced"
                 if surface["cells_announced"] else "In no cell do titles save what was announced")
    return (f"{far} {announced}; in {surface['cells_above_zero']} of {surface['cells']} there is more "
            "work than without AI.")


def asked_said(surface: dict[str, Any], border: float) -> str:
    """What the claim asks for beyond no change, and how many cells of the surface reach it."""
    work = [each for piece in surface["slices"] for row in piece["work"] for each in row if each is not None]
    return f"The claim asks for more than {figure(border, 'share')}, which {sum(each > border for each in work)} reach."


def _in_futures(zeros: Sequence[float | None]) -> str:
    """Between which values the futures that have the border have it, and how many they are.

    No share of all futures: where it is not reached it may lie on either side of what was tried.
    """
    there = [each for each in zeros if each is not None]
    if len(there) < FEWEST:
        return ""
    reach = f"the {len(there)} of {len(zeros)} futures that reach it" if len(there) < len(zeros) else "all futures"
    return f" ({signed_number(min(there))} to {signed_number(max(there))} in {reach})"


def announced_said(piece: dict[str, Any]) -> str:
    """Of one slice of C3's surface: in how many cells there is more work, and how much titles save at most."""
    work = [each for row in piece["work"] for each in row if each is not None]
    saved = max((each for row in piece["saving"] for each in row if each is not None), default=None)
    cells = sum(each for row in piece["announced"] for each in row)
    reached = f"in {cells} titles save what was announced" if cells else "titles save what was announced in none"
    most = "" if saved is None else f", at most {figure(saved, 'share')}"
    return f"More work than without AI in {sum(each > 0 for each in work)} of {len(work)} cells; {reached}{most}."


def signed_number(value: float) -> str:
    """A plain number with its sign."""
    return f"{MINUS if value < 0 else '+'}{abs(value):.2f}"


def value_said(value: Any, unit: str) -> str:
    """A parameter's value with its unit; of a list its least and most."""
    if isinstance(value, (list, tuple)):
        low, high = value_said(min(value), unit), value_said(max(value), unit)
        return low if low == high else f"{low} to {high}"
    if unit == "switch":
        return "on" if value else "off"
    return with_unit(float(f"{value:.3g}") if isinstance(value, float) else value, unit).removesuffix(" ratio")


def overview(found: dict[str, Any]) -> str:
    """The study in one sentence: how many claims got which verdict."""
    words = [detail["verdict"] for detail in found["details"].values()]
    said = {"holds": "hold", "fails": "fail", "depends on": "depend on what is not known", "matters": "matter",
            "does not matter": "do not matter", "cannot tell": "cannot be told from so few points",
            "no threshold": "have no threshold and are shown as measured"}
    one = {"holds": "holds", "fails": "fails", "depends on": "depends on what is not known", "matters": "matters",
           "does not matter": "does not matter", "cannot tell": "cannot be told from so few points",
           "no threshold": "has no threshold and is shown as measured"}
    counts = {word: words.count(word) for word in GLYPHS if word in words}
    parts = [f"{count} {(one if count == 1 else said)[word]}" for word, count in counts.items()]
    return f"Of {len(words)} claims and doubts {', '.join(parts)}." if len(words) > 1 else f"The claim {one[words[0]]}."
