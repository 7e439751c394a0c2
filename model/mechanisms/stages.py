"""A title enters a stage and calls its crew: how many people, for how many weeks, with AI or without.

Beside the call stands what the same script would have called the traditional way. The difference is written down
where it arises, effect by effect: people displaced, weeks not worked, work that left Los Angeles, savings put
back into the title, and new work.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit, uint64

from model import rng
from model.kernels import helper
from model.mechanisms.bookkeeping import put_down
from model.mechanisms.budgets import book_stage
from model.mechanisms.orders_of_effects import SETS_OF_FOUR, SETS_OF_THREE, part_of_four
from model.state.books import TWELFTHS
from model.vocabulary import Area, Stage

_SHOOT, _POST, _DELIVERED = int(Stage.SHOOT), int(Stage.POST), int(Stage.DELIVERED)
_SHOOT_AREA = int(Area.SHOOT)
SHORTEST = 0.75  # of the usual weeks of a stage; the longest is a quarter over
LEAST_SHARE = 1e-6  # keeps a ratio of shares from a division by nothing
LOS_ANGELES = 0  # the first place of seeds/places.csv
# Places of a title's draws inside its identity: weeks by stage, rounding of cuts by stage, new crew by stage.
_WEEKS, _CUT, _NEW_CREW = 200, 216, 232
_SPAN, _CRAFTS = 256, 32
_MOVED, _AUTOMATED, _PUT_BACK, _SHORTER = 0, 1, 2, 3  # effects, as bits of a set


class Usual(NamedTuple):
    """What a title calls the traditional way."""

    crew: np.ndarray  # (stage, kind, craft) people in a full crew
    weeks: np.ndarray  # (kind, stage)
    local: np.ndarray  # (2, stage) share of the work done in Los Angeles by titles made elsewhere, and made there
    days: np.ndarray  # (kind, craft) a week


@njit(inline="always")
def stage_weeks(usual, u):
    """Weeks a title spends in a stage that usually takes ``usual``: a quarter more or less. Equation 5."""
    if usual <= 0:
        return 0
    return max(1, int(usual * (SHORTEST + 0.5 * u) + 0.5))


@njit(inline="always")
def people_called(usual, size, u):
    """People called of a craft: the usual number times the size of the title, rounded by chance. Equation 6."""
    return int(usual * size + u)


@njit(inline="always")
def weeks_after_cut(weeks, cut, u):
    """Weeks of a shoot once a share ``cut`` is saved, rounded by chance; never less than one. Equation 43."""
    return max(1, weeks - int(weeks * cut + u))


@njit(inline="always")
def post_of_cut(weeks, ordered, lost):
    """Weeks of post of a season that lost ``lost`` of the shoot weeks ``ordered``: as much less, one at least.

    What was not shot is not cut; of the shoot a week was left. Equation 71.
    """
    shot = max(1, ordered - lost)
    return max(1, int(weeks * shot / ordered + 0.5))


@njit(inline="always")
def weeks_of_post(weeks, saved, gain, u):
    """Weeks of post with ``gain`` more for each shoot week ``saved``, or fewer, rounded by chance; one at least."""
    return max(1, weeks + math.floor(saved * gain + u))


@njit(inline="always")
def uses(title, technique, stage, c):
    """Whether AI is used on the work of a craft in a stage of this title."""
    return (title.ai >> technique.area[stage, c]) & 1 != 0


@njit(inline="always")
def automated_share(title, technique, stage, c):
    """Share of a call's people whose tasks AI does on this title."""
    if uses(title, technique, stage, c):
        return technique.automated[title.terms, title.provider, stage, c]
    return 0.0


@helper
def enter_next_stage(board, row, stage, usual, technique, rates, writing, k, values):
    """Take a title from ``stage`` (-1 before development) to the next one it needs, and call its crew.

    ``usual`` is a :class:`Usual`; ``rates`` (kind, craft) cents a day; ``writing``: whether the books are kept;
    ``values`` (16,) scratch.
    """
    title, calls, books, local = board.titles[row], board.calls, board.books, usual.local
    if title.at_work > 0:
        put_down(title, calls, books, row)
    uid = uint64(title.uid)
    weeks = 0
    while weeks == 0:
        stage += 1
        if stage >= _DELIVERED:
            break
        u = rng.uniform(k, uid * uint64(_SPAN) + uint64(_WEEKS + stage))
        weeks = stage_weeks(usual.weeks[title.kind, stage], u)
    if title.lost_weeks > 0 and stage == _SHOOT:
        weeks = max(1, weeks - title.lost_weeks)
    elif title.lost_weeks > 0 and stage == _POST:
        u = rng.uniform(k, uid * uint64(_SPAN) + uint64(_WEEKS + _SHOOT))
        weeks = post_of_cut(weeks, stage_weeks(usual.weeks[title.kind, _SHOOT], u), title.lost_weeks)
    title.stage = stage
    title.anew = 1
    title.weeks_left = weeks
    for c in range(calls.shape[1]):
        calls[row, c].need = 0
    if stage >= _DELIVERED:
        return
    here = local[1, stage] if title.place == LOS_ANGELES else local[0, stage]
    if title.ai != 0:
        new_here = min(1.0, here / max(local[1, stage], LEAST_SHARE) * technique[0].la_share[stage])
        if title.resident != 0:
            new_here = 1.0  # what the credit asks for
        call_with_ai(board, row, stage, weeks, here, new_here, usual, technique[0], rates, k, values)
        return
    for c in range(calls.shape[1]):
        crew = usual.crew[stage, title.kind, c] * here
        if crew > 0.0:
            need = people_called(crew, title.size, rng.uniform(k, uid * uint64(_SPAN) + uint64(stage * _CRAFTS + c)))
            calls[row, c].need = need
            if writing:
                books[row, c].shadow += need * weeks
                books[row, c].planned += need * weeks


@helper
def call_with_ai(board, row, stage, weeks, here, new_here, usual, technique, rates, k, values):
    """Call the crew of a stage in which AI may be used, and write down each effect. Equation 44.

    ``weeks`` the stage takes the traditional way, ``here`` the share of its work in Los Angeles then, ``new_here`` that
    of AI work: for a title made elsewhere smaller in the proportion in which its other work is.
    """
    title, calls, books = board.titles[row], board.calls, board.books
    uid = uint64(title.uid)
    size = title.size
    with_ai = weeks
    u_cut = rng.uniform(k, uid * uint64(_SPAN) + uint64(_CUT + stage))
    if stage == _SHOOT and (title.ai >> _SHOOT_AREA) & 1 != 0:
        with_ai = weeks_after_cut(weeks, technique.cut, u_cut)
        title.saved_weeks = weeks - with_ai
    elif stage == _POST:
        with_ai = weeks_of_post(weeks, title.saved_weeks, technique.post_gain, u_cut)
    title.weeks_left = with_ai
    whole, displaced = 0.0, 0.0  # people on the whole title, wherever they are
    for c in range(calls.shape[1]):
        crew = usual.crew[stage, title.kind, c] * size
        whole += crew
        displaced += crew * automated_share(title, technique, stage, c)
    put_back = 0.0
    if displaced < whole:
        put_back = technique.scope * displaced / (whole - displaced)
    for c in range(calls.shape[1]):
        crew = usual.crew[stage, title.kind, c] * here
        if crew <= 0.0:
            continue
        u = rng.uniform(k, uid * uint64(_SPAN) + uint64(stage * _CRAFTS + c))
        kept = 1.0 - automated_share(title, technique, stage, c)
        stays = technique.retained[stage] if uses(title, technique, stage, c) else 1.0
        for effects in range(SETS_OF_THREE):
            people = crew
            if effects >> _MOVED & 1:
                people *= stays
            if effects >> _AUTOMATED & 1:
                people *= kept
                if effects >> _PUT_BACK & 1:
                    people *= 1.0 + put_back
            called = people_called(people, size, u)
            values[effects] = called * weeks
            values[effects | (1 << _SHORTER)] = called * with_ai
            calls[row, c].need = called  # of the last set: all effects at work
        book = books[row, c]
        book.shadow += values[0]
        book.planned += values[SETS_OF_FOUR - 1]
        book.location += part_of_four(values, _MOVED)
        book.displacement += part_of_four(values, _AUTOMATED)
        book.scope += part_of_four(values, _PUT_BACK)
        book.compression += part_of_four(values, _SHORTER)
    new = technique.new_tasks * (1.0 + technique.rework) * displaced
    if technique.ai_craft >= 0:
        c = technique.ai_craft
        called = people_called(new * new_here, 1.0,
                               rng.uniform(k, uid * uint64(_SPAN) + uint64(_NEW_CREW + stage)))
        if new == 0.0:
            called = 0
        calls[row, c].need += called
        books[row, c].planned += called * with_ai
        books[row, c].new_tasks += TWELFTHS * called * with_ai
    book_stage(title, board.budgets[row], stage, weeks, with_ai, put_back, displaced, new_here, usual, technique, rates,
               values)
