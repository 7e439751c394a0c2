"""The values of a set's attributes: columns as arrays, everything else worker by worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from model.errors import CallSheetError, UnknownName, nearest, sentences
from model.state.row_agent import ABSENT, Cell, RowAgent, UnknownAttribute, class_attribute
from model.state.row_set import RowSet

if TYPE_CHECKING:
    from model.state.roll import Roll

COLUMN, EXTRA, VIEW = "column", "extra", "view"  # where the values of an attribute are found


class RowValues(RowSet):
    """A set of rows whose attributes are read, written and summed up by Mesa's ``get``, ``set``, ``agg``."""

    def column(self, name: str) -> np.ndarray:
        """The members' values of a column, in the order of the set: a copy, in the column's dtype."""
        if self._crew is None or name not in self._crew.columns:
            names = () if self._crew is None else self._crew.columns
            raise UnknownName(sentences(f"There is no column {name}.", nearest(name, names)))
        rows = self.rows
        return self._crew.arrays()[name][rows]

    def get(
        self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None
    ) -> list[Any]:
        """The values of one attribute as a list of Python values, or a list of several for every member."""
        if handle_missing not in ("error", "default"):
            raise ValueError(
                f"Unknown handle_missing option: {handle_missing}, should be one of 'error' or 'default'."
            )
        default = default_value if handle_missing == "default" else ABSENT
        if isinstance(attr_names, str):
            return self._values(attr_names, default)
        columns = [self._values(name, default) for name in attr_names]
        return (
            [list(values) for values in zip(*columns, strict=True)]
            if columns
            else [[] for _ in range(len(self))]
        )

    def set(self, attr_name: str, value: Any) -> Self:
        """Give an attribute of every member a value; a column also takes an array, one value per member."""
        source, name = self._source(attr_name)
        rows = self.rows
        if source == COLUMN:
            self._crew.may_set(name)
            fitted = self._crew.columns[name].fit(value)
            if fitted.ndim and fitted.shape != rows.shape:
                raise CallSheetError(
                    f"The column {name} was given an array of shape {fitted.shape} for {rows.size} workers. "
                    "Give one value, or one per worker."
                )
            self._crew.arrays()[name][rows] = fitted
        elif source == EXTRA:
            self._crew.extras.set(name, rows, value)
        else:
            for worker in self:
                setattr(worker, name, value)
        return self

    def agg(self, attribute: str, func: Callable | Iterable[Callable]) -> Any:
        """One number of all members' values, or a list with one for each of several functions.

        Numpy's and numba's functions are handed an array (int64 or float64), any other function a list.
        """
        if callable(func):
            return self._aggregate(attribute, func)
        return [self._aggregate(attribute, each) for each in func]

    def _aggregate(self, attribute: str, func: Callable) -> Any:
        takes_arrays = isinstance(func, np.ufunc) or hasattr(func, "py_func")
        takes_arrays = takes_arrays or (getattr(func, "__module__", None) or "").partition(".")[0] in (
            "numpy",
            "scipy",
        )
        short = func in (sum, min, max)  # of Python's own, those that numpy answers alike for whole numbers
        source, name = self._source(attribute)
        if source != COLUMN or not (takes_arrays or short):
            return func(self._values(attribute, ABSENT))
        values = self.column(name)
        whole = values.dtype.kind in "iub"
        wide = values.astype(np.int64 if whole else np.float64, copy=False)  # a sum of int32 would overflow
        if takes_arrays:
            return func(wide)
        if not whole or not wide.size or (func is sum and _sum_may_overflow(wide)):
            return func(wide.tolist())
        return getattr(wide, func.__name__)().item()

    def _values(self, attribute: str, default: Any) -> list[Any]:
        source, name = self._source(attribute)
        rows = self.rows
        if source == COLUMN:
            return self._crew.arrays()[name][rows].tolist()
        if source == VIEW:
            if default is ABSENT:
                return [getattr(worker, name) for worker in self]
            return [getattr(worker, name, default) for worker in self]
        values = self._crew.extras.take(name, rows)
        if default is not ABSENT:
            return [default if value is ABSENT else value for value in values]
        for row, value in zip(rows.tolist(), values, strict=True):
            if value is ABSENT:
                known = (*self._crew.columns, *self._crew.extras.names())
                raise UnknownAttribute(type(self._crew.worker(row)).__name__, name, known)
        return values

    def _source(self, name: str) -> tuple[str, str]:
        """Where an attribute's values are, and under which name: a class may have overridden either."""
        if self._crew is None:
            return VIEW, name
        found = {_source_in(kind, name, self._crew) for kind in self._classes()}
        return found.pop() if len(found) == 1 else (VIEW, name)

    def _classes(self) -> list[type[RowAgent]]:
        return self._crew.classes if self._kind is None else [self._crew.classes[self._kind]]


def _source_in(kind: type[RowAgent], name: str, crew: Roll) -> tuple[str, str]:
    attribute = class_attribute(kind, name)
    if isinstance(attribute, Cell):
        return COLUMN, attribute.column
    untouched = all(
        class_attribute(kind, hook) is class_attribute(RowAgent, hook)
        for hook in ("__getattr__", "__setattr__", "__getattribute__")
    )
    if attribute is not ABSENT or not untouched:
        return VIEW, name
    return (COLUMN if name in crew.columns else EXTRA), name


def _sum_may_overflow(values: np.ndarray) -> bool:
    largest = max(-int(values.min()), int(values.max()))
    return largest * values.size > np.iinfo(np.int64).max
