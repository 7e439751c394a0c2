"""The model's ensembles as forecasts: dates, names, the survey's error, rows; and runs from a conditioned state."""

from datetime import date

import numpy as np
import pytest

from experiments import history
from experiments.calibration.runs import Runs
from experiments.forecasting import unexplained
from experiments.forecasting.ensemble import CONDITIONAL, UNCONDITIONAL, Ensemble, Origin, forecast, stops_after
from experiments.forecasting.forecast_rows import checked
from experiments.forecasting.of_model import dates, everything, names_in_runs, of_model, rows_of, whole_quarter
from experiments.forecasting.series import JOBS
from model.scenario import Scenario

MEMBERS = 400


@pytest.fixture(scope="module")
def ensemble():
    """Every member says 1,000 of everything but for one that failed."""
    numbers = {name: np.full(MEMBERS, 1000.0) for name in everything("2025-01", "2025-12")}
    for values in numbers.values():
        values[7] = np.nan
    return Ensemble(Origin(2024, UNCONDITIONAL), numbers, np.zeros((MEMBERS, 3, 14)), [1.0])


def test_quarters_go_by_their_first_month_and_lie_inside():
    assert dates(JOBS, "2025-01", "2025-03") == ("2025-01", "2025-02", "2025-03")
    assert dates("shoot_days_tv", "2025-01", "2025-08") == ("2025-01", "2025-04")
    assert names_in_runs("shoot_days_tv", ("2025-10",)) == ["days.tv.2025Q4"]
    assert names_in_runs(JOBS, ("2025-10",)) == ["jobs.2025-10"]


def test_members_are_as_the_survey_would_publish_them_and_no_level_is_shifted(ensemble):
    found = of_model(ensemble, JOBS, ("2025-01", "2025-02")).ensemble
    assert found.shape == (MEMBERS - 1, 2)
    assert found.mean() == pytest.approx(1000.0, rel=0.005)
    assert found.std() == pytest.approx(30.0, rel=0.1)
    assert abs(np.corrcoef(found.T)[0, 1]) < 0.15


def test_the_total_of_shoot_days_is_the_sum_of_its_categories(ensemble):
    when = ("2025-01", "2025-04")
    parts = [of_model(ensemble, f"shoot_days_{each}", when).ensemble for each in history.CATEGORIES]
    assert of_model(ensemble, "shoot_days_all", when).ensemble == pytest.approx(np.sum(parts, axis=0))


def test_a_quarter_of_fourteen_weeks_is_no_longer_than_its_days():
    """October to December 2026 has fourteen Thursdays in 92 days; the quarter before has thirteen."""
    assert whole_quarter("2026-10") == pytest.approx(92 / 7 / 14)
    assert whole_quarter("2026-07") == pytest.approx(92 / 7 / 13)
    counted = Ensemble(Origin(2024, UNCONDITIONAL), {
        "days.tv.2026Q4": np.full(4000, 14 * 100.0), "days.tv.2026Q3": np.full(4000, 13 * 100.0)}, np.zeros((1, 3, 14)),
        [1.0])
    third, fourth = of_model(counted, "shoot_days_tv", ("2026-07", "2026-10")).ensemble.mean(axis=0)
    assert fourth == pytest.approx(third, rel=0.01)


def test_rows_are_legal_and_say_which_kind(ensemble):
    rows = rows_of([ensemble], "2025-01", "2025-12")
    assert checked(rows) == rows
    assert {row["kind"] for row in rows} == {"unconditional"}
    assert len(rows) == 12 + 5 * 4


def test_an_unconditional_forecast_knows_no_stop_driver_or_law_of_later():
    origin = Origin(2022, UNCONDITIONAL)
    held = origin.scenario()
    assert {"wga_strike", "sag_strike", "wildfires_2025"} <= set(held["without"])
    assert "covid_shutdown" not in held["without"]
    assert held["scenario"] == "credit_as_in_2024"
    settings = origin.settings({}, np.zeros((3, 14)))
    assert settings["demand.known_until"] == 2023.0
    known = Origin(2022, CONDITIONAL)
    assert known.scenario() == {"scenario": "baseline"}
    assert "demand.known_until" not in known.settings({}, np.zeros((3, 14)))
    assert stops_after(date(2025, 12, 31)) == ()
    Scenario.named("credit_as_in_2024").varied(start="2015-01-05", without=held["without"], set=settings)


def test_a_state_is_conditioned_and_runs_are_kept(tmp_path):
    """Small, real runs: six members to the end of 2015 and a year on; asked again, nothing is run anew."""
    runs = Runs(tmp_path / "runs", "here", 1)
    with runs.folder.owned():
        made = [forecast(runs, Origin(2015, CONDITIONAL), [{}], date(2016, 12, 31), 6, 0.02, 3,
                         everything("2016-01", "2016-12")) for _ in range(2)]
    runs.close()
    first, again = made
    assert (first.paths == again.paths).all()
    assert runs.batch.tally.done == 18
    assert first.series("jobs", ["2016-12"]).shape == (6, 1)
    assert len(first.before) == 2
    before = unexplained.wander(6, 3)
    assert (first.paths[:, :, 0] == before[:, :, 0]).all()  # paths begin at zero
    assert (first.paths[:, :, 1] != before[:, :, 1]).all()  # the state at the origin was moved
    assert np.isfinite(first.before).all()
