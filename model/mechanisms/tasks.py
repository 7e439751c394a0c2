"""Tasks: what share of a craft's work AI does this week, and what a title saves by it.

A craft's automated share is the share of its tasks that AI could do (exposure), times how many of those the tools
do well enough by now (capability), times what contracts allow, of the tasks for which it pays: compute for all
takes and the AI crew that the work brings, with what has to be done again, must cost less than the wage it spares.
Part of every automated day stays with the craft's own people, who direct and check.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.mechanisms.green_light import LOGISTIC_UNIT
from model.vocabulary import Area, Stage

_SHOOT, _POST = int(Stage.SHOOT), int(Stage.POST)
_LEAST_CENT = 0.01  # keeps a logarithm from nothing


def capability(steps: np.ndarray, now: float, ceiling: float, growth: float, per_year: float) -> np.ndarray:
    """Share of exposed tasks that tools do well after ``steps`` releases: a part of the gap closes with each.

    Equation 40. ``growth`` is the part of the gap that a year closes.
    """
    ceiling = max(now, ceiling)
    return ceiling - (ceiling - now) * (1.0 - growth) ** (np.asarray(steps) / per_year)


def profitable(wage: np.ndarray, cost: np.ndarray, rework: float, supervision: float, spread: float) -> np.ndarray:
    """Share of tasks for which AI costs less than the wage it spares. Equation 41.

    ``wage`` and ``cost`` (compute of all takes at the price paid, and the AI crew) in cents per crew-day on which AI
    works; tasks of a craft differ in cost by a logistic spread of ``spread`` log points.
    """
    spared = wage * max(0.0, 1.0 - supervision)
    margin = np.log((spared + _LEAST_CENT) / (cost * (1.0 + rework) + _LEAST_CENT))
    return 1.0 / (1.0 + np.exp(-margin / (spread * LOGISTIC_UNIT)))


def automated(technical: np.ndarray, able: np.ndarray, allowed: float, pays: np.ndarray, supervision: float,
              floor: float) -> np.ndarray:
    """Share of a craft's people whose work AI does, after those who supervise; a crew floor binds last.

    Equation 42. ``floor`` is the share of the traditional crew that a rule keeps.
    """
    share = technical * able * allowed * pays * (1.0 - supervision)
    return np.minimum(share, 1.0 - floor)


class Work(NamedTuple):
    """What the kinds of production call, for a title of usual size."""

    crew: np.ndarray  # (stage, kind, craft) people
    weeks: np.ndarray  # (kind, stage)
    days: np.ndarray  # (kind, craft) a week
    rates: np.ndarray  # (kind, craft) cents a day


def pay_by_stage(work: Work) -> np.ndarray:
    """Pay of a whole crew in each stage, cents, (kind, stage, craft)."""
    week = work.crew.transpose(1, 0, 2) * (work.days * work.rates)[:, None, :]
    return week * work.weeks[:, :, None]


class Expected(NamedTuple):
    """What is expected of a title by area in which AI is used, (kind, area)."""

    saved: np.ndarray  # share of its budget; what pay outside the contracts spares without AI is not part of it
    spent: np.ndarray  # on AI, share of its budget
    done: np.ndarray  # by AI, share of its work by what the traditional way pays for it


def savings(work: Work, technique: np.void, terms: int, able: np.ndarray, pay_share: np.ndarray,
            supply: np.ndarray) -> Expected:
    """Expected saving of a title by area in which AI is used, and what AI does and costs there. Equation 46.

    ``able`` (providers,) weights of the providers; ``pay_share`` (kind,) of a budget; ``supply`` (kind,) cents a
    week of AI work. Areas add up: what one changes in another is of second order and left to the books.
    """
    share = np.tensordot(able, technique["automated"][terms], axes=1)  # (stage, craft)
    compute = able @ technique["compute"]  # (craft,)
    pay = pay_by_stage(work)
    people_days = work.crew.transpose(1, 0, 2) * work.days[:, None, :] * work.weeks[:, :, None]
    budget = pay.sum(axis=(1, 2)) / pay_share
    again = 1.0 + technique["rework"]
    paid = technique["paid"][terms]
    where = technique["la_share"] + (1.0 - technique["la_share"]) * technique["outside_pay"]
    people = work.crew.transpose(1, 0, 2) * work.weeks[:, :, None]
    paying = technique["pay"][terms]  # of the contracts' rates
    a_person = paying * (supply[:, None] * where[None, :])[:, :, None]  # in AI work, cents a week
    new_crew = technique["new_tasks"] * again * people * share[None] * a_person
    spend = people_days * share[None] * compute * paid * again + new_crew
    net = paying * pay * share[None] * (1.0 - technique["scope"]) - spend
    there = technique["area"] == np.arange(len(Area))[:, None, None]  # (area, stage, craft)
    saved, spent, done = (np.ascontiguousarray((each * there[:, None]).sum(axis=(-2, -1)).T)
                          for each in (net, spend, pay * share[None]))
    left = paying * (pay * (1.0 - share)[None]).sum(axis=2)  # (kind, stage)
    weeks = np.maximum(1, work.weeks)
    shoot_week = left[:, _SHOOT] / weeks[:, _SHOOT] + technique["time_cost"] + technique["finance"]
    post_week = left[:, _POST] / weeks[:, _POST] + technique["finance"]
    cut = technique["cut"] * np.where(work.weeks[:, _SHOOT] > 1, work.weeks[:, _SHOOT], 0)
    more_post = np.where(work.weeks[:, _POST] > 0, np.maximum(technique["post_gain"] * cut, 1 - weeks[:, _POST]), 0.0)
    saved[:, Area.SHOOT] += cut * shoot_week - more_post * post_week
    return Expected(saved / budget[:, None], spent / budget[:, None], done / (budget * pay_share)[:, None])
