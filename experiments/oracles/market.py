"""The whole market against laws that hold whatever its parameters: Little's, and that of a logit."""

from __future__ import annotations

import numpy as np

from experiments.oracles import closed_forms
from experiments.oracles.checks import Check, check, farthest
from model.market import LaborMarket
from model.mechanisms import location
from model.tables import kinds, places

_BY_CHANCE = 4.0  # standard errors where the farthest of many is shown
_CALM = (52, 260)  # weeks of 2016 to 2019: before the pandemic, between strikes


def littles_law(scale: float = 1.0, seed: int = 0) -> list[Check]:
    """Productions in hand = starts per week × mean weeks from green-light to delivery, by kind, 2016 to 2019.

    Starts are counted half a production earlier than what is in hand, since demand drifts: those in hand were
    green-lit that long ago on average. The two windows then differ by chance at their ends, with variance
    weeks / (6 × starts) over the length of the window squared; four standard errors are allowed, and 1 %
    since starts come in lumps.
    """
    in_hand, starts, weeks = _productions(scale, seed)
    first, last = _CALM
    checks = []
    for kind, name in enumerate(kinds().names):
        back = round(weeks[kind] / 2)
        rate = starts[first - back : last - back, kind].mean()
        expected = closed_forms.in_hand(rate, weeks[kind])
        error = np.sqrt(weeks[kind] / (6.0 * rate)) / (last - first)
        checks.append(
            check(
                f"Little's law: {name.replace('_', ' ')} in hand",
                expected,
                in_hand[first:last, kind].mean(),
                (4.0 * error + 0.01) * expected,
            )
        )
    return checks


def _productions(scale: float, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Titles in hand and started, (weeks, kinds), and mean weeks in hand of those that end, by kind."""
    market, n = LaborMarket(scale=scale, seed=seed), kinds().n
    first, last = _CALM
    in_hand, starts = np.zeros((last, n)), np.zeros((last, n))
    ended, weeks = np.zeros(n), np.zeros(n)
    before: dict[int, tuple[int, int]] = {}
    for week in range(last):
        market.step()
        titles, rows = market.state.productions, market.state.order
        now = dict(
            zip(
                titles.uid[rows].tolist(),
                zip(titles.kind[rows].tolist(), titles.greenlit[rows].tolist(), strict=True),
                strict=True,
            )
        )
        in_hand[week] = np.bincount(titles.kind[rows], minlength=n)
        starts[week] = np.bincount(market.flows.greenlit["kind"], minlength=n)
        if week >= first:
            for uid in before.keys() - now.keys():
                kind, greenlit = before[uid]
                ended[kind] += 1
                weeks[kind] += week - greenlit
        before = now
    return in_hand, starts, weeks / np.maximum(ended, 1)


def choice_of_place(titles: int = 100_000) -> list[Check]:
    """Where titles go: the softmax of appeal, shares ∝ habit × (net cost relative to 2015)^−sensitivity."""
    habit = places().habit
    n = habit.shape[0]
    sensitivity = 4.0
    net = np.ones_like(habit)
    net[:, 0] = 0.8  # one place is a fifth cheaper than it was
    appeal = location.appeal(habit, net, np.ones_like(habit), sensitivity, np.zeros_like(habit))
    uid = np.arange(n * titles, dtype=np.int64)
    kind = (uid % n).astype(np.uint8)
    chosen = location.choose_place(kind, appeal, location.distastes(uid, appeal.shape[1], 0))
    found = np.stack([np.bincount(chosen[kind == k], minlength=habit.shape[1]) for k in range(n)]) / titles
    weight = habit * net**-sensitivity
    expected = weight / weight.sum(axis=1, keepdims=True)
    error = np.sqrt(expected * (1.0 - expected) / titles)
    tolerance = np.maximum(_BY_CHANCE * error, 3.0 / titles)  # and three titles where next to none go

    def share(k: int, place: int) -> str:
        what = f"share of {kinds().names[k]} made in {places().names[place]}".replace("_", " ")
        return f"{what}, farthest of {habit.size}"

    return [farthest(share, expected, found, tolerance)]
