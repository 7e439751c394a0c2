"""Money comes in: buyers' orders reach the purses of the studios, and the credit's cap accrues."""

from __future__ import annotations

import numpy as np

from model import rng
from model.calendar import WEEKS_A_YEAR
from model.kernels import kernel
from model.mechanisms import consolidation
from model.policy import Policy
from model.state.state import State
from model.units import CENTS
from model.vocabulary import Stream
from model.world import World

UNIFORM_UNIT = 3.4641016151377544  # √12: makes an even number one of unit standard deviation
LEAST_SPREAD = 1e-9  # keeps a mean from a division by nothing
CAP_CARRIED = 26  # weeks of the credit's cap that can wait for applicants
SAVED_UP = 2.0  # titles of a kind for which money never lapses
LUMP_LASTS = 13  # weeks for which a lump in orders lasts


def fill_purses(state: State, policy: Policy, world: World, displaced: np.ndarray | float = 0.0) -> None:
    """Buyers' money reaches the studios, the credit's cap accrues, and what was carried too long lapses.

    ``displaced`` (kinds,) cents of it go to titles of AI-first producers instead. While titles of a kind are
    stopped, buyers hold back that share of its money: slots that a stalled title fills are not bought twice.
    Equation 25.
    """
    g = world.params.green_light
    quarter, kinds = state.week // LUMP_LASTS, np.arange(world.kinds.n)
    lumps = rng.uniforms(world.seed, int(Stream.ORDERS), quarter, kinds)
    noise = lumpy(lumps, world.params.demand.noise)
    response = g.cost_index ** -g.spend_response
    share = world.firms.share
    usual = world.money[world.at(state.week)]
    money = np.rint(usual * noise * response * (1.0 - g.stalled_money * state.stalled))
    if world.has_ai(state.week):
        answer = (1.0 - state.kind_saving) ** -world.params.ai_firms.spend_pull
        money = np.maximum(0.0, np.rint(money * answer) - displaced)
        share = consolidation.slate_shares(share, state.owner, world.params.ai_firms.kept)
    # A title or two can be saved up for even in a small market; what an AI-first producer raised is its own to keep.
    saved_up = SAVED_UP * world.kinds.budget * CENTS
    _pay_in(state.purse, share, money, usual * g.purse_weeks, saved_up, world.ai_firms[0])
    _accrue_credit(state, policy.credit_cap_usd * CENTS / WEEKS_A_YEAR * world.scale)


def lumpy(luck: np.ndarray, spread: float) -> np.ndarray:
    """Factors of mean one whose logarithms are even, with standard deviation ``spread``; ``luck`` in [0, 1)."""
    half = max(LEAST_SPREAD, spread * UNIFORM_UNIT / 2.0)
    return np.exp(2.0 * half * (luck - 0.5)) * half / np.sinh(half)


@kernel
def _pay_in(purse, share, money, waits, saved_up, studios):
    """Each firm's part of the ``money`` (kinds,); what the first ``studios`` firms then have of a kind, all together,
    over what ``waits`` for slate meetings and is ``saved_up`` for titles, lapses.
    """
    for kind in range(money.size):
        for firm in range(purse.shape[0]):
            purse[firm, kind] += int(np.rint(share[firm, kind] * money[kind]))
        held = full = 0
        for firm in range(studios):
            held += purse[firm, kind]
            full += max(0, purse[firm, kind])
        lapse = min(1.0, max(0.0, (held - waits[kind] - saved_up[kind]) / max(1, full)))
        for firm in range(studios):
            purse[firm, kind] -= int(np.rint(max(0, purse[firm, kind]) * lapse))


def _accrue_credit(state: State, cap: float) -> None:
    """A week's part ``cap`` (cents) of the credit's cap joins what waits for applicants."""
    left = min(int(state.credit_purse[0]) + int(cap), int(CAP_CARRIED * cap))
    state.tell(credit_accrued=state.credit_accrued + left - int(state.credit_purse[0]))
    state.credit_purse[0] = left
