"""What kernels take of the state: bundles of arrays that belong together, by row, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from model.state.crew import Crew

_NOBODY = np.empty((0, 0), np.int32)


class People(NamedTuple):
    """The workers; arrays by row of the crew."""

    records: np.ndarray  # what is known of a worker, as `Crew` declares it
    status: np.ndarray  # out of the market, idle, or on call
    craft: np.ndarray
    uid: np.ndarray  # identity, which chance goes by
    home: np.ndarray  # district
    contacts: np.ndarray  # (rows, places) whom they know, a ring of rows
    following: np.ndarray  # who comes next on the list of the same call; -1 ends it


class Board(NamedTuple):
    """The productions; arrays by row of a title."""

    titles: np.ndarray  # what is known of a title, as `Productions` declares it
    calls: np.ndarray  # (rows, crafts) whom it needs and has
    books: np.ndarray  # (rows, crafts) crew-weeks by effect
    budgets: np.ndarray  # cents by line, of titles that use AI


def people_of(crew: Crew, contacts: np.ndarray = _NOBODY) -> People:
    """The workers of a crew, and whom they know if that is asked for."""
    return People(crew.records, crew.status, crew.craft, crew.uid, crew.district, contacts, crew.next)
