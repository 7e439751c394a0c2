"""What is planted about generative AI is complete and in order, and every claim has its rule beforehand."""

from datetime import date

from model import units
from model.tables import AI_CRAFT
from tests.contracts.planted import CRAFTS, TREES, number, table

TOOLS = {"visual_models", "cloud_compute", "scheduling"}


def test_every_craft_has_a_technical_share_and_one_of_the_three_tools():
    rows = table("ai/technical_share.csv")
    assert [row["craft"] for row in rows] == [row["craft"] for row in CRAFTS if row["craft"] != AI_CRAFT]
    assert all(0 <= number(row["low"]) and number(row["high"]) <= 1 for row in rows)
    assert {row["tool"] for row in rows} == TOOLS
    assert all(row["why"] for row in rows)


def test_outages_are_in_the_order_of_their_dates_and_of_three_hours_or_more():
    rows = table("ai/outages.csv")
    dates = [date.fromisoformat(row["date"]) for row in rows]
    assert dates == sorted(set(dates))
    assert all(number(row["hours"]) >= 3 for row in rows)


def test_a_series_of_technology_is_in_the_order_of_its_years():
    series = {}
    for row in table("ai/adoption_of_technology.csv"):
        series.setdefault(row["series"], []).append(number(row["year"]))
    assert all(years == sorted(set(years)) for years in series.values())


def test_a_figure_from_outside_has_a_known_unit_and_a_reason():
    for name, figure in TREES["ai/outside.yaml"].items():
        assert units.base_unit(figure["unit"]) in units.UNITS, name
        assert {"label", "value", "kind", "source", "why"} <= figure.keys(), name


def test_no_claim_of_the_article_is_dropped_and_each_has_its_rule_beforehand():
    claims = TREES["claims.yaml"]
    assert list(claims) == [f"C{number}" for number in range(1, 12)]
    for name, claim in claims.items():
        assert claim["kind"] in ("claim", "doubt"), name
        for key in ("statement", "who", "measure", "rule", "source", "about"):
            assert claim[key], f"{name} has no {key}"
