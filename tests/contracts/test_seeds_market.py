"""Crafts, kinds, places, firms, seasons and districts are of one market: names agree, and shares sum to one."""

from datetime import date

import pytest

from model.tables import AI_CRAFT, HOME
from tests.contracts.planted import CRAFTS, KIND_NAMES, PARAMS, PLACE_NAMES, PRODUCED, STAGES, TREES, number, table


def test_the_crafts_are_about_two_dozen_and_hold_a_workforce_of_the_right_size():
    assert 20 <= len(CRAFTS) <= 30
    assert len({row["craft"] for row in CRAFTS}) == len(CRAFTS)
    heads = sum(number(row["headcount"]) for row in CRAFTS)
    low, high = PARAMS.about("population.attached").range
    assert low <= heads <= high
    assert {row["line"] for row in CRAFTS} == {"above", "below"}
    assert all(6 <= number(row["day_hours"]) <= 14 for row in CRAFTS)
    plans = TREES["contracts.yaml"]["scale_raises"]
    assert {row["plan"] for row in CRAFTS} <= plans.keys()


def test_no_craft_holds_more_than_a_fifth_of_the_workforce():
    heads = {row["craft"]: number(row["headcount"]) for row in CRAFTS}
    assert heads.pop(AI_CRAFT) == 0, "the new craft has nobody in 2015"
    heads = list(heads.values())
    assert min(heads) > 0
    assert max(heads) / sum(heads) < 0.2


def test_ties_join_two_crafts_there_are_and_only_once():
    known = {row["craft"] for row in CRAFTS}
    pairs = [frozenset((row["one"], row["other"])) for row in table("craft_ties.csv")]
    assert all(pair <= known and len(pair) == 2 for pair in pairs)
    assert len(set(pairs)) == len(pairs)
    assert all(0 < number(row["closeness"]) <= 1 for row in table("craft_ties.csv"))


def test_every_kind_of_production_calls_a_crew_in_every_stage_it_goes_through():
    calls = table("crew_calls.csv")
    short = {"development": "dev"}
    wrong = []
    for row in PRODUCED:
        for stage in STAGES:
            called = sum(number(call[row["kind"]]) for call in calls if call["stage"] == stage)
            weeks = number(row[f"{short.get(stage, stage)}_weeks"])
            if (called > 0) != (weeks > 0):
                wrong.append(f"{row['kind']} takes {weeks:g} weeks of {stage} and calls {called:g} people")
        assert sum(number(call[row["kind"]]) for call in calls) > 0
    assert not wrong, "\n".join(wrong)


def test_every_craft_is_called_by_some_kind_and_every_call_is_of_a_known_craft():
    calls = table("crew_calls.csv")
    called = {row["craft"] for row in calls if any(number(row[kind]) > 0 for kind in KIND_NAMES)}
    assert called == {row["craft"] for row in CRAFTS} - {AI_CRAFT}, "AI titles alone call the new craft"
    assert all(row["stage"] in STAGES for row in calls)
    cells = [(row["stage"], row["craft"]) for row in calls]
    assert len(set(cells)) == len(cells)


def test_a_call_is_of_one_to_seven_days_a_week():
    days = {row["craft"]: [number(row[kind]) for kind in KIND_NAMES] for row in table("crew_days.csv")}
    assert set(days) == {row["craft"] for row in CRAFTS}
    assert all(day == int(day) and 1 <= day <= 7 for row in days.values() for day in row)


def test_a_kind_has_shares_between_none_and_all_and_a_positive_budget():
    for row in PRODUCED:
        assert 0 <= number(row["location_share"]) <= 1, row["kind"]
        assert 0 < number(row["tier"]) <= 1, row["kind"]
        assert number(row["budget_low"]) > 0, row["kind"]
        assert number(row["titles_low"]) > 0, row["kind"]
        assert number(row["shoot_days_per_week"]) <= 7, row["kind"]


def test_habits_of_place_sum_to_one_for_every_kind():
    habits = {row["kind"]: row for row in table("place_habits.csv")}
    assert list(habits) == KIND_NAMES
    for kind, row in habits.items():
        assert sum(number(row[place]) for place in PLACE_NAMES) == pytest.approx(1.0, abs=0.01), kind
        assert 0 <= number(row["incentive_reach"]) <= 1, kind


def test_competing_places_have_dated_incentives_of_their_own():
    rows = table("incentives.csv")
    assert {row["place"] for row in rows} == set(PLACE_NAMES)
    assert len(PLACE_NAMES) >= 7  # Los Angeles and six others at least
    for place in PLACE_NAMES:
        starts = [date.fromisoformat(row["from"]) for row in rows if row["place"] == place]
        assert starts == sorted(set(starts)), f"{place}: the dates are out of order or given twice"
        assert starts[0] <= date(2015, 1, 5), f"{place} has no terms for the first week"
    for row in rows:
        assert 0 <= number(row["effective"]) <= number(row["nominal_rate"]) <= 1, row["program"]
        assert 0 < number(row["base_share"]) <= 1, row["program"]
        assert (row["title_cap_usd_million"] != "") == (row["place"] in HOME), row["program"]


def test_the_firms_of_a_kind_hold_all_of_its_spend():
    for kind in KIND_NAMES:
        shares = [number(row[kind]) for row in table("firms.csv")]
        assert min(shares) >= 0
        assert sum(shares) == pytest.approx(1.0, abs=0.01), kind


def test_seasons_have_twelve_positive_months_and_every_kind_follows_one():
    months = [f"m{month:02d}" for month in range(1, 13)]
    seasons = {row["pattern"]: [number(row[month]) for month in months] for row in table("seasons.csv")}
    assert {row["season"] for row in PRODUCED} <= seasons.keys()
    for pattern, weights in seasons.items():
        assert min(weights) > 0, pattern
        assert sum(weights) / 12 == pytest.approx(1.0, abs=0.02), pattern


def test_districts_hold_all_homes_and_all_work():
    rows = table("districts.csv")
    assert sum(number(row["crew_share"]) for row in rows) == pytest.approx(1.0, abs=0.01)
    assert sum(number(row["production_share"]) for row in rows) == pytest.approx(1.0, abs=0.01)


def test_fixed_staff_is_given_for_every_month_from_2015_to_2024():
    months = [row["month"] for row in table("fixed_staff.csv")]
    assert months == [f"{year}-{month:02d}" for year in range(2015, 2025) for month in range(1, 13)]
