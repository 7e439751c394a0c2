"""What the address asks of the page: whom to follow, at which week, in which worlds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from model.errors import shown
from viz.parts.links import Link, within
from viz.view import View

MEDIAN, HARDEST, ROW, LIKE = "median", "hardest", "row", "like"
PICKS = (MEDIAN, HARDEST, ROW, LIKE)
MOST_DIGITS = 9  # of a number


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
    unread: Mapping[str, str] = field(default_factory=dict)  # who and like where they are no number, as written

    @classmethod
    def of(cls, view: View) -> PeopleView:
        """From an address: who, craft, home, experience, pick, like and k; what is wrong becomes a sentence."""
        notices: list[str] = []
        given = {key: text for key in ("who", "like", "k") if (text := view.extra.get(key, "").strip())}
        numbers = {key: _number(text) for key, text in given.items()}
        nth = numbers.get("k", 1)
        if not nth:
            notices.append(f"k is {shown(given['k'])}, but must be a whole number from 1. The first is shown.")
        usual = ROW if "who" in given else LIKE if "like" in given else MEDIAN
        pick = view.extra.get("pick") or usual
        if pick not in PICKS:
            notices.append(f"pick is {shown(pick)}, but must be {', '.join(PICKS[:-1])} or {PICKS[-1]}.")
            pick = usual
        groups: dict[str, Any] = {key: view.extra.get(key, "") for key in ("craft", "home", "experience")}
        unread = {key: text for key, text in given.items() if key != "k" and numbers[key] is None}
        return cls(numbers.get("who"), week=view.week, pick=pick, scenario=view.name, against=view.against_name,
                   link=within(view), like=numbers.get("like"), nth=nth or 1, notices=tuple(notices), unread=unread,
                   **groups)


def _number(text: str) -> int | None:
    """A number as people write it, 142118 or 142,118; None for anything else."""
    digits = text.replace(",", "")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS else None
