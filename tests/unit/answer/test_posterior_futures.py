"""Futures over the posterior: pairs stay pairs, what is set stays set, and the draws are those that were fitted."""

import json

import numpy as np
import pytest

from experiments import cli, runs
from experiments.calibration.shipped import shipped_draws
from experiments.posterior_futures import about_draws, at_draw
from experiments.study import definition, plan
from model.errors import CallSheetError
from model.scenario import Scenario
from model.simulate import simulate

SHORT = {"scale": 0.01, "until": "2015-06-29"}
NAME = next(iter(shipped_draws()[0]))


def short(**changes):
    return Scenario.named("baseline").varied(**{**SHORT, **changes})


def test_a_future_takes_its_draw_in_turn_and_what_is_set_is_kept():
    draws = shipped_draws()
    for future in (0, 1, len(draws)):
        drawn = at_draw(short(), future).overrides
        assert drawn == dict(draws[future % len(draws)])
    held = short(set={NAME: draws[3][NAME]})
    assert at_draw(held, 0).overrides == {**draws[0], NAME: draws[3][NAME]}


def test_both_worlds_of_a_pair_take_the_same_draw(monkeypatch):
    asked = []
    monkeypatch.setattr(runs, "_simulate", lambda scenario, future, progress: asked.append((scenario, future)))
    mine, other = short(futures=3), Scenario.named("no_strikes").varied(**SHORT, futures=3)
    list(runs.pairs_of(mine, other, lambda done, total: None, posterior=True))
    assert [future for _, future in asked] == [0, 0, 1, 1, 2, 2]
    for (one, _), (two, _) in zip(asked[::2], asked[1::2], strict=True):
        assert one.overrides == two.overrides
        assert one.without != two.without  # each is still its own world
    assert len({json.dumps(dict(each.overrides), sort_keys=True) for each, _ in asked}) == 3


def test_a_run_over_the_posterior_is_the_run_at_its_draws():
    summary = runs.run(short(futures=2), None, None, quiet=True, posterior=True)
    alone = simulate(short(set=dict(shipped_draws()[0])), future=0)
    assert summary["hash"] == alone.hash
    assert summary["posterior"] == about_draws(2)
    plain = runs.run(short(futures=2), None, None, quiet=True)
    assert plain["hash"] == simulate(short(), future=0).hash != alone.hash
    assert plain["posterior"] is None


def test_the_command_says_so_in_json_in_words_and_on_the_page(tmp_path, capsys):
    words = ["simulate", "--scale", "0.01", "--until", "2015-06-29", "--futures", "2", "--posterior"]
    assert cli.main([*words, "--json", "-q"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["posterior"]["draws"] == 2
    assert cli.main([*words, "-q", "--out", str(tmp_path / "out")]) == 0
    assert "2 posterior draws" in " ".join(capsys.readouterr().out.split())
    page = (tmp_path / "out" / "page.html").read_text(encoding="utf-8")
    assert "posterior draws of" in page
    assert "--posterior" in page


@pytest.mark.parametrize("name", list(shipped_draws()[0]))
def test_no_draw_is_the_same_number_everywhere(name):
    assert np.ptp([draw[name] for draw in shipped_draws()]) > 0


def test_a_study_over_the_posterior_gives_each_future_its_draw_in_both_worlds():
    study = definition.Study.model_validate({
        "title": "t", "question": "q", "scenarios": ["ai_first"], "market": "posterior", "scale": 0.01,
        "levers": {"TaxCredit.cap": {"values": [0, 1500]}}, "design": {"kind": "grid", "futures": 3},
    }).check()  # fmt: skip
    points = [plan.Point(k, {"TaxCredit.cap": cap}) for k, cap in enumerate((0, 1500))]
    made = plan.rows(study, points)
    for row in made:
        draw = shipped_draws()[row.future]
        for world in ("scenario", "against"):
            assert draw.items() <= row.case.asks[world]["overrides"].items()
    assert len({row.case.id for row in made}) == 6
    assumed = study.model_copy(update={"market": "assumed"})
    assert NAME not in plan.rows(assumed, points)[0].case.asks["scenario"]["overrides"]


def test_only_worlds_have_a_market_that_could_be_drawn():
    asked = definition.Study.model_validate({
        "title": "t", "question": "q", "runner": "claims", "market": "posterior", "outcomes": ["C3"],
        "design": {"kind": "claims"},
    })  # fmt: skip
    with pytest.raises(CallSheetError, match="goes with the runner worlds"):
        asked.check()
