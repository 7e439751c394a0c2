"""What the address asks of the page: whom to follow, at which week, in which worlds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from model.errors import shown
from viz.parts.links import Link, within
from viz.view import View

MEDIAN, HARDEST, ROW, LIKE = "median", "hardest", "row", "like"
PICKS = (MEDIAN, HARDEST, ROW, LIKE)
MOST_NUMBER = 1 << 24  # no row is larger


@dataclass(frozen=True)
class PeopleView:
    """Whom to follow. ``week`` counts from the first of the recording; names of groups are those of the tables."""

    row: int | None
    craft: str  # "" for everyone
    pick: str
    week: int
    scenario: str
    against: str
    link: Link
    home: str = ""
    experience: str = ""
    like: int | None = None
    nth: int = 1  # how far down the list of those who are like ``like``
    notices: tuple[str, ...] = ()

    @classmethod
    def of(cls, view: View) -> PeopleView:
        """From an address: who, craft, home, experience, pick, like and k; what is wrong becomes a sentence."""
        notices: list[str] = []
        row, like = (_number(view.extra.get(key, ""), key, notices) for key in ("who", "like"))
        nth = _number(view.extra.get("k", ""), "k", notices) or 1
        usual = ROW if row is not None else LIKE if like is not None else MEDIAN
        pick = view.extra.get("pick") or usual
        if pick not in PICKS:
            notices.append(f"pick is {shown(pick)}, but must be {', '.join(PICKS[:-1])} or {PICKS[-1]}.")
            pick = usual
        groups: dict[str, Any] = {key: view.extra.get(key, "") for key in ("craft", "home", "experience")}
        return cls(row, week=view.week, pick=pick, scenario=view.name, against=view.against_name, link=within(view),
                   like=like, nth=nth, notices=tuple(notices), **groups)


def _number(text: str, key: str, notices: list[str]) -> int | None:
    """A worker's number as people write it, 142118 or 142,118; None, and a sentence, for anything else."""
    digits = text.replace(",", "").strip()
    if not digits:
        return None
    if digits.isascii() and digits.isdecimal() and len(digits) <= 8 and int(digits) < MOST_NUMBER:
        return int(digits)
    notices.append(f"{key} is {shown(text)}, but must be a whole number from 0 to {MOST_NUMBER - 1:,}.")
    return None
