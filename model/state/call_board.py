"""Productions and their calls: who is called, who has answered, title by craft.

A call is a production's need of one craft. Its first member is the head of department; members are a linked
list through the workers (``head`` of the call and ``next`` of the crew), newest behind the head.
"""

from __future__ import annotations

import numpy as np

from model.state.columns import Column, Frame

# Why a week of a title does not count for its schedule.
WAITING, HALTED = 1, 2
# The same, when it is its provider that stands still: its crew is held and paid, or sent home.
HELD, SENT_HOME, WITHDRAWN, BREACHED = 3, 4, 5, 6
STOPPED_BY_PROVIDER = (HELD, SENT_HOME, WITHDRAWN, BREACHED)
NO_FIRM = -1


def former(maker: np.ndarray) -> np.ndarray:
    """Codes of makers that failed, below `NO_FIRM`, which nobody takes for a firm; and back again."""
    return 2 * NO_FIRM - maker


CALL = np.dtype([
    ("pay", np.int64),  # cents a week of everyone on the call
    ("head", np.int32),  # worker row of the head of department, -1 for none
    ("need", np.int16),  # people called
    ("filled", np.int16),  # people on the call
])


class Productions(Frame):
    """Titles in hand, from green-light to delivery. A delivered title's row is used again."""

    uid = Column(np.int64, "number", 0, "Permanent identity of the idea: the same in every world")
    budget = Column(np.int64, "cents", 0, "Budget before the California credit, where it is made")
    incentive = Column(np.int64, "cents", 0, "California credit allocated to it")
    size = Column(np.float64, "ratio", 1.0, "Size of its crews and budget relative to its kind")
    weeks_left = Column(np.int16, "weeks", 0, "Weeks left of the present stage")
    greenlit = Column(np.int16, "week", 0, "Week of the green-light")
    firm = Column(np.int16, "code", 0, "Studio that makes it")
    kind = Column(np.uint8, "code", 0, "Kind of production")
    place = Column(np.uint8, "code", 0, "Where it shoots")
    district = Column(np.uint8, "code", 0, "District in which its work in Los Angeles is done, wherever it shoots")
    stage = Column(np.uint8, "code", 4, "Development, prep, shoot, post or delivered")
    halted = Column(np.uint8, "flag", 0, "Stopped this week by a strike, a shutdown or a provider, or given up")
    credited = Column(np.uint8, "flag", 0, "Has an allocation of the California credit")
    ai = Column(np.uint8, "set", 0, "Areas of its making in which AI is used, one bit each")
    terms = Column(np.uint8, "set", 0, "Compute at a backed producer's price, crews outside the contracts: a bit each")
    provider = Column(np.uint8, "code", 0, "Provider of the clouds and models it uses")
    extra = Column(np.uint8, "code", 0, "Why this week does not count for its schedule; 0 if it does")
    lost_weeks = Column(np.int16, "weeks", 0, "Shoot weeks lost for good while it was stopped")
    saved_weeks = Column(np.int16, "weeks", 0, "Shoot weeks that AI saved")
    maker = Column(np.int16, "code", NO_FIRM, "AI-first producer that works on it; -1 none, below it one that failed")
    owner = Column(np.int16, "code", 0, "Firm that owns it: the studio, or whoever bought that one or the title")
    financed = Column(np.float32, "share", 0.0, "Share of its cost that is paid out of investors' capital")
    resident = Column(np.uint8, "flag", 0, "Keeps its AI work in Los Angeles for the credit's sake")
    pay = Column(np.float64, "ratio", 1.0, "Pay of its calls, relative to the rates of the contracts")
    worth = Column(np.float64, "ratio", 1.0, "What audiences' resistance to AI leaves of its worth")
    anew = Column(np.uint8, "flag", 0, "Called for another stage this week: only then can people be too many")
    at_work = Column(np.int16, "weeks", 0, "Weeks of the present stage that counted and are not in its books yet")


def empty_calls(rows: int, crafts: int) -> np.ndarray:
    """Calls of ``rows`` productions that need nobody, (rows, crafts) records."""
    calls = np.zeros((rows, crafts), CALL)
    calls["head"] = -1
    return calls


def roomier(calls: np.ndarray, rows: int) -> np.ndarray:
    """The same calls with room for ``rows`` productions at least; unchanged if there is room."""
    if rows <= calls.shape[0]:
        return calls
    grown = empty_calls(max(rows, 2 * calls.shape[0]), calls.shape[1])
    grown[: calls.shape[0]] = calls
    return grown
