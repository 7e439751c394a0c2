"""A case: one run with everything that can move its result, and the name that follows from it."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from experiments.runners import digest_of


@dataclass(frozen=True)
class Case:
    """``runner`` names what is run (see `experiments.runners`); ``asks`` is what it is asked, as plain JSON."""

    runner: str
    asks: Mapping[str, Any]

    @cached_property
    def id(self) -> str:
        """32 hex digits of the code, the data and all that is asked: key of the result, and of resuming."""
        return self.id_by(digest_of(self.runner))

    def id_by(self, code: str) -> str:
        """The name of the same case when it is run by other code."""
        held = {"runner": self.runner, "code": code, "asks": self.asks}
        return hashlib.blake2b(canonical(held).encode(), digest_size=16).hexdigest()


def canonical(value: Any) -> str:
    """JSON that is the same for the same content: sorted keys, shortest floats, no minus zero; NaN raises."""
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), allow_nan=False, ensure_ascii=True)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} cannot be part of what a run is asked")
        return value + 0.0  # minus zero is zero
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return str(value)  # a date
