"""What measures of claims compare: like with like, one thing at a time."""

from types import SimpleNamespace

import numpy as np
import pytest

from experiments.claims.declared import claim
from experiments.claims.findings import finding
from experiments.claims.measures import LOST, MEASURES, incidents, local_work, skill, stages
from experiments.claims.verdicts import spread
from experiments.claims.worlds import WEEKS, WORLDS, Chance, Worlds
from model import tables
from model.recording import Recording
from model.scenario import Scenario
from model.simulate import simulate
from model.state.books import FINISHED
from model.state.turns import MADE, STOCK
from model.vocabulary import Area

CHANCE = Chance(0, 0, 0.02)


def test_each_stage_of_c4_stands_beside_an_entrant_with_the_same_settings(monkeypatch):
    asked, effects = [], np.zeros(1, [(name, np.int64) for name in stages._MOVED])
    nothing = Recording({"scale": 1.0}, {name: np.zeros((1, 1)) for name in ("on_call", "crew_days")}, None,
                        {"effects": effects, "finished": np.zeros(0, FINISHED)})
    monkeypatch.setattr(stages, "world", lambda settings, _: asked.append(settings) or nothing)
    stages.measure({"ai_quality.resistance": 0.1}, CHANCE)
    entrants = [each.pop("worlds.entrant") for each in asked]
    assert entrants == [1, 2] * (1 + len(stages.STAGES) + len(stages.TOOLS))
    assert all(traditional == with_ai for traditional, with_ai in zip(asked[::2], asked[1::2], strict=True))
    assert len({str(each) for each in asked}) == len(asked) // 2


def one_stage(area, **settings):
    use = tuple(float(each == area) for each in Area)
    chosen = {"worlds.entrant": 2, "worlds.incumbents": 1, "ai_producer.capital": 1500.0, "ai_producer.failure": 0.0,
              "ai_tasks.use_by_stage": use, **settings}
    return simulate(Scenario.named("baseline").varied(start="2026-04-13", until="2029-12-31", scale=0.02, set=chosen))


def test_a_title_uses_ai_only_where_it_is_in_use_and_meets_resistance_and_standstills_only_there():
    found = one_stage(Area.VFX)
    used = found.tables["titles"]["ai"]
    assert set(used.tolist()) == {0, 1 << Area.VFX}
    often = {"ai_providers.outages": 6.0, "ai_providers.outage_hours": 96.0, "ai_providers.dependence": 1.0}
    stood = [one_stage(area, **often).series["standing"].sum() for area in (Area.PREP, Area.SHOOT)]
    assert 0 < stood[0] < stood[1]  # few weeks and people of prep, many of the shoot


def test_who_is_sent_home_for_a_provider_is_counted_and_who_works_on_is_not():
    settings = {"ai_providers.outages": 6.0, "ai_providers.outage_hours": 96.0, "ai_providers.withdrawals": 0.0,
                "ai_providers.breaches": 0.0, "ai_providers.idle_paid": 0.0, "ai_producer.failure_unfunded": 0.0}
    series = one_stage(Area.SHOOT, **settings).series
    lost = series["standing"].sum(axis=(1, 2))
    assert lost.sum() == series["standing"][:, :, incidents.SENT_HOME].sum() > 0
    begins = (lost > 0) & (np.append(0, lost[:-1]) == 0)
    laid_off = series["laid_off"][begins].sum()
    assert laid_off <= lost[begins].sum() < 1.2 * laid_off  # posts that nobody had taken yet stand empty, too


def test_nothing_is_lost_to_incidents_where_there_are_none():
    found = MEASURES[LOST](Worlds(incidents.NO_INCIDENTS, CHANCE))
    assert found["value"] == 0.0
    assert set(found["of"].values()) == {0.0}


def test_a_provider_that_always_leaves_costs_its_producer_work():
    settings = {"ai_providers.exit": 0.5, "ai_producer.failure_unfunded": 1.0, "ai_producer.failure": 0.0,
                "ai_producer.belief_speed": 0.0, "ai_producer.capital": 1500.0}
    found = MEASURES[LOST](Worlds(settings, CHANCE))
    assert found["value"] > 0.2
    assert abs(found["of"]["all of Los Angeles"]) < found["value"]


def test_what_incidents_cost_is_said_as_work_that_there_is_more_or_less():
    lost = {"the producer's titles": {"mean": 0.02, "q10": -0.01, "q90": 0.05},
            "all of Los Angeles": {"mean": -0.001, "q10": -0.002, "q90": 0.0}}
    said = finding(claim("C6"), spread([0.01, 0.02]), {"over_futures": {}, "lost": {"one provider": lost}})
    assert "differ by −2.0% (80% of futures: −5.0% to +1.0%)" in said
    assert "all Los Angeles by +0.1% (80% of futures: 0.0% to +0.2%)" in said
    assert "without incidents" not in finding(claim("C6"), spread([0.01]), {"over_futures": {}, "several": None})


def test_the_share_won_back_is_of_what_was_lost_until_the_announcement():
    before = {2019: 120.0, 2022: 110.0, local_work.LAST_YEAR: 70.0, local_work.LAST_YEAR + 1: 20.0}
    years = WEEKS / 52
    assert local_work._won_back(95.0 * years, 2019, before) == pytest.approx(0.5)
    assert local_work._won_back(70.0 * years, 2022, before) == pytest.approx(0.0)
    assert local_work._won_back(62.0 * years, 2022, before) == pytest.approx(-0.2)
    assert np.isnan(local_work._won_back(95.0 * years, 2022, before | {2022: 60.0}))


def test_skill_of_the_craft_that_ai_made_is_not_that_of_the_crafts_it_may_cost():
    crafts = tables.crafts().names
    new = crafts.index(tables.AI_CRAFT)

    def recording(old, of_new):
        stock, made = np.zeros(20, STOCK), np.zeros(10, MADE)
        made["year"] = np.arange(2026, 2036)
        stock["year"], stock["craft"] = np.repeat(made["year"], 2), [0 if new else 1, new] * 10
        for name in skill.STOCKS:
            stock[name] = [old, of_new] * 10
        return Recording({"scale": 1.0, "crafts": crafts}, {}, None, {"stock": stock, "made": made})

    worlds = SimpleNamespace(w0=recording(100, 0), w3=recording(90, 50))
    assert skill.measure(worlds)["value"] == pytest.approx(-0.1)
    assert WORLDS["W0"] == {}
