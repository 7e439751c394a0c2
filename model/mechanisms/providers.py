"""Clouds and models that AI work depends on: they improve, stop, leak, and are withdrawn.

An event is one draw per provider and week, shared by every title that depends on the provider: that many titles
stand still together is what a single contract risks.
"""

from __future__ import annotations

import numpy as np
from numba import uint64
from scipy.special import ndtri

from model import rng
from model.calendar import WEEKS_A_YEAR
from model.kernels import index, maker
from model.mechanisms.stages import automated_share
from model.state.call_board import BREACHED, HELD, SENT_HOME, WITHDRAWN
from model.state.technique import PROVIDERS
from model.vocabulary import Stage, Stream

HOURS_A_WEEK = 168.0
LENGTH_SD = 0.51  # log points: of the seven outages of three hours and more in the largest region, 2020 to 2026
_DELIVERED = int(Stage.DELIVERED)
_STREAM, _CONTRACT, _BY_HAND = int(Stream.PROVIDER), int(Stream.CONTRACT), int(Stream.BY_HAND)
_OUTAGE, _LENGTH, _WITHDRAWAL, _BREACH, _RELEASE, _KINDS = 0, 1, 2, 3, 4, 16
LARGEST = (0.52, 0.87, 1.0)  # cumulative shares of the three large clouds as a firm's first provider


def outage_hours(mean: float, u: np.ndarray) -> np.ndarray:
    """Length of an outage, hours: log-normal with the mean asked for."""
    return mean * np.exp(LENGTH_SD * ndtri(np.clip(u, 1e-12, 1.0 - 1e-12)) - 0.5 * LENGTH_SD**2)


def events(seed: int, week: int) -> np.ndarray:
    """This week's luck of each provider, (providers, kinds of event) in [0, 1): the same in every world."""
    who = np.arange(PROVIDERS * _KINDS)
    return rng.uniforms(seed, _STREAM, week, who).reshape(PROVIDERS, _KINDS)


def advance_providers(providers: np.ndarray, luck: np.ndarray, week: int, rules: object, releases: float,
                      contracts: int) -> None:
    """Releases, outages, breaches and withdrawals of one week, written into the records. Equation 47.

    ``rules`` is the parameter group ``ai_providers``; a second and third contract shortens what a withdrawal
    stops. A withdrawn model takes the last release with it.
    """
    a_year = np.zeros(_RELEASE + 1)
    a_year[[_OUTAGE, _WITHDRAWAL, _BREACH, _RELEASE]] = rules.outages, rules.withdrawals, rules.breaches, releases
    happens = luck[:, : _RELEASE + 1] < a_year / WEEKS_A_YEAR
    providers["lost"] = 0.0
    if not happens.any():
        return
    out, gone, leak = happens[:, _OUTAGE], happens[:, _WITHDRAWAL], happens[:, _BREACH]
    providers["steps"] += happens[:, _RELEASE]
    if out.any():
        hours = outage_hours(rules.outage_hours, luck[out, _LENGTH])
        providers["lost"][out] = np.minimum(1.0, hours / HOURS_A_WEEK) * rules.dependence
    providers["outages"] += out
    providers["withdrawals"] += gone
    providers["steps"] = np.maximum(0, providers["steps"] - gone)
    providers["breaches"] += leak
    for stopped, why, weeks in ((leak, BREACHED, rules.breach_weeks),
                                (gone, WITHDRAWN, max(1, round(rules.withdrawal_weeks / contracts)))):
        if stopped.any():
            providers["since"][stopped & (week >= providers["back"])] = week
            longer = stopped & (week + weeks > providers["back"])
            providers["back"][longer], providers["why"][longer] = week + weeks, why


@maker
def chosen(uid, firm, backed, contracts, seed):
    """Provider of each title, codes: the one behind a backed producer, or a firm's own; with several contracts
    titles are spread over them. ``backed`` (titles,) booleans.
    """
    of_firm, of_title = rng.key(seed, _CONTRACT, 0), rng.key(seed, _CONTRACT, 1)
    provider = np.empty(uid.size, np.uint8)
    for n in range(uid.size):
        first = 0
        if not backed[n]:
            luck = rng.uniform(of_firm, firm[n])
            for share in LARGEST:
                first += luck >= share
        provider[n] = (first + int(rng.uniform(of_title, uid[n]) * contracts)) % PROVIDERS
    return provider


@maker
def stop_dependent(titles, order, providers, technique, crew_size, week, seed, dependence, idle_paid):
    """Stop the titles whose provider stands still. Equation 48.

    A stage depends on its provider where AI does some of its work: by ``technique`` and ``crew_size`` (stage, kind,
    craft). What an outage loses of the week's dependent work costs a title a whole week with that chance; the crew of a
    share ``idle_paid`` of titles is held and paid then, the others are sent home. A breach or a withdrawal stops a
    share ``dependence`` of titles while it lasts, and the others go on by hand. Returns (titles dependent, titles
    stopped).
    """
    k = rng.key(seed, _STREAM, week)
    known = technique[0]
    dependent = 0
    stopped = 0
    for o in range(order.size):
        title = titles[index(order[o])]
        if title.ai == 0 or title.stage >= _DELIVERED or title.halted != 0:
            continue  # whoever is on strike does not wait for a cloud
        used, c = False, 0
        while not used and c < crew_size.shape[2]:
            used = automated_share(title, known, title.stage, c) * crew_size[title.stage, title.kind, c] > 0.0
            c += 1
        if not used:
            continue
        dependent += 1
        provider = providers[title.provider]
        if week < provider.back:
            if rng.uniform(rng.key(seed, _BY_HAND, provider.since), uint64(title.uid)) < dependence:
                title.halted = 1
                title.extra = provider.why
                stopped += 1
        elif provider.lost > 0.0 and rng.uniform(k, uint64(title.uid)) < provider.lost:
            stopped += 1
            if rng.uniform(k ^ uint64(title.uid), 1) < idle_paid:
                title.extra = HELD
            else:
                title.halted = 1
                title.extra = SENT_HOME
    return dependent, stopped
