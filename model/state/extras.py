"""Attributes that nobody declared: what a user hangs on a worker, kept by name beside the columns."""

from __future__ import annotations

from typing import Any

import numpy as np

from model.state.row_agent import ABSENT


class Extras:
    """Any Python value per name and row, for as long as the rows live.

    Held in dictionaries and not in arrays of objects: Python's garbage collector does not look into numpy's
    arrays, so a model that hangs on one of its own workers would never be collected.
    """

    def __init__(self) -> None:
        self._values: dict[str, dict[int, Any]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def names(self) -> list[str]:
        """Names under which some row was once given a value."""
        return list(self._values)

    def get(self, name: str, row: int) -> Any:
        """The value of one row, or ``ABSENT``."""
        return self._values.get(name, {}).get(row, ABSENT)

    def take(self, name: str, rows: np.ndarray) -> list[Any]:
        """The values of ``rows``, ``ABSENT`` where there is none."""
        values = self._values.get(name, {})
        return [values.get(row, ABSENT) for row in rows.tolist()]

    def set(self, name: str, rows: int | np.ndarray, value: Any) -> None:
        """Give one value to ``rows``, as it is, even if it is a list."""
        self._values.setdefault(name, {}).update(dict.fromkeys(np.atleast_1d(rows).tolist(), value))

    def forget(self, name: str, row: int) -> bool:
        """Take the value of one row away; says whether there was one."""
        return self._values.get(name, {}).pop(row, ABSENT) is not ABSENT

    def copy(self) -> Extras:
        """Extras of its own; the values themselves are shared."""
        twin = Extras()
        twin._values = {name: dict(values) for name, values in self._values.items()}
        return twin
