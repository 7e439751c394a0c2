"""The Method page says of fit, rehearsal and forecast what the files that come with the app hold."""

import json
import re

import pytest

from experiments.forecasting import forecast_rows
from experiments.forecasting.rehearsal import ORIGINS
from tests.unit.viz.method.told import ROOT
from tests.unit.viz.seen import Seen
from viz.pages.method import ahead, reality

POSTERIOR, FORECAST = ROOT / "seeds" / "posterior", ROOT / "seeds" / "forecasts" / "2024-12.json"


@pytest.fixture(scope="module")
def text():
    return Seen(reality.tab().html).text


def test_the_middle_of_every_fitted_parameter_stands_there(text):
    for row in json.loads((POSTERIOR / "calibration.json").read_text())["parameters"]:
        told = re.escape(row["label"]) + r"\D.{0,50}?" + re.escape(f"{row['q50']:.3g}")
        assert re.search(told, text, re.DOTALL), row["label"]


def test_it_says_how_often_the_forecast_loses_and_shows_those_first(text):
    rows = [row for row in json.loads((POSTERIOR / "rehearsal.json").read_text())["rows"]
            if row["series"] in ahead.SHOWN and row["stratum"] == "open"]
    lost = won = 0
    for origin in {(row["series"], row["origin"], row["kind"]) for row in rows}:
        mine = {row["forecast"]: row["crps"] for row in rows if (row["series"], row["origin"], row["kind"]) == origin}
        best = min(value for name, value in mine.items() if name != "model")
        lost, won = lost + (mine["model"] > best), won + (mine["model"] <= best)
    assert f"it loses {lost} times and wins {won} times" in text
    assert lost + won == 4 * len(ORIGINS)
    if lost and won:
        assert text.index("model loses") < text.index("model wins", text.index("Forecasts made at past origins"))


def test_every_row_of_the_frozen_forecast_that_counts_stands_there(text):
    kept = forecast_rows.read(FORECAST)
    assert kept["hash"] in text
    assert kept["made_on"] in text
    for row in kept["rows"]:
        if row["kind"] == "unconditional" and row["series"] in ahead.SHOWN:
            assert f"{row['q50']:,.0f}" in text


