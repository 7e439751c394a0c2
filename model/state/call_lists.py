"""Who is on a call, as a list in memory: the head of department, then whoever joined, the newest first.

Each step along a list waits for memory, which says where the next step goes. So many lists are walked side by side,
a step on each in turn: the waits then pass together.
"""

from __future__ import annotations

import numpy as np

from model.kernels import index, maker


@maker
def whom_they_follow(following: np.ndarray, heads: np.ndarray, who: np.ndarray) -> np.ndarray:
    """Worker rows (n,) int32 just before each of ``who`` on the list that begins with ``heads``; -1 before a head."""
    before = heads.copy()
    walking = np.empty(who.size, np.int32)  # those not found yet
    left = 0
    for n in range(who.size):
        walking[left] = n
        left += heads[n] != who[n]
        if heads[n] == who[n]:
            before[n] = -1
    while left > 0:
        still = 0
        for w in range(left):
            n = walking[w]
            step = following[index(before[n])]
            walking[still] = n  # written always, kept only if true: no branch to guess wrong
            still += step != who[n]
            before[n] = before[n] if step == who[n] else step
        left = still
    return before


@maker
def last_to_join(following: np.ndarray, heads: np.ndarray, up_to: np.ndarray) -> np.ndarray:
    """The newest on the lists that begin with ``heads``, worker rows int32, list by list.

    Of list e there are as many as its places, up_to[e] to up_to[e + 1] - 1: newest first, its head after everyone
    else. At least one of each.
    """
    who = np.empty(up_to[heads.size], np.int32)
    at, place = heads.copy(), up_to[: heads.size].copy()
    walking, left = np.arange(heads.size), heads.size
    while left > 0:
        still = 0
        for w in range(left):
            e = index(walking[w])
            at[e] = following[index(at[e])]
            who[index(place[e])] = at[e] if at[e] >= 0 else heads[e]
            place[e] += 1
            walking[still] = e  # written always, kept only if true: no branch to guess wrong
            still += place[e] < up_to[e + 1]
        left = still
    return who
