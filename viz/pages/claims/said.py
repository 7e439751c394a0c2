"""What a card of a claim says: its number with luck and not knowing apart, and what it turns on in one line."""

from __future__ import annotations

from typing import Any

from experiments.answer.wording import figure, signed
from experiments.claims.declared import WORST_TENTH
from experiments.claims.verdicts import DEPENDS
from experiments.claims.wording import UNSOUGHT, condition, signed_number
from model.errors import CallSheetError, sentences
from model.parameters import Params

DIFFERENCES = ("C3", "C7", "C8", "C10")  # numbers that are one world less another
HEADLINE = "C3"  # the number that Start and Compare show, too
CHANCE = 0.05  # that pure chance in any of the parameters reaches the correlation asked for
_MIDDLE = {"holds": "it holds", "fails": "it fails", "between": "futures disagree", "unknown": "nothing is told"}
_WORST = {"holds": "it matters", "fails": "it does not matter"}


def number_said(row: dict[str, Any], detail: dict[str, Any], value: float | None) -> str:
    """A number of a claim with its unit, and its sign where it is a difference."""
    text = _plain(row, detail, value)
    return f"{text} {_unit(detail)}".strip() if value is not None else text


def _plain(row: dict[str, Any], detail: dict[str, Any], value: float | None) -> str:
    return (signed if row["id"] in DIFFERENCES else figure)(value, detail["unit"])


def _unit(detail: dict[str, Any]) -> str:
    return "" if detail["unit"] == "share" else detail["unit"]


def apart_from_compare(row: dict[str, Any]) -> str:
    """Why the headline of other pages may round otherwise; "" for claims that they do not show."""
    if row["id"] != HEADLINE:
        return ""
    return ("This is the mean of each future’s own share; Start and Compare divide the mean difference by the mean, "
            "and may round to another last digit.")


def luck_said(row: dict[str, Any], detail: dict[str, Any], span: bool = True) -> str:
    """How sure the number is, were the middle of all parameters right; ``span`` says where 80% of futures lie."""
    measured, futures = row["measured"], detail["futures"]
    if measured["mean"] is None:
        return "No future gave a number."
    if futures < 2 or measured["q10"] is None:
        return "From one future, so that luck is not told apart."
    low = _plain(row, detail, measured["q10"])
    lies = f"80% of futures: {low} to {number_said(row, detail, measured['q90'])}." if span else ""
    return sentences(lies, _agree(row, detail), _at_middle(detail))


def _agree(row: dict[str, Any], detail: dict[str, Any]) -> str:
    measured, futures = row["measured"], detail["futures"]
    if row["id"] in DIFFERENCES:
        side = "above" if measured["mean"] > 0 else "below"
        return f"{measured['futures_agreeing']} of {futures} futures lie {side} zero."
    known = [each for each in detail["values"] if each is not None]
    reach = sum(each >= detail["border"] for each in known)
    if detail["judged"] == "none":
        return f"{reach} of {len(known)} futures lie at or above {_border(detail)}, a mark and no threshold."
    return f"{reach} of {len(known)} futures reach {_border(detail)}."


def _border(detail: dict[str, Any]) -> str:
    unit = _unit(detail).removesuffix("s") if detail["border"] == 1 else _unit(detail)
    return f"{figure(detail['border'], detail['unit'])} {unit}".strip()


def _at_middle(detail: dict[str, Any]) -> str:
    if detail["judged"] == "none":
        return ""
    words = {**_MIDDLE, **(_WORST if detail["judged"] == WORST_TENTH else {})}.get(detail["at_middle"])
    return f"At the middle of all parameters {words}." if words else ""


def turn_said(row: dict[str, Any], detail: dict[str, Any]) -> str:
    """What it turns on, in one line; for claims without a verdict what the number follows most over the points."""
    if row["turns_on"]:
        listed = ", ".join(f"“{each['label']}” {condition(each)}" for each in row["turns_on"])
        return f"Turns on: {listed}{', taken together' if len(row['turns_on']) > 1 else ''}."
    if row["turns_on"] is None and detail["verdict"] == DEPENDS:
        return UNSOUGHT
    if row["turns_on"] is not None:
        return "No few parameters flip it by themselves: more has to come together."
    first = max(detail["ranked"], key=lambda each: abs(each["correlation"]), default=None)
    points = sum(each["mean"] is not None for each in detail["points"])
    if first is None or points < 4:
        return ""
    if abs(first["correlation"]) < told_from(points):
        return f"None of the parameters that part the {points} points best is told from chance."
    try:
        label = Params.load().about(first["parameter"]).label
    except CallSheetError:
        label = first["parameter"]
    return f"Over {points} points it follows “{label}” most (rank correlation {signed_number(first['correlation'])})."


def told_from(points: int) -> float:
    """The rank correlation that chance alone reaches in any of all parameters one time in twenty."""
    from scipy.special import ndtri

    from experiments.claims.unknowns import unknowns

    return float(ndtri(1 - CHANCE / (2 * len(unknowns())))) / max(1, points - 1) ** 0.5


def shares(row: dict[str, Any]) -> list[tuple[str, str, float, float]]:
    """(word, mark, where it begins, how much) of the points that hold, are undecided, and fail; parts of a bar."""
    over = row["over_parameters"]
    if not over["points"]:
        return []
    hold, fail = over["points_holding"] / over["points"], over["points_failing"] / over["points"]
    parts = (("hold", "more", hold), ("neither", "undecided", max(0.0, 1.0 - hold - fail)), ("fail", "less", fail))
    found, at = [], 0.0
    for word, mark, share in parts:
        found.append((word, mark, round(100 * at, 2), round(100 * share, 2)))
        at += share
    return found
