"""Facts about the market, each on a run of which the answer is known."""

from types import SimpleNamespace

import numpy as np
import pytest

from experiments import history
from experiments.facts import validation
from model import measures, tables
from model.parameters import Params
from tests.facts.panels import CRAFTS, FACTS, WEEKS, found, swinging, synthetic, with_unemployment


@pytest.mark.parametrize(("lag", "holds"), [(10.0, True), (-10.0, False)])
def test_beveridge_curve(lag, holds):
    # Vacancies that lead the fall of unemployment: the way back runs outside the way in, counter-clockwise
    panel = synthetic(
        **with_unemployment(np.exp(-1.2 + swinging(0.3, lag))),
        posted=np.repeat(np.exp(7 - swinging(0.3))[:, None], CRAFTS, axis=1),
    )
    finding = found("beveridge_curve", panel)
    assert finding.value == pytest.approx(-np.cos(2 * np.pi * lag / 104), abs=0.06)
    assert finding.holds is holds


def test_unemployment_volatility():
    finding = found("unemployment_volatility", synthetic(**with_unemployment(np.exp(-1.3 + swinging(0.4)))))
    assert finding.value == pytest.approx(0.4 / np.sqrt(2), rel=0.06)


def test_okun():
    panel = synthetic(**with_unemployment(0.3 - swinging(0.1, every=300.0)))
    panel.spend = np.exp(swinging(0.5, every=300.0))
    assert found("okun", panel).value == pytest.approx(-1.0, abs=0.02)


def test_matching_elasticity():
    searchers, tightness = 1000.0, np.exp(-1 + 0.5 * np.sin(np.arange(CRAFTS)))
    hired = np.repeat((searchers * 0.3 * tightness**0.45)[None, :], WEEKS, axis=0)
    panel = synthetic(idle=searchers - hired, posted=np.repeat(searchers * tightness[None, :], WEEKS, axis=0))
    panel.hired = hired
    assert found("matching_elasticity", panel).value == pytest.approx(0.45)


def test_hysteresis(monkeypatch):
    market = SimpleNamespace(
        week=0,
        state=SimpleNamespace(last_on_call=0),
        world=SimpleNamespace(money=np.full((900, 2), 100), at=lambda week: week + 200),
    )

    def step():
        week, money = market.week, market.world.money
        assert (money[week + 200] == 70).all() == (26 <= week < 78)
        market.state.last_on_call = 600 - 100 * (52 <= week < 104) - 30 * (week >= 300)
        market.week += 1

    market.step = step
    monkeypatch.setattr("model.simulate.build", lambda *given: market)
    on_call = np.full((WEEKS, 1), 600)
    nobody = np.zeros(WEEKS, int)
    baseline = SimpleNamespace(
        series={
            "on_call": on_call,
            "idle": on_call - 200,
            "entries": nobody,
            "returns": nobody,
            "exits": nobody,
        }
    )
    assert validation.hysteresis(baseline, 0, 1.0) == (pytest.approx(-0.3), pytest.approx(-10.0))


def paid_like(jobs):
    """On-call series under which the measured monthly payroll jobs are these."""
    on_call = np.zeros((WEEKS, CRAFTS))
    for month, row in measures.months(synthetic().recording):
        on_call[row, 0] = jobs.get(month, 1e5) - measures.fixed_staff().get(month, 0.0)
    return synthetic(on_call=on_call)


def test_payroll_level_and_seasonality():
    panel = paid_like({month: 1.1 * value for month, value in history.monthly_jobs().items()})
    assert found("payroll_level", panel).value == pytest.approx(0.1)
    assert found("seasonality", panel).value == pytest.approx(validation.observed()["seasonality"])


def test_shoot_days(monkeypatch):
    times = {"feature": 1.2, "tv": 0.9, "commercial": 1.0, "other": 3.0, "all": 1.0}
    model = {
        name: {period: times[name] * value for period, value in values.items()}
        for name, values in history.quarterly_shoot_days().items()
    }
    monkeypatch.setattr(measures, "quarterly_shoot_days", lambda recording: model)
    finding = found("shoot_days", synthetic())
    assert finding.value == pytest.approx(0.2)
    assert finding.also["tv"] == pytest.approx(0.1)


def test_stage_occupancy():
    capacity = Params.load()["production.stage_capacity"]
    year = synthetic().recording.dates.astype("datetime64[Y]").astype(int) + 1970
    used = np.where(year == 2023, 0.69, np.where(year == 2024, 0.63, 0.93)) * capacity
    finding = found("stage_occupancy", synthetic(stages_used=used))
    assert finding.value == pytest.approx(0.93)
    assert finding.holds
    assert not found("stage_occupancy", synthetic(stages_used=np.full(WEEKS, 0.93 * capacity))).holds


def test_la_scripted_share():
    panel = synthetic()
    scripted = int(np.flatnonzero(tables.kinds().scripted)[0])
    delivered = np.repeat(np.arange(WEEKS), 100)
    year = (panel.recording.dates.astype("datetime64[Y]").astype(int) + 1970)[delivered]
    share = np.vectorize(lambda each: FACTS["la_scripted_share"]["by_year"].get(each, 0.5))(year)
    panel.titles = {
        "kind": np.full(delivered.size, scripted),
        "delivered": delivered,
        "place": (np.tile(np.arange(100), WEEKS) >= np.rint(100 * share)).astype(int),
    }
    finding = found("la_scripted_share", panel)
    assert finding.value == pytest.approx(0.22)
    assert finding.holds
