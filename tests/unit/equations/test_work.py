"""Who is called, who is chosen, what they learn: worked examples for the equations of work."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import rng
from model.mechanisms import matching, search, skills
from model.mechanisms.divisions import division_of, divisions_in
from model.vocabulary import Stage, Status, Stream
from tests.unit.equations.work import CRAFTS, NO_WAY, end, hire, market, phone, rules, told

# Skill


def test_half_of_what_practice_can_give_is_learned_in_the_learning_days():
    """Equation 14: 0.35 × 0.6 of talent and 0.65 × 400 / 800 of practice make 0.535."""
    now = rules(talent_weight=0.35, fade=0.008)[0]
    assert skills.skill(0.6, 400, 0, 0, now) == pytest.approx(0.535)
    assert skills.skill(0.6, 300, 100, 0, now) == pytest.approx(0.535)  # lessons count as days
    assert skills.skill(0.6, 0, 0, 0, now) == pytest.approx(0.21)
    assert skills.skill(0.6, 10**9, 0, 0, now) == pytest.approx(0.86)


def test_practice_halves_in_125_idle_weeks_at_eight_per_mille():
    """Equation 14: 1 + 0.008 × 125 is 2; talent does not fade."""
    now = rules(talent_weight=0.35, fade=0.008)[0]
    assert skills.skill(0.6, 400, 0, 125, now) == pytest.approx(0.21 + 0.325 / 2)
    faded = [skills.skill(0.6, 900, 0, weeks, now) for weeks in range(300)]
    assert faded == sorted(faded, reverse=True)
    assert min(faded) > 0.21


def test_an_apprentice_learns_beside_a_veteran_and_nobody_else_does():
    """Equation 15: 10 weeks of 5 days at 400 per mille are 20 days' worth."""
    now = rules(veteran_days=900, lesson=400)[0]
    assert skills.lessons_of(10, 5, 100, 900, now) == 20
    assert skills.lessons_of(10, 5, 900, 2000, now) == 0
    assert skills.lessons_of(10, 5, 100, 899, now) == 0
    assert skills.lessons_of(0, 5, 100, 900, now) == 0


# The open call

TIES = np.array([[0.8, 0.2, 0.0], [0.2, 0.6, 0.2], [0.0, 0.5, 0.5]])


def answered(vacancies, own, draws=20_000):
    """Shares of the crafts that a searcher answers, over evenly spread chances."""
    cumulative = search.attraction(TIES, np.array(vacancies))
    chances = (np.arange(draws) + 0.5) / draws
    chosen = list(search.choose_crafts(cumulative, np.full(draws, own, np.int32), chances))
    return [chosen.count(c) / draws for c in (-1, 0, 1, 2)]


def test_searchers_go_where_ties_and_vacancies_draw_them():
    """Equation 17: vacancies 10, 0, 30 draw the middle craft by 0.2 × 10 to 0.2 × 30, one to three."""
    assert answered([10, 0, 30], 1) == pytest.approx([0, 0.25, 0, 0.75], abs=1e-3)
    assert answered([10, 20, 30], 1) == pytest.approx([0, 0.1, 0.6, 0.3], abs=1e-3)


def test_searchers_stay_in_their_craft_if_it_is_all_there_is_and_at_home_if_there_is_nothing():
    """Equation 17: limiting cases; no tie, no application."""
    assert answered([10, 0, 30], 0) == [0, 1, 0, 0]
    assert answered([10, 0, 0], 2) == [1, 0, 0, 0]
    assert answered([0, 0, 0], 1) == [1, 0, 0, 0]


@settings(max_examples=300)
@given(
    st.integers(1, 12).flatmap(
        lambda v: st.tuples(
            st.just(v), st.lists(st.tuples(st.integers(-1, v - 1), st.integers(0, 2**32 - 1)), max_size=40)
        )
    )
)
def test_each_vacancy_takes_its_best_applicant_and_the_others_go_home(case):
    """Equation 18: against a slow twin that reads every pile of applications."""
    vacancies, applications = case
    target = np.array([v for v, _ in applications], np.int32)
    rank = np.array([r for _, r in applications], np.uint32)
    by_hand = []
    for vacancy in range(vacancies):
        pile = [(r, s) for s, (v, r) in enumerate(applications) if v == vacancy]
        by_hand.append(max(pile)[1] if pile else -1)
    assert matching.choose(target, rank, vacancies).tolist() == by_hand


def test_hires_are_as_many_as_vacancies_that_got_an_answer():
    """Equation 18: 6,000 balls into 3,000 urns leave a share exp(-2) = 0.135 of them empty."""
    urns, balls = 3000, 6000
    urn = (urns * rng.uniforms(2, int(Stream.ORACLE), 0, np.arange(balls))).astype(np.int32)
    chosen = matching.choose(urn, np.arange(balls, dtype=np.uint32), urns)
    assert np.mean(chosen < 0) == pytest.approx(np.exp(-2), abs=0.015)


def ranks(weight, n=4000):
    """Ranks and skills of applicants whose talents run evenly from nothing to one."""
    state = market(n, n)
    state.crew.talent[...] = np.linspace(0, 1, n)
    cumulative = search.attraction(np.eye(CRAFTS), np.array([n] + [0] * (CRAFTS - 1)))
    first = np.array([0] + [n] * CRAFTS, np.int64)
    target, wage, rank = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.uint32)
    declined = search.apply_to_open_call(
        state.people, np.arange(n), cumulative, first, np.full(n, 30_000, np.int64),
        np.zeros(n, np.uint8), NO_WAY, rules(skill_in_choice=weight, talent_weight=1.0), target, wage, rank,
    )  # fmt: skip
    assert declined == 0
    assert np.unique(target).size > n / 2  # vacancies are answered blindly
    return rank / 2**32, np.linspace(0, 1, n)


def test_the_choice_among_applicants_is_luck_and_skill_by_weight():
    """Equation 34: at weight 0 rank is luck alone, at 0.95 it is nearly skill; the mean of luck is a half."""
    luck, skill = ranks(0.0)
    assert abs(np.corrcoef(luck, skill)[0, 1]) < 0.06
    assert luck.mean() == pytest.approx(0.5, abs=0.02)
    mixed, _ = ranks(0.55)
    assert mixed == pytest.approx(0.45 * luck + 0.55 * skill, abs=1e-6)
    assert np.corrcoef(ranks(0.95)[0], skill)[0, 1] > 0.99


def applications(state, searchers, vacancies=3_000):
    """What comes of applications for vacancies that pay 300 dollars a day: how many wait, target, wage, rank."""
    n = searchers.size
    open_by_craft = np.array([vacancies] + [0] * (CRAFTS - 1))
    target, wage, rank = np.full(n, -7, np.int32), np.zeros(n, np.int32), np.zeros(n, np.uint32)
    declined = search.apply_to_open_call(
        state.people, searchers, search.attraction(np.eye(CRAFTS), open_by_craft),
        np.append(0, np.cumsum(open_by_craft)), np.full(vacancies, 30_000, np.int64), np.zeros(vacancies, np.uint8),
        NO_WAY, rules(skill_in_choice=0.5, first_ask=1.0, patience=0.01), target, wage, rank,
    )  # fmt: skip
    return declined, target, wage, rank


def test_an_application_does_not_depend_on_who_else_is_reckoned_with():
    """Equation 34: in two halves, or in another order, the same applications as all at once."""
    n = search.AT_A_TIME + 5_000
    state = market(n, 1)
    state.crew.spell_wage[...] = np.linspace(20_000, 40_000, n)
    state.crew.craft[::50] = 1  # who has no vacancy in reach
    everyone, half = np.arange(n), n // 3
    declined, *found = applications(state, everyone)
    parts = [applications(state, some) for some in (everyone[:half], everyone[half:])]
    there = found[0] >= 0
    assert 0.3 * n < there.sum() < 0.7 * n
    assert (found[0][::50] == -1).all()
    assert declined == sum(each[0] for each in parts) == (~there).sum() - everyone[::50].size
    for values, *halves in zip(found, *(each[1:] for each in parts), strict=True):
        assert np.array_equal(values[there], np.concatenate(halves)[there])
    _, *backwards = applications(state, everyone[::-1].copy())
    for values, turned in zip(found, backwards, strict=True):
        assert np.array_equal(values[there], turned[::-1][there])


def test_without_any_vacancy_nobody_applies_and_nobody_waits():
    state = market(100, 1)
    declined, target, _, _ = applications(state, np.arange(100), vacancies=0)
    assert declined == 0
    assert (target == -1).all()


# Calls by phone


def test_a_head_calls_contacts_newest_first_until_the_quota_is_filled():
    """Equation 32: six vacancies are all tried by phone; three contacts are free, nobody else comes."""
    state = market(10, 7)
    hire(state, [0])
    state.contacts[0, :4] = [5, 6, 7, 8]
    state.crew.ring[0] = 4
    state.crew.status[6] = Status.OUT
    assert phone(state, referral=1.0, reach=1.0) == 3
    assert [who for what, _, who in told(state) if what == "HIRED_BY_REFERRAL"] == [8, 7, 5]


def test_only_the_share_of_vacancies_that_heads_try_is_filled_by_phone():
    """Equation 32: half of four vacancies are two calls; a share of nothing, or nobody reached, is none."""
    for share, reach, hired in ((0.5, 1.0, 2), (0.0, 1.0, 0), (1.0, 0.0, 0)):
        state = market(10, 5)
        hire(state, [0])
        state.contacts[0, :6] = [1, 2, 3, 4, 5, 6]
        state.crew.ring[0] = 6
        assert phone(state, referral=share, reach=reach) == hired


def test_a_quota_is_rounded_by_chance_so_that_its_mean_is_the_share():
    """Equation 32: three quarters of one vacancy are a call in three titles of four."""
    n = 2000
    state = market(2 * n, *[2] * n)
    for row in range(n):
        hire(state, [row], row)
        state.contacts[row, 0] = n + row
        state.crew.ring[row] = 1
    assert phone(state, referral=0.75, reach=1.0) / n == pytest.approx(0.75, abs=0.03)


def test_a_studio_without_a_head_on_the_title_first_calls_the_one_it_worked_with_last():
    """Equation 32: the known head comes, and then calls the contact."""
    state = market(6, 3)
    state.known_heads[0, 0, 0] = 4
    state.contacts[4, 0] = 2
    state.crew.ring[4] = 1
    assert phone(state, referral=1.0, reach=1.0) == 2
    assert state.calls["head"][0, 0] == 4
    assert state.crew.status[[4, 2]].tolist() == [Status.ON_CALL] * 2


def test_titles_spread_evenly_over_the_divisions_of_a_studio():
    """Equation 70: of 5,000 titles each of ten divisions has a tenth; a tenth of a market has one division."""
    of_ten = [division_of(title, 10) for title in range(5_000)]
    assert set(of_ten) == set(range(10))
    assert np.bincount(of_ten) == pytest.approx(500, abs=80)
    assert {division_of(title, 1) for title in range(100)} == {0}
    assert [divisions_in(10, scale) for scale in (1.0, 0.25, 0.1, 0.01)] == [10, 2, 1, 1]


def test_a_division_knows_its_own_heads_and_not_those_of_another():
    """Equation 70: of two titles that lack a head the one of the remembering division calls the known one."""
    state = market(6, 1, 1)
    state.known_heads = np.full((1, 2, CRAFTS), -1, np.int32)
    other, own = sorted(state.order.tolist(), key=lambda row: division_of(int(state.productions.uid[row]), 2) == 1)
    assert division_of(int(state.productions.uid[other]), 2) == 0
    state.known_heads[0, 1, 0] = 4
    assert phone(state, referral=1.0, reach=1.0) == 1
    assert state.calls["head"][[other, own], 0].tolist() == [-1, 4]


def test_a_contact_who_would_lose_too_much_stays_at_home():
    """Equation 32: whoever last had 500 dollars a day and asks for 90 % of it does not come for 300."""
    state = market(3, 2)
    hire(state, [0])
    state.contacts[0, 0] = 1
    state.crew.ring[0] = 1
    state.crew.spell_wage[1] = 50_000
    assert phone(state, referral=1.0, reach=1.0, first_ask=0.9, patience_floor=0.6) == 0
    state.crew.spell_wage[1] = 33_000
    assert phone(state, referral=1.0, reach=1.0, first_ask=0.9, patience_floor=0.6) == 1


# Contacts


def known(state, worker):
    return [c for c in state.contacts[worker].tolist() if c >= 0]


def test_contacts_form_on_the_same_call_only():
    """Equation 33: the head and whoever joins know each other; someone on another title knows neither."""
    state = market(4, 3, 1)
    hire(state, [0, 1, 2])
    hire(state, [3], row=1)
    assert [sorted(known(state, worker)) for worker in range(4)] == [[1, 2], [0], [0], []]


def test_the_oldest_contact_is_overwritten_and_nobody_is_written_twice():
    """Equation 33: a head with room for two contacts keeps the last two of three."""
    state = market(4, 3)
    two = rules(contacts=2)
    hire(state, [0, 1, 2, 3], terms=two)
    assert sorted(known(state, 0)) == [2, 3]
    state = market(2, 2, 2)
    hire(state, [0, 1])
    state.productions.stage[0] = Stage.DELIVERED
    end(state)
    hire(state, [0, 1], row=1)
    assert known(state, 0) == [1]
    assert known(state, 1) == [0]
