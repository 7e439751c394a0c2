"""One week's ledger: what every verb of the week did, for the accounts and the record."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from model.policy import Policy

_NOTHING = np.zeros(0, np.int64)
_NOTHING.flags.writeable = False


def _none() -> np.ndarray:
    return _NOTHING


@dataclass(slots=True)
class Flows:
    """What happened in a week. Counts are people unless said otherwise; arrays are by craft or by kind."""

    week: int
    policy: Policy
    displaced: np.ndarray | float = 0.0  # cents of buyers' money that go to AI-first producers' titles, by kind
    books: tuple[np.ndarray, np.ndarray, np.ndarray] | None = None  # titles, cells and effects closed this week
    finished: np.ndarray | None = None  # closed accounts of titles with AI that were delivered
    failed: np.ndarray = field(default_factory=_none)  # codes of AI-first producers that failed
    retrained: int = 0  # workers who finished a course
    in_course: int = 0  # workers in a course
    queue: int = 0  # workers waiting for a place in one
    abandoned: int = 0  # titles that a failed producer leaves unfinished
    sent_home: int = 0  # workers on them
    bought: int = 0  # studios that were bought
    dependent: int = 0  # titles at work that depend on a provider
    outage_stopped: int = 0  # titles stopped by a provider
    stopped: int = 0  # titles halted by strikes and shutdowns
    leaving: np.ndarray = field(default_factory=_none)  # where titles delivered or given up stand in the order
    delivered: int = 0  # titles
    waiting: int = 0  # titles ready to shoot that found no free stage
    greenlit: dict[str, np.ndarray] = field(default_factory=dict)  # columns of `slates.green_light_titles`
    wrapped: int = 0
    laid_off: int = 0
    quits: int = 0
    exits: int = 0
    returns: int = 0
    entries: int = 0
    posted: np.ndarray = field(default_factory=_none)  # vacancies by craft before anyone is called
    open: np.ndarray = field(default_factory=_none)  # of them those that come to the open call
    by_referral: int = 0
    by_open_call: int = 0
    declined: int = 0  # applicants who held out for more, or were refused for want of fluency with AI
    unfilled: np.ndarray = field(default_factory=_none)  # vacancies by craft left open
    searchers: np.ndarray = field(default_factory=_none)  # idle by craft when the open call was posted
    coverage: tuple[int, int, int] = (0, 0, 0)  # reviewed, gained, lost
    people: np.ndarray = field(default_factory=_none)  # on calls, (kind, craft)
    days: np.ndarray = field(default_factory=_none)  # crew-days, (kind, craft)
    areas: np.ndarray = field(default_factory=_none)  # people on calls by area of making, effects apart
    payroll: np.ndarray = field(default_factory=_none)  # cents by kind
    shoot_days: np.ndarray = field(default_factory=_none)  # days of shooting in Los Angeles by kind
    work_by_district: np.ndarray = field(default_factory=_none)  # people on calls by district of their production
    home_on_call: np.ndarray = field(default_factory=_none)  # people on calls by district of their home
    home_idle: np.ndarray = field(default_factory=_none)  # people between calls by district of their home
    shoots_by_district: np.ndarray = field(default_factory=_none)  # titles that shoot in Los Angeles by district
    stages_used: float = 0.0
    idle: np.ndarray = field(default_factory=_none)  # by craft at the end of the week
    on_call: np.ndarray = field(default_factory=_none)  # by craft at the end of the week

    @property
    def tightness(self) -> np.ndarray:
        """Vacancies on the open call per searcher there, by craft: what heads of department left of both."""
        return self.open / np.maximum(1.0, self.searchers)

    @property
    def hires(self) -> int:
        """Everyone hired this week."""
        return self.by_referral + self.by_open_call

    @property
    def separations(self) -> int:
        """Everyone who left a call this week: wraps, layoffs and quits."""
        return self.wrapped + self.laid_off + self.quits
