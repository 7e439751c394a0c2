"""Panels of which the answer to every fact is known."""

import numpy as np

from experiments.facts import validation
from experiments.facts.panel import GROUPS, LONGEST, Panel
from model import tables
from model.recording import Recording

FACTS = validation.facts()
WEEKS = 547  # January 2015 to June 2025
CRAFTS, KINDS = tables.crafts().n, tables.kinds().n
WHEN = np.arange(WEEKS)


def synthetic(**series):
    """A recording with some series given and the others constant, and a panel around it."""
    held = {
        "on_call": np.full((WEEKS, CRAFTS), 600),
        "idle": np.full((WEEKS, CRAFTS), 400),
        "posted": np.full((WEEKS, CRAFTS), 80),
        "shoot_days": np.ones((WEEKS, KINDS)),
        "stages_used": np.zeros(WEEKS),
        **series,
    }
    recording = Recording({"first_week": 0, "weeks": WEEKS, "scale": 1.0, "hash": "", "scenario": {}}, held)
    empty = np.zeros((CRAFTS * GROUPS, LONGEST + 1), np.int64)
    return Panel(
        recording,
        np.ones((WEEKS, CRAFTS), int),
        np.zeros((WEEKS, CRAFTS)),
        np.full(WEEKS, 0.3),
        np.ones(WEEKS),
        empty.copy(),
        empty.copy(),
        np.zeros((2, 0)),
    )


def swinging(amplitude, lag=0.0, every=104.0):
    return amplitude * np.sin(2 * np.pi * (WHEN - lag) / every)


def with_unemployment(rate):
    """Series of a workforce of a million a craft with this unemployment by week."""
    idle = np.rint(np.broadcast_to(np.asarray(rate).reshape(WEEKS, -1), (WEEKS, CRAFTS)) * 1e6)
    return {"idle": idle, "on_call": 1e6 - idle}


def found(name, panel):
    return validation.computations()[name](panel, FACTS[name])
