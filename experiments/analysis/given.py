"""What callers hand in, looked at once: shapes, ranges and packages, each complaint a sentence."""

from __future__ import annotations

import importlib
import math
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np

from model.errors import CallSheetError, sentences, shown

PACKAGES = {"SALib": "SALib", "sklearn": "scikit-learn"}


def column(values: Any, what: str) -> np.ndarray:
    """A series of numbers as a float array of shape (n,); NaN passes, infinity does not."""
    try:
        array = np.asarray(values, float)
    except (TypeError, ValueError):
        raise CallSheetError(f"{what} are not numbers: {shown(values)}. Hand in a series of numbers.") from None
    if array.ndim != 1:
        raise CallSheetError(f"{what} have shape {array.shape}; a single series of shape (n,) is allowed.")
    if np.isinf(array).any():
        raise CallSheetError(
            sentences(
                f"{what} hold {int(np.isinf(array).sum())} infinite values; only finite numbers and NaN are allowed.",
                "Look at the runs they come from.",
            )
        )
    return array


def table(coordinates: Any, width: int | None = None) -> np.ndarray:
    """Coordinates as a float array of shape (points, inputs), all finite."""
    array = np.asarray(coordinates, float)
    if array.ndim != 2 or array.shape[1] == 0 or (width is not None and array.shape[1] != width):
        wanted = "inputs" if width is None else width
        raise CallSheetError(f"The coordinates have shape {array.shape}; (points, {wanted}) is allowed.")
    if not np.isfinite(array).all():
        raise CallSheetError(
            f"{int((~np.isfinite(array)).any(axis=1).sum())} points have coordinates that are not finite numbers. "
            "A failed run keeps its coordinates; only its value may be NaN."
        )
    return array


def same_length(first: np.ndarray, second: np.ndarray, what: str, other: str) -> None:
    """Complain unless both have as many entries."""
    if len(first) != len(second):
        raise CallSheetError(f"There are {len(first)} {what} but {len(second)} {other}; hand in one for each.")


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Names of the inputs, of which there is at least one and none comes twice."""
    found = tuple(str(name) for name in names)
    twice = sorted({name for name in found if found.count(name) > 1})
    if not found or twice:
        said = f"The name {shown(twice[0])} comes more than once." if twice else "No input is named."
        raise CallSheetError(sentences(said, "Give every input a name of its own."))
    return found


def whole(value: Any, what: str, least: int) -> int:
    """A whole number that is at least `least`."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        raise CallSheetError(f"{what} is {shown(value)}; a whole number from {least} up is allowed.")
    return int(value)


def between(value: float, low: float, high: float, what: str) -> float:
    """A number strictly between two others."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.number) or not low < value < high:
        allowed = f"more than {low:g}" if math.isinf(high) else f"between {low:g} and {high:g}"
        raise CallSheetError(f"{what} is {shown(value)}; a number {allowed} is allowed.")
    return float(value)


def package(module: str) -> ModuleType:
    """A module of one of the larger packages, imported on first use."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        name = PACKAGES[module.partition(".")[0]]
        raise CallSheetError(f"{name} cannot be imported ({error}). Install it with `pip install {name}`.") from error
