"""A Mesa agent that is one row of a crew: it holds the crew and the row's number, and nothing else."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

import mesa
import numpy as np

from model.errors import CallSheetError, UnknownName, nearest, sentences

if TYPE_CHECKING:
    from model.state.crew_set import CrewSet
    from model.state.roll import Roll

ABSENT = object()


class UnknownAttribute(UnknownName):
    """A worker has no such attribute; the sentence is made only when somebody reads it."""

    def __str__(self) -> str:
        kind, name, names = self.args
        return sentences(f"{kind} has no attribute {name}.", nearest(name, names))


class Cell:
    """One column of the crew as an attribute of a view: a Python number to read, a checked one to write."""

    def __init__(self, column: str, meaning: str = "") -> None:
        self.column = column
        self.__doc__ = meaning

    def __get__(self, view: RowAgent | None, owner: type) -> Any:
        if view is None:
            return self
        crew = view._crew
        if crew.before_read is not None:
            crew.ready()
        return crew.__dict__[self.column].item(view._row)

    def __set__(self, view: RowAgent, value: Any) -> None:
        crew = view._crew
        crew.may_set(self.column)
        crew.ready()
        crew.__dict__[self.column][view._row] = crew.columns[self.column].fit(value)


class Overlay:
    """An attribute of the class that single workers have their own value of, as objects in Python do."""

    def __init__(self, name: str, shared: Any) -> None:
        self.name = name
        self.shared = shared

    def __get__(self, view: RowAgent | None, owner: type) -> Any:
        own = ABSENT if view is None else view._crew.extras.get(self.name, view._row)
        if own is not ABSENT:
            return own
        bind = getattr(type(self.shared), "__get__", None)
        return self.shared if bind is None else bind(self.shared, view, owner)

    def __set__(self, view: RowAgent, value: Any) -> None:
        view._crew.ready()
        view._crew.extras.set(self.name, view._row, value)

    def __delete__(self, view: RowAgent) -> None:
        if not view._crew.extras.forget(self.name, view._row):
            raise UnknownAttribute(type(view).__name__, self.name, ())


class vectorized:  # noqa: N801 - used as a decorator
    """Marks a method written for many rows at once: ``def raise_pay(crew, rows, share): ...``.

    A set calls it once with all its rows (intp array), a view with its own row alone. Through ``map`` it
    returns one result per row.
    """

    def __init__(self, function: Callable) -> None:
        self.function = function
        self.__doc__ = function.__doc__

    def __get__(self, view: RowAgent | None, owner: type) -> Any:
        return self if view is None else partial(self.function, view.crew, np.array([view.row]))


def class_attribute(kind: type, name: str) -> Any:
    """What the class holds under a name, unbound; `ABSENT` if nothing."""
    for base in kind.__mro__:
        if name in base.__dict__:
            return base.__dict__[name]
    return ABSENT


class RowAgent(mesa.Agent):
    """A view of one row as a ``mesa.Agent``; equal, and hashed equal, when crew and row are: compare with ==.

    Columns read as Python numbers. Any other attribute that is set on it is kept by the crew, under the row,
    for every later view of the row.
    """

    __slots__ = ("_crew", "_row")

    roll_type: ClassVar[type[Roll] | None] = None  # what a model without a crew is given
    unique_id = Cell("uid", "The worker's permanent identity.")
    pos = Overlay("pos", None)

    def __init__(self, model: mesa.Model, **columns: Any) -> None:
        crew = self._roll_of(model)
        given = _fitted(crew, 1, columns)
        new = crew.add(1, type(self))
        self.__setstate__((crew, new.start))
        _fill(crew, new, given)

    @classmethod
    def create_agents(cls, model: mesa.Model, n: int, *args: Any, **kwargs: Any) -> CrewSet:
        """Make ``n`` workers; a list, tuple, array or series of length ``n`` gives each their own value."""
        if cls.__init__ is RowAgent.__init__ and not args:
            crew = cls._roll_of(model)
            given = _fitted(crew, n, kwargs)
            new = crew.add(n, cls)
            _fill(crew, new, given)
            return crew.set_of(np.arange(new.start, new.stop))
        each = [_spread(value, n) for value in args]
        named = {name: _spread(value, n) for name, value in kwargs.items()}
        workers = [
            cls(
                model,
                *(next(value) for value in each),
                **{name: next(value) for name, value in named.items()},
            )
            for _ in range(n)
        ]
        return cls._roll_of(model).set_of(np.array([worker.row for worker in workers], np.intp))

    @classmethod
    def from_dataframe(cls, model: mesa.Model, df: Any, **kwargs: Any) -> CrewSet:
        """Make one worker per row of a pandas frame; ``kwargs`` hold for all of them."""
        for name, value in kwargs.items():
            if _is_series(value):
                raise TypeError(
                    f"from_dataframe does not support sequence data in kwargs ('{name}'). "
                    "Please add this data to the DataFrame before calling from_dataframe."
                )
        workers = [cls(model, **{**record, **kwargs}) for record in df.to_dict(orient="records")]
        return cls._roll_of(model).set_of(np.array([worker.row for worker in workers], np.intp))

    @classmethod
    def _roll_of(cls, model: mesa.Model) -> Roll:
        """The model's crew, made if it has none yet."""
        crew = getattr(model, "crew", None)
        if crew is None:
            if not hasattr(model, "crew") or cls.roll_type is None:
                raise CallSheetError(
                    f"{type(model).__name__} has no crew. Derive it from model.mesa_compat.ArrayModel "
                    "and give it one with model.crew = Crew(capacity)."
                )
            model.crew = crew = cls.roll_type()
        if crew.model is None:
            crew.model = model
        return crew

    @classmethod
    def of(cls, crew: Roll, row: int) -> RowAgent:
        """A view of a row; nothing is registered anywhere. The row must be in use."""
        view = cls.__new__(cls)
        _set_crew(view, crew)
        _set_row(view, row)
        return view

    @property
    def crew(self) -> Roll:
        """The crew whose row this is."""
        return self._crew

    @property
    def row(self) -> int:
        """The row's number, which is this worker's for good."""
        return self._row

    @property
    def model(self) -> Any:
        """The model the crew belongs to."""
        if self._crew.model is None:
            raise CallSheetError("This crew belongs to no model. Give it to one with model.crew = crew.")
        return self._crew.model

    def remove(self) -> None:
        """Leave the crew; a worker who has already left stays where they are."""
        self._crew.ready()
        if self._crew.is_attached(self._row):
            self._crew.leave(np.array([self._row]))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RowAgent):
            return NotImplemented
        return self._row == other._row and self._crew is other._crew

    def __hash__(self) -> int:
        # Mesa's sets hold agents weakly because the model holds them. Whoever hashes a view may be such a
        # set, and a view that nobody else knows would vanish from it at once; so the crew holds it, until the
        # worker leaves.
        self._crew.keep(self)
        return hash((id(self._crew), self._row))

    def __getattr__(self, name: str) -> Any:
        if name in ("_crew", "_row"):
            raise AttributeError(
                f"This {type(self).__name__} has no row yet. Call super().__init__(model) first."
            )
        if name.startswith("__"):
            raise AttributeError(name)
        crew = self._crew
        crew.ready()
        if name in crew.columns:  # a column that a crew of a later class added
            return crew.__dict__[name].item(self._row)
        value = crew.extras.get(name, self._row)
        if value is ABSENT:
            raise UnknownAttribute(type(self).__name__, name, (*crew.columns, *crew.extras.names()))
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        shared = class_attribute(type(self), name)
        if hasattr(type(shared), "__set__"):
            object.__setattr__(self, name, value)
            return
        crew = self._crew
        crew.ready()
        if name in crew.columns and shared is ABSENT:
            crew.may_set(name)
            crew.__dict__[name][self._row] = crew.columns[name].fit(value)
            return
        if shared is not ABSENT:
            setattr(type(self), name, Overlay(name, shared))
        crew.extras.set(name, self._row, value)

    def __delattr__(self, name: str) -> None:
        if class_attribute(type(self), name) is not ABSENT:
            object.__delattr__(self, name)
            return
        if not self._crew.extras.forget(name, self._row):
            raise UnknownAttribute(type(self).__name__, name, self._crew.extras.names())

    def __getstate__(self) -> tuple[Roll, int]:
        return self._crew, self._row

    def __setstate__(self, state: tuple[Roll, int]) -> None:
        _set_crew(self, state[0])
        _set_row(self, state[1])

    def __repr__(self) -> str:
        return f"<{type(self).__name__} in row {self._row}>"


_set_crew = RowAgent.__dict__["_crew"].__set__
_set_row = RowAgent.__dict__["_row"].__set__


def _fitted(crew: Roll, n: int, columns: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """What ``n`` new rows are given, by column, as it holds it; what does not fit is refused before any is made."""
    found = {}
    for name, value in columns.items():
        if name not in crew.columns:
            raise UnknownName(sentences(f"The crew has no column {name}.", nearest(name, crew.columns)))
        found[name] = crew.columns[name].fit(value)
        if found[name].ndim and found[name].shape != (n,):
            raise CallSheetError(f"The column {name} was given an array of shape {found[name].shape} for {n} workers. "
                                 "Give one value, or one per worker.")
    return found


def _fill(crew: Roll, rows: slice, given: Mapping[str, np.ndarray]) -> None:
    for name, values in given.items():
        crew.arrays()[name][rows] = values
    crew.joined(rows)


def _is_series(value: Any) -> bool:
    return isinstance(value, (list, tuple)) or (hasattr(value, "__array__") and hasattr(value, "__len__"))


def _spread(value: Any, n: int) -> Any:
    return iter(value) if _is_series(value) and len(value) == n else itertools.repeat(value, n)
