"""Which of the ideas on the table would be made with AI, by whom, and what that would save."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model import rng
from model.kernels import maker
from model.mechanisms import adoption, providers, techniques
from model.mechanisms.green_light import Ideas
from model.mechanisms.quality import worth_left
from model.mechanisms.studios import wishes
from model.policy import Policy
from model.state.call_board import NO_FIRM
from model.state.state import State
from model.state.technique import BACKED, EVERY_AREA, OUTSIDE
from model.vocabulary import Area, Entrant, Stream
from model.world import World

_LEAST_LEFT = 0.05  # of a budget: keeps a gap from a division by nothing
_PROMISE, _AREAS = int(Stream.PROMISE), len(Area)


class WithAi(NamedTuple):
    """How each idea would be made; arrays of one length."""

    ai: np.ndarray  # set of areas in which AI is used
    maker: np.ndarray  # AI-first producer that works on it, -1 for none
    owner: np.ndarray
    terms: np.ndarray  # of compute and of the contracts, a set
    provider: np.ndarray
    saving: np.ndarray  # expected, share of its budget
    spend: np.ndarray  # on AI, share of its budget
    worth: np.ndarray  # what audiences' resistance leaves of its worth, ratio
    promised: np.ndarray  # bool: made in Los Angeles because that was promised
    stays: np.ndarray  # what it costs to do all of its AI work in Los Angeles, share of its budget
    gap: np.ndarray  # what AI leaves of how much cheaper other places are, relative to its budget, ratio


def without_ai(ideas: Ideas, owner: np.ndarray) -> WithAi:
    """Every idea made the traditional way by its studio."""
    n = ideas.uid.size
    nothing = np.zeros(n)
    return WithAi(np.zeros(n, np.uint8), np.full(n, NO_FIRM), owner[ideas.firm], np.zeros(n, np.uint8),
                  np.zeros(n, np.uint8), nothing, nothing, np.ones(n), np.zeros(n, bool), nothing, np.ones(n))


def choose(ideas: Ideas, state: State, policy: Policy, world: World, studios: list) -> WithAi:
    """How each idea would be made this week: by an AI-first producer, with one as a service, or by its studio."""
    if not world.has_ai(state.week) or ideas.uid.size == 0:
        return without_ai(ideas, state.owner)
    owner = state.owner[ideas.firm]
    params, seed = world.params, world.seed
    own = world.is_ai_firm[ideas.firm]
    active = state.producers["active"] == 1
    suited = adoption.suits(ideas.uid, ideas.kind, np.array(params.ai_tasks.suited), seed) & ~own
    reach = np.where(active, params.ai_producer.service * params.ai_producer.reach, 0.0)
    served = np.where(suited, adoption.served(ideas.uid, reach, seed), -1)
    made_by = np.where(own, ideas.firm, np.where(served >= 0, world.ai_firms[served], NO_FIRM))
    ai = np.zeros(ideas.uid.size, np.uint8)
    if world.params.worlds.incumbents:
        ai = adoption.areas_used(ideas.uid, suited, owner, state.adoption, seed)
    if world.entrant == Entrant.AI_FIRST:
        ai[served >= 0] = EVERY_AREA
    for mine, wish in wishes(studios, "use_ai", ideas):
        ai[mine & (served < 0)] = wish[served[mine] < 0]
    ai &= adoption.areas_open(params.ai_tasks.use_by_stage)
    nth = np.minimum(world.ai_firms.searchsorted(made_by), world.ai_firms.size - 1)
    backed = (made_by != NO_FIRM) & (state.producers["backed"][nth] == 1)
    outside = own & (not params.ai_producer.signatory)
    terms = (BACKED * backed + OUTSIDE * outside).astype(np.uint8)
    contracts = max(policy.cloud_contracts, params.ai_providers.contracts)
    provider = providers.chosen(ideas.uid, owner, backed, contracts, seed)
    saving, spend, done = _expect(ai, terms, ideas.kind, state.technique)
    gap = gap_left(done, saving - state.technique["below"][0][terms, ideas.kind], params.ai_places.gap_in_pay)
    stays = np.zeros(ai.size)
    if policy.credit_resident > 0.0:
        extra = np.stack([techniques.cost_of_residents(state, world, each) for each in techniques.in_use(params)])
        stays = (extra[terms, ideas.kind] * ((ai[:, None] >> np.arange(len(Area))) & 1)).sum(axis=1)
    kept = params.ai_producer.promised_la_share * params.ai_producer.keeps_promise
    promised = own & (rng.uniforms(seed, _PROMISE, 0, ideas.uid) < kept)
    worth = worth_left(done, params.ai_quality.resistance)
    return WithAi(ai, made_by, owner, terms, provider, saving, spend, worth, promised, stays, gap)


def gap_left(done: np.ndarray, saved: np.ndarray, in_pay: float) -> np.ndarray:
    """What AI leaves of the gap in cost between places relative to a title's budget, ratio. Equation 73.

    ``done`` share of its work that AI does, ``saved`` share of its budget that AI saves, ``in_pay`` part of the gap
    that is crews' pay alone: it shrinks with what crews do, the rest of the gap with all that a title costs.
    """
    return 1.0 - in_pay * (1.0 - (1.0 - done) / np.maximum(_LEAST_LEFT, 1.0 - saved))


@maker
def _expect(ai, terms, kind, technique):
    """What is expected of each title, float64: saving and spend on AI, shares of its budget, and the share of its work
    that AI does; sums over the areas in which it is used, of what :class:`model.mechanisms.tasks.Expected` holds.
    """
    known = technique[0]
    saving, spend, done = np.empty(ai.size), np.zeros(ai.size), np.zeros(ai.size)
    for n in range(ai.size):
        saved = 0.0
        for area in range(_AREAS):
            if (ai[n] >> area) & 1 != 0:
                saved += known.saved[terms[n], kind[n], area]
                spend[n] += known.spent[terms[n], kind[n], area]
                done[n] += known.done[terms[n], kind[n], area]
        saving[n] = known.below[terms[n], kind[n]] + saved
    return saving, spend, done


def note_savings(state: State, kind: np.ndarray, cost: np.ndarray, saving: np.ndarray, remembered: np.ndarray) -> None:
    """Buyers learn what titles of each kind cost by now: the share saved by AI of the last money spent on them.

    ``cost`` of the titles just green-lit and ``remembered`` (kinds,), about how much spending buyers look back on, in
    the same unit; so that the memory is as long in a small market as in a large one.
    """
    total = np.bincount(kind, cost, minlength=state.kind_saving.size)
    saved = np.bincount(kind, cost * saving, minlength=state.kind_saving.size)
    state.kind_saving += (saved - total * state.kind_saving) / (total + remembered)
