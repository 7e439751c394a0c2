"""The model beside figures from outside: what is compared, how it stands, and that the model does not read them."""

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from experiments.answer import outside
from experiments.answer.outside import COMPARISONS, Outside, figures, heard_by, verdict
from model.measures_ai import automated_by_year
from model.state.technique import EVERY_AREA
from model.tables import exposure, kinds

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def taken(ai_pairs):
    found = Outside(crew_scale=1.0)
    found.take(ai_pairs[0][0])
    return found


def row_of(summary, what):
    return next(row for row in summary["outside"] if row["what"].startswith(what))


def test_every_figure_of_the_technical_share_the_saving_and_the_feature_stands_beside_the_model(ai_summary):
    compared = {row["figure"] for row in ai_summary["outside"]}
    left_out = {"feature_cast", "feature_other_crew"}  # no weeks are known of them, so no labor
    left_out |= {"wages_of_qualified_spend"}  # stands beside the credit in reports of studies
    assert compared == set(figures()) - left_out
    assert {row["figure"] for row in ai_summary["outside"]} == {each.figure for each in COMPARISONS}
    for row in ai_summary["outside"]:
        assert row["outside"] == figures()[row["figure"]]["value"]
        assert row["kind"] in ("claim", "estimate")
        assert row["says"].endswith(".")


def test_the_share_of_tasks_is_weighted_by_the_work_of_the_first_year(ai_pairs, taken):
    work = ai_pairs[0][0].series["on_call"][:52].sum(axis=0)
    expected = sum(int(w) * t for w, t in zip(work, exposure().technical, strict=True)) / work.sum()
    assert taken.technical == [pytest.approx(expected)]
    assert taken.automated == [automated_by_year(ai_pairs[0][0])[2026]]


def test_what_is_saved_of_all_spend_is_that_of_titles_delivered_by_2030(ai_pairs, taken):
    mine = ai_pairs[0][0]
    year = mine.dates.astype("datetime64[Y]").astype(int) + 1970
    finished = mine.tables["finished"]
    early = finished[year[finished["week"] - mine.first_week] <= 2030]
    assert 0 < early.size < finished.size
    spent = early["shadow"].sum() - early["spent"].sum() - early["incentive_shadow"].sum() + early["incentive"].sum()
    assert taken.saved == pytest.approx(spent)
    assert taken.spent == pytest.approx(mine.series["spend_by_owner"][year <= 2030].sum(dtype=float))


def test_features_made_with_ai_at_every_stage_are_counted_one_by_one(ai_pairs):
    mine = ai_pairs[0][0]
    finished = mine.tables["finished"].copy()
    at_home = np.flatnonzero(finished["place"] == 0)
    finished["kind"][at_home], finished["ai"][at_home] = kinds().names.index("studio_feature"), EVERY_AREA
    found, days, work = Outside(crew_scale=1.0), [], 0
    found.take(replace(mine, tables={**mine.tables, "finished": finished}))
    for title in finished:
        if kinds().names[title["kind"]] == "studio_feature" and title["ai"] == EVERY_AREA:
            days.append(5.0 * title["shoot_weeks"])
            cells = mine.tables["cells"]
            here = mine.tables["titles"]["uid"][cells["title"]] == title["uid"]
            work += int(cells["worked"][here].sum()) if title["place"] == 0 else 0
    assert len(days) >= at_home.size == found.made_here
    assert found.shoot_days == days
    assert found.ai_weeks + found.other_weeks == work
    assert 0 < found.ai_weeks < work


def test_the_savings_are_those_of_the_accounts(ai_summary):
    for what, account in (("Saving on titles made with AI", "saved_dollar"),
                          ("Saving on titles of AI-first", "saved_dollar_producers")):
        realised = ai_summary["accounts"][account]["realised"]
        budget = ai_summary["accounts_over_futures"][account]["budget_usd"]["mean"]
        assert row_of(ai_summary, what)["model"] == pytest.approx(realised / budget)


@pytest.mark.parametrize(
    ("value", "stands"), [(None, "none"), (0.74, "below"), (0.75, "alike"), (1.25, "alike"), (1.3, "above")]
)
def test_a_figure_stands_below_alike_or_above(value, stands):
    assert verdict(value, 0.75, 1.25) == stands


def test_what_does_not_match_is_said_in_words(ai_summary):
    for row in ai_summary["outside"]:
        low = row["low"] if row["low"] is not None else 0.75 * row["outside"]
        high = row["high"] if row["high"] is not None else 1.25 * row["outside"]
        assert row["verdict"] == verdict(row["model"], low, high)
        assert ("The model has" in row["says"]) == (row["verdict"] in ("below", "above"))
    assert row_of(ai_summary, "Share of crew-weeks that AI did")["verdict"] == "below"


def test_parameters_that_heard_the_same_source_are_named():
    assert "ai_producer.announced_saving" in heard_by("fbrc-2025")
    assert heard_by("cvl-share-2024 cvl-definition-2024") == ()
    each = {*heard_by("fbrc-2025"), *heard_by("killing-satoshi-crew")}
    assert set(heard_by("fbrc-2025 killing-satoshi-crew")) == each


def test_no_part_of_the_model_reads_the_figures():
    readers = []
    for path in (ROOT / "model").rglob("*.py"):
        if path.name == "digest.py":  # names it as no part of results
            continue
        texts = [node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                 if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        readers += [path.name for text in texts if "outside.yaml" in text]
    assert readers == []


def test_a_world_without_ai_has_nothing_to_hold_beside(ai_pairs):
    found = Outside(crew_scale=1.0)
    found.take(ai_pairs[0][1])
    assert found.automated == [0.0]
    assert found.shoot_days == []
    assert np.isfinite(found.spent)
    assert outside._saved_of_all(found) == 0.0
