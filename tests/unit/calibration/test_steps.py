"""A calibration from end to end on runs that a line answers for: what is fitted, narrowed, found again and written."""

import csv
import json
import math
from dataclasses import replace

import numpy as np
import pytest

from experiments import history
from experiments.calibration import checking, outputs, steps
from experiments.calibration.declared import groups, priors
from experiments.calibration.observed import observations, values
from experiments.calibration.posterior import Table
from experiments.calibration.shipped import DRAWS, FINDINGS, read_draws
from experiments.calibration.steps import Plan
from experiments.forecasting import rehearsal
from model.errors import CallSheetError
from model.parameters import Params
from model.scenario import Scenario

MOVES = {"demand.level": ("jobs", 4.0), "demand.unscripted_pull": ("days.tv", 2.0)}  # group and errors over the prior
TRUE = {"demand.level": 0.7, "demand.unscripted_pull": 0.4}  # coordinates
PLAN = Plan(trajectories=5, most=5, narrow_points=256, points=256, truths=40, draws=40)


def published(name):
    """A number that no fit looks at."""
    _, category, quarter = name.split(".")
    return history.quarterly_shoot_days()[category][quarter]


class Lines:
    """Stands in for runs: numbers that are lines in two parameters and nothing in the others."""

    def __init__(self):
        self.asked = []

    def at(self, settings, futures, **more):
        first = len(self.asked)
        self.asked += list(settings)
        return [str(k) for k in range(first, len(self.asked))]

    def numbers(self, cases, names):
        looked_at = {each.name: each for each in observations(2024)}
        rows = [self.asked[int(case)] for case in cases]
        return {name: np.array([self._number(looked_at[name], row) if name in looked_at else published(name)
                                for row in rows]) for name in names}

    def _number(self, observation, setting):
        group = groups()[observation.group]
        value = observation.value
        for name, (moved, strength) in MOVES.items():
            if moved == observation.group:
                prior = priors()[name]
                u = (setting.get(name, Params.load()[name]) - prior.low) / (prior.high - prior.low)
                value += strength * np.hypot(group.noise, group.misfit) * (u - TRUE[name])
        return math.exp(value) if group.unit == "log points" else value


@pytest.fixture(scope="module")
def found():
    return steps.calibrate(Lines(), PLAN)


def test_only_what_moves_a_fitted_series_is_fitted(found):
    assert [each.name for each in found.priors] == sorted(MOVES, key=list(priors()).index)
    assert {each.name: each.on for each in found.screened[:2]} == {name: on for name, (on, _) in MOVES.items()}
    assert found.screened[2].effect < steps.LEAST_EFFECT


def test_the_first_wave_cuts_off_and_keeps_the_truth_inside(found):
    for prior, part in zip(found.priors, found.narrowed, strict=True):
        low, high = part.part
        assert 0.0 <= low < TRUE[prior.name] < high <= 1.0
    assert min(high - low for low, high in (each.part for each in found.narrowed)) < 0.9


def test_the_truth_is_found_and_its_draws_are_legal_settings(found):
    for row in steps.summary(found):
        prior = priors()[row["parameter"]]
        truth = prior.low + (prior.high - prior.low) * TRUE[prior.name]
        assert row["q05"] < truth < row["q95"]
        assert 0.2 < row["contraction"] < 1.0
    assert len(found.draws) == PLAN.draws
    Scenario.named("baseline").varied(set=found.draws[0])


def test_the_same_plan_gives_the_same_draws(found):
    assert steps.calibrate(Lines(), PLAN).draws == found.draws


def test_what_is_written_can_be_read_and_nothing_else(found, tmp_path):
    checked = checking.check(Lines(), found.draws, range(len(found.draws)), 1.0, 0)
    outputs.write(tmp_path, found, checked, [{"series": "x"}])
    assert read_draws(tmp_path / DRAWS) == tuple(found.draws)
    kept = json.loads((tmp_path / FINDINGS).read_text())
    assert kept["check"]["jobs"]["fitted"]["of_median"] < 0.1
    assert kept["parameters"][0]["recovery"]["truths"] == 20
    (tmp_path / "bad.csv").write_text("demand.level\n17\n")
    with pytest.raises(CallSheetError, match="outside its range"):
        read_draws(tmp_path / "bad.csv")
    (tmp_path / "worse.csv").write_text("demand.level\n__import__('os')\n")
    with pytest.raises(CallSheetError, match="where a number must stand"):
        read_draws(tmp_path / "worse.csv")
    with (tmp_path / DRAWS).open(newline="") as lines:
        assert set(next(csv.reader(lines))) == set(MOVES)


def test_errors_with_fresh_chance_are_zero_for_runs_that_equal_what_was_published():
    published = [{name: priors()[name].at(TRUE[name]) for name in MOVES}] * 3
    checked = checking.check(Lines(), published, range(3), 1.0, 0)
    for name in ("jobs", "days.feature", "days.tv"):
        for span in ("fitted", "held_back"):
            assert checked[name][span]["of_median"] == pytest.approx(0.0, abs=1e-9)
    assert checked["fall_before_pickets"]["middle"] == pytest.approx(checked["fall_before_pickets"]["published"])


def test_the_vector_that_is_fitted_is_what_was_published():
    at_truth = Lines()
    case = at_truth.at([{name: priors()[name].at(TRUE[name]) for name in MOVES}], [0])
    numbers = at_truth.numbers(case, [each.name for each in observations()])
    jobs = [each.name for each in observations() if each.group == "jobs"]
    assert np.log([numbers[name][0] for name in jobs]) == pytest.approx(values(observations())[: len(jobs)])


def test_a_fit_made_on_an_earlier_day_sees_nothing_later_and_is_widened_as_its_own_truths_ask(found, monkeypatch):
    draws = rehearsal.draws_until(found, 2018, 40)
    assert len(draws) == 40
    table = found.table
    spoiled = table.found + 7.0 * np.array([each.year > 2018 for each in table.looked_at])
    other = replace(found, table=Table(table.coordinates, spoiled, table.looked_at, table.seed))
    assert rehearsal.draws_until(other, 2018, 40) == draws
    spread = {}
    for factor in (1.0, 2.0):
        monkeypatch.setattr(rehearsal, "stretch_of", lambda truths, factor=factor: np.full(len(found.priors), factor))
        spread[factor] = np.std([draw["demand.level"] for draw in rehearsal.draws_until(found, 2018, 40)])
    assert spread[2.0] > 1.2 * spread[1.0]
    assert rehearsal.draws_until(found, 2022, 7) == found.draws[:7]
