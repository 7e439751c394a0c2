"""Facts about workers, each on a run of which the answer is known."""

import numpy as np
import pytest

from experiments.facts import of_market, of_workers
from model import tables
from model.state.events import ROW_BITS, UID_BITS
from tests.facts.panels import CRAFTS, WHEN, found, swinging, synthetic, with_unemployment


def test_wage_curve():
    wave = np.sin(WHEN[:, None] / 40.0 + np.arange(CRAFTS)[None, :])
    quarter = of_market.quarters(synthetic().recording)
    wave[quarter >= 0] = of_market.quarterly_means(wave, quarter)[quarter[quarter >= 0]]
    panel = synthetic(**with_unemployment(np.exp(-1.2 + 0.3 * wave)))
    u = panel.recording.series["idle"] / 1e6
    panel.log_wage = panel.recording.series["on_call"] * (
        -0.1 * np.log(u) + 0.01 * np.arange(CRAFTS)[None, :]
    )
    assert found("wage_curve", panel).value == pytest.approx(-0.1, abs=1e-6)


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


def test_long_spells():
    panel = synthetic(**with_unemployment(0.3 + swinging(0.1)))
    panel.long_spells = 0.25 + swinging(0.05)
    finding = found("long_spells", panel)
    assert finding.value == pytest.approx(0.25, abs=0.01)
    assert finding.holds


def test_craft_mix_and_pay():
    names, hours = tables.crafts().names, tables.crafts().day_hours
    craft, wage = [], []
    for members, group in of_workers.surveyed_groups().items():
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
    groups = of_workers.surveyed_groups()
    assert ("directors", "producers") in groups
    assert ("animation", "vfx") in groups
    assert sum(map(len, groups)) == len({each for members in groups for each in members})
