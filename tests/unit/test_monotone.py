"""What must only ever move one way, with titles and state held: the pure cores of AI and of the credit."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from model.mechanisms import adoption, location, tasks
from model.state.books import TWELFTHS
from model.vocabulary import Area, Stage
from tests.unit.equations.ai_titles import AI_CRAFT, CAMERA, CRAFTS, GRIP, KINDS, one_title, technique

SHARE = st.floats(0.0, 1.0)
PEOPLE = st.tuples(st.floats(0.0, 300.0), st.floats(0.0, 300.0))
SOME = settings(max_examples=60, derandomize=True)


def displaced_days(share, people, floor=0.0):
    """Twelfths of a crew-week that AI displaces on a title, nothing else at work, where a rule keeps a ``floor``."""
    done = float(tasks.automated(np.array(share), np.array(1.0), 1.0, np.array(1.0), 0.0, floor))
    _, _, book, _ = one_title(technique(automated=done), people)
    return -int(book["displacement"][[GRIP, CAMERA]].sum())


@SOME
@given(SHARE, SHARE, SHARE, SHARE, SHARE)
def test_a_larger_technical_share_never_automates_less(one, other, able, allowed, pays):
    low, high = (float(tasks.automated(np.array(share), np.array(able), allowed, np.array(pays), 0.1, 0.2))
                 for share in sorted((one, other)))
    assert low <= high


@SOME
@given(SHARE, SHARE, PEOPLE)
def test_a_larger_automated_share_never_displaces_fewer_days_of_a_title(one, other, people):
    low, high = (displaced_days(share, people) for share in sorted((one, other)))
    assert 0 <= low <= high <= TWELFTHS * 8 * (int(sum(people)) + 2) * 1.3


@SOME
@given(SHARE, SHARE, SHARE, PEOPLE)
def test_a_stricter_minimum_crew_never_displaces_more_days(share, one, other, people):
    loose, strict = sorted((one, other))
    assert displaced_days(share, people, strict) <= displaced_days(share, people, loose)


@SOME
@given(st.floats(1.0, 1e6), st.floats(1.0, 1e6), st.floats(1e3, 2e5), st.floats(0.0, 0.6), st.floats(0.2, 2.0))
def test_dearer_compute_never_pays_for_more_tasks(one, other, wage, rework, spread):
    cheap, dear = (float(tasks.profitable(np.array(wage), np.array(price), rework, 0.1, spread))
                   for price in sorted((one, other)))
    assert dear <= cheap


@SOME
@given(st.floats(0.0, 1e6), st.floats(0.0, 1e6), SHARE, st.floats(0.0, 3.0), SHARE)
def test_dearer_compute_never_raises_adoption(one, other, share, feedback, adopted):
    crew, weeks = np.zeros((4, KINDS, CRAFTS)), np.zeros((KINDS, 4), np.int64)
    crew[Stage.SHOOT, :, GRIP], weeks[:, Stage.SHOOT] = 10, 8
    work = tasks.Work(crew, weeks, np.full((KINDS, CRAFTS), 5.0), np.full((KINDS, CRAFTS), 40_000.0))
    even, half, pay = np.full(3, 1 / 3), np.full(KINDS, 0.5), np.full(KINDS, 40_000.0)
    reached = []
    for price in sorted((one, other)):
        saved = tasks.savings(work, technique(automated=share, compute=price)[0], 0, even, half, pay).saved
        pace = adoption.pace_of(float(saved[0].sum()), feedback, 0.1)
        pays = (saved[0, Area.SHOOT] > 0.0) | (feedback == 0.0)
        reached.append(adoption.adoption_next(np.array([[adopted]]), np.array([0.3]), 0.01, 0.6, 1.0,
                                              np.array([pace * pays]))[0, 0])
    assert reached[1] <= reached[0] + 1e-15


@SOME
@given(st.integers(1, 6), st.floats(0.0, 0.8))
def test_later_releases_never_make_tools_worse(steps, growth):
    able = tasks.capability(np.arange(steps + 1), 0.4, 0.8, growth, 2.0)
    assert (np.diff(able) >= 0).all()


@SOME
@given(st.lists(st.floats(-3.0, 3.0), min_size=7, max_size=7), SHARE, SHARE, st.integers(0, 2**40))
def test_where_two_places_gain_appeal_no_title_leaves_them(appeal, one, other, seed):
    """Tastes are the title's own: that the credit gives both Californian places appeal is tested with the levers."""
    uid, kind = np.arange(50, dtype=np.int64), np.zeros(50, np.uint8)
    home = np.array([True, True, False, False, False, False, False])
    against = location.distastes(uid, home.size, seed)
    kept = [home[location.choose_place(kind, np.array([appeal]) + home * credit, against)]
            for credit in sorted((one, other))]
    assert (kept[1] >= kept[0]).all()


def test_the_new_craft_is_never_displaced():
    _, _, book, _ = one_title(technique(automated=0.8, new_tasks=0.5))
    assert book["displacement"][AI_CRAFT] == 0
