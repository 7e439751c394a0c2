"""Measures of AI are declared as the others, are nothing where nobody uses it, and are what their words say."""

from dataclasses import replace

import numpy as np
import pytest

from model import measures, measures_ai
from model.measures import measure
from model.measures_ai import by_year_and_craft
from model.state.books import CELL, EFFECT, TITLE
from model.state.events import Entry
from model.state.turns import MADE, STOCK
from model.tables import AI_CRAFT, crafts
from model.vocabulary import Area

OF_EVERY_WORLD = {"output_concentration", "spend_concentration", "skill", "apprentices", "quality"}
OF_AI = [each[0] for each in measures_ai.DECLARED]
NEW = crafts().names.index(AI_CRAFT)


def yearly(recording, name, year):
    return measure(name).yearly(recording)[year]


def totals(recording, name):
    return measure(name).weekly(recording).sum()


@pytest.fixture(scope="module")
def mine(ai_pairs):
    return ai_pairs[0][0]


@pytest.fixture(scope="module")
def other(ai_pairs):
    return ai_pairs[0][1]


@pytest.fixture(scope="module")
def by_hand(mine):
    """Two titles of 2027 by hand, and the stock of two crafts."""
    titles = np.zeros(2, TITLE)
    titles["year"], titles["ai"] = 2027, [0, (1 << Area.SHOOT) | (1 << Area.POST)]
    cells = np.zeros(2, CELL)
    cells["title"], cells["craft"], cells["worked"], cells["planned"] = [0, 1], [2, 3], [60, 30], [60, 40]
    effects = np.zeros(1, EFFECT)
    effects["title"], effects["craft"], effects["displacement"] = 1, 3, -120
    stock = np.zeros(2, STOCK)
    stock["year"], stock["craft"], stock["workers"] = 2027, [2, 3], [30, 10]
    stock["skill"], stock["apprentices"] = [24.0, 4.0], [5, 1]
    made = np.zeros(1, MADE)
    made["year"], made["skill"], made["automated"], made["capability"] = 2027, 0.7, 0.25, 0.6
    tables = {"titles": titles, "cells": cells, "effects": effects, "stock": stock, "made": made}
    return replace(mine, tables={**mine.tables, **tables})


def test_all_are_declared_with_unit_and_definition():
    declared = measures.measures()
    assert set(OF_AI) <= set(declared)
    assert len(set(OF_AI)) == len(OF_AI)
    for name in OF_AI:
        one = declared[name]
        assert one.label
        assert one.unit
        assert one.definition
        assert one.over in ("mean", "sum")


@pytest.mark.parametrize("name", OF_AI)
def test_where_nobody_uses_ai_it_is_nothing_and_where_all_do_it_is_something(name, mine, other):
    weekly = measure(name).weekly(mine)
    assert weekly.shape == (mine.weeks,)
    assert weekly.any() or name == "crew_weeks_self_financed"
    assert measure(name).weekly(other).any() == (name in OF_EVERY_WORLD)


def test_the_automated_share_by_hand(by_hand):
    assert yearly(by_hand, "automated_share", 2027) == pytest.approx(10 / 100)  # 120 twelfths displaced, 90 worked
    assert yearly(by_hand, "automated_share", 2028) == 0


def test_what_a_year_made_is_in_its_books_and_in_no_other_years(mine):
    """Also stages that begin in a year's first week: nothing of them is left to the year before."""
    t = mine.tables
    ended = t["made"]["year"][t["made"]["capability"] > 0.0]
    for year in ended.tolist():
        worked = t["cells"]["worked"][t["titles"]["year"][t["cells"]["title"]] == year].sum()
        of_effects = t["titles"]["year"][t["effects"]["title"]] == year
        displaced = -t["effects"]["displacement"][of_effects].sum() / 12
        made = t["made"]["automated"][t["made"]["year"] == year]
        assert made == pytest.approx([displaced / (worked + displaced)], rel=1e-12)
    assert ended.size > 2


def test_books_by_year_and_craft_by_hand(by_hand):
    found = by_year_and_craft(by_hand, "cells", "worked", [2026, 2027])
    assert found.shape == (2, crafts().n)
    assert found[1, 2] == 60
    assert found[1, 3] == 30
    assert found.sum() == 90
    assert by_year_and_craft(replace(by_hand, tables={}), "cells", "worked", [2027]).sum() == 0


def test_resistance_takes_from_a_title_as_much_as_ai_did_of_it(by_hand):
    share = 0.05 * 10 / 110  # ten crew-weeks displaced of those that stages of the year were to take: 100 are left
    assert yearly(by_hand, "resistance", 2027) == pytest.approx(share)
    scenario = {**by_hand.manifest["scenario"], "overrides": {"ai_quality.resistance": 0.3}}
    told = replace(by_hand, manifest={**by_hand.manifest, "scenario": scenario})
    assert yearly(told, "resistance", 2027) == pytest.approx(6 * share)


def test_skill_apprentices_and_quality_by_hand(by_hand):
    assert yearly(by_hand, "skill", 2027) == pytest.approx(28 / 40)
    assert yearly(by_hand, "apprentices", 2027) == pytest.approx(6 / by_hand.scale)
    assert yearly(by_hand, "quality", 2027) == pytest.approx(0.78)  # 0.6 · 0.7 + 0.4 · 0.9


def test_a_late_start_counts_only_the_benefits_of_its_own_weeks(mine):
    drawn = mine.series["ledger"][-1, Entry.BENEFITS - 1] - mine.manifest["opening"][Entry.BENEFITS - 1]
    assert measure("benefits_musd").weekly(mine).sum() == pytest.approx(drawn / mine.scale / 1e8)
    assert mine.manifest["opening"][Entry.BENEFITS - 1] > drawn


def test_jobs_in_the_new_craft_are_its_people_on_calls(mine):
    assert totals(mine, "ai_jobs") == pytest.approx(mine.series["on_call"][:, NEW].sum() / mine.scale)


def test_crew_weeks_of_producers_are_paid_by_investors_or_by_titles(mine):
    paid = totals(mine, "crew_weeks_on_capital") + totals(mine, "crew_weeks_self_financed")
    assert paid == pytest.approx(mine.series["crew_of_producers"].sum() / mine.scale, rel=1e-5)


def test_capital_raised_is_what_the_producers_have_at_the_end(mine):
    assert totals(mine, "ai_capital_musd") == pytest.approx(mine.series["raised"][-1].sum() / mine.scale / 1e8)


def test_concentration_is_one_for_a_single_owner_and_a_quarter_for_four_alike(mine):
    titles = np.zeros((mine.weeks, 4), np.int16)
    titles[:, 0] = 3
    alone = replace(mine, series={**mine.series, "titles_by_owner": titles})
    assert yearly(alone, "output_concentration", 2028) == 1.0
    alike = replace(mine, series={**mine.series, "titles_by_owner": np.ones((mine.weeks, 4), np.int16)})
    assert yearly(alike, "output_concentration", 2028) == pytest.approx(0.25)


def test_recordings_from_before_ai_have_none_of_it(mine):
    manifest = {**mine.manifest, "crafts": [name for name in crafts().names if name != AI_CRAFT]}
    before = replace(mine, tables={}, series={"on_call": mine.series["on_call"]}, manifest=manifest)
    for name in OF_AI:
        assert not measure(name).weekly(before).any()
