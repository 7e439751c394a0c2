"""Values of a design put back into its order, block by block, without the blocks that have a hole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.analysis.given import column, same_length
from model.errors import CallSheetError


@dataclass(frozen=True)
class Blocks:
    """Values of shape (blocks, rows of a block), the numbers of the blocks kept, and how many were dropped."""

    values: np.ndarray
    kept: np.ndarray
    dropped: int
    caution: str

    @property
    def used(self) -> int:
        """How many blocks are whole."""
        return len(self.kept)


def whole_blocks(rows: Any, values: Any, count: int, size: int, fewest: int, word: str) -> Blocks:
    """The whole blocks of a design of `count` blocks of `size` rows each, from values in any order.

    `rows` and `values` have shape (values,); NaN marks a failed run, a missing row one that never ran, and either
    drops its block: an index is a difference within a block. Raises CallSheetError for rows out of range or twice,
    and for fewer than `fewest` whole blocks.
    """
    values, numbers = column(values, "The values"), column(rows, "The rows")
    same_length(numbers, values, "rows", "values")
    total = count * size
    wrong = numbers[~((numbers >= 0) & (numbers < total) & (numbers == np.floor(numbers)))]
    if wrong.size:
        raise CallSheetError(f"The row {wrong[0]:g} is not in the design; whole numbers from 0 to {total - 1} are.")
    order = numbers.astype(int)
    often = np.bincount(order, minlength=total)
    if (often > 1).any():
        row = int(often.argmax())
        raise CallSheetError(
            f"The row {row} of the design has {often[row]} values; one is allowed. "
            "Average repeated runs of a row first."
        )
    design = np.full(total, np.nan)
    design[order] = values
    blocks = design.reshape(count, size)
    whole = ~np.isnan(blocks).any(axis=1)
    kept = np.flatnonzero(whole)
    dropped = count - kept.size
    if kept.size < fewest:
        raise CallSheetError(
            f"Only {kept.size} of {count} {word} are whole; at least {fewest} must be. "
            f"{int(np.isnan(design).sum())} of {total} rows failed or are missing: run those again."
        )
    caution = f"{dropped} of {count} {word} were left out, as a run in them failed or is missing." if dropped else ""
    return Blocks(blocks[whole], kept, dropped, caution)
