"""Axes have plain numbers, and k and M from a thousand on; words keep their capitals inside a sentence."""

import json

import numpy as np
import pytest

from experiments.answer.wording import uncapitalized
from experiments.charts import of_ai, of_forecast, of_futures
from experiments.charts.parts import number_format
from experiments.claims import charts as of_claims
from experiments.study.report import drawn


@pytest.mark.parametrize(("values", "written"), [
    ((-1.0, 0.3), ",.6~r"), ((0.0, 999.0), ",.6~r"), ((-1000.0, 3.0), ",.6~s"), ((), ",.6~r"), ((None, 5e6), ",.6~s"),
])
def test_numbers_below_a_thousand_are_plain(values, written):
    assert number_format(values) == written


def test_no_axis_of_small_numbers_counts_in_thousandths():
    half = [0.1, 0.5, 0.9]
    days = ["2027-01", "2027-02", "2027-03"]
    rows = [{"date": "2027-01", "q05": 0.1, "q25": 0.2, "q50": 0.3, "q75": 0.4, "q95": 0.5}]
    figures = [
        of_ai.ranges([("a", -0.7, -1.0, -0.4)], "", 10), of_ai.by_year([("a", [2027], [0.5], "model")], share=False),
        of_futures.difference(days, np.array([half, half]), "index"), of_futures.levels(days, [("a", np.array([half]))],
                                                                                        "index"),
        of_forecast.ahead({"2026-12": 0.4}, rows, "index"),
        drawn.histogram([0.0, 0.5, 1.0], [1, 2], [], "index"),
        of_claims.strip(half, [], 0.5, "ratio"), of_claims.bars(["a"], [0.5], [0.4], [0.6], "ratio"),
        of_claims.lines([2027], {"a": [0.5], "b": [0.2]}),
    ]  # fmt: skip
    for figure in figures:
        assert "~s" not in json.dumps(figure)


def test_large_numbers_have_k_and_m():
    figure = of_ai.ranges([("a", -7000.0, -9000.0, -400.0)], "", 10)
    assert figure["layout"]["xaxis"]["tickformat"] == ",.6~s"
    assert of_claims.bars(["a"], [0.5], [0.4], [0.6], "share")["layout"]["xaxis"]["tickformat"] == ".1~%"


def test_an_axis_of_dates_has_years():
    life = {"calls": [("2027-01-04", 10)], "away": []}
    assert of_ai.lives([("a", life, "model")], ["2026-04-13", "2036-03-31"])["layout"]["xaxis"]["tickformat"] == "%Y"


@pytest.mark.parametrize(("words", "inside"), [
    ("All titles made with AI", "all titles made with AI"), ("AI-first producer", "AI-first producer"),
    ("New crew-weeks of AI work", "new crew-weeks of AI work"), ("W3 less W0", "W3 less W0"),
    ("Los Angeles share of the work", "Los Angeles share of the work"), ("A larger credit", "a larger credit"),
    ("California credit allotted", "California credit allotted"), ("Job-finding rate", "job-finding rate"), ("", ""),
])
def test_words_inside_a_sentence_keep_abbreviations_and_names(words, inside):
    assert uncapitalized(words) == inside
