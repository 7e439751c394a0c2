"""Chance is even, independent and the same in every world; events keep what they were told."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba import njit
from scipy import stats

from model import rng
from model.calendar import monday
from model.errors import CallSheetError
from model.mechanisms.green_light import identity
from model.recording import Recording
from model.state import events
from model.vocabulary import Event, Stream

MANY = 1_000_000
WHO = np.arange(MANY)


@pytest.fixture(scope="module")
def drawn():
    return rng.uniforms(42, int(Stream.SEARCH), 100, WHO)


@njit
def every(seed, stream, week, who, first, step):
    """Chances of the first of some and every so many after it."""
    return rng.uniforms_of_every(rng.key(seed, stream, week), who, first, step)


@njit
def picked(seed, stream, week, who, rows):
    """Chances of those in some rows."""
    return rng.uniforms_of(rng.key(seed, stream, week), who, rows)


@njit
def counts(means, u):
    """Poisson counts for every mean and chance."""
    out = np.empty((means.size, u.size), np.int64)
    for m in range(means.size):
        for i in range(u.size):
            out[m, i] = rng.poisson(means[m], u[i])
    return out


@njit
def tell(log, what, uid, row):
    """Write one event."""
    events.note(log, what, uid, row)


# Chance


def test_a_million_draws_are_even(drawn):
    assert drawn.min() >= 0
    assert drawn.max() < 1
    assert stats.kstest(drawn, "uniform").pvalue > 1e-4
    assert np.bincount((drawn * 1000).astype(int), minlength=1000).std() < 3 * np.sqrt(1000)


def test_one_entity_says_nothing_about_the_next(drawn):
    assert abs(np.corrcoef(drawn[:-1], drawn[1:])[0, 1]) < 4 / np.sqrt(MANY)
    pairs = np.histogram2d(drawn[:-1:2], drawn[1::2], bins=30)[0]
    assert stats.chisquare(pairs.ravel()).pvalue > 1e-4


@pytest.mark.parametrize(
    "other",
    [
        (42, Stream.SEARCH, 101),
        (42, Stream.REFERRAL, 100),
        (43, Stream.SEARCH, 100),
        (42, Stream.SEARCH, -100),
    ],
)
def test_another_week_purpose_or_seed_is_another_draw(drawn, other):
    seed, stream, week = other
    again = rng.uniforms(seed, int(stream), week, WHO)
    assert not (again == drawn).any()
    assert abs(np.corrcoef(drawn, again)[0, 1]) < 4 / np.sqrt(MANY)


def test_successive_weeks_of_one_entity_are_even_and_independent():
    weeks = np.array([rng.draw(7, int(Stream.TAKE_STOCK), week, 12345) for week in range(20_000)])
    assert stats.kstest(weeks, "uniform").pvalue > 1e-4
    assert abs(np.corrcoef(weeks[:-1], weeks[1:])[0, 1]) < 4 / np.sqrt(weeks.size)


def test_a_draw_does_not_depend_on_who_else_draws():
    some = np.array([5, 900_000, 77])
    everyone = rng.uniforms(1, 2, 3, WHO)
    assert rng.uniforms(1, 2, 3, some).tolist() == everyone[some].tolist()
    for first, step in ((0, 4), (3, 4), (7, 26)):
        assert every(1, 2, 3, WHO, first, step).tolist() == everyone[first::step].tolist()
    assert every(1, 2, 3, WHO[:2], 3, 4).size == 0
    assert picked(1, 2, 3, WHO, some).tolist() == everyone[some].tolist()
    assert rng.draw(1, 2, 3, 77) == everyone[77]


def test_no_two_streams_share_their_keys():
    who = np.arange(1000)
    seen = [rng.uniforms(9, int(stream), week, who) for stream in Stream for week in range(-5, 50)]
    assert np.unique(np.concatenate(seen)).size == 1000 * len(seen)


def test_poisson_counts_only_grow_with_the_mean_and_have_it():
    means, u = np.array([0.1, 0.5, 2.0, 7.5, 40.0]), rng.uniforms(3, 3, 3, np.arange(20_000))
    count = counts(means, u)
    assert (np.diff(count, axis=0) >= 0).all()
    assert count.mean(axis=1) == pytest.approx(means, rel=0.05)
    assert count.var(axis=1) == pytest.approx(means, rel=0.08)
    assert counts(np.array([0.0]), u).max() == 0


def test_poisson_counts_of_large_means_are_poisson_too():
    u = np.linspace(0.0005, 0.9995, 1000)
    for mean in (599.9, 600.1, 1640.0, 4900.0):
        assert (counts(np.array([mean]), u)[0] == stats.poisson.ppf(u, mean)).all()


def test_futures_are_always_the_same_and_never_alike():
    seeds = {rng.future_seed(block, future) for block in range(20) for future in range(50)}
    assert len(seeds) == 1000
    assert rng.future_seed(0, 0) == rng.future_seed(0, 0)
    assert all(0 <= seed < 2**63 for seed in seeds)


# Events

FIRST, LAST = -208, 1356  # the earliest week of a burn-in, the last week of the calendar


@given(
    what=st.sampled_from(list(Event)),
    uid=st.integers(0, 2**events.UID_BITS - 1),
    row=st.integers(0, events.MAX_WORKERS - 1),
)
def test_an_event_says_again_what_it_was_told(what, uid, row):
    log = events.empty_log(2)
    tell(log, int(what), uid, row)
    assert log[0] == events.FIRST_EVENT + 1
    told = events.unpack(log[events.FIRST_EVENT : log[0]])
    assert [part.tolist() for part in told] == [[int(what)], [uid], [row]]


def test_every_identity_of_a_title_fits_into_an_event():
    """Or the top bit of the identity would turn one event into another: an open call into a wrap."""
    highest = int(identity(LAST, 63, 15, 2**14 - 1))
    assert highest < 2**events.UID_BITS, f"{highest.bit_length()} bits do not fit into {events.UID_BITS}"


@given(
    one=st.tuples(
        st.integers(FIRST, LAST), st.integers(0, 63), st.integers(0, 15), st.integers(0, 2**14 - 1)
    ),
    other=st.tuples(
        st.integers(FIRST, LAST), st.integers(0, 63), st.integers(0, 15), st.integers(0, 2**14 - 1)
    ),
)
def test_no_two_ideas_share_an_identity(one, other):
    assert (int(identity(*one)) == int(identity(*other))) == (one == other)
    assert int(identity(*one)) > 0  # nothing stands for "no production"


def recording(weeks):
    """A recording whose first week is 4, from a list of events for every week."""
    log = events.empty_log(sum(map(len, weeks)))
    for happened in weeks:
        for what, uid, row in happened:
            tell(log, int(what), uid, row)
    series = {"events_per_week": np.array([len(happened) for happened in weeks], np.int32)}
    manifest = {"first_week": 4, "weeks": len(weeks), "scale": 1.0}
    return Recording(manifest, series, log[events.FIRST_EVENT : log[0]])


def test_a_life_is_read_from_the_log_with_its_weeks_and_dates():
    hired, wrap, exit_ = Event.HIRED_BY_REFERRAL, Event.WRAP, Event.EXIT
    whole = recording([[(hired, 77, 3), (hired, 78, 9)], [], [(wrap, 77, 3)], [(wrap, 78, 9), (exit_, 0, 3)]])
    assert whole.life(3) == [
        {"week": 4, "date": monday(4).isoformat(), "event": "hired_by_referral", "production": 77},
        {"week": 6, "date": monday(6).isoformat(), "event": "wrap", "production": 77},
        {"week": 7, "date": monday(7).isoformat(), "event": "exit", "production": 0},
    ]
    assert [each["week"] for each in whole.life(9)] == [4, 7]
    assert whole.life(5) == []


def test_without_a_log_a_life_is_answered_with_a_sentence():
    with pytest.raises(CallSheetError, match="without its event log"):
        Recording({"first_week": 0, "weeks": 0}, {}, None).life(1)
