"""Do saved arrays fit what they are to replace? Asked of every one of them before the first takes its place."""

from __future__ import annotations

import numpy as np

from model.errors import CallSheetError


def rows_fit(name: str, saved: np.ndarray, own: np.ndarray, count: int) -> None:
    """Raise a sentence unless ``saved`` holds ``count`` rows that are like those of ``own``."""
    if saved.shape != (count, *own.shape[1:]) or not np.can_cast(saved.dtype, own.dtype, "equiv"):
        raise CallSheetError(f"The saved {name} are {saved.dtype} of shape {saved.shape}; {count} rows of {own.dtype} "
                             f"and shape {own.shape[1:]} are needed. The file is of another model.")


def as_own(name: str, saved: np.ndarray, own: np.ndarray, any_length: bool = False) -> np.ndarray:
    """``saved`` as an array like ``own``, whose length may differ if ``any_length``; a sentence if it does not fit."""
    count = saved.shape[0] if any_length and saved.ndim else own.shape[0]
    rows_fit(name, saved, own, count)
    # A file forgets that records are aligned, and what is compiled would be compiled once more for such ones.
    return saved.astype(own.dtype)
