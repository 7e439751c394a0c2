"""Orders, ideas and titles on their way, each with the usual terms unless a test says otherwise."""

import csv
import math
from datetime import date
from pathlib import Path

import numpy as np

from model import calendar
from model.mechanisms import demand, green_light, production
from model.mechanisms.stages import Usual
from model.parameters import Params
from model.state import books
from model.state.call_board import Productions, empty_calls
from model.state.in_kernels import Board
from model.state.technique import no_technique
from model.vocabulary import Stage

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
PULL = {"series": 1.0, "animation": 0.5, "cash": 0.5, "unscripted": 2.0, "commercial": 0.035}
JULY_2015 = calendar.week_of(date(2015, 7, 8))


# Orders


def table(name, key):
    with (SEEDS / name).open(encoding="utf-8", newline="") as lines:
        return {row[key]: row for row in csv.DictReader(lines)}


def published(driver):
    with (SEEDS / "drivers.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["driver"] == driver and row["clean"] == "1"]
    return {int(row["year"]): float(row["value"]) for row in rows}


def index(driver, when, **changes):
    terms = {"lag": 0.8, "inflation": 0.04, "pull": PULL, "early_growth": 0.02} | changes
    return demand.index(driver, when, **terms)


def pull(**changes):
    return demand.Pull.of(Params.load().demand)._replace(**changes)


# Places and slates


def logit(utility):
    worth = [math.exp(each) for each in utility]
    return [each / sum(worth) for each in worth]


def slate(hurdle=0.8, purse=1000, credit_purse=0, forced=None, may_ask=(True,) * 5, charged=400):
    """Five ideas of one studio and kind, of unlike worth, each for 400 cents."""
    n = 5
    one, worth = np.ones(n), np.array([2.0, 1.5, 1.0, 0.9, 0.5])
    ideas = green_light.Ideas(np.arange(n), np.zeros(n, np.int16), np.zeros(n, np.uint8), worth, one)
    quotes = green_light.Quotes(
        usual=400.0 * one, rebate=100.0 * one, net=one, net_credited=one,
        charged=np.full(n, charged, np.int64), charged_credited=np.full(n, 300, np.int64),
        then=400.0 * one, then_credited=300.0 * one,
    )  # fmt: skip
    own_way = np.full(n, -1, np.int8) if forced is None else np.array(forced, np.int8)
    left, cap = np.array([[purse]], np.int64), np.array([credit_purse], np.int64)
    order, may_ask = np.arange(n), np.array(may_ask)
    decision = green_light.choose_slate(order, ideas, worth, quotes, may_ask, own_way, hurdle, left, cap)
    return decision.tolist(), int(left[0, 0]), int(cap[0])


def arrive(expected, week=3, dispersion=0.5, size_sd=0.3, seed=1):
    size = np.array([size_sd])
    return green_light.ideas_arrive(
        np.array([[float(expected)]]), np.array([4]), week, seed, dispersion, size
    )


# Productions


def titles_in(stage, n, weeks_left=1, place=0, kind=0):
    productions = Productions(max(n, 1))
    productions.add(n)
    productions.uid[...] = np.arange(n) + 1
    productions.stage[...] = stage
    productions.weeks_left[...] = weeks_left
    productions.place[...] = place
    productions.kind[...] = kind
    return productions


def halted(productions, *severities, stage=Stage.SHOOT):
    n = len(severities)
    stages = np.zeros((n, 4), bool)
    stages[:, stage] = True
    order = np.arange(productions.count, dtype=np.int32)
    count = production.halt(productions.records, order, 9, stages, np.ones((n, 1), bool), np.array(severities))
    return set(np.flatnonzero(productions.halted).tolist()), count


def advance(productions, capacity, needed=2.0, crafts=24, usual=3):
    n = productions.count
    calls = empty_calls(n, crafts)
    crew_size, weeks = np.zeros((4, 1, crafts)), np.full((1, 4), usual, np.int64)
    order, local = np.arange(n, dtype=np.int32), np.ones((2, 4))
    written, budgets = books.empty(books.BOOK, n, crafts), books.empty(books.BUDGET, n)
    pay, days = np.zeros((1, crafts), np.int64), np.full((1, crafts), 5, np.uint8)
    leaving, delivered, waiting = production.advance(
        Board(productions.records, calls, written, budgets), order, Usual(crew_size, weeks, local, days),
        np.array([needed]), float(capacity), no_technique(crafts, 1), pay, False, 9,
    )
    return leaving.tolist(), delivered, waiting
