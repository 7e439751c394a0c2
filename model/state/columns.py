"""State as columns: one numpy array per declared column; the declaration is the data dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from model.errors import CallSheetError, UnknownName, nearest, sentences
from model.state.cache_lines import in_whole_lines, zeros_in_lines


class Rebinding(CallSheetError, AttributeError):
    """A column was given another array instead of other values."""


class Column:
    """What one column holds: dtype, unit, default and meaning, declared once as an attribute of a frame."""

    def __init__(
        self, dtype: DTypeLike, unit: str, default: float, meaning: str, apart: bool = False
    ) -> None:
        """``apart``: kept in an array of its own, for columns that are scanned over all rows."""
        self.name = ""
        self.apart = apart
        self.dtype = np.dtype(dtype)
        self.whole = self.dtype.kind in "iu"
        self.least, self.most = _bounds(self.dtype) if self.whole else (0, 0)
        self.unit = unit
        self.meaning = meaning
        self.default = self.fit(default).item()

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    # Only a getter: an instance's own dictionary then wins, and reading a column costs as any attribute does.
    def __get__(self, frame: Frame | None, owner: type) -> Any:
        if frame is None:
            return self
        raise AttributeError(
            f"The frame {owner.__name__} has no arrays yet, so its column {self.name} cannot be read."
        )

    def __repr__(self) -> str:
        return f"Column({self.dtype}, {self.unit!r}, {self.default!r}, {self.meaning!r})"

    def fit(self, value: ArrayLike) -> np.ndarray:
        """``value`` (one or an array) in the column's dtype; `CallSheetError` for what it cannot hold.

        Numpy would cut 1.5 to 1 and wrap a large number round; a value is kept as it is or refused.
        """
        if self.whole and isinstance(value, int) and self.least <= value <= self.most:
            return self.dtype.type(value)
        given = np.asarray(value)
        if given.dtype == self.dtype:
            return given
        fits = given.dtype.kind in "biuf"
        if fits and self.whole and given.size:
            fits = bool(given.min() >= self.least and given.max() <= self.most)  # False for not-a-number too
            fits = fits and (given.dtype.kind != "f" or bool((given == np.floor(given)).all()))
        if not fits:
            shown = repr(value) if given.ndim == 0 else f"an array of {given.dtype}"
            name = self.name or "being declared"
            raise CallSheetError(f"The column {name} holds {self._range()} ({self.unit}), not {shown}.")
        return given.astype(self.dtype)

    def _range(self) -> str:
        if not self.whole:
            return f"numbers of {self.dtype}"
        return f"whole numbers from {self.least:,} to {self.most:,}"


def _bounds(dtype: np.dtype) -> tuple[int, int]:
    bounds = np.iinfo(dtype)
    return int(bounds.min), int(bounds.max)


def _usual_record(kind: type[Frame], dtype: np.dtype) -> np.void:
    """A row of a kind of frame at the defaults, as plain bytes, which are written many times faster than fields."""
    usual = np.zeros(1, dtype)
    for name in dtype.names:
        usual[name] = kind.columns[name].default
    return usual.view(np.dtype((np.void, dtype.itemsize)))[0]


class Frame:
    """Columns of one length, preallocated and changed in place; a subclass declares them as class attributes.

    ``frame.wage`` is a view of the first ``count`` rows, the array that kernels take; write to it by
    ``frame.wage[...] = x``. Take views afresh after :meth:`add` and :meth:`load`: an older one does not show
    the new rows, and once the columns have moved to larger arrays, writing to it is an error. For the same
    reason ``new = frame.add(n)`` comes first and ``frame.wage[new] = x`` after it, never in one expression.
    """

    columns: ClassVar[Mapping[str, Column]] = MappingProxyType({})

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        own = {name: value for name, value in vars(cls).items() if isinstance(value, Column)}
        elsewhere = {name for base in cls.__mro__[1:] for name in vars(base)}
        taken = [name for name in own if name in elsewhere and name not in cls.columns]
        if taken:
            raise CallSheetError(
                f"{cls.__name__} declares a column {taken[0]}, but that name is taken in every frame. "
                "Give the column another name."
            )
        cls.columns = MappingProxyType({**cls.columns, **own})

    def __init__(self, capacity: int) -> None:
        """Make room for ``capacity`` rows, none of them in use."""
        if capacity < 0:
            raise CallSheetError(
                f"A frame cannot have room for {capacity} rows. Give a capacity of 0 or more."
            )
        self._capacity = int(capacity)
        self._count = 0
        self._data = self._room_for(self._capacity)
        self._usual = _usual_record(type(self), self._data[""].dtype) if "" in self._data else None
        self._show()

    @classmethod
    def _room_for(cls, capacity: int) -> dict[str, np.ndarray]:
        """Zeroed columns. All but those kept apart are fields of one array of records, packed largest first.

        A record of half a cache line or more fills whole ones, so that a kernel finds a row in as few as can be.
        """
        together = [column for column in cls.columns.values() if not column.apart]
        together.sort(key=lambda column: -column.dtype.itemsize)
        record = np.dtype([(column.name, column.dtype) for column in together])
        data = {"": zeros_in_lines(capacity, in_whole_lines(record))} if together else {}
        data |= {column.name: data[""][column.name] for column in together}
        data |= {
            name: np.zeros(capacity, column.dtype) for name, column in cls.columns.items() if column.apart
        }
        return data

    @property
    def records(self) -> np.ndarray:
        """The rows in use as records, one field per column that is not kept apart: what kernels take."""
        return self._data[""][: self._count]

    @property
    def count(self) -> int:
        """Rows in use."""
        return self._count

    @property
    def capacity(self) -> int:
        """Rows there is room for before the columns move to larger arrays."""
        return self._capacity

    def add(self, n: int) -> slice:
        """Take ``n`` more rows into use, set to the defaults; returns where they are."""
        if n < 0:
            raise CallSheetError(f"{n} rows cannot be added. Give a number of 0 or more.")
        start, stop = self._count, self._count + int(n)
        if stop > self._capacity:
            self._grow(max(stop, 2 * self._capacity))
        if self._usual is not None:
            self._data[""].view(self._usual.dtype)[start:stop] = self._usual
        for name, column in self.columns.items():
            if column.apart:
                self._data[name][start:stop] = column.default
        self._count = stop
        self._show()
        return slice(start, stop)

    def arrays(self) -> dict[str, np.ndarray]:
        """The live view of every column, by name."""
        return {name: self.__dict__[name] for name in self.columns}

    def load(self, arrays: Mapping[str, np.ndarray]) -> None:
        """Replace all rows by ``arrays``: every column by name, in its own dtype, all of one length."""
        given = self.fitting(arrays)
        n = len(next(iter(given.values()), ()))
        if n > self._capacity:
            self._grow(n)
        for name, array in given.items():
            self._data[name][:n] = array
        self._count = n
        self._show()

    def fitting(self, arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """The ``arrays`` of all columns by name, if they can be loaded; a sentence says what does not fit."""
        kind = type(self).__name__
        for name in arrays:
            if name not in self.columns:
                raise UnknownName(sentences(f"{kind} has no column {name}.", nearest(name, self.columns)))
        missing = [name for name in self.columns if name not in arrays]
        if missing:
            raise CallSheetError(
                f"The column {missing[0]} of {kind} is missing. Give an array for every column."
            )
        given = {name: np.asarray(arrays[name]) for name in self.columns}
        for name, array in given.items():
            if array.dtype != self.columns[name].dtype:
                raise CallSheetError(
                    f"The column {name} of {kind} is {self.columns[name].dtype}, the array {array.dtype}. "
                    "Convert it on purpose, with .astype()."
                )
            if array.ndim != 1:
                raise CallSheetError(
                    f"The column {name} of {kind} has one dimension, the array given {array.ndim}."
                )
        lengths = {name: len(array) for name, array in given.items()}
        n = next(iter(lengths.values()), 0)
        for name, length in lengths.items():
            if length != n:
                raise CallSheetError(
                    f"The column {name} of {kind} was given {length} rows and {next(iter(lengths))} {n}. "
                    "All columns of a frame have one length."
                )
        return given

    def copy(self) -> Self:
        """A frame of its own with the same rows and the same room."""
        twin = type(self)(self._capacity)
        twin.load(self.arrays())
        return twin

    @classmethod
    def dictionary(cls) -> list[dict[str, Any]]:
        """The data dictionary: name, dtype, unit, default and meaning of every column."""
        return [
            {
                "name": c.name,
                "dtype": str(c.dtype),
                "unit": c.unit,
                "default": c.default,
                "meaning": c.meaning,
            }
            for c in cls.columns.values()
        ]

    def _grow(self, capacity: int) -> None:
        larger = self._room_for(capacity)
        for name in self.columns:
            larger[name][: self._count] = self.__dict__[name]
            # a write to a view taken earlier would be lost in silence
            self.__dict__[name].flags.writeable = False
        self._data = larger
        self._capacity = capacity

    def _show(self) -> None:
        self.__dict__.update({name: self._data[name][: self._count] for name in self.columns})

    def __setattr__(self, name: str, value: Any) -> None:
        if name in self.columns:
            if value is self.__dict__.get(name):  # `frame.wage += 1` ends by assigning the same array
                return
            raise Rebinding(
                f"The column {name} of {type(self).__name__} is changed in place. "
                f"Write frame.{name}[...] = x instead."
            )
        if not name.startswith("_") and not hasattr(type(self), name):
            raise UnknownName(
                sentences(
                    f"{type(self).__name__} has no column or attribute {name}.", nearest(name, self.columns)
                )
            )
        object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise UnknownName(
            sentences(
                f"{type(self).__name__} has no column or attribute {name}.", nearest(name, self.columns)
            )
        )

    def __getstate__(self) -> dict[str, Any]:
        rest = {
            name: value
            for name, value in self.__dict__.items()
            if name not in self.columns and name != "_data"
        }
        return {**rest, "_arrays": self.arrays()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        arrays = state["_arrays"]
        self.__dict__.update({name: value for name, value in state.items() if name != "_arrays"})
        self._data = self._room_for(self._capacity)
        for name, array in arrays.items():
            self._data[name][: self._count] = array
        self._show()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._count:,} rows of {len(self.columns)} columns>"
