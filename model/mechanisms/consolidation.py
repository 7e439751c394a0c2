"""Small firms that do not save are bought by larger ones that do."""

from __future__ import annotations

import numpy as np

from model import rng
from model.kernels import maker
from model.vocabulary import Stream

EVERY = 13  # weeks between two looks
A_YEAR = 52 // EVERY
A_GAP = 0.1  # of a budget: the gap at which the chance of failure is given
MONOPOLY = 10_000.0  # of the index: one firm has everything
_STREAM = int(Stream.FIRMS)


def bought(saving: float, adopted: np.ndarray, small: np.ndarray, failure: float, week: int, seed: int) -> np.ndarray:
    """Which firms are bought this quarter, booleans. Equation 53.

    ``saving`` share of a budget that rivals with AI save, ``adopted`` (firms,) a firm's own use of it in [0, 1],
    ``small`` the firms that can be bought, ``failure`` chance a year at a gap of a tenth of the budget.
    """
    gap = max(0.0, saving) / A_GAP * (1.0 - adopted)
    luck = rng.uniforms(seed, _STREAM, week, np.arange(adopted.size))
    return small & (luck < failure * gap / A_YEAR)


def buyers(sold: np.ndarray, large: np.ndarray, adopted: np.ndarray) -> np.ndarray:
    """The buyer of each firm in ``sold``, codes: the ``large`` firms that use AI most, in turn."""
    ranked = large[np.argsort(-adopted[large], kind="stable")]
    return ranked[np.arange(sold.size) % ranked.size]


@maker
def slate_shares(share, owner, kept):
    """Firms' parts of a kind's spend once bought firms go on with a part of theirs, (firm, kind); sums to one.

    Of a kind that nobody goes on with, since all who made it were bought, the buyers take the orders.
    """
    left = share.copy()
    for firm in range(owner.size):
        if owner[firm] != firm:
            left[firm] *= kept
    for kind in range(share.shape[1]):
        if left[:, kind].sum() <= 0.0:
            left[:, kind] = 0.0
            for firm in range(owner.size):
                left[owner[firm], kind] += share[firm, kind]
        left[:, kind] /= left[:, kind].sum()
    return left


def concentration(amounts: np.ndarray) -> float:
    """Herfindahl–Hirschman index of shares, 0 to 10,000."""
    total = amounts.sum()
    return float(MONOPOLY * np.sum((amounts / total) ** 2)) if total > 0 else 0.0
