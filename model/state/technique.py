"""The technique in force, as one record that kernels take: what AI automates, shortens, asks for and costs."""

from __future__ import annotations

from functools import cache

import numpy as np

from model.vocabulary import WORKING_STAGES, Area

STAGES = len(WORKING_STAGES)
PROVIDERS = 3  # clouds whose events are told apart
# A title's terms, a set: compute at everyone's price, or at that of a producer whose provider stands behind it; crews
# under the unions' contracts, or outside them.
OPEN, BACKED, OUTSIDE = 0, 1, 2
TERMS = 4
EVERY_AREA = (1 << len(Area)) - 1


@cache
def technique_dtype(crafts: int, kinds: int) -> np.dtype:
    """The record ``technique`` for a number of crafts and kinds."""
    return np.dtype([
        ("automated", np.float64, (TERMS, PROVIDERS, STAGES, crafts)),  # of a call's people, by terms and provider
        ("compute", np.float64, (PROVIDERS, crafts)),  # list price, cents per crew-day spared, with all that is tried
        ("paid", np.float64, TERMS),  # of the list price
        ("levy", np.float64),  # of the list price, part of what is paid on any terms
        ("pay", np.float64, TERMS),  # of the rates of the contracts
        ("area", np.uint8, (STAGES, crafts)),  # Area of a craft's work in a stage
        ("cut", np.float64),  # share of shoot weeks saved
        ("post_gain", np.float64),  # weeks of post per shoot week saved, fewer if negative
        ("new_tasks", np.float64),  # new people per displaced one
        ("rework", np.float64),
        ("scope", np.float64),
        ("la_share", np.float64, STAGES),
        ("retained", np.float64, STAGES),
        ("outside_pay", np.float64),
        ("kept", np.float64, crafts),  # share of people who work on while a title stands still
        ("time_cost", np.int64, kinds),  # cents per shoot week of a title of usual size
        ("finance", np.int64, kinds),  # cents per week of a title of usual size
        ("known", np.int64),  # 0 before AI is looked at for the first time
        ("ai_craft", np.int64),
        ("saved", np.float64, (TERMS, kinds, len(Area))),  # expected of a title, share of its budget
        ("spent", np.float64, (TERMS, kinds, len(Area))),  # on AI, likewise
        ("done", np.float64, (TERMS, kinds, len(Area))),  # by AI, share of a title's work by its pay
        ("below", np.float64, (TERMS, kinds)),  # saved by pay outside the contracts alone, share of a budget
    ], align=True)


def no_technique(crafts: int, kinds: int) -> np.ndarray:
    """One record in which AI does nothing and costs nothing."""
    record = np.zeros(1, technique_dtype(crafts, kinds))
    record["retained"] = record["pay"] = 1.0
    record["ai_craft"] = -1
    return record
