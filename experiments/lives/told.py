"""A working life told from the event log: when on a call, on how many titles, when retrained, when gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from model.calendar import monday
from model.vocabulary import HIRES, SEPARATIONS, Event, Status

_HIRED = {event.name.lower() for event in HIRES}
_SEPARATED = {event.name.lower() for event in SEPARATIONS}
_EXIT, _RETURN, _RETRAINED = (event.name.lower() for event in (Event.EXIT, Event.RETURN, Event.RETRAINED))


@dataclass(frozen=True)
class Life:
    """What a worker attached at ``begin`` did until ``end``. Weeks count from January 2015."""

    begin: int
    end: int
    status: np.ndarray  # Status at the end of each week
    calls: tuple[tuple[int, int], ...]  # first week and weeks of each call
    away: tuple[tuple[int, int], ...]  # the same of each time out of the market
    titles: int  # different ones worked on
    retrained: tuple[int, ...]  # weeks in which a course was finished

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        years = np.array([monday(week).year for week in range(self.begin, self.end)])
        on_call, waiting = self.status == Status.ON_CALL, self.status == Status.IDLE
        gone = self.away[-1][0] if self.away and sum(self.away[-1]) == self.end else None
        return {
            "weeks_on_call": int(on_call.sum()),
            "weeks_between_calls": int(waiting.sum()),
            "weeks_out": int((self.status == Status.OUT).sum()),
            "by_year": {str(year): int(on_call[years == year].sum()) for year in np.unique(years)},
            "titles": self.titles,
            "longest_wait": _longest(waiting),
            "retrained": [monday(week).isoformat() for week in self.retrained],
            "left": None if gone is None else monday(gone).isoformat(),
            "calls": [[monday(week).isoformat(), weeks] for week, weeks in self.calls],
            "away": [[monday(week).isoformat(), weeks] for week, weeks in self.away],
        }


def told(turns: Sequence[dict[str, Any]], begin: int, end: int, works_if_nothing_happens: bool) -> Life:
    """The life of a worker who was attached at ``begin``, from ``turns`` as ``Recording.lives`` gives them.

    Whether the worker was on a call at first is read from the first turn; where there is none in these weeks,
    ``works_if_nothing_happens`` says it. A call lasts from the week of the hire to that of the separation, which is
    the first no longer worked.
    """
    turns = [each for each in turns if begin <= each["week"] < end]
    works = turns[0]["event"] in _SEPARATED if turns else works_if_nothing_happens
    status = np.full(end - begin, Status.ON_CALL if works else Status.IDLE, np.uint8)
    titles, retrained = set(), []
    calls, away = [begin] if works else [], []  # first weeks; last weeks are added when they are known
    ended: dict[int, int] = {}
    for each in turns:
        week, what = each["week"], each["event"]
        if what in _HIRED:
            status[week - begin :] = Status.ON_CALL
            calls.append(week)
            titles.add(each["production"])
        elif what in _SEPARATED:
            status[week - begin :] = Status.IDLE
            ended[calls[-1]] = week
            titles.add(each["production"])
        elif what == _EXIT:
            status[week - begin :] = Status.OUT
            away.append(week)
        elif what == _RETURN:
            status[week - begin :] = Status.IDLE
            ended[away[-1]] = week
        elif what == _RETRAINED:
            retrained.append(week)
    return Life(
        begin,
        end,
        status,
        tuple((first, ended.get(first, end) - first) for first in calls),
        tuple((first, ended.get(first, end) - first) for first in away),
        len(titles),
        tuple(retrained),
    )


def _longest(there: np.ndarray) -> int:
    """Length of the longest run of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], there.astype(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max(initial=0))
