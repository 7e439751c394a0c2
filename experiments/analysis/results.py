"""What every result here can do: turn itself into plain Python that fits into JSON."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np


class Result:
    """A frozen dataclass that can be written down; fields whose name begins with _ stay out."""

    def plain(self) -> dict[str, Any]:
        """Dictionary of numbers, texts, lists and dictionaries; what is not a finite number becomes None."""
        return {each.name: plain(getattr(self, each.name)) for each in fields(self) if each.name[0] != "_"}


def plain(value: Any) -> Any:
    """One value as JSON knows it: arrays and tuples as lists, results as dictionaries, NaN and infinity as None."""
    if isinstance(value, Result):
        return value.plain()
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value
