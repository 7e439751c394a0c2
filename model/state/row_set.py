"""Which workers a set holds: an array of rows of a crew, or whoever is attached now; and how sets combine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from model.errors import CallSheetError
from model.mesa_compat import AgentSet, OpenSet, warn_of_indexing
from model.state.row_agent import RowAgent

if TYPE_CHECKING:
    from model.state.roll import Roll


class RowSet(OpenSet):
    """An ordered set of rows of one crew: certain rows, or live, of those attached at the moment.

    ``add``, ``discard``, ``remove`` and whatever works in place change the membership of this one set and
    nobody's status; a live set that is changed so becomes one of certain rows.
    """

    def __init__(self, agents: Iterable[RowAgent] = (), random: Any = None) -> None:
        views = list(agents)
        crew = views[0].crew if views and isinstance(views[0], RowAgent) else None
        if not views and random is None:
            random = AgentSet([]).random  # Mesa warns here that a model may become irreproducible
        self._begin(crew, np.zeros(0, np.intp), None, random)
        for view in views:
            self.add(view)

    def _begin(self, crew: Roll | None, rows: np.ndarray | None, kind: int | None, random: Any) -> None:
        self._crew = crew
        self._rows = rows  # None: live
        self._added: list[int] = []  # rows to be appended to _rows
        self._is_in: np.ndarray | None = None  # bool per row of the crew, made when membership is asked for
        self._kind = kind  # live: code of the class of worker, None for all
        self._random = random

    @classmethod
    def of(cls, crew: Roll, rows: np.ndarray | None, random: Any = None, kind: int | None = None) -> Self:
        """A set of ``rows`` (each once, in use), or with None the live set of the attached."""
        made = cls.__new__(cls)
        made._begin(crew, rows if rows is None else np.asarray(rows, np.intp), kind, random)
        return made

    # Who is in it

    @property
    def random(self) -> Any:
        """The generator that ``shuffle`` uses: the one given, else the model's."""
        if self._random is None and self._crew is not None and self._crew.model is None:
            raise CallSheetError(
                "This crew belongs to no model, so there is no generator to shuffle with. Give random=."
            )
        return self._crew.model.random if self._random is None else self._random

    @random.setter
    def random(self, random: Any) -> None:
        self._random = random

    @property
    def crew(self) -> Roll | None:
        """The crew of these workers; None as long as an empty set has met none."""
        return self._crew

    @property
    def live(self) -> bool:
        """Whether the set always holds those attached at the moment."""
        return self._rows is None

    @property
    def rows(self) -> np.ndarray:
        """The members' rows in the order of the set: intp array, not to be written to."""
        if self._crew is not None:
            self._crew.ready()
        rows = self._members()
        rows.flags.writeable = False
        return rows

    def _members(self) -> np.ndarray:
        if self._rows is None:
            return self._crew.attached_rows(self._kind)
        if self._added:
            self._rows = np.concatenate([self._rows, np.array(self._added, np.intp)])
            self._added = []
        return self._rows

    def _change(self, rows: np.ndarray) -> Self:
        self._rows, self._added, self._is_in = rows, [], None
        return self

    def _holds(self, row: int) -> bool:
        if self._rows is None:
            return self._crew.is_attached(row) and (self._kind is None or self._crew.kind(row) == self._kind)
        is_in = self._membership()
        return row < is_in.size and is_in.item(row)

    def _membership(self) -> np.ndarray:
        if self._is_in is None:
            self._is_in = np.zeros(self._crew.capacity, bool)
            self._is_in[self._members()] = True
        return self._is_in

    def _new(self, rows: np.ndarray) -> Self:
        return type(self).of(self._crew, rows, self._random)

    def __len__(self) -> int:
        if self._rows is not None:
            return len(self._rows) + len(self._added)
        self._crew.ready()
        return len(self._members())

    def __iter__(self) -> Iterator[RowAgent]:
        return map(self._crew.worker, self.rows.tolist()) if self._crew is not None else iter(())

    def __contains__(self, agent: object) -> bool:
        if not isinstance(agent, RowAgent) or agent.crew is not self._crew:
            return False
        self._crew.ready()
        return self._holds(agent.row)

    def __getitem__(self, item: int | slice) -> RowAgent | list[RowAgent]:
        """One worker, or the list of a slice."""
        if self._rows is not None:  # Mesa's own sets, which model.agents is one of, may be indexed
            warn_of_indexing()
        if isinstance(item, slice):
            return [self._crew.worker(row) for row in self.rows[item].tolist()]
        rows = self.rows
        if not -rows.size <= item < rows.size:
            raise IndexError(f"The set has {rows.size:,} workers, so there is none at position {item}.")
        return self._crew.worker(int(rows[item]))

    def __reversed__(self) -> Iterator[RowAgent]:
        return map(self._crew.worker, self.rows[::-1].tolist()) if self._crew is not None else iter(())

    def __copy__(self) -> Self:
        return self._new(self.rows.copy())

    def __getstate__(self) -> dict[str, Any]:
        rows = None if self._rows is None else self._members()
        return {"crew": self._crew, "rows": rows, "kind": self._kind, "random": self._random}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._begin(state["crew"], state["rows"], state["kind"], state["random"])

    def __eq__(self, other: object) -> bool:
        if isinstance(other, RowSet) and other._crew is self._crew and self._crew is not None:
            return np.array_equal(np.sort(self.rows), np.sort(other.rows))
        return super().__eq__(other)

    __hash__ = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self):,} workers{', live' if self.live else ''}>"

    # Changing who is in it

    def add(self, agent: RowAgent) -> None:
        """Put a worker at the end of this set, unless they are in it; all members are of one crew."""
        if not isinstance(agent, RowAgent):
            raise CallSheetError(
                f"A CrewSet holds workers, and {agent!r} is none. Put both sorts into a mesa AgentSet."
            )
        if self._crew is None:
            self._crew = agent.crew
        if agent.crew is not self._crew:
            raise CallSheetError("This worker is of another crew. A CrewSet holds workers of one crew.")
        if agent in self:
            return
        if self._rows is None:
            self._change(self.rows.copy())
        self._added.append(agent.row)
        if self._is_in is not None:
            if agent.row >= self._is_in.size:
                self._is_in = np.append(self._is_in, np.zeros(self._crew.capacity - self._is_in.size, bool))
            self._is_in[agent.row] = True

    def discard(self, agent: RowAgent) -> None:
        """Take a worker out of this set, if they are in it; their status stays as it is."""
        if agent in self:
            rows = self.rows
            is_in = None if self._rows is None else self._is_in
            self._change(rows[rows != agent.row])
            self._is_in = is_in
            if is_in is not None:
                is_in[agent.row] = False

    def clear(self) -> None:
        """Take everyone out of this set."""
        self._change(np.zeros(0, np.intp))

    # Combining it with another set

    def _rows_of(self, other: object) -> np.ndarray | None:
        return other.rows if isinstance(other, RowSet) and other._crew is self._crew is not None else None

    @classmethod
    def _from_iterable(cls, agents: Iterable[Any]) -> AgentSet:
        found = list(agents)
        of_one_crew = found and all(
            isinstance(agent, RowAgent) and agent.crew is found[0].crew for agent in found
        )
        return cls(found) if of_one_crew else AgentSet(found)

    def __or__(self, other: Any) -> AgentSet:
        rows = self._rows_of(other)
        return super().__or__(other) if rows is None else self._new(_either(self.rows, rows))

    def __and__(self, other: Any) -> AgentSet:
        rows = self._rows_of(other)
        return super().__and__(other) if rows is None else self._new(_both(self.rows, rows))

    def __sub__(self, other: Any) -> AgentSet:
        rows = self._rows_of(other)
        return super().__sub__(other) if rows is None else self._new(_only(self.rows, rows))

    def __xor__(self, other: Any) -> AgentSet:
        rows = self._rows_of(other)
        return super().__xor__(other) if rows is None else self._new(_one_of(self.rows, rows))

    def __ior__(self, other: Any) -> Self:
        rows = self._rows_of(other)
        return super().__ior__(other) if rows is None else self._change(_either(self.rows, rows))

    def __iand__(self, other: Any) -> Self:
        rows = self._rows_of(other)
        return super().__iand__(other) if rows is None else self._change(_both(self.rows, rows))

    def __isub__(self, other: Any) -> Self:
        rows = self._rows_of(other)
        return super().__isub__(other) if rows is None else self._change(_only(self.rows, rows))

    def __ixor__(self, other: Any) -> Self:
        rows = self._rows_of(other)
        return super().__ixor__(other) if rows is None else self._change(_one_of(self.rows, rows))


# In the order in which Python's own sets-with-an-order combine, which Mesa's sets inherit.


def _either(mine: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    return np.concatenate([mine, _only(theirs, mine)])


def _both(mine: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    return theirs[np.isin(theirs, mine)]


def _only(mine: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    return mine[~np.isin(mine, theirs)]


def _one_of(mine: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    return np.concatenate([_only(mine, theirs), _only(theirs, mine)])
