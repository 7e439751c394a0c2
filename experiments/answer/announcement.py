"""What the announcement of April 2026 needs: how many titles for each one before, if no crew-week is to be lost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.oracles import closed_forms
from model.levers import Levers
from model.parameters import Params
from model.vocabulary import Stage
from model.world import WORLDS_PART, World

PAY_SHARES = (0.67, 0.35)  # of budgets: what the evidence on crew pay reaches from and to


@dataclass(frozen=True)
class Interval:
    """Titles per title before at which Los Angeles crew-weeks stay what they were."""

    time_only: float  # nobody replaced, shoots shorter by what was announced
    pay_only: tuple[float, float]  # all of the announced saving taken from pay, at each of PAY_SHARES
    paid_for: float  # titles that the same spend pays for after the announced saving
    text: str


def announcement_interval() -> Interval:
    """The announced 30 % and 40 % fix neither who is replaced, nor what new work there is, nor where."""
    said = Params.load().ai_producer
    weight = _weight_of_stages()
    none, all_here = np.zeros(weight.size), np.ones(weight.size)
    cut = np.where(np.arange(weight.size) == Stage.SHOOT, said.announced_shoot_cut, 0.0)
    time_only = closed_forms.break_even_multiplier(weight, cut, none, none, all_here, all_here, none)
    pay_only = tuple(closed_forms.multiplier_of_labor_saving(said.announced_saving, share) for share in PAY_SHARES)
    paid_for = closed_forms.multiplier_of_fixed_spend(said.announced_saving)
    text = (
        f"Titles {said.announced_saving:.0%} cheaper with shoots {said.announced_shoot_cut:.0%} shorter leave Los "
        f"Angeles its crew-weeks with {time_only:.2f} titles for each one before if nobody is replaced and the shoot, "
        f"{weight[Stage.SHOOT]:.0%} of crew-weeks, is all that changes; with {pay_only[0]:.1f} to {pay_only[1]:.1f} "
        f"if all of the saving is pay, {PAY_SHARES[0]:.0%} to {PAY_SHARES[1]:.0%} of a budget. The same spend pays "
        f"for {paid_for:.2f}. "
        "New work in Los Angeles lowers what is needed, work that moves away raises it; the announcement says nothing "
        "of either."
    )
    return Interval(time_only, pay_only, paid_for, text)


def _weight_of_stages() -> np.ndarray:
    """Shares of Los Angeles crew-weeks by stage in April 2026, of titles made there by the usual schedule."""
    world = World(Params.load(), Levers())
    titles = world.orders[world.at(WORLDS_PART)]
    people = world.crew_size.sum(axis=2)  # (stage, kind)
    weeks = (people * world.kinds.weeks.T * world.local[1][:, None] * titles).sum(axis=1)
    return weeks / weeks.sum()
