"""Records taken as plain bytes: numpy goes through them field by field, which takes up to ten times as long."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np


def _plain(records: np.ndarray) -> np.ndarray:
    return records.view(np.dtype((np.void, records.dtype.itemsize)))


def copied(records: np.ndarray) -> np.ndarray:
    """A copy of an array of records that lie side by side."""
    return _plain(records).copy().view(records.dtype)


def joined(parts: Iterable[np.ndarray], record: np.dtype) -> np.ndarray:
    """Arrays of one kind of ``record``, one after the other."""
    return np.concatenate([_plain(each) for each in (np.zeros(0, record), *parts)]).view(record)


def wipe(records: np.ndarray, rows: np.ndarray) -> None:
    """Write nothing into the records of some rows."""
    _plain(records)[rows] = np.zeros((), _plain(records).dtype)
