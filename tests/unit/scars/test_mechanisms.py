"""Mechanisms switched off: what cannot matter changes nothing, what is shipped is what the code computes."""

import json
from pathlib import Path

import numpy as np
import pytest

from experiments.facts import mechanisms
from experiments.scars.clocks import Clocks
from experiments.scars.switches import BASELINE, SWITCHES, Switch
from model.parameters import Params
from model.scenario import Scenario
from model.simulate import build

SCALE = 0.02
SHIPPED = Path(__file__).resolve().parents[3] / "viz" / "shipped" / "mechanisms.json"


def numbers(run):
    return {name: run[name] for name in (*mechanisms.MEASURES, "displaced")}


@pytest.mark.parametrize("switch", SWITCHES, ids=lambda each: each.name)
def test_every_setting_is_legal_and_differs_from_the_baseline(switch):
    params = Params.load().override(switch.settings, by="a test")
    usual = Params.load()
    assert all(params[name] != usual[name] for name in switch.settings)


def test_switching_off_what_cannot_matter_changes_nothing():
    nothing = Switch("none", "a bound that is never reached", {"wages.ceiling": 1.0})
    later = Switch("later", "AI before there is any", {"ai_people.aging": 0.0})
    base = numbers(mechanisms.one_run(BASELINE, 0, SCALE))
    for switch in (nothing, later):
        found = numbers(mechanisms.one_run(switch, 0, SCALE))
        assert all(np.array_equal(found[name], base[name], equal_nan=True) for name in base)


def clocks_under(settings, weeks=156, scale=0.05):
    clocks = Clocks()
    market = build(Scenario.named("baseline").varied(scale=scale, set=settings), 0)
    for _ in range(weeks):
        market.step()
        clocks(market)
    return clocks


def test_the_clock_counts_for_nothing_once_skill_and_patience_do_not_follow_it():
    off = next(each for each in SWITCHES if each.name == "all")
    clocks = clocks_under(off.settings)
    assert clocks.looked_at > 100
    assert clocks.found == clocks.found_younger > 0


def test_a_long_spell_costs_hires_in_the_baseline():
    clocks = clocks_under({})
    assert 0 < clocks.found < clocks.found_younger


def runs_of(values):
    """Runs in which every measure of a mechanism in a future is as given."""
    return [{"mechanism": name, "future": future, **dict.fromkeys(mechanisms.MEASURES, value)}
            for name, each in values.items() for future, value in enumerate(each)]


def test_what_a_mechanism_adds_is_the_paired_difference_to_the_baseline():
    given = {switch.name: [0.4, 0.6, 0.5] for switch in SWITCHES}
    given["fading"] = [0.3, 0.4, 0.35]
    rows = {row["mechanism"]: row for row in mechanisms.table(runs_of(given))}
    assert list(rows) == [switch.name for switch in SWITCHES]
    adds = rows["fading"]["loss"]["adds"]
    assert adds["mean"] == pytest.approx(0.15)
    assert adds["se"] == pytest.approx(0.05 / 3**0.5)
    assert rows["fading"]["loss"]["value"]["mean"] == pytest.approx(0.35)
    assert rows["phone"]["loss"]["adds"]["mean"] == pytest.approx(0.0)
    assert "adds" not in rows["baseline"]["loss"]


def test_the_shipped_rows_follow_from_the_shipped_runs():
    shipped = json.loads(SHIPPED.read_text())
    assert shipped["futures"] > 1
    assert len(shipped["runs"]) == shipped["futures"] * len(SWITCHES)
    again = json.loads(json.dumps(mechanisms.kept(shipped["runs"], shipped["scale"], shipped["seconds"])))
    for mine, theirs in zip(again["rows"], shipped["rows"], strict=True):
        for measure in mechanisms.MEASURES:
            assert mine[measure]["value"]["mean"] == pytest.approx(theirs[measure]["value"]["mean"])


@pytest.mark.parametrize("name", ["baseline", "fading"])
def test_a_shipped_run_is_what_the_code_computes(name):
    shipped = json.loads(SHIPPED.read_text())  # renewed by python -m experiments.facts.mechanisms
    switch = next(each for each in SWITCHES if each.name == name)
    kept = next(run for run in shipped["runs"] if (run["mechanism"], run["future"]) == (name, 0))
    found = mechanisms.one_run(switch, 0, shipped["scale"])
    for measure in mechanisms.MEASURES:
        assert found[measure] == pytest.approx(kept[measure], rel=1e-6)
