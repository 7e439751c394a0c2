"""What buyers order, what studios make of it, and where: worked examples for the equations of titles."""

import csv
import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from model import calendar
from model.mechanisms import demand, green_light, location, production, slates, stages
from model.parameters import Params
from model.state import books
from model.state.call_board import Productions, empty_calls
from model.state.crew import Crew
from model.state.state import State
from model.state.technique import no_technique
from model.vocabulary import Stage
from model.world import World

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
PULL = {"series": 1.0, "animation": 0.5, "cash": 0.5, "unscripted": 2.0, "commercial": 0.035}
JULY_2015 = calendar.week_of(date(2015, 7, 8))


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


# Orders and money


@pytest.mark.parametrize("driver", ["flat", "series", "animation", "cash", "unscripted", "commercial"])
def test_orders_are_reckoned_from_the_start_of_2015(driver):
    """Equation 1: the index of every driver is 1 at the start."""
    assert index(driver, 2015.0) == pytest.approx(1.0)


def test_series_follow_the_count_of_releases_a_lag_later():
    """Equation 1: a title ordered at the start of 2016 is counted in 2016.8, three tenths into a year."""
    fx = published("us_scripted_series_fx")
    start = fx[2015] + 0.3 * (fx[2016] - fx[2015])  # the release of what is ordered on the first day: 2015.8
    later = fx[2016] + 0.3 * (fx[2017] - fx[2016])
    assert index("series", 2016.0) == pytest.approx(later / start)
    assert index("animation", 2016.0) == pytest.approx((later / start) ** 0.5)


def test_what_no_driver_explains_raises_the_orders_of_its_group_alone():
    """Equation 67: 0.2 log points at the start of 2016 are 0.1 half a year before; other groups stay as they are."""
    groups = {"scripted": (0.0, 0.2), "unscripted": (0.0, 0.0), "short": (0.0,)}
    found = demand.unexplained(JULY_2015, JULY_2015 + 80, groups.items())
    kinds = table("kinds.csv", "kind")
    drivers = [row["driver"] for row in kinds.values()]
    series, flat = drivers.index("series"), drivers.index("flat")
    at = demand.decimal_year(JULY_2015) - 2015.0
    assert found[0, series] == pytest.approx(math.exp(0.2 * at))
    assert found[-1, series] == pytest.approx(math.exp(0.2))  # held after the last one
    assert (found[:, flat] == 1.0).all()
    assert (found[:, drivers.index("unscripted")] == 1.0).all()


@pytest.mark.parametrize("driver", ["series", "cash", "unscripted"])
def test_figures_that_are_not_known_yet_are_not_looked_at(driver):
    """Equation 1: with drivers known until the start of 2023 no figure of 2023 or later moves an order."""
    ahead = [index(driver, when, known_until=2023.0) for when in (2024.0, 2026.0, 2027.5)]
    assert ahead[0] == pytest.approx(ahead[-1])
    assert index(driver, 2020.0, known_until=2023.0) == pytest.approx(index(driver, 2020.0))


def test_orders_stand_in_for_releases_that_are_not_counted_yet():
    """Equation 1: at the end of 2024 the releases of 2025 are read from orders, later from their count."""
    orders, counted = published("us_original_series_by_orders")[2025], published("us_original_series_luminate")[2025]
    ratio = index("series", 2026.0, known_until=2025.0) / index("series", 2026.0, known_until=2026.0)
    assert ratio == pytest.approx(orders / counted)
    assert index("series", 2026.0, known_until=2024.0) > 1.3 * index("series", 2026.0, known_until=2025.0)


def test_before_spend_is_published_it_grows_as_assumed_and_then_holds():
    """Equation 1: the cash series begins in 2019, so a forecast made at the end of 2016 has only its early growth."""
    pull = {**PULL, "cash": 1.0}
    assert index("cash", 2016.0, known_until=2017.0, lag=0.0, pull=pull) == pytest.approx(1.02, abs=1e-3)
    assert index("cash", 2019.0, known_until=2017.0, lag=0.0, pull=pull) == pytest.approx(1.02**2)


def test_films_follow_cash_that_has_lost_the_inflation_of_costs():
    """Equation 1: 134.6 billion in 2022 are 119.7 of 2019, against 90.0 at the start; elasticity one half."""
    spend = published("content_cash_spend_moffettnathanson")
    real = spend[2022] / 1.04**3
    before = spend[2019] / 1.02**4.5  # the start of 2015 lies 4.5 years before the middle of 2019
    start = before + 0.8 / 4.5 * (spend[2019] - before)
    assert real == pytest.approx(119.66, abs=0.01)
    assert index("cash", 2021.7) == pytest.approx(math.sqrt(real / start))


def test_orders_without_an_elasticity_do_not_move_and_commercials_shrink_at_their_rate():
    """Equation 1: limiting cases."""
    still = PULL | {"cash": 0.0, "commercial": 0.0}
    assert index("cash", 2021.0, pull=still) == 1.0
    assert index("commercial", 2024.0, pull=still) == 1.0
    assert index("commercial", 2017.0) == 1.0
    assert index("commercial", 2020.0) == pytest.approx(math.exp(-0.07))


def test_a_series_is_continued_by_the_growth_of_another():
    """Equation 1: 10, 20 continued by 5, 10, 15 from the 5 on is 20, 40, 60."""
    years, values = demand.chained(
        (np.array([2000.0, 2001.0]), np.array([10.0, 20.0])),
        (np.array([2001.0, 2002.0, 2003.0]), np.array([5.0, 10.0, 15.0])),
    )
    assert years.tolist() == [2000, 2001, 2002, 2003]
    assert values.tolist() == [10, 20, 40, 60]


def test_a_kind_on_no_driver_gets_its_titles_spread_by_the_season():
    """Equation 2: titles a year over 52 weeks, times the month's weight, times the level."""
    kinds = table("kinds.csv", "kind")
    at = list(kinds).index("talk_variety")
    months = [
        float(table("seasons.csv", "pattern")[kinds["talk_variety"]["season"]][f"m{m:02d}"])
        for m in range(1, 13)
    ]
    by_hand = float(kinds["talk_variety"]["titles"]) / 52 * months[6] / (sum(months) / 12) * 1.2
    assert kinds["talk_variety"]["driver"] == "flat"
    assert demand.orders(JULY_2015, pull(level=1.2))[at] == pytest.approx(by_hand)


def pull(**changes):
    return demand.Pull.of(Params.load().demand)._replace(**changes)


def test_orders_are_proportional_to_the_level():
    """Equation 2: twice the level, twice the orders."""
    assert demand.orders(300, pull(level=1.4)) == pytest.approx(2 * demand.orders(300, pull(level=0.7)))


def test_money_is_orders_times_what_a_title_usually_costs_in_whole_cents():
    """Equation 3: 2 titles of 25 million dollars, usually made at 0.9 of that, are 4,500,000,000 cents."""
    money = demand.money(np.array([[2.0, 0.5]]), np.array([25e6, 10e6]), np.array([0.9, 1.0]))
    assert money.dtype == np.int64
    assert money.tolist() == [[4_500_000_000, 500_000_000]]


# Places


def logit(utility):
    worth = [math.exp(each) for each in utility]
    return [each / sum(worth) for each in worth]


def test_a_place_a_fifth_cheaper_takes_five_sixths_at_sensitivity_seven():
    """Equation 4: 0.8 to the power of -7 is 4.77, so of two equal habits it takes 4.77 / 5.77 = 0.827."""
    appeal = location.appeal(
        np.array([[0.5, 0.5]]), np.array([[1.0, 0.8]]), np.ones((1, 2)), 7.0, np.zeros((1, 2))
    )
    assert logit(appeal[0])[1] == pytest.approx(0.8267, abs=1e-4)


def test_without_sensitivity_habit_decides_and_crowding_is_log_points():
    """Equation 4: limiting cases."""
    habit, net, then = np.array([[0.6, 0.4]]), np.array([[1.0, 0.7]]), np.ones((1, 2))
    assert logit(location.appeal(habit, net, then, 0.0, np.zeros((1, 2)))[0]) == pytest.approx([0.6, 0.4])
    assert logit(location.appeal(habit, then, then, 9.0, np.zeros((1, 2)))[0]) == pytest.approx([0.6, 0.4])
    full = logit(location.appeal(habit, then, then, 9.0, np.array([[math.log(2), 0.0]]))[0])
    assert full == pytest.approx([0.3 / 0.7, 0.4 / 0.7])


def test_costs_net_of_incentives_fall_by_what_is_returned_on_the_part_in_reach():
    """Equation 27: a place at 0.9 that returns 20 % of a budget on half of a kind's titles costs 0.81."""
    net = location.net_ratios(np.array([1.0, 0.9]), np.array([0.0, 0.2]), np.array([1.0, 0.5, 0.0]))
    assert net == pytest.approx(np.array([[1.0, 0.72], [1.0, 0.81], [1.0, 0.9]]))


def test_relative_costs_drift_by_compound_rates():
    """Equation 27: one percent a year, scaled by three, over two years is 1.03 squared."""
    cost = location.cost_ratios(np.array([1.0, 0.8]), np.array([0.0, 0.01]), 2.0, 3.0)
    assert cost == pytest.approx([1.0, 0.8 * 1.0609])
    assert location.cost_ratios(np.array([0.8]), np.array([0.01]), 2.0, 0.0) == pytest.approx([0.8])


def test_places_are_taken_with_the_shares_of_a_logit():
    """Equation 28: 60,000 titles, utilities 0, ln 2 and ln 3: shares of one, two and three sixths."""
    n = 60_000
    chosen = location.choose_place(
        np.arange(n, dtype=np.int64), np.zeros(n, np.uint8), np.log([[1.0, 2.0, 3.0]]), 7
    )
    assert np.bincount(chosen, minlength=3) / n == pytest.approx([1 / 6, 2 / 6, 3 / 6], abs=0.006)


def test_a_title_keeps_its_tastes_so_that_a_dearer_place_only_loses():
    """Equation 28: whoever leaves the dearer place is the only one who moves."""
    uid, kind = np.arange(5000, dtype=np.int64), np.zeros(5000, np.uint8)
    before = location.choose_place(uid, kind, np.array([[0.0, 0.0, 0.0]]), 3)
    after = location.choose_place(uid, kind, np.array([[-0.5, 0.0, 0.0]]), 3)
    moved = before != after
    assert moved.any()
    assert (before[moved] == 0).all()
    assert (after[moved] != 0).all()


# Slates


def slate(hurdle=0.8, purse=1000, credit_purse=0, forced=None, **changes):
    """Five ideas of one studio and kind, of unlike worth, each for 400 cents."""
    n = 5
    ideas = {
        "rank": np.arange(n),
        "firm": np.zeros(n, np.int16),
        "kind": np.zeros(n, np.uint8),
        "worth": np.array([2.0, 1.5, 1.0, 0.9, 0.5]),
        "then": np.full(n, 400.0),
        "then_credit": np.full(n, 300.0),
        "charged": np.full(n, 400, np.int64),
        "charged_credit": np.full(n, 300, np.int64),
        "credit": np.full(n, 100, np.int64),
        "home_credit": np.ones(n, bool),
        "eligible": np.ones(n, bool),
        "forced": np.full(n, -1, np.int8) if forced is None else np.array(forced, np.int8),
    } | changes
    left, cap = np.array([[purse]], np.int64), np.array([credit_purse], np.int64)
    decision = green_light.choose_slate(*ideas.values(), hurdle, left, cap)
    return decision.tolist(), int(left[0, 0]), int(cap[0])


def test_the_best_ideas_are_made_until_the_purse_is_spent():
    """Equation 7: 1,000 cents pay for two titles of 400, and the third overdraws the purse."""
    assert slate() == ([1, 1, 1, 0, 0], -200, 0)


def test_an_idea_below_the_hurdle_waits_however_full_the_purse():
    """Equation 7: worth 0.9 clears a hurdle of 0.8 and worth 0.5 does not."""
    assert slate(purse=100_000)[0] == [1, 1, 1, 1, 0]
    assert slate(purse=100_000, hurdle=1.2)[0] == [1, 1, 0, 0, 0]


def test_cheaper_titles_clear_the_hurdle_more_easily_and_more_of_them_are_paid_for():
    """Equation 7: at half the cost even worth 0.5 returns 1.0, and 1,000 cents pay for five titles of 200."""
    assert slate(charged=np.full(5, 200, np.int64)) == ([1, 1, 1, 1, 1], 0, 0)


def test_the_credit_goes_to_the_best_until_its_cap_is_spent():
    """Equation 7: 150 cents of cap serve two titles of 100, at 300 instead of 400; the third pays in full."""
    assert slate(credit_purse=150) == ([2, 2, 1, 0, 0], 0, -50)


def test_the_credit_needs_a_kind_that_may_apply_and_a_place_in_california():
    """Equation 7: who may not apply, or would not come, pays in full."""
    away = np.array([False, True, True, True, True])
    unfit = np.array([True, False, True, True, True])
    assert slate(credit_purse=1000, home_credit=away, eligible=unfit)[0] == [1, 1, 2, 0, 0]


def test_a_studio_with_its_own_decision_is_not_asked_by_the_rule():
    """Equation 7: a forced title is made below the hurdle and a refused one is not made above it."""
    assert slate(purse=100_000, forced=[0, -1, -1, -1, 1])[0] == [0, 1, 1, 1, 1]


def arrive(expected, week=3, dispersion=0.5, size_sd=0.3, seed=1):
    size = np.array([size_sd])
    return green_light.ideas_arrive(
        np.array([[float(expected)]]), np.array([4]), week, seed, dispersion, size
    )


def test_ideas_come_in_poisson_numbers_around_what_is_expected():
    """Equation 24: mean and variance of the count are what is expected."""
    counts = [arrive(20.0, week).uid.size for week in range(2000)]
    assert np.mean(counts) == pytest.approx(20.0, abs=0.35)
    assert np.var(counts) == pytest.approx(20.0, rel=0.12)


def test_the_worth_of_ideas_has_median_one_and_the_dispersion_asked_for():
    """Equation 24: the logarithm of worth is symmetric around nothing; sizes average about one."""
    ideas = arrive(500.0)
    pooled = [arrive(500.0, week) for week in range(100)]
    worth = np.log(np.concatenate([each.worth for each in pooled]))
    size = np.concatenate([each.size for each in pooled])
    assert np.median(worth) == pytest.approx(0.0, abs=0.01)
    assert worth.std() == pytest.approx(0.5, abs=0.01)
    assert np.log(size).std() == pytest.approx(0.3, abs=0.01)
    assert size.mean() == pytest.approx(1.0, abs=0.02)
    assert np.unique(ideas.uid).size == ideas.uid.size


def test_more_ideas_are_the_same_ideas_and_some_more():
    """Equation 24: an idea keeps identity, worth and size in a world with more of them."""
    few, many = arrive(10.0), arrive(15.0)
    assert few.uid.size < many.uid.size
    for name in few._fields:
        assert getattr(many, name)[: few.uid.size].tolist() == getattr(few, name).tolist()


@pytest.fixture(scope="module")
def world():
    from model.levers import Levers

    terms = Params.load().override({"demand.noise": 0.0, "location.project_cap": 60.0})
    return World(terms, Levers(), seed=5, scale=10.0)


def market(world):
    return State(Crew(4), world.firms.n, world.kinds.n, world.crafts.n)


def test_a_purse_gets_its_share_of_the_money_less_what_is_held_back_for_stalled_titles(world):
    """Equation 25: with half of a kind stopped, half of its money stays with the buyers."""
    policy, kind = world.policy(0), 2
    everything = world.money[world.at(0), kind]
    state, halted = market(world), market(world)
    slates.fill_purses(state, policy, world)
    assert state.purse[:, kind] == pytest.approx(world.firms.share[:, kind] * everything, abs=1)
    halted.stalled[kind] = 0.5
    slates.fill_purses(halted, policy, world)
    held = 0.5 * world.params.green_light.stalled_money
    assert halted.purse[:, kind].sum() == pytest.approx((1 - held) * everything, abs=world.firms.n)


def test_a_purse_that_is_never_opened_lapses_at_its_weeks(world):
    """Equation 25: a kind's purses never exceed so many weeks of its money and two titles, the cap not half a year."""
    state, policy = market(world), world.policy(0)
    for _ in range(200):
        slates.fill_purses(state, policy, world)
    most = world.money[world.at(0)] * world.params.green_light.purse_weeks + 2 * 100 * world.kinds.budget
    assert state.purse.sum(axis=0) == pytest.approx(most, rel=1e-6, abs=world.firms.n)
    half_a_year = policy.credit_cap_usd * 100 * world.scale / 2
    assert state.credit_purse[0] == pytest.approx(half_a_year, rel=1e-6)


def test_a_credit_is_its_rate_on_the_qualified_part_up_to_the_cap_of_a_title(world):
    """Equation 26: half of 48 million are 24 million, and of 150 million no more than half of the cap."""
    state, policy = market(world), world.policy(0)
    policy.credit_rate, policy.credit_base_share = 0.5, 1.0  # so that many come, and large ones reach the cap
    state.purse[:] = 10**15
    state.credit_purse[0] = 10**15
    made = slates.green_light_titles(state, policy, world, [])
    p, kinds = state.productions, world.kinds
    grown = (1 + world.params.production.crew_growth) ** (4 / 365.25)  # crews since the first day of 2015
    usual = kinds.budget[p.kind] * 100 * p.size / grown
    cap = world.params.location.project_cap * 1e8
    by_hand = policy.credit_rate * np.minimum(policy.credit_base_share * usual, cap)
    credited = p.credited == 1
    assert 0 < credited.sum() == made["credited"].sum()
    assert kinds.credit[p.kind[credited]].all()
    assert 0 < (usual[credited] > cap).sum() < credited.sum()
    assert p.incentive[credited] == pytest.approx(by_hand[credited], rel=1e-6, abs=1)
    assert not p.incentive[~credited].any()
    georgia = table("places.csv", "place")["georgia"]
    returned = location.incentives(0)[2] * world.params.location.georgia
    reach = np.array([float(row["incentive_reach"]) for row in table("place_habits.csv", "kind").values()])
    there = p.place == 2
    net = float(georgia["cost"]) * (1 - returned * reach[p.kind[there]])
    assert there.any()
    assert p.budget[there] == pytest.approx(usual[there] * net, rel=1e-3)  # costs drift from the first day
    home = p.place == production.LOS_ANGELES
    assert p.budget[home] == pytest.approx(usual[home], rel=1e-6, abs=1)


# Productions


def test_a_stage_takes_a_quarter_more_or_less_than_usual_and_never_less_than_a_week():
    """Equation 5: 20 weeks become 15 to 25; a stage that takes no time takes none."""
    assert [stages.stage_weeks(20, u) for u in (0.0, 0.5, 0.999)] == [15, 20, 25]
    assert [stages.stage_weeks(1, u) for u in (0.0, 0.999)] == [1, 1]
    assert stages.stage_weeks(0, 0.5) == 0
    assert np.mean(
        [stages.stage_weeks(20, u) for u in np.linspace(0.0005, 0.9995, 1000)]
    ) == pytest.approx(20)


def test_the_people_called_are_the_usual_number_times_the_size_on_average():
    """Equation 6: 5.2 people at size 1.5 are 7.8, so 7 one time in five and 8 otherwise."""
    called = [stages.people_called(5.2, 1.5, u) for u in np.linspace(0.0005, 0.9995, 1000)]
    assert set(called) == {7, 8}
    assert np.mean(called) == pytest.approx(7.8)
    assert stages.people_called(0.0, 3.0, 0.9) == 0


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


def test_a_shock_stops_its_share_of_what_it_reaches_and_lets_titles_resume_one_by_one():
    """Equation 29: a title has one number; it is stopped while that is below the severity."""
    shoots = titles_in(Stage.SHOOT, 4000)
    most, count = halted(shoots, 0.6)
    assert count / 4000 == pytest.approx(0.6, abs=0.025)
    fewer, _ = halted(shoots, 0.3)
    assert fewer < most
    assert halted(shoots, 1.0)[1] == 4000
    assert halted(shoots, 0.0)[1] == 0
    assert halted(titles_in(Stage.POST, 100), 1.0)[1] == 0


def test_of_two_shocks_the_larger_counts():
    """Equation 29: severities of 0.3 and 0.6 stop what 0.6 stops, not 0.9 and not 0.72."""
    shoots = titles_in(Stage.SHOOT, 4000)
    alone, _ = halted(shoots, 0.6)
    both, _ = halted(shoots, 0.3, 0.6)
    assert both == alone


def advance(productions, capacity, needed=2.0, crafts=24):
    n = productions.count
    calls = empty_calls(n, crafts)
    crew_size, weeks = np.zeros((4, 1, crafts)), np.full((1, 4), 3, np.int64)
    order, local = np.arange(n, dtype=np.int32), np.ones((2, 4))
    written, budgets = books.empty(books.BOOK, n, crafts), books.empty(books.BUDGET, n)
    pay, days = np.zeros((1, crafts), np.int64), np.full((1, crafts), 5, np.uint8)
    return production.advance(
        productions.records, calls, written, budgets, order, crew_size, weeks, local, np.array([needed]),
        float(capacity), no_technique(crafts, 1), pay, days, False, 9,
    )


def test_a_title_waits_for_a_free_stage_and_the_oldest_goes_first():
    """Equation 30: six stages, each title takes two: three of five go on to shoot, two wait a week."""
    ready = titles_in(Stage.PREP, 5)
    assert advance(ready, 6.0) == (0, 2)
    assert ready.stage.tolist() == [Stage.SHOOT] * 3 + [Stage.PREP] * 2
    assert ready.weeks_left.tolist()[3:] == [1, 1]


def test_a_stage_is_free_again_when_its_shoot_ends_and_titles_elsewhere_need_none():
    """Equation 30: shoots in their last week give their stages back at once."""
    mixed = titles_in(Stage.PREP, 4)
    mixed.stage[:2] = Stage.SHOOT
    mixed.weeks_left[:2] = [1, 5]
    assert advance(mixed, 4.0) == (0, 1)
    assert mixed.stage.tolist() == [Stage.POST, Stage.SHOOT, Stage.SHOOT, Stage.PREP]
    away = titles_in(Stage.PREP, 5, place=3)
    assert advance(away, 0.0) == (0, 0)


def test_a_week_of_work_takes_a_week_off_every_title_that_is_not_stopped():
    """Equation 30: three weeks left become two; a stopped title keeps its three; the last stage delivers."""
    some = titles_in(Stage.POST, 3, weeks_left=3)
    some.halted[1] = 1
    some.weeks_left[2] = 1
    assert advance(some, 9.0) == (1, 0)
    assert some.weeks_left.tolist()[:2] == [2, 3]
    assert some.stage.tolist() == [Stage.POST, Stage.POST, Stage.DELIVERED]
