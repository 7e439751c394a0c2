"""The rules of a working life in a week, as plain numbers and lists by name."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np


def terms_of(now: np.ndarray) -> SimpleNamespace:
    """The model's record of rules without its types."""
    return SimpleNamespace(**{name: now[name][0].tolist() for name in now.dtype.names})
