"""What is asked of any random numbers, asked of those that are looked up: bits, collisions, ranks, identities."""

import numpy as np
import pytest
from numba import njit
from scipy import stats

from model import rng
from model.mechanisms.green_light import identity
from model.vocabulary import Stream

BITS = 64
SEED, WEEK = 20150105, 321
LEAST = 1e-4  # chance of a worse result, below which a test fails: about one in ten thousand by luck


@njit
def bits(seed, stream, week, entities):
    """Sixty-four random bits of each of the entities under one key."""
    out = np.empty(entities.size, np.uint64)
    k = rng.key(seed, stream, week)
    for i in range(entities.size):
        out[i] = rng.bits(k, entities[i])
    return out


@njit
def titles_of(week, firms, kinds, serials):
    """Permanent identities as slate meetings give them out, in the order of the meetings."""
    out = np.empty(firms * kinds * serials, np.int64)
    at = 0
    for firm in range(firms):
        for kind in range(kinds):
            for serial in range(serials):
                out[at] = identity(week, firm, kind, serial)
                at += 1
    return out


def in_bits(words):
    """The bits of words, (words, 64) of 0 and 1, the lowest first."""
    return ((words[:, None] >> np.arange(BITS, dtype=np.uint64)) & np.uint64(1)).astype(np.uint8)


def too_far(counts, tries):
    """Whether counts of tosses of even coins lie further from half than luck puts one in ten thousand of all."""
    furthest = np.abs(counts - tries / 2).max() / np.sqrt(tries / 4)
    return counts.size * 2 * stats.norm.sf(furthest) < LEAST


def test_every_bit_is_even_and_no_two_bits_go_together():
    seen = in_bits(bits(SEED, int(Stream.SEARCH), WEEK, np.arange(200_000)))
    assert not too_far(seen.sum(axis=0, dtype=np.int64), len(seen))
    alike = np.array([(seen[:, one] == seen[:, other]).sum() for one in range(BITS) for other in range(one)])
    assert not too_far(alike, len(seen))


def test_numbers_that_only_count_on_are_found_out():
    counted = np.arange(200_000, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    seen = in_bits(counted)
    assert too_far(np.array([(seen[:-1, bit] == seen[1:, bit]).sum() for bit in range(BITS)]), len(seen) - 1)


@pytest.mark.parametrize("bit", range(0, 40, 3))
def test_one_bit_of_an_identity_turns_half_of_all_bits(bit):
    who = np.arange(20_000) * 77
    turned = in_bits(bits(SEED, int(Stream.PLACE), 0, who) ^ bits(SEED, int(Stream.PLACE), 0, who ^ (1 << bit)))
    assert not too_far(turned.sum(axis=0, dtype=np.int64), len(turned))


@pytest.mark.parametrize("change", [(1, 0, 0), (1 << 40, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 512)])
def test_another_seed_purpose_or_week_turns_half_of_all_bits(change):
    seed, stream, week = (value ^ by for value, by in zip((SEED, int(Stream.SEARCH), WEEK), change, strict=True))
    who = np.arange(20_000)
    turned = in_bits(bits(SEED, int(Stream.SEARCH), WEEK, who) ^ bits(seed, stream, week, who))
    assert not too_far(turned.sum(axis=0, dtype=np.int64), len(turned))


def test_the_half_that_picks_a_vacancy_says_nothing_of_the_half_that_is_luck():
    words = bits(SEED, int(Stream.VACANCY), WEEK, np.arange(1_000_000))
    which, luck = words >> np.uint64(32), words & np.uint64(0xFFFFFFFF)
    table = np.histogram2d(which.astype(float), luck.astype(float), bins=40, range=[[0, 2**32]] * 2)[0]
    assert stats.chisquare(table.ravel()).pvalue > LEAST


def test_halves_collide_as_often_as_chance_has_it():
    n = 1 << 20
    half = bits(SEED, int(Stream.REFERRAL), WEEK, np.arange(n)) >> np.uint64(32)
    expected = n * (n - 1) / 2 / 2**32
    found = n - np.unique(half).size
    assert stats.poisson.cdf(found, expected) > LEAST
    assert stats.poisson.sf(found - 1, expected) > LEAST
    whole = bits(SEED, int(Stream.REFERRAL), WEEK, np.arange(n))
    assert np.unique(whole).size == n  # the mixing of one key is one to one


def test_squares_of_bits_have_the_ranks_that_chance_gives_them():
    squares = in_bits(bits(SEED, int(Stream.ENTRY), WEEK, np.arange(BITS * 3000))).reshape(-1, BITS, BITS)
    ranks = np.array([rank(square) for square in squares])
    counts = [(ranks == BITS).sum(), (ranks == BITS - 1).sum(), (ranks < BITS - 1).sum()]
    expected = np.array([0.2887880951, 0.5775761902, 0.1336357147]) * len(ranks)
    assert stats.chisquare(counts, expected).pvalue > LEAST


def rank(square):
    """Rank of a square of bits over the two numbers 0 and 1, its rows as whole numbers."""
    rows = [int("".join(map(str, row)), 2) for row in square.tolist()]
    found = 0
    while rows:
        pivot = rows.pop()
        if pivot:
            found += 1
            lowest = pivot & -pivot
            rows = [row ^ pivot if row & lowest else row for row in rows]
    return found


def test_packed_identities_of_titles_draw_evenly_one_after_another():
    who = np.concatenate([titles_of(week, 40, 9, 12) for week in range(0, 200, 4)])
    taste = rng.uniforms(SEED, int(Stream.PLACE), 0, np.repeat(who * 16, 8) + np.tile(np.arange(8), who.size))
    assert stats.kstest(taste, "uniform").pvalue > LEAST
    by_place = taste.reshape(-1, 8)
    apart = np.corrcoef(by_place, rowvar=False)[np.triu_indices(8, 1)]
    assert np.abs(apart).max() < 5 / np.sqrt(len(by_place))
    after = np.histogram2d(taste[:-1], taste[1:], bins=40)[0]
    assert stats.chisquare(after.ravel()).pvalue > LEAST
