"""A small market in which people are hired, called by phone and sent home by hand."""

import numpy as np

from model.mechanisms import matching, referral, separations
from model.state import events
from model.state.crew import Crew
from model.state.now import empty_now
from model.state.state import CONTACTS, State
from model.vocabulary import Event, Stage, Status

CRAFTS, WEEK = 24, 10
DAYS = np.full((1, CRAFTS), 5, np.int64)
RATES = np.full((1, CRAFTS), 30_000, np.int64)
NO_WAY = np.zeros((CRAFTS, 1, 1))  # everyone lives where the work is


def rules(**values):
    """This week's rules with everything off but what is named; nobody asks for anything."""
    terms = empty_now(CRAFTS)
    for name, value in {
        "week": WEEK,
        "seed": 11,
        "contacts": CONTACTS,
        "learning_days": 400,
        **values,
    }.items():
        terms[name] = value
    return terms


def market(workers, *needs):
    """Idle workers of the first craft, and one title in its shoot for each number of people it calls."""
    state = State(Crew(max(workers, 1)), 1, 1, CRAFTS)
    state.crew.add(workers)
    state.crew.status[...] = Status.IDLE
    state.crew.settled[...] = state.crew.since[...] = WEEK
    rows = state.add_productions(len(needs))
    p = state.productions
    p.uid[rows], p.stage[rows], p.weeks_left[rows] = np.arange(len(needs)) + 1, Stage.SHOOT, 9
    state.calls["need"][rows, 0] = needs
    state.begin_week(WEEK)
    return state


def hire(state, workers, row=0, terms=None):
    """Put workers on a title's call of the first craft, in this order, at 300 dollars a day."""
    n = len(workers)
    first = np.full(CRAFTS + 1, n, np.int64)
    first[0] = 0
    return matching.hire(
        state.people, state.board, np.arange(n), np.array(workers, np.int64),
        np.full(n, 30_000, np.int32), first, np.full(n, row, np.int32), DAYS,
        rules() if terms is None else terms, state.log,
    )  # fmt: skip


def phone(state, **terms):
    posted = np.array([(row, 0) for row in state.order], np.int32)
    return referral.call_known_crew(
        state.people, state.board, state.known_heads, posted,
        RATES, DAYS, NO_WAY, rules(**terms), state.log,
    )  # fmt: skip


def told(state):
    what, uid, who = events.unpack(state.events)
    return [(Event(w).name, u, i) for w, u, i in zip(what.tolist(), uid.tolist(), who.tolist(), strict=True)]


def end(state, kept=0.0):
    order = state.order
    return separations.end_calls(
        state.people,
        state.board,
        order,
        state.known_heads,
        np.full(CRAFTS, kept),
        rules(),
        state.log,
    )
