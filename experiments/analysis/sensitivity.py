"""Which inputs a result depends on, by Morris screening and Sobol indices, whole also where runs failed.

SALib does the arithmetic. Its traps are kept from it: a single NaN makes it return zeros, values in another order
than the design make it return nonsense, and a seed of zero leaves its bootstrap to global chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.analysis.blocks import Blocks, whole_blocks
from experiments.analysis.given import between, distinct, package, table, whole
from experiments.analysis.results import Result
from model.errors import CallSheetError, sentences, shown

RESAMPLES = 1000
FEWEST_TRAJECTORIES, FEWEST_BLOCKS = 5, 8  # below these an interval means nothing
WIDE = 0.2  # half width of a Sobol index, as a share of the variance, from which it ranks nothing
ALL_EQUAL = 1e-12  # a spread this small beside the values themselves is rounding
STEP_ERROR = 1e-6  # coordinates may have been through a file


@dataclass(frozen=True)
class Morris(Result):
    """Elementary effects of each input, shape (inputs,), in the unit of the values over the whole range of the input.

    `mu_star` is the mean absolute effect with its bootstrap interval `low` to `high`, `mu` the mean one, `sigma`
    their standard deviation (interaction or curvature). `used` and `dropped` count trajectories.
    """

    names: tuple[str, ...]
    mu_star: np.ndarray
    low: np.ndarray
    high: np.ndarray
    mu: np.ndarray
    sigma: np.ndarray
    used: int
    dropped: int
    caution: str


@dataclass(frozen=True)
class Sobol(Result):
    """Shares of the variance of the values, shape (inputs,), each with its bootstrap interval.

    `first` is what an input does alone, `total` what it does with all others; `second`, shape (inputs, inputs), what
    two do together beyond each alone (upper triangle, else NaN; None unless the design has it). `used` and
    `dropped` count blocks of the design.
    """

    names: tuple[str, ...]
    first: np.ndarray
    first_low: np.ndarray
    first_high: np.ndarray
    total: np.ndarray
    total_low: np.ndarray
    total_high: np.ndarray
    second: np.ndarray | None
    second_half: np.ndarray | None
    used: int
    dropped: int
    caution: str


def morris_points(names: Sequence[str], trajectories: int, seed: int, levels: int = 4) -> np.ndarray:
    """A Morris design: shape (trajectories * (inputs + 1), inputs), coordinates in the unit cube.

    `levels` of the grid must be even. Raises CallSheetError for counts that make no design. Source: Morris (1991),
    Factorial sampling plans for preliminary computational experiments.
    """
    names = distinct(names)
    whole(trajectories, "The number of trajectories", FEWEST_TRAJECTORIES)
    _even(levels)
    sample = package("SALib.sample.morris").sample
    return sample(_problem(len(names)), trajectories, num_levels=levels, seed=whole(seed, "The seed", 0))


def sobol_points(names: Sequence[str], base: int, seed: int, second_order: bool = False,
                 groups: Sequence[str] = ()) -> np.ndarray:
    """A Saltelli design: shape (base * (inputs + 2), inputs) in the unit cube, 2 * inputs + 2 with second order.

    `base` must be a power of two, or the scrambled Sobol sequence is not balanced. With `groups`, one name for each
    input, those of a group move together and count as one: analyze with the names of groups, in the order in which
    they first stand. Raises CallSheetError otherwise.
    Source: Saltelli et al. (2010), Variance based sensitivity analysis of model output.
    """
    names = distinct(names)
    power_of_two(base)
    sample = package("SALib.sample.sobol").sample
    problem = _problem(len(names)) | ({"groups": list(groups)} if groups else {})
    return sample(problem, int(base), calc_second_order=bool(second_order), seed=whole(seed, "The seed", 0))


def morris(
    names: Sequence[str], coordinates: Any, rows: Any, values: Any,
    levels: int = 4, seed: int = 1, level: float = 0.95,
) -> Morris:  # fmt: skip
    """Elementary effects from the values of a Morris design, which may come in any order and with holes.

    `coordinates` is the whole design, shape (trajectories * (inputs + 1), inputs); `rows` the row of the design of
    each value, from 0, shape (values,); `values` any unit, NaN for a failed run. A hole drops its trajectory.
    Raises CallSheetError for rows out of range or twice, for a design not made with these levels, and for fewer
    than five whole trajectories. Source: Morris (1991); mu* from Campolongo, Cariboni and Saltelli (2007), An
    effective screening design for sensitivity analysis of large models.
    """
    names, k = distinct(names), len(names)
    design, step = table(coordinates, k), _even(levels) / (2 * (levels - 1))
    between(level, 0.0, 1.0, "The confidence level")
    if len(design) % (k + 1):
        raise CallSheetError(
            f"A Morris design of {k} inputs has a multiple of {k + 1} rows, this one {len(design)}. Hand in the "
            "whole design, also the rows whose runs failed."
        )
    moves = np.abs(np.diff(design.reshape(-1, k + 1, k), axis=1))
    single = (moves > STEP_ERROR).sum(axis=2) == 1
    if not (single.all() and np.allclose(moves.max(axis=2), step, atol=STEP_ERROR)):
        raise CallSheetError(
            f"Between two rows of a trajectory exactly one input has to move by {step:.4g}, as it does in a design of "
            f"{levels} levels; here some do not. Hand in the design as morris_points made it, with its levels."
        )
    design = np.round(design * (levels - 1)) / (levels - 1)  # SALib takes the smallest rounding for a move
    blocks = whole_blocks(rows, values, len(design) // (k + 1), k + 1, FEWEST_TRAJECTORIES, "trajectories")
    found = package("SALib.analyze.morris").analyze(
        _problem(k), design.reshape(-1, k + 1, k)[blocks.kept].reshape(-1, k), blocks.values.ravel(),
        num_resamples=RESAMPLES, conf_level=level, num_levels=levels, seed=whole(seed, "The seed", 0),
    )  # fmt: skip
    mu_star, half = np.asarray(found["mu_star"], float), np.asarray(found["mu_star_conf"], float)
    wide = bool((half.max() > 0.5 * mu_star.max()) and mu_star.max() > 0)
    return Morris(
        names, mu_star, np.maximum(mu_star - half, 0.0), mu_star + half, np.asarray(found["mu"], float),
        np.asarray(found["sigma"], float), blocks.used, blocks.dropped,
        sentences(blocks.caution, "Intervals are wide beside the largest effect; add trajectories." if wide else ""),
    )  # fmt: skip


def sobol(
    names: Sequence[str], rows: Any, values: Any, base: int,
    second_order: bool = False, seed: int = 1, level: float = 0.95,
) -> Sobol:  # fmt: skip
    """Sobol indices from the values of a Saltelli design, which may come in any order and with holes.

    `rows` is the row of the design of each value, from 0, shape (values,); `values` any unit, NaN for a failed run;
    `base` and `second_order` as the design was made. A hole drops its block. Raises CallSheetError for rows out of
    range or twice, a base that is no power of two, and for fewer than eight whole blocks. Source: Saltelli et al.
    (2010), Variance based sensitivity analysis of model output; total effects by Jansen (1999).
    """
    names, k = distinct(names), len(names)
    between(level, 0.0, 1.0, "The confidence level")
    size = 2 * k + 2 if second_order else k + 2
    blocks = whole_blocks(rows, values, power_of_two(base), size, FEWEST_BLOCKS, "blocks")
    if np.ptp(blocks.values) <= ALL_EQUAL * np.abs(blocks.values).max():
        flat, apart = np.zeros(k), np.full((k, k), np.nan) if second_order else None
        caution = sentences(blocks.caution, "The values are all equal, so there is nothing to explain.")
        return Sobol(names, *[flat] * 6, apart, apart, blocks.used, blocks.dropped, caution)
    # SALib takes a seed of zero for none at all.
    found = package("SALib.analyze.sobol").analyze(
        _problem(k), blocks.values.ravel(), calc_second_order=bool(second_order), num_resamples=RESAMPLES,
        conf_level=level, seed=whole(seed, "The seed", 0) + 1,
    )  # fmt: skip
    first, total, half, total_half = (np.asarray(found[key]) for key in ("S1", "ST", "S1_conf", "ST_conf"))
    second, second_half = (np.asarray(found[key]) if second_order else None for key in ("S2", "S2_conf"))
    return Sobol(
        names, first, first - half, first + half, total, total - total_half, total + total_half, second, second_half,
        blocks.used, blocks.dropped, _caution(blocks, names, first, np.maximum(half, total_half)),
    )  # fmt: skip


def _caution(blocks: Blocks, names: tuple[str, ...], first: np.ndarray, half: np.ndarray) -> str:
    below = [name for name, value in zip(names, first, strict=True) if value < 0]
    wide = [name for name, value in zip(names, half, strict=True) if value > WIDE]
    return sentences(
        blocks.caution,
        f"Shares alone that come out below zero are chance: {_quoted(below)}." if below else "",
        f"Known to no better than {WIDE:g} to either side: {_quoted(wide)}; twice the base would tell more."
        if wide else "",
    )


def _quoted(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _problem(k: int) -> dict[str, Any]:
    return {"num_vars": k, "names": [f"x{number}" for number in range(k)], "bounds": [[0.0, 1.0]] * k}


def _even(levels: int) -> int:
    if whole(levels, "The number of levels", 2) % 2:
        raise CallSheetError(f"The number of levels is {levels}; an even number is allowed, such as 4.")
    return int(levels)


def power_of_two(base: int) -> int:
    """A base for which the Sobol sequence is balanced; raises a sentence for any other."""
    if whole(base, "The base of the Sobol design", FEWEST_BLOCKS) & (int(base) - 1):
        below = 1 << (int(base).bit_length() - 1)
        raise CallSheetError(
            f"The base of the Sobol design is {shown(base)}; only a power of two is balanced. "
            f"Take {below} or {2 * below}."
        )
    return int(base)
