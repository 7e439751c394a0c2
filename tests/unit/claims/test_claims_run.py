"""The claims on real worlds, small: lent histories change nothing, the JSON has its shape, a named border flips."""

import json
import re

import numpy as np
import pytest

from experiments import cli
from experiments.batch.engines import choose
from experiments.batch.engines.here import Here
from experiments.claims import study, turns, verdicts
from experiments.claims.declared import claim, claims
from experiments.claims.measures import MEASURES
from experiments.claims.measures.gains import gains
from experiments.claims.runs import Task, run
from experiments.claims.unknowns import AI, point, source, spread_points, unknowns
from experiments.claims.verdicts import at_point, stands
from experiments.claims.worlds import WORLDS, Chance, Worlds, world
from model.calendar import monday
from model.digest import cache_folder
from model.scenario import Scenario
from model.simulate import simulate
from model.world import WORLDS_PART

WEEKS = 260  # half of the claims' ten years
SCALE = 0.03  # with fewer the producer delivers too few titles to tell
CHANCE = Chance(seed=0, future=0, scale=SCALE)
KEYS = {"id", "statement", "kind", "measure", "measured", "over_parameters", "rule", "verdict", "turns_on"}


@pytest.fixture(scope="module", autouse=True)
def _own_cache(tmp_path_factory):
    """No history lies there before; the model need not be compiled again for that."""
    own, compiled = tmp_path_factory.mktemp("cache"), cache_folder() / "compiled"
    compiled.mkdir(parents=True, exist_ok=True)
    (own / "compiled").symlink_to(compiled)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CALLSHEET_CACHE", str(own))
        patch.setattr("experiments.claims.worlds.WEEKS", WEEKS)
        yield


@pytest.fixture(scope="module")
def anywhere():
    return point(spread_points(4, 7)[2])


@pytest.fixture(scope="module")
def far_point(anywhere):
    """A point at which the market stands as assumed."""
    return {name: value for name, value in anywhere.items() if source(name) == AI}


@pytest.mark.parametrize("kind", ["far_point", "anywhere"])
def test_a_world_from_a_lent_history_is_the_world_run_from_the_start(kind, request):
    point = request.getfixturevalue(kind)
    worlds = Worlds(point, CHANCE)
    _ = worlds.w0  # leaves the history
    settings = {**point, **WORLDS["W3"]}
    until = monday(WORLDS_PART + WEEKS)
    whole = simulate(
        Scenario.named("baseline").varied(scale=SCALE, until=until, set=settings), use_checkpoints=False
    )
    assert np.array_equal(worlds.w3.series["on_call"], whole.series["on_call"][WORLDS_PART:])
    assert np.array_equal(worlds.w3.series["payroll"], whole.series["payroll"][WORLDS_PART:])
    early = whole.series["on_call"][:WORLDS_PART].sum() / SCALE
    assert sum(worlds.before.values()) == pytest.approx(early)


def test_the_world_without_ai_is_the_same_at_every_point_of_ai(far_point):
    far, middle = world(far_point, CHANCE), Worlds({}, CHANCE).w0
    assert all(np.array_equal(far.series[name], middle.series[name]) for name in middle.series)
    for name in ("titles", "cells", "workers", "stock"):  # not what quality its titles would be said to have
        assert np.array_equal(far.tables[name], middle.tables[name]), name


def test_where_the_market_is_another_so_is_the_world_without_ai_and_each_is_compared_with_its_own(anywhere):
    here, assumed = Worlds(anywhere, CHANCE), Worlds({}, CHANCE)
    assert sum(here.before.values()) != sum(assumed.before.values())
    held = simulate(Scenario.named("baseline").varied(
        scale=SCALE, start=monday(WORLDS_PART), until=monday(WORLDS_PART + WEEKS), set=here.market
    ))
    assert np.array_equal(here.w0.series["on_call"], held.series["on_call"])
    assert set(here.market) == {name for name in unknowns() if source(name) != AI}


def test_every_claim_is_measured_and_every_measure_is_plain():
    task = Task(tuple(MEASURES), 0, 0, SCALE)
    found = run(task)
    assert {"C4", *found} >= set(claims())
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert all("value" in each for each in found.values())
    steps = found["steps"]
    assert steps["capital"] + steps["technology"] + steps["diffusion"] == pytest.approx(found["C3"]["value"])
    assert sum(found["C3"]["parts"].values()) == pytest.approx(found["C3"]["value"], abs=1e-6)
    assert sum(found["C5"]["shares"].values()) == pytest.approx(1.0)


def test_a_gain_is_twelve_months_more_than_one_percent_above():
    flat = np.full(104, 100)
    more = flat.copy()
    more[52:78] += 3
    found = gains(flat, more)
    assert found.size == 53
    assert not found[0]
    assert found[26]  # half of the months 3 % above
    assert not gains(flat, flat).any()


def stand(row, side):
    """How a claim stands with the parameters it turns on set to one side of their borders."""
    settings = {each["parameter"]: each[side] for each in row["turns_on"]}
    found, middle = (
        [run(Task((row["id"],), 1, future, SCALE, held))[row["id"]]["value"] for future in range(2)]
        for held in (settings, {})
    )
    return stands(claim(row["id"]), at_point(found, range(2), middle))


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """C2 on a few points, as a person would ask for it."""
    out = tmp_path_factory.mktemp("claims")
    words = ["claims", "--claim", "C2", "--futures", "2", "--points", "8", "--each", "1", "--scale", str(SCALE),
             "--seed", "1", "--workers", "1", "--out", str(out), "-q"]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(choose, "engine", lambda *_: Here())  # where the years are as few
        patch.setattr(turns, "STEPS", 3)
        patch.setattr(verdicts, "FEWEST_POINTS", 6)
        # how parameters are ranked has tests of its own; so few points would let others be tried, and run, before
        patch.setattr(study, "with_first", lambda ranked, _: turns.with_first(ranked, ["ai_tasks.shoot_cut"]))
        assert cli.main(words) == 0
        yield out, words


def test_the_json_has_the_shape_that_is_promised(asked, capsys):
    out, words = asked
    assert cli.main([*words, "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row.keys() == KEYS
    assert row["measured"].keys() == {"mean", "q10", "q90", "futures_agreeing"}
    assert row["over_parameters"].keys() == {"points", "points_holding", "points_failing"}
    assert row["statement"] == claim("C2").statement
    assert row == json.loads((out / "claims.json").read_text())[0]


def test_a_second_asking_runs_nothing_again(asked):
    out, words = asked
    chunks = out / "runs" / "chunks"
    before_ = {path: path.stat().st_mtime_ns for path in chunks.iterdir()}
    assert cli.main(words) == 0
    assert before_ == {path: path.stat().st_mtime_ns for path in chunks.iterdir()}
    assert not list((out / "runs" / "spool").iterdir())


def test_the_named_parameter_flips_the_verdict_on_real_worlds(asked):
    out, _ = asked
    row = json.loads((out / "claims.json").read_text())[0]
    assert row["verdict"] == "depends on"
    assert row["turns_on"], "a verdict that depends names what it turns on"

    assert stand(row, "fails_at") == "fails"
    assert stand(row, "holds_at") == "holds"


def test_the_page_stands_alone_and_holds_every_number_as_a_table(asked):
    out, _ = asked
    text = (out / "page.html").read_text(encoding="utf-8")
    assert text.count("<h1") == 1
    assert 'lang="en"' in text
    assert not re.search(r'(?:src|href)="https?://', text.split("<script")[0])
    row = json.loads((out / "claims.json").read_text())[0]
    assert f'value="{row["measured"]["mean"]}"' in text
    figures = json.loads(re.search(r'id="figures">(.*?)</script>', text, re.DOTALL).group(1))
    assert set(figures) == {"chart-C2"}
    for name in figures:
        assert f'id="{name}"' in text


@pytest.mark.slow
def test_all_claims_together_give_a_row_each(tmp_path):
    words = ["claims", "--futures", "2", "--points", "16", "--each", "1", "--scale", str(SCALE), "--seed", "1",
             "--out", str(tmp_path)]
    assert cli.main(words) == 0
    rows = json.loads((tmp_path / "claims.json").read_text())
    assert [row["id"] for row in rows] == list(claims())
    details = json.loads((tmp_path / "details.json").read_text())["claims"]
    for row in rows:
        assert row.keys() == KEYS
        assert (row["turns_on"] is None) == (details[row["id"]]["verdict"] != "depends on")
        if row["turns_on"]:
            assert stand(row, "fails_at") == "fails"
            assert stand(row, "holds_at") == "holds"
