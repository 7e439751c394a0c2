"""What the public pays and takes in, week by week and by purpose.

The credit counts when it is allotted, at the green light, not when it is claimed after delivery. Courses count when
they begin. Benefits and wage insurance count when a worker's row is settled, at the latest every 52 weeks. What
employers pay into the unemployment fund, taxes on pay, and what else a lever costs to run are left out.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from model.recording import Recording
from model.state.events import Entry
from model.units import CENTS_A_MILLION

PURPOSES = ("credit", "credit_in_los_angeles", "courses", "wage_insurance", "benefits", "levy")
PAID, TAKEN_IN = ("credit", "courses", "wage_insurance", "benefits"), "levy"
_BOOKED = (Entry.CREDIT, Entry.CREDIT_IN_LA, Entry.COURSES, Entry.INSURED, Entry.BENEFITS, Entry.LEVY)


def by_purpose(ledger: np.ndarray, opening: np.ndarray) -> np.ndarray:
    """Cents of each week by purpose, (weeks, purposes) int64, from running totals.

    ``ledger`` (weeks, lines) at the end of each week, ``opening`` (lines,) before the first. All are positive; the
    levy is income. ``credit_in_los_angeles`` is part of ``credit`` and not to be added to it.
    """
    totals = np.vstack((np.asarray(opening, np.int64)[None], ledger))[:, [entry - 1 for entry in _BOOKED]]
    week = np.diff(totals, axis=0)
    week[:, PURPOSES.index("benefits")] -= week[:, PURPOSES.index("wage_insurance")]  # booked as one with workers
    return week


def purpose(recording: Recording, name: str) -> np.ndarray:
    """Cents a week of one purpose, of the agents; 0 where a recording is from before it was kept."""
    values = recording.series.get("public_money")
    return np.zeros(recording.weeks, np.int64) if values is None else values[:, PURPOSES.index(name)]


def cost(recording: Recording) -> np.ndarray:
    """Cents a week that the public pays, less the levy it takes in."""
    return sum(purpose(recording, name) for name in PAID) - purpose(recording, TAKEN_IN)


def _musd(name: str) -> Callable[[Recording], np.ndarray]:
    return lambda r: purpose(r, name) / r.scale / CENTS_A_MILLION


def _cost_musd(r: Recording) -> np.ndarray:
    return cost(r) / r.scale / CENTS_A_MILLION


# name, label, unit, definition, how weeks make a year, from a recording
DECLARED: tuple[tuple[str, str, str, str, str, Callable[[Recording], np.ndarray]], ...] = (
    ("credit_musd", "California credit allotted", "USD million",
     "To titles green-lit, wherever in California they are made; counted at the green light", "sum", _musd("credit")),
    ("retraining_musd", "Courses paid by the grant", "USD million",
     "The grant's share of the places taken, at the price of a place; counted when a course begins", "sum",
     _musd("courses")),
    ("wage_insurance_musd", "Wage insurance", "USD million",
     "Pay made up on lower-paid calls; counted when a worker's row is settled, at the latest every 52 weeks", "sum",
     _musd("wage_insurance")),
    ("levy_musd", "Levy on compute", "USD million",
     "What titles made with AI pay of it, wherever they are made; income of the public", "sum", _musd("levy")),
    ("public_cost_musd", "Public cost", "USD million",
     "Credit allotted, courses, wage insurance and unemployment benefits, less the levy", "sum", _cost_musd),
)
