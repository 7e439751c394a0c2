"""Shares of a claim's variance: groups move as wholes, a far point does not decide, what is said stays in bounds."""

import numpy as np
import pytest

from experiments.analysis.sensitivity import sobol, sobol_points
from experiments.calibration.shipped import shipped_draws
from experiments.claims import shares, unknowns
from experiments.claims.wording import shares_said
from model.errors import CallSheetError

BASE = 64
GROUPS = shares.groups()


def test_every_unknown_stands_in_one_group_and_the_posterior_moves_as_one():
    grouped = [name for names in GROUPS.values() for name in names]
    assert len(set(grouped)) == len(grouped)
    spoken = {name for name in unknowns.unknowns() if unknowns.source(name) == unknowns.SPOKEN}
    assert set(grouped) == set(unknowns.unknowns()) - spoken | {shares.FUTURE, shares.DRAW}
    assert GROUPS[unknowns.SPOKEN] == [shares.DRAW]


def test_a_row_of_the_design_is_a_legal_point_at_one_draw_and_one_future():
    inputs = shares.columns()
    row = dict(zip(inputs, sobol_points(list(inputs), 8, 3, groups=list(inputs.values()))[5], strict=True))
    asked = shares.task(row, ("C3",), 0.25, 7)
    draw = shipped_draws()[int(row[shares.DRAW] * len(shipped_draws()))]
    assert {name: asked.settings[name] for name in draw} == pytest.approx(dict(draw), rel=1e-5)
    assert set(asked.settings) == set(unknowns.unknowns())
    assert (asked.seed, asked.scale, asked.measures) == (7, 0.25, ("C3",))
    assert asked.future == shares.task(row | {shares.DRAW: 0.99}, ("C3",), 0.25, 7).future


def number(settings, future):
    """Two groups decide, one of them twice as much; luck adds a little."""
    return 2 * settings["ai_places.outside_pay"] + settings["ai_tasks.shoot_cut"] + 1e-7 * future


def ask(of):
    return lambda tasks: [None if value is None else {"C3": {"value": value}} for value in map(of, tasks)]


def test_the_group_that_decides_has_most_and_one_that_does_nothing_has_none():
    found = shares.measured(BASE, ("C3",), 0.4, 1, ask(lambda task: number(task.settings, task.future)))
    rows = {row["group"]: row for row in found["C3"]["rows"]}
    assert found["C3"]["scale"] == pytest.approx(0.1)
    assert found["C3"]["runs"] == BASE * (len(GROUPS) + 2)
    assert next(iter(rows)) == "budgets, places and quality"
    assert rows["budgets, places and quality"]["total"] > rows["tasks and tools"]["total"] > rows["luck"]["total"] > 0
    assert rows["clouds"]["total"] == pytest.approx(0.0, abs=1e-9)
    assert rows[unknowns.SPOKEN]["parameters"] == len(shipped_draws()[0])
    said = shares_said(found["C3"])
    assert said.startswith("Most of the spread comes from “budgets, places and quality”")
    assert "luck has a part of" in said


def test_one_far_point_does_not_decide():
    values = np.linspace(0.0, 1.0, 97)
    far = values.copy()
    far[-1] = 1e9
    assert np.array_equal(shares.ranks(values), shares.ranks(far))
    assert np.isnan(shares.ranks([1.0, float("nan"), 3.0])[1])


def test_runs_that_failed_drop_their_block_and_a_claim_without_numbers_is_left_out():
    def lame(task):
        return None if task.future % 13 == 0 else number(task.settings, task.future)

    found = shares.measured(BASE, ("C3",), 0.4, 1, ask(lame))
    assert 8 <= found["C3"]["used"] < BASE
    assert shares.measured(8, ("C3",), 0.4, 1, ask(lambda task: None)) == {}


def test_a_base_that_is_no_power_of_two_is_refused_before_anything_is_run():
    from experiments.claims.study import Design

    with pytest.raises(CallSheetError, match="only a power of two is balanced"):
        Design(1, 0, 1, 0.1, 0, ("C3",), shares=12)


def test_indices_of_groups_are_those_of_one_input_each_where_each_group_holds_one():
    names = ["a", "b", "c"]
    plain = sobol_points(names, BASE, 5)
    grouped = sobol_points(names, BASE, 5, groups=names)
    assert np.allclose(plain, grouped)
    values = plain @ [3.0, 1.0, 0.0]
    found = sobol(names, np.arange(len(values)), values, BASE)
    assert found.total == pytest.approx([0.9, 0.1, 0.0], abs=0.1)
