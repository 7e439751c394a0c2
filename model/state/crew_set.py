"""Many workers as one Mesa ``AgentSet``: Mesa's verbs over columns, without an object per worker."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from model.errors import CallSheetError
from model.mesa_compat import Groups
from model.state.row_agent import ABSENT, RowAgent, class_attribute, vectorized
from model.state.row_values import COLUMN, VIEW, RowValues

if TYPE_CHECKING:
    from model.state.roll import Roll


class CrewSet(RowValues):
    """Workers of one crew as a Mesa ``AgentSet``.

    ``crew.attached`` (live), ``crew.everyone`` and ``crew.set_of(rows)`` are the usual ways to get one;
    ``CrewSet(views, random)`` takes views. Columns are read and written as arrays; functions of a single
    worker, and attributes that are no columns, cost a loop, as in Mesa. In ``do``, ``shuffle_do`` and
    ``map``, whoever has left the set or the crew by their turn is passed over.
    """

    # Choosing and ordering

    def where(self, condition: Callable[[Roll], np.ndarray] | np.ndarray) -> CrewSet:
        """The members for whom a condition holds: booleans, one per row of the crew, or a function of it.

        ``crew.attached.where(lambda c: (c.wage > 0) & (c.district == 3))``
        """
        if self._crew is None:
            return self.copy()
        rows = self.rows
        mask = np.asarray(condition(self._crew) if callable(condition) else condition)
        if mask.dtype != bool or mask.shape != (self._crew.count,):
            raise CallSheetError(
                f"A condition is one boolean for each of the crew's {self._crew.count:,} rows, but this is "
                f"an array of {mask.dtype} of shape {mask.shape}. Compare its columns, as in crew.wage > 0."
            )
        return self._new(rows[mask[rows]])

    def select(
        self,
        filter_func: Callable[[RowAgent], bool] | np.ndarray | str | None = None,
        at_most: float = float("inf"),
        inplace: bool = False,
        agent_type: type | None = None,
    ) -> CrewSet:
        """The members that pass a filter and are of a class, ``at_most`` so many (int) or a share (float).

        The filter is a function of one worker (a loop), an attribute's name, or booleans for every row of the
        crew.
        """
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        chosen = self
        if agent_type is not None and self._crew is not None:
            codes = [code for code, kind in enumerate(self._crew.classes) if issubclass(kind, agent_type)]
            chosen = chosen._new(self.rows[np.isin(self._crew.kinds(self.rows), codes)])
        if isinstance(filter_func, str):
            chosen = chosen._new(chosen.rows[np.array(chosen.get(filter_func), bool)])
        elif isinstance(filter_func, np.ndarray):
            chosen = chosen.where(filter_func)
        elif filter_func is not None:
            chosen = chosen._new(np.fromiter(_passing(chosen, filter_func, at_most), np.intp))
        rows = chosen.rows if at_most == float("inf") else chosen.rows[: max(0, math.ceil(at_most))]
        return self._arranged(rows, inplace)

    def shuffle(self, inplace: bool = False) -> CrewSet:
        """The members in an order of chance, the same that Mesa's set would give them."""
        return self._arranged(self._shuffled(), inplace)

    def sort(
        self, key: Callable[[RowAgent], Any] | str, ascending: bool = False, inplace: bool = False
    ) -> CrewSet:
        """The members by an attribute or a function, largest first unless ``ascending``."""
        rows = self.rows
        source, name = self._source(key) if isinstance(key, str) else (VIEW, "")
        if source == COLUMN:
            values = self.column(name)
            if ascending:
                order = np.argsort(values, kind="stable")
            else:  # from the far end, so that equals keep their order
                order = rows.size - 1 - np.argsort(values[::-1], kind="stable")[::-1]
        else:
            values = self._values(key, ABSENT) if isinstance(key, str) else [key(worker) for worker in self]
            order = np.array(sorted(range(rows.size), key=values.__getitem__, reverse=not ascending), np.intp)
        return self._arranged(rows[order], inplace)

    def _arranged(self, rows: np.ndarray, inplace: bool) -> CrewSet:
        return self._change(rows) if inplace else self._new(rows)

    def _shuffled(self) -> np.ndarray:
        rows = self.rows.tolist()
        self.random.shuffle(rows)
        return np.array(rows, np.intp)

    # Doing

    def do(self, method: str | Callable, *args: Any, **kwargs: Any) -> CrewSet:
        """Call a method or a function on every member; a ``vectorized`` method once, with all rows."""
        self._call(self.rows, method, args, kwargs)
        return self

    def shuffle_do(self, method: str | Callable, *args: Any, **kwargs: Any) -> CrewSet:
        """As ``do``, in an order of chance."""
        self._call(self._shuffled(), method, args, kwargs)
        return self

    def map(self, method: str | Callable, *args: Any, **kwargs: Any) -> list[Any]:
        """The results of a method or a function of every member."""
        return list(self._call(self.rows, method, args, kwargs))

    def _call(
        self, rows: np.ndarray, method: str | Callable, args: tuple, kwargs: dict[str, Any]
    ) -> Iterable[Any]:
        if not rows.size:
            return []
        if not isinstance(method, str):
            return [method(worker, *args, **kwargs) for worker in self._in_turn(rows)]
        attributes = {class_attribute(kind, method) for kind in self._classes()}
        once = attributes.pop() if len(attributes) == 1 else None
        if isinstance(once, vectorized):
            results = once.function(self._crew, rows, *args, **kwargs)
            return [] if results is None else results
        return [getattr(worker, method)(*args, **kwargs) for worker in self._in_turn(rows)]

    def _in_turn(self, rows: np.ndarray) -> Iterator[RowAgent]:
        crew = self._crew
        for row, was_attached in zip(rows.tolist(), crew.attached_mask()[rows].tolist(), strict=True):
            if self._holds(row) and (crew.is_attached(row) or not was_attached):
                yield crew.worker(row)

    # Grouping

    def groupby(self, by: Callable[[RowAgent], Any] | str, result_type: str = "agentset") -> Groups:
        """Groups by an attribute or a function, in the order in which they first appear."""
        rows = self.rows
        source, name = (VIEW, "") if callable(by) else self._source(by)
        if source == COLUMN:
            groups = _split(rows, self.column(name))
        else:
            groups = {}
            values = [by(worker) for worker in self] if callable(by) else self._values(by, ABSENT)
            for row, value in zip(rows.tolist(), values, strict=True):
                groups.setdefault(value, []).append(row)
        sets = {value: self._new(np.array(members, np.intp)) for value, members in groups.items()}
        return Groups(
            sets if result_type == "agentset" else {value: one.to_list() for value, one in sets.items()}
        )


def _passing(agents: CrewSet, test: Callable[[RowAgent], bool], at_most: float) -> Iterator[int]:
    """Rows of the first ``at_most`` agents that pass; nobody is asked once there are enough."""
    found = 0
    for worker in agents:
        if found >= at_most:
            return
        if test(worker):
            found += 1
            yield worker.row


def _split(rows: np.ndarray, values: np.ndarray) -> dict[Any, np.ndarray]:
    """Rows by value, the values in the order in which they first appear."""
    names, first, group, sizes = np.unique(values, return_index=True, return_inverse=True, return_counts=True)
    parts = np.split(rows[np.argsort(group, kind="stable")], np.cumsum(sizes)[:-1])
    return {names[i].item(): parts[i] for i in np.argsort(first).tolist()}
