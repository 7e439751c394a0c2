"""A frame whose rows are agents: who is attached, of which class a view is, which sets there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

import numpy as np

from model.errors import CallSheetError
from model.mesa_compat import AgentSet
from model.state.chained_set import ChainedSet
from model.state.columns import Column, Frame
from model.state.crew_set import CrewSet
from model.state.extras import Extras
from model.state.row_agent import RowAgent


class Roll(Frame):
    """Rows that are agents, one each for good: leavers keep theirs, so that a life is a slice.

    Kernels take the columns as arrays. Views (:class:`RowAgent`) and sets (:class:`CrewSet`) are for people.
    Before either reads or writes, ``before_read()`` is called, if there is one, to bring up to date what is
    settled lazily; what it does itself does not call it again.
    """

    uid = Column(np.int32, "identity", 0, "Permanent identity; one more than the row unless said otherwise", apart=True)

    model: Any = None  # set by ArrayModel.crew
    before_read: Callable[[], Any] | None = None
    worker_type: ClassVar[type[RowAgent]] = RowAgent  # class of the views of rows added without naming one

    def __init__(self, capacity: int = 64) -> None:
        super().__init__(capacity)
        self._extras = Extras()
        self._classes: list[type[RowAgent]] = [self.worker_type]
        self._kinds: np.ndarray | None = None  # code of each row's class; None while all are of the first
        self._kept: dict[int, RowAgent] = {}  # views that somebody hashed, by row (see RowAgent.__hash__)
        self._kept_too: dict[int, RowAgent] = {}  # second views of the same rows, by id
        self._getting_ready = False

    # Rows

    def add(self, n: int, worker_type: type[RowAgent] | None = None) -> slice:
        """Take ``n`` more rows into use, at the defaults, numbered on; returns where they are."""
        kind = self._code(worker_type)
        new = super().add(n)
        self.uid[new] = np.arange(new.start + 1, new.stop + 1)
        if self._kinds is not None:
            if self._kinds.size < self.capacity:
                self._kinds = np.append(self._kinds, np.zeros(self.capacity - self._kinds.size, np.uint16))
            self._kinds[new] = kind
        return new

    def _code(self, worker_type: type[RowAgent] | None) -> int:
        if worker_type is None:
            return 0
        if not self.count:
            self._classes, self._kinds = [worker_type], None
        if worker_type not in self._classes:
            self._classes.append(worker_type)
            if self._kinds is None:
                self._kinds = np.zeros(self.capacity, np.uint16)
        return self._classes.index(worker_type)

    def load(self, arrays: Mapping[str, np.ndarray]) -> None:
        """Replace all rows by ``arrays``; what was hung on the old rows goes with them."""
        super().load(arrays)
        self._extras = Extras()
        self._classes, self._kinds = [self._classes[0]], None
        self._kept, self._kept_too = {}, {}

    def copy(self) -> Self:
        """A crew of its own with the same rows, which belongs to no model yet and settles nothing lazily."""
        twin = super().copy()
        twin._extras = self._extras.copy()
        twin._classes = list(self._classes)
        twin._kinds = None if self._kinds is None else self._kinds.copy()
        return twin

    def joined(self, rows: slice) -> None:
        """Agents were made in ``rows``, and hold what they were given; a subclass tells whom it concerns."""

    def may_set(self, name: str) -> None:
        """Raises a sentence if people may not write a column; a subclass says which."""

    def leave(self, rows: np.ndarray) -> None:
        """Let agents leave; a subclass marks their rows, then calls this. ``rows``: integer array."""
        if self._kept:
            for row in np.asarray(rows).tolist():
                self._kept.pop(row, None)
            self._kept_too = {key: view for key, view in self._kept_too.items() if self.is_attached(view.row)}

    def attached_mask(self) -> np.ndarray:
        """For each row whether its agent is attached; a subclass says by what."""
        raise NotImplementedError(f"{type(self).__name__} does not say yet which of its rows are attached.")

    def is_attached(self, row: int) -> bool:
        """Whether the agent of one row is attached."""
        return bool(self.attached_mask()[row])

    def attached_rows(self, kind: int | None = None) -> np.ndarray:
        """Rows of the attached, in ascending order, of one class of worker or of all; intp array."""
        mask = self.attached_mask()
        if kind is not None and (self._kinds is not None or kind != 0):
            mask &= self.kinds(slice(self.count)) == kind
        return np.flatnonzero(mask)

    # Agents

    @property
    def attached(self) -> CrewSet:
        """The live set of those who are attached to the market at the moment, in the order of their rows."""
        return CrewSet.of(self, None)

    @property
    def everyone(self) -> CrewSet:
        """The set of everyone up to now, leavers included."""
        return CrewSet.of(self, np.arange(self.count))

    def beside(self, ordinary: AgentSet) -> ChainedSet:
        """Ordinary agents, then the attached workers, as one live set."""
        return ChainedSet([ordinary, self.attached], self.model.random)

    def set_of(self, rows: np.ndarray) -> CrewSet:
        """The set of certain rows, or of those where an array of booleans is true."""
        chosen = np.asarray(rows)
        if chosen.dtype == bool:
            return self.everyone.where(chosen)
        chosen = chosen.astype(np.intp)
        _, first = np.unique(chosen, return_index=True)
        if first.size and not 0 <= chosen.min() <= chosen.max() < self.count:
            raise CallSheetError(
                f"The crew has {self.count:,} rows, so rows go from 0 to {self.count - 1:,}."
            )
        return CrewSet.of(self, chosen[np.sort(first)])

    def by_type(self) -> dict[type[RowAgent], CrewSet]:
        """The live set of each class of workers that has a row."""
        if not self.count:
            return {}
        if self._kinds is None:
            return {self._classes[0]: self.attached}
        codes = np.unique(self.kinds(slice(self.count))).tolist()
        return {self._classes[code]: CrewSet.of(self, None, kind=code) for code in codes}

    def worker(self, row: int) -> RowAgent:
        """A view of one row as a Mesa agent."""
        if self._kept and row in self._kept:
            return self._kept[row]
        if not 0 <= row < self._count:
            raise CallSheetError(f"The crew has {self.count:,} rows, so there is no worker in row {row}.")
        return self._classes[self.kind(row)].of(self, row)

    @property
    def classes(self) -> list[type[RowAgent]]:
        """The classes of workers that rows were added as; a row's ``kind`` is a position in it."""
        return self._classes

    @property
    def extras(self) -> Extras:
        """Attributes that nobody declared."""
        return self._extras

    def kind(self, row: int) -> int:
        """Code of the class of a row."""
        return 0 if self._kinds is None else self._kinds.item(row)

    def kinds(self, rows: np.ndarray | slice) -> np.ndarray:
        """Codes of the classes of rows: uint16 array."""
        all_kinds = np.zeros(self.count, np.uint16) if self._kinds is None else self._kinds
        return all_kinds[rows]

    def keep(self, view: RowAgent) -> None:
        """Hold a view until its worker leaves, as a Mesa model holds its agents."""
        if self.is_attached(view.row) and self._kept.setdefault(view.row, view) is not view:
            self._kept_too[id(view)] = view

    def ready(self) -> None:
        """Call ``before_read``, unless it is at work already."""
        if self.before_read is not None and not self._getting_ready:
            self._getting_ready = True
            try:
                self.before_read()
            finally:
                self._getting_ready = False

    def __getstate__(self) -> dict[str, Any]:
        return {**super().__getstate__(), "_kept": {}, "_kept_too": {}, "_getting_ready": False}
