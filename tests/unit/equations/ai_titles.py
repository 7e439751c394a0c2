"""One title that begins with its shoot, and AI that does a given share of everyone's work."""

import numpy as np

from model.mechanisms import production
from model.mechanisms.stages import Usual
from model.state import books
from model.state.call_board import Productions, empty_calls
from model.state.in_kernels import Board
from model.state.technique import EVERY_AREA, no_technique
from model.vocabulary import Area, Stage

CRAFTS, KINDS = 25, 10
AI_CRAFT = CRAFTS - 1
GRIP, CAMERA = 0, 1


def technique(automated=0.5, **changes):
    """AI that does a share of every craft's work in every area, on whatever terms."""
    made = no_technique(CRAFTS, KINDS)
    made["automated"] = automated
    made["automated"][..., AI_CRAFT] = 0.0
    made["area"] = np.array([Area.DEVELOPMENT, Area.PREP, Area.SHOOT, Area.POST])[:, None]
    made["la_share"], made["ai_craft"], made["paid"], made["outside_pay"] = 1.0, AI_CRAFT, 1.0, 1.0
    for name, value in changes.items():
        made[name] = value
    return made


def one_title(with_ai, people=(100, 60), weeks=(0, 0, 8, 0), place=0, ai=EVERY_AREA):
    """One title that begins with its shoot; returns its frame, calls, books and budget."""
    titles = Productions(1)
    titles.add(1)
    titles.uid[0], titles.stage[0], titles.ai[0], titles.place[0] = 12345, Stage.DEVELOPMENT, ai, place
    crew_size = np.zeros((4, KINDS, CRAFTS))
    crew_size[:, 0, GRIP], crew_size[:, 0, CAMERA] = people
    usual = np.zeros((KINDS, 4), np.int64)
    usual[0] = weeks
    calls, written = empty_calls(1, CRAFTS), books.empty(books.BOOK, 1, CRAFTS)
    budget = books.empty(books.BUDGET, 1)
    rates, days = np.full((KINDS, CRAFTS), 50_000, np.int64), np.full((KINDS, CRAFTS), 5, np.uint8)
    production.begin(Board(titles.records, calls, written, budget), np.zeros(1, np.int32),
                     Usual(crew_size, usual, np.ones((2, 4)), days), with_ai, rates, True, 7)
    return titles, calls[0], written[0], budget[0]
