"""Productions go from development to delivery, week by week, and call the crews each stage needs."""

from __future__ import annotations

import numpy as np

from model import rng
from model.kernels import AHEAD, index, kernel, maker
from model.mechanisms.orders_of_effects import SETS_OF_FOUR
from model.mechanisms.stages import LOS_ANGELES, automated_share, enter_next_stage
from model.state.board_rows import TITLES_AHEAD, fetch_books, fetch_calls
from model.state.call_board import HALTED, WAITING
from model.vocabulary import Area, Stage, Stream

_PREP, _SHOOT, _DELIVERED = int(Stage.PREP), int(Stage.SHOOT), int(Stage.DELIVERED)
_SIZE, _HALT, _LOST = int(Stream.CREW_SIZE), int(Stream.HALT), int(Stream.LOST_WEEKS)
_LANES = 4
LEAST_LEFT = 0.01  # of a call's people beside AI: keeps a share from a division by nothing
_AREAS = len(Area)


@kernel
def begin_week(titles, order):
    """The week counts for the schedule of every title in hand, until something stops it."""
    for o in range(order.size):
        titles[index(order[o])].extra = 0


@maker
def halt(titles, order, seed, stages, kinds, severity):
    """Mark what strikes and shutdowns stop this week.

    ``stages`` (shocks, 4) and ``kinds`` (shocks, kinds) say what a shock reaches, ``severity`` which share of
    it. A title has one number for all shocks and is stopped while it is below the severity of any: of two
    shocks the larger counts, and a falling severity lets titles resume one by one. Returns titles stopped. Equation 29.
    """
    k = rng.key(seed, _HALT, 0)
    stopped = 0
    for o in range(order.size):
        title = titles[index(order[o])]
        if title.stage >= _DELIVERED:
            continue  # given up: it stays so until it leaves the list
        title.halted = 0
        u = rng.uniform(k, title.uid)
        for s in range(severity.size):
            if stages[s, title.stage] and kinds[s, title.kind] and u < severity[s]:
                title.halted = 1
                stopped += 1
                break
    return stopped


@maker
def lose_weeks(titles, order, seasons, share, seed, week):
    """Seasons that are stopped lose weeks for good: their place in the year's schedule does not wait. Equation 68.

    ``seasons`` (kinds,) the kinds that have such a place, ``share`` of the stopped weeks that are lost; of a shoot one
    week is left at least. Returns weeks lost.
    """
    k = rng.key(seed, _LOST, week)
    lost = 0
    for o in range(order.size):
        title = titles[index(order[o])]
        if title.halted == 0 or title.stage > _SHOOT or not seasons[title.kind] or rng.uniform(k, title.uid) >= share:
            continue
        if title.stage == _SHOOT and title.weeks_left <= 1:
            continue
        title.lost_weeks += 1  # before the shoot, of that to come
        title.weeks_left -= title.stage == _SHOOT
        lost += 1
    return lost


@maker
def begin(board, new, usual, technique, rates, writing, seed):
    """Titles just green-lit (rows ``new``) enter their first stage with empty calls."""
    k = rng.key(seed, _SIZE, 0)
    values = np.empty(SETS_OF_FOUR, np.int64)
    for n in range(new.size):
        for c in range(board.calls.shape[1]):
            call = board.calls[index(new[n]), c]
            call.filled = call.pay = 0
            call.head = -1
        enter_next_stage(board, index(new[n]), -1, usual, technique, rates, writing, k, values)


@maker
def advance(board, order, usual, stages, capacity, technique, rates, writing, seed):
    """One week of work on every title that is not stopped; arguments as for the stages it enters.

    A title about to shoot in Los Angeles on ``stages`` (kinds,) waits, its prep crew kept, until one of the
    ``capacity`` sound stages is free; the oldest green-light goes first. Returns where in ``order`` the titles
    stand that leave it (delivered, or given up before), int64, how many were delivered, and how many wait for a
    stage. Equation 30.
    """
    titles = board.titles
    k = rng.key(seed, _SIZE, 0)
    values = np.empty(SETS_OF_FOUR, np.int64)
    leaving, leave = np.empty(order.size, np.int64), 0
    delivered = 0
    waiting = 0
    used = 0.0
    for o in range(order.size):
        title = titles[index(order[o])]
        stands = title.weeks_left > 1 or title.halted != 0 or title.extra != 0
        if title.place == LOS_ANGELES and title.stage == _SHOOT and stands:
            used += stages[title.kind]
    for o in range(order.size):
        later = index(order[min(o + AHEAD, order.size - 1)])
        if writing and titles[later].weeks_left <= 1:
            fetch_books(board.books, later)
        title = titles[index(order[o])]
        if title.stage >= _DELIVERED:
            leaving[leave] = o
            leave += 1
            continue
        if title.halted != 0 and title.extra == 0:
            title.extra = HALTED
        if title.extra != 0:
            continue
        title.weeks_left -= 1
        if title.weeks_left > 0:
            continue
        needed = stages[title.kind] if title.place == LOS_ANGELES and title.stage == _PREP else 0.0
        if needed > 0.0 and used >= capacity:
            title.weeks_left = 1
            title.extra = WAITING
            waiting += 1
            continue
        used += needed
        enter_next_stage(board, index(order[o]), int(title.stage), usual, technique, rates, writing, k, values)
        if title.stage == _DELIVERED:
            delivered += 1
            leaving[leave] = o
            leave += 1
    return leaving[:leave].copy(), delivered, waiting


@maker
def shooting(titles, order, kinds, shoot_days, stages, districts):
    """What is shot in Los Angeles this week: (titles, days) by kind, sound stages in use, and titles by district.

    ``shoot_days`` days a week by kind, ``stages`` sound stages a title of the kind occupies.
    """
    count = np.zeros(kinds, np.int64)
    by_district = np.zeros(districts, np.int64)
    used = 0.0
    for o in range(order.size):
        title = titles[index(order[o])]
        if title.place != LOS_ANGELES or title.stage != _SHOOT:
            continue
        used += stages[title.kind]  # sets stay up while a shoot stands still
        if title.halted == 0 and title.extra == 0:
            count[title.kind] += 1
            by_district[title.district] += 1
    return count, count * shoot_days, used, by_district


@maker
def list_with_ai(titles, calls, order, studios):
    """Rows of the titles in hand that use AI, and of those that the firms after the first ``studios`` make and own;
    then the people on the calls of each of the former, and of the latter, int64.
    """
    with_ai, theirs = np.empty(order.size, np.int32), np.empty(order.size, np.int32)
    used, made = 0, 0
    for o in range(order.size):
        title = titles[index(order[o])]
        with_ai[used] = theirs[made] = order[o]  # written always, kept only if true: no branch to guess wrong
        used += title.ai != 0
        made += (title.firm >= studios) & (title.owner == title.firm)
    with_ai, theirs = with_ai[:used], theirs[:made]
    return with_ai, theirs, _crews(calls, with_ai), _crews(calls, theirs)


@maker
def people_and_spared(titles, calls, order, technique):
    """People on calls of titles in hand by craft, int64, and whom AI spares there, float64: of each call with n people
    whose work AI does in the share a, n · a / (1 − a).
    """
    known = technique[0]
    at_work, spared = np.zeros(calls.shape[1], np.int64), np.zeros(calls.shape[1])
    for o in range(order.size):
        fetch_calls(calls, order[min(o + TITLES_AHEAD, order.size - 1)])
        row = index(order[o])
        title = titles[row]
        for c in range(calls.shape[1]):
            at_work[c] += calls[row, c].filled
        if title.ai != 0 and title.stage < _DELIVERED:
            for c in range(calls.shape[1]):
                share = automated_share(title, known, title.stage, c)
                spared[c] += calls[row, c].filled * share / max(1.0 - share, LEAST_LEFT)
    return at_work, spared


@maker
def _crews(calls, rows):
    """People on the calls of each title of some ``rows``, int64."""
    people = np.zeros(rows.size, np.int64)
    for n in range(rows.size):
        fetch_calls(calls, rows[min(n + TITLES_AHEAD, rows.size - 1)])
        for c in range(calls.shape[1]):
            people[n] += calls[index(rows[n]), c].filled
    return people


@maker
def count_work(board, order, kinds, days, area, districts, writing):
    """People on calls and days worked this week by (kind, craft), the week's payroll by kind in cents, people on
    calls by :class:`Area`, which ``area`` (stage, craft) tells, and by district of their title (``districts`` of them).

    Counted from the calls, not from the workers: the accounts compare the two. When the books are kept
    (``writing``), each title's week is written down: at work, and of which crafts it is short, or held.
    """
    calls, books = board.calls, board.books
    crafts = calls.shape[1]
    in_hand = np.zeros(calls.shape[0], np.bool_)  # rows in the order of memory, which is fastest: sums know no other
    for o in range(order.size):
        in_hand[index(order[o])] = True
    by_stage = np.zeros((_DELIVERED + 1, kinds, crafts), np.int64)
    payroll = np.zeros(kinds, np.int64)
    by_district = np.zeros(districts, np.int64)
    for row in range(in_hand.size):
        if not in_hand[row]:
            continue
        title = board.titles[row]
        kind, stage, pay, there, short = title.kind, title.stage, 0, 0, 0
        for c in range(crafts):
            call = calls[row, c]
            by_stage[stage, kind, c] += call.filled
            pay += call.pay
            there += call.filled
            short |= call.need - call.filled
        payroll[kind] += pay
        by_district[title.district] += there
        if not writing:
            continue
        if title.extra != 0:
            for c in range(crafts):
                if calls[row, c].filled > 0:
                    books[row, c].held += calls[row, c].filled
            continue
        title.at_work += 1
        if short != 0:
            for c in range(crafts):
                if calls[row, c].need != calls[row, c].filled:
                    books[row, c].open += calls[row, c].need - calls[row, c].filled
    people = by_stage.sum(axis=0)
    areas = np.zeros(_AREAS, np.int64)
    for stage in range(area.shape[0]):
        for c in range(crafts):
            areas[area[stage, c]] += by_stage[stage, :, c].sum()
    return people, people * days, payroll, areas, by_district


@maker
def count_people(status, craft, home, statuses, crafts, districts):
    """Workers by (status, craft) and by (status, home district), int64, counted from their rows.

    Neighbors in the crew are mostly alike; counting them in four tables in turn spares the processor the wait
    for the entry that it has just written. Their entries are reckoned first, in a loop that does many at once.
    """
    entry = np.empty(status.size, np.uint16)
    for i in range(status.size):
        entry[i] = (status[i] * crafts + craft[i]) * districts + home[i]
    tables = np.zeros((_LANES, statuses * crafts * districts), np.int32)
    n = status.size - status.size % _LANES
    for i in range(0, n, _LANES):
        for lane in range(_LANES):
            tables[lane, entry[i + lane]] += 1
    for i in range(n, status.size):
        tables[0, entry[i]] += 1
    counted = tables.sum(axis=0).reshape(statuses, crafts, districts)
    return counted.sum(axis=2), counted.sum(axis=1)
