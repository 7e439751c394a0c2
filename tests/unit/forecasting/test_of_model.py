"""The model's ensembles as forecasts: dates, names, errors, rows; and runs from a conditioned state."""

from datetime import date

import numpy as np
import pytest

from experiments import history
from experiments.calibration.runs import Runs
from experiments.forecasting import unexplained
from experiments.forecasting.ensemble import CONDITIONAL, UNCONDITIONAL, Ensemble, Origin, forecast, stops_after
from experiments.forecasting.forecast_rows import checked
from experiments.forecasting.of_model import dates, everything, names_in_runs, of_model, rows_of
from experiments.forecasting.series import JOBS
from model.measures import fixed_staff
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


def test_members_are_as_they_would_be_published_and_no_level_is_shifted(ensemble):
    """Jobs: a noise of 0.03 and a misfit of 0.05 that is half gone after six months, as the fit allows."""
    found = np.log(of_model(ensemble, JOBS, dates(JOBS, "2025-01", "2025-12")).ensemble / 1000.0)
    assert found.shape == (MEMBERS - 1, 12)
    assert found.mean() == pytest.approx(0.0, abs=0.006)
    assert found.std() == pytest.approx(np.hypot(0.03, 0.05), rel=0.05)
    alike = np.corrcoef(found.T)
    assert np.diag(alike, 1).mean() == pytest.approx(0.05**2 * 0.5 ** (1 / 6) / (0.03**2 + 0.05**2), abs=0.07)
    assert np.diag(alike, 6).mean() == pytest.approx(0.05**2 * 0.5 / (0.03**2 + 0.05**2), abs=0.07)


def test_where_nothing_later_is_known_staff_outside_the_model_stays_as_it_was():
    """Cinemas came back in 2021: runs count them, and a forecast made before must not."""
    staff = fixed_staff()
    came_back = staff["2021-12"] - staff["2020-12"]
    assert came_back > 1000
    numbers = {"jobs.2021-12": np.full(4000, 100_000.0)}
    paths, middle = np.zeros((1, 3, 14)), {}
    for kind in (CONDITIONAL, UNCONDITIONAL):
        made = Ensemble(Origin(2020, kind), numbers, paths, [1.0])
        middle[kind] = np.median(of_model(made, JOBS, ("2021-12",)).ensemble)
    assert middle[CONDITIONAL] - middle[UNCONDITIONAL] == pytest.approx(came_back, rel=0.02)
    later = Ensemble(Origin(2024, UNCONDITIONAL), {"jobs.2026-12": np.full(4000, 100_000.0)}, paths, [1.0])
    assert np.median(of_model(later, JOBS, ("2026-12",)).ensemble) == pytest.approx(100_000.0, rel=0.005)


def test_the_total_of_shoot_days_is_the_sum_of_its_categories(ensemble):
    when = ("2025-01", "2025-04")
    parts = [of_model(ensemble, f"shoot_days_{each}", when).ensemble for each in history.CATEGORIES]
    assert of_model(ensemble, "shoot_days_all", when).ensemble == pytest.approx(np.sum(parts, axis=0))


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


class Level:
    """Stands in for runs: every number is a thousand, with a little of the first path's levels."""

    def __init__(self):
        self.asked = []

    def at(self, settings, futures, **more):
        self.asked.append(list(settings))
        return [(len(self.asked) - 1, k) for k in range(len(settings))]

    def numbers(self, cases, names):
        paths = np.array([sum(self.asked[call][k]["unexplained.scripted"]) for call, k in cases])
        return {name: 1000.0 * np.exp(0.01 * paths) for name in names}


@pytest.mark.parametrize("kind", [CONDITIONAL, UNCONDITIONAL])
def test_orders_of_every_member_leave_the_last_figure_as_far_as_its_walk_says(monkeypatch, kind):
    def paths(runs):
        origin, names = Origin(2024, kind), everything("2025-01", "2027-12")
        made = forecast(runs, origin, [{}], date(2027, 12, 31), 8, 0.1, 5, names)
        return made.paths, origin

    runs = Level()
    found, origin = paths(runs)
    walk = origin.drivers(8, 5)
    monkeypatch.setattr(Origin, "drivers", lambda self, members, seed: 0.0)
    held, _ = paths(Level())
    assert found - held == pytest.approx(walk)
    assert np.abs(walk[:, 0, -1]).min() > 0.0
    asked = np.array([setting["unexplained.scripted"] for setting in runs.asked[-1]])
    assert asked == pytest.approx(np.clip(found[:, 0], -1.5, 1.5), abs=1e-6)
