"""Courses in AI work: who asks for a place, who waits, and who comes out in another craft.

Places are few and given in the order of asking. Whoever waits or learns goes on looking for calls; a call taken is a
place given back.
"""

from __future__ import annotations

import numpy as np

from model import rng
from model.calendar import NEVER, WEEKS_A_YEAR
from model.kernels import index, kernel, maker
from model.mechanisms.income import settle
from model.mechanisms.skills import practice_kept
from model.state import plain
from model.state.books import COURSE
from model.state.events import note
from model.units import CENTS
from model.vocabulary import Event, Status, Stream

EVERY = 4  # weeks between two times that a worker thinks of it, in turns by row
_STREAM = int(Stream.RETRAINING)
_IDLE, _RETRAINED = int(Status.IDLE), int(Event.RETRAINED)


def done_by_ai(spared: np.ndarray, at_work: np.ndarray) -> np.ndarray:
    """Share of a craft's work in the market that AI does by now, (crafts,). Equation 72.

    ``spared`` people by AI on the titles that use it, ``at_work`` people on all titles.
    """
    return spared / np.maximum(1.0, spared + at_work)


def ask(status: np.ndarray, craft: np.ndarray, uid: np.ndarray, automated: np.ndarray, interest: float, week: int,
        seed: int) -> np.ndarray:
    """Rows of the idle who ask for a place this week. Equation 56.

    ``automated`` (crafts,) share of a craft's work that AI does by now; ``interest`` chance in four weeks where it
    does all.
    """
    return _ask(status, craft, uid, interest * automated, week, seed)


@maker
def _ask(status, craft, uid, chance, week, seed):
    rows, idle = np.empty(status.size // EVERY + 1, np.int32), 0
    for i in range(week % EVERY, status.size, EVERY):
        rows[idle] = i  # written always, kept only if idle: no branch to guess wrong
        idle += status[i] == _IDLE
    rows = rows[:idle]
    luck = rng.uniforms_of(rng.key(seed, _STREAM, week), uid, rows)
    asking = np.empty(idle, np.int64)
    n = 0
    for s in range(idle):
        asking[n] = rows[s]
        n += luck[s] < chance[craft[index(rows[s])]]
    return asking[:n].copy()


def places(a_year: float, week: int) -> int:
    """Places that open this week, whole, so that a year gives ``a_year``."""
    weekly = a_year / WEEKS_A_YEAR
    return int((week + 1) * weekly) - int(week * weekly)


def granted(begun: int, usual: float, grant: float, price: float) -> int:
    """Cents that a grant pays for ``begun`` courses, in full when they begin, also of those who leave early.

    Places are alike: of those taken the grant pays as large a share as it has of the ``usual`` and its own places
    together, at ``price`` USD each. Equation 61.
    """
    return round(begun * grant / (usual + grant) * price * CENTS) if grant > 0.0 else 0


def advance_courses(courses: np.ndarray, asking: np.ndarray, status: np.ndarray, opened: int, length: int, week: int
                    ) -> tuple[np.ndarray, np.ndarray, int]:
    """The queue and the courses a week later, the rows of those who finish, and how many begin. Equation 57.

    ``courses`` records in the order of asking, ``asking`` rows, ``status`` by row, ``opened`` new places of
    ``length`` weeks. Whoever found a call gives up the place.
    """
    later, finished = np.empty(courses.size + asking.size, COURSE), np.empty(courses.size, np.int64)
    n, done, begun = _advance(courses, asking, status, opened, length, week, later, finished)
    return plain.copied(later[:n]), finished[:done].copy(), begun


@maker
def _advance(courses, asking, status, opened, length, week, later, finished):
    """Fill ``later`` and ``finished``; returns how many are in each, and how many begin."""
    known = np.zeros(status.size, np.bool_)
    n = done = begun = 0
    for course in courses:
        known[course.row] = True
        if status[course.row] != _IDLE:
            continue
        if course.ends <= week:
            finished[done] = course.row
            done += 1
            continue
        later[n] = course
        n += 1
    for row in asking:
        if not known[row] and status[row] == _IDLE:
            later[n].row, later[n].asked, later[n].ends = row, week, NEVER
            n += 1
    for m in range(n):
        if begun == opened:
            break
        if later[m].ends == NEVER:
            later[m].ends = week + length
            begun += 1
    return n, done, begun


@kernel
def finish(people, rows, ai_craft, practice, terms, log):
    """Whoever finishes a course belongs to the craft of AI work from now on, with ``practice`` days of it."""
    now = terms[0]
    for r in range(rows.size):
        i = rows[r]
        settle(people, i, now.week, now, log)
        people.craft[i] = ai_craft
        w = people.records[i]
        w.ai_days = max(int(practice_kept(w.ai_days, now.week - w.ai_week, now)), practice)
        w.ai_week = now.week
        note(log, _RETRAINED, 0, i)
