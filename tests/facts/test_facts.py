"""Every stylized fact is answered for, each computation gives the answer that is known where it is known, and
the real series pass the bands that judge the model.
"""

from types import SimpleNamespace

import numpy as np
import pytest

from experiments import facts_market, facts_workers, history, statistics, validation
from experiments.panel import GROUPS, LONGEST, Panel
from model import measures, tables
from model.parameters import Params
from model.recording import Recording
from model.state.events import ROW_BITS, UID_BITS

FACTS = validation.facts()
WEEKS = 547  # January 2015 to June 2025
CRAFTS, KINDS = tables.crafts().n, tables.kinds().n
WHEN = np.arange(WEEKS)


def synthetic(**series):
    """A recording with some series given and the others constant, and a panel around it."""
    held = {
        "on_call": np.full((WEEKS, CRAFTS), 600),
        "idle": np.full((WEEKS, CRAFTS), 400),
        "posted": np.full((WEEKS, CRAFTS), 80),
        "shoot_days": np.ones((WEEKS, KINDS)),
        "stages_used": np.zeros(WEEKS),
        **series,
    }
    recording = Recording({"first_week": 0, "weeks": WEEKS, "scale": 1.0, "hash": "", "scenario": {}}, held)
    empty = np.zeros((CRAFTS * GROUPS, LONGEST + 1), np.int64)
    return Panel(
        recording,
        np.ones((WEEKS, CRAFTS), int),
        np.zeros((WEEKS, CRAFTS)),
        np.full(WEEKS, 0.3),
        np.ones(WEEKS),
        empty.copy(),
        empty.copy(),
        np.zeros((2, 0)),
    )


def swinging(amplitude, lag=0.0, every=104.0):
    return amplitude * np.sin(2 * np.pi * (WHEN - lag) / every)


def with_unemployment(rate):
    """Series of a workforce of a million a craft with this unemployment by week."""
    idle = np.rint(np.broadcast_to(np.asarray(rate).reshape(WEEKS, -1), (WEEKS, CRAFTS)) * 1e6)
    return {"idle": idle, "on_call": 1e6 - idle}


def found(name, panel):
    return validation.computations()[name](panel, FACTS[name])


# The statistics


def test_the_gini_of_known_vectors():
    assert statistics.gini([5, 5, 5, 5]) == pytest.approx(0.0)
    assert statistics.gini([0, 0, 0, 1]) == pytest.approx(0.75)
    assert statistics.gini([1, 2, 3, 4]) == pytest.approx(0.25)


def test_a_straight_line_has_no_cycle():
    assert statistics.cycle(np.linspace(3, 8, 40)) == pytest.approx(np.zeros(40), abs=1e-8)


def test_slopes_and_effects():
    rng = np.arange(60.0).reshape(6, 10)
    x = np.sin(rng * 1.7)
    y = 3.0 * x + np.arange(6.0)[:, None] * 2 + np.arange(10.0)[None, :] ** 2
    assert statistics.slope_within(x, y, np.ones_like(x)) == pytest.approx(3.0)
    weight = np.ones_like(x)
    weight[2, 3] = 0
    y[2, 3] = np.nan
    assert statistics.slope_within(x, y, weight) == pytest.approx(3.0)


def test_a_square_walked_counter_clockwise_has_its_area():
    assert statistics.loop_area([0, 1, 1, 0], [0, 0, 1, 1]) == 1.0
    assert statistics.loop_area([0, 0, 1, 1], [0, 1, 1, 0]) == -1.0


def test_the_pooled_ratio_is_the_ratio_within_strata():
    exposure = np.array([[1000.0, 10.0], [100.0, 400.0]])
    rates = np.array([[0.4, 0.2], [0.1, 0.05]])
    assert statistics.pooled_ratio(rates * exposure, exposure) == pytest.approx(0.5)


def test_wilsons_interval():
    low, high = statistics.wilson(8, 8)
    assert (round(low, 3), round(high, 3)) == (0.676, 1.0)


# Each fact on a run of which the answer is known


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


def test_wage_curve():
    wave = np.sin(WHEN[:, None] / 40.0 + np.arange(CRAFTS)[None, :])
    quarter = facts_market.quarters(synthetic().recording)
    wave[quarter >= 0] = facts_market.quarterly_means(wave, quarter)[quarter[quarter >= 0]]
    panel = synthetic(**with_unemployment(np.exp(-1.2 + 0.3 * wave)))
    u = panel.recording.series["idle"] / 1e6
    panel.log_wage = panel.recording.series["on_call"] * (
        -0.1 * np.log(u) + 0.01 * np.arange(CRAFTS)[None, :]
    )
    assert found("wage_curve", panel).value == pytest.approx(-0.1, abs=1e-6)


def test_matching_elasticity():
    searchers, tightness = 1000.0, np.exp(-1 + 0.5 * np.sin(np.arange(CRAFTS)))
    hired = np.repeat((searchers * 0.3 * tightness**0.45)[None, :], WEEKS, axis=0)
    panel = synthetic(idle=searchers - hired, posted=np.repeat(searchers * tightness[None, :], WEEKS, axis=0))
    panel.hired = hired
    assert found("matching_elasticity", panel).value == pytest.approx(0.45)


def test_duration_dependence():
    panel = synthetic()
    panel.at_risk[:] = 1000
    panel.left_by_hire[:] = 100
    panel.left_by_hire[:, 20:] = 50
    finding = found("duration_dependence", panel)
    assert finding.value == pytest.approx(0.5)
    assert finding.also["composition"] == pytest.approx(1.0)


def test_composition_is_told_from_the_effect_of_length():
    panel = synthetic()
    panel.at_risk[0], panel.left_by_hire[0] = 1000, 500  # the sought-after, who are soon gone
    panel.at_risk[0, 20:], panel.left_by_hire[0, 20:] = 10, 5
    panel.at_risk[1], panel.left_by_hire[1] = 1000, 100
    finding = found("duration_dependence", panel)
    assert finding.also["within_craft_and_talent"] == pytest.approx(1.0)
    assert finding.value < 0.5


def test_pay_after_spell():
    panel = synthetic()
    months = np.linspace(0, 30, 200)
    panel.reemployed = np.array([months, np.where(months <= 24, -0.01 * months, 5.0)])
    assert found("pay_after_spell", panel).value == pytest.approx(-1.0)


def test_crew_size():
    feature = int(np.flatnonzero(tables.kinds().category == "feature")[0])
    heads, uids = np.array([200, 220, 250, 700]), np.array([5, 6, 7, (1 << 35) - 1])
    events = np.concatenate(
        [
            (1 + k % 2 << UID_BITS + ROW_BITS) | (int(u) << ROW_BITS) | np.arange(n, dtype=np.int64)
            for k, (u, n) in enumerate(zip(uids, heads, strict=True))
        ]
    )
    panel = synthetic()
    panel.recording.events = np.concatenate([events, events[:50]])  # hired twice, one person
    four = np.ones(4, int)
    panel.titles = {
        "uid": uids,
        "kind": feature * four,
        "place": 0 * four,
        "budget": heads * 10**8,
        "greenlit": 0 * four,
        "delivered": 90 * four,
    }
    finding = found("crew_size", panel)
    assert finding.value == heads.mean()
    assert finding.holds
    assert finding.also["correlation_with_budget"] == pytest.approx(1.0)


def test_weeks_worked():
    panel = synthetic()
    panel.years = {2015: {"pay": np.array([0, 0, 0, 1.0])}, 2016: {"pay": np.array([1.0, 2, 3, 4])}}
    finding = found("weeks_worked", panel)
    assert finding.value == pytest.approx(0.5)
    assert finding.also["share_without_a_week"] == pytest.approx(0.375)


def test_occupational_switching():
    panel = synthetic()
    moves = np.diag(np.full(CRAFTS, 40))
    moves[0, 1] = 240
    panel.years = {2015: {"moves": moves}, 2016: {"moves": moves}}
    finding = found("occupational_switching", panel)
    assert finding.value == pytest.approx(240 / (240 + 40 * CRAFTS))
    assert finding.also["asymmetry"] == 1.0


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


def test_long_spells():
    panel = synthetic(**with_unemployment(0.3 + swinging(0.1)))
    panel.long_spells = 0.25 + swinging(0.05)
    finding = found("long_spells", panel)
    assert finding.value == pytest.approx(0.25, abs=0.01)
    assert finding.holds


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


def test_craft_mix_and_pay():
    names, hours = tables.crafts().names, tables.crafts().day_hours
    craft, wage = [], []
    for members, group in facts_workers.surveyed_groups().items():
        code = names.index(members[0])
        craft += [code] * round(group["jobs"])
        wage += [group["pay"] * hours[code] * 100] * round(group["jobs"])
    panel = synthetic()
    panel.cross_section = {"craft": np.array(craft), "wage": np.array(wage)}
    finding = found("craft_mix_and_pay", panel)
    assert finding.value == pytest.approx(0.0, abs=1e-3)
    assert finding.holds
    panel.cross_section["wage"] = 1.2 * panel.cross_section["wage"]
    assert not found("craft_mix_and_pay", panel).holds


def test_crafts_that_the_survey_counts_together_are_compared_together():
    groups = facts_workers.surveyed_groups()
    assert ("directors", "producers") in groups
    assert ("animation", "vfx") in groups
    assert sum(map(len, groups)) == len({each for members in groups for each in members})


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


# The whole list


def test_every_fact_is_computed_or_says_why_not():
    answered = {*validation.computations(), *validation.NOT_COMPUTED, "hysteresis", "displaced_losses"}
    assert answered == set(FACTS)
    assert len(FACTS) == 19


@pytest.mark.parametrize("name", sorted(validation.observed()))
def test_the_real_series_passes_the_band_that_judges_the_model(name):
    assert validation.in_band(validation.observed()[name], FACTS[name])


def test_a_band_that_the_world_fails_judges_nothing():
    seeds = [{"value": -0.5, "passed": True, "also": {}}]
    row = validation.judged("okun", FACTS["okun"], seeds, 0.2)
    assert row["passed"] is None
    assert "judges nothing" in row["note"]


def test_a_fact_that_was_not_computed_says_so():
    row = validation.judged("displaced_losses", FACTS["displaced_losses"], [], None)
    assert row["passed"] is None
    assert row["share_of_seeds"] is None
    assert row["note"]


def test_half_of_the_seeds_have_to_pass():
    seeds = [
        {"value": -0.5, "passed": True, "also": {"slope": 1.0}},
        {"value": 0.1, "passed": False, "also": {"slope": 2.0}},
    ]
    row = validation.judged("okun", FACTS["okun"], seeds, None)
    assert row["passed"] is True
    assert row["share_of_seeds"] == 0.5
    assert row["also"] == {"slope": 1.5}
    assert row["wilson"][0] < 0.5 < row["wilson"][1]
    assert validation.judged("okun", FACTS["okun"], seeds[1:], None)["passed"] is False


@pytest.mark.slow
def test_validate_answers_for_every_fact():
    told = []
    rows = validation.validate(seeds=2, scale=0.05, progress=lambda done, seeds: told.append((done, seeds)))
    assert {row["fact"] for row in rows} == set(FACTS)
    assert told == [(1, 2), (2, 2)]
    order = [(False, None, True).index(row["passed"]) for row in rows]
    assert order == sorted(order)
    assert {"fact", "value", "low", "high", "source", "passed", "share_of_seeds"} <= set(rows[0])
    uncomputed = {row["fact"] for row in rows if row["value"] is None}
    assert uncomputed == set(validation.NOT_COMPUTED)
