"""What a newcomer is and brings: talent, home and living cost, and a little money."""

from __future__ import annotations

from model import rng
from model.calendar import NEVER
from model.kernels import kernel
from model.vocabulary import Status, Stream

NEWCOMERS = 1 << 24  # identities of newcomers begin here, above every row of the first week
MOST_CRAFTS = 32  # what an identity has room for
_POPULATION, _IDLE = int(Stream.POPULATION), int(Status.IDLE)
_TALENT, _HOME, _PURSE = 1, 2, 13  # purposes of chance; those of the first workforce alone are 10 to 12


@kernel
def traits(people, first, last, living, homes_up_to, seed, week):
    """Talent, home district and usual living cost of rows ``first`` to ``last`` - 1, who are idle from ``week`` on.

    All constant, and the same person's in every world.

    ``living`` (crafts,) cents a week; ``homes_up_to`` (districts,) sums of the shares of districts.
    """
    k_talent, k_home = rng.key(seed, _POPULATION, _TALENT), rng.key(seed, _POPULATION, _HOME)
    for i in range(first, last):
        w = people.records[i]
        w.talent = rng.uniform(k_talent, people.uid[i])
        u = rng.uniform(k_home, people.uid[i])
        home = 0
        while home < homes_up_to.size - 1 and homes_up_to[home] < u:
            home += 1
        people.home[i] = home
        w.living = living[people.craft[i]]
        people.status[i] = _IDLE
        w.entered = w.since = w.settled = week


@kernel
def arrive(people, first, per_craft, serial, living, savings_weeks, homes_up_to, seed, week):
    """Newcomers, ``per_craft`` of each, from row ``first`` on; returns the cents that they bring.

    ``serial`` (crafts,) newcomers so far, counted on here; ``savings_weeks`` of living that they have saved at most;
    otherwise as for :func:`traits`.
    """
    i = first
    for c in range(per_craft.size):
        for _ in range(per_craft[c]):
            people.uid[i] = NEWCOMERS + serial[c] * MOST_CRAFTS + c
            people.craft[i] = c
            serial[c] += 1
            i += 1
    traits(people, first, i, living, homes_up_to, seed, week)
    k = rng.key(seed, _POPULATION, _PURSE)
    brought = 0
    for row in range(first, i):
        w = people.records[row]
        w.savings = int(savings_weeks * rng.uniform(k, people.uid[row]) * w.living)
        w.broke = min(NEVER, week - -w.savings // max(1, int(w.living)))
        brought += w.savings
    return brought
