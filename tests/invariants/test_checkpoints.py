"""A state saved and loaded goes on as if nothing had happened, bit for bit."""

import os
import subprocess
import sys
from datetime import date

import numba
import numpy as np
import pytest

from model import checkpoints
from model.errors import CallSheetError
from model.market import LaborMarket
from model.mechanisms.studios import Studio
from model.scenario import Scenario
from model.simulate import build, checkpoint_name, simulate
from model.world import WORLDS_PART

SMALL = Scenario.named("baseline").varied(scale=0.02, until=date(2015, 12, 28))


@pytest.fixture
def own_cache(tmp_path, monkeypatch):
    """A cache folder of the test's own for checkpoints."""
    monkeypatch.setattr(checkpoints, "cache_folder", lambda: tmp_path)
    return tmp_path


def same(one, other):
    return all(np.array_equal(value, other.state.arrays()[name]) for name, value in one.state.arrays().items())


@pytest.mark.parametrize(("scenario", "half_way", "end"), [
    (SMALL, 20, 45),
    # April 2020: production is stopped, benefits were just raised
    (Scenario.named("baseline").varied(scale=0.01, until=date(2020, 12, 28)), 275, 300),
], ids=["a usual year", "a stop and a change of terms"])
def test_running_on_from_a_checkpoint_equals_running_through(own_cache, scenario, half_way, end):
    through = build(scenario, use_checkpoints=False)
    through.advance_to(half_way)
    checkpoints.save(through.state, "half")
    through.advance_to(end)
    half = build(scenario, use_checkpoints=False)
    assert half.restore("half")
    half.advance_to(end)
    assert same(through, half)


def test_history_from_a_checkpoint_gives_the_same_recording(own_cache):
    first = simulate(SMALL)
    assert list((own_cache / "checkpoints").glob("*.npz"))
    assert simulate(SMALL).hash == first.hash == simulate(SMALL, use_checkpoints=False).hash


def test_what_was_compiled_serves_a_state_from_a_checkpoint_too(own_cache):
    through = build(SMALL, use_checkpoints=False)
    through.advance_to(10)
    checkpoints.save(through.state, "ten")
    again = build(SMALL, use_checkpoints=False)
    assert again.restore("ten")

    def types(state):
        return {name: numba.typeof(value) for name, value in vars(state).items() if isinstance(value, np.ndarray)}

    assert types(again.state) == types(through.state)


def test_a_damaged_checkpoint_is_computed_anew(own_cache):
    first = simulate(SMALL)
    for path in (own_cache / "checkpoints").glob("*.npz"):
        path.write_bytes(path.read_bytes()[:1000])
    assert simulate(SMALL).hash == first.hash


def test_old_checkpoints_make_room(own_cache, monkeypatch):
    monkeypatch.setenv("CALLSHEET_CACHE_LIMIT", "1000")
    simulate(SMALL)
    assert not list((own_cache / "checkpoints").glob("*.npz"))


def test_a_state_of_another_model_is_refused_with_a_sentence():
    market = build(SMALL, use_checkpoints=False)
    arrays = market.state.arrays()
    del arrays["calls"]
    with pytest.raises(CallSheetError, match="lacks calls"):
        market.state.load(arrays)


@pytest.mark.parametrize("part", ["market.purse", "calls", "contacts", "productions.weeks_left", "crew.wage", "ledger"])
@pytest.mark.parametrize("spoil", [lambda values: values[:-1], lambda values: values.astype("U4")],
                         ids=["shorter", "of another kind"])
def test_a_state_that_does_not_fit_changes_nothing(own_cache, part, spoil):
    kept, later = build(SMALL, use_checkpoints=False), build(SMALL, use_checkpoints=False)
    later.advance_to(4)
    arrays = later.state.arrays()
    try:
        arrays[part] = spoil(arrays[part])
    except (TypeError, ValueError):  # records cannot be made text
        arrays[part] = arrays[part].astype(object)
    with pytest.raises(CallSheetError):
        kept.state.load(arrays)
    assert same(kept, build(SMALL, use_checkpoints=False))


def test_a_checkpoint_that_is_not_ours_serves_all_the_same(own_cache, monkeypatch):
    first = simulate(SMALL)
    kept = {path: path.stat().st_mtime_ns for path in (own_cache / "checkpoints").iterdir()}
    assert kept

    def refuse(path):
        raise PermissionError

    monkeypatch.setattr(os, "utime", refuse)
    assert simulate(SMALL).hash == first.hash
    there = {path: path.stat().st_mtime_ns for path in (own_cache / "checkpoints").iterdir()}
    assert there == kept  # none was made anew


def test_studios_with_ways_of_their_own_leave_no_checkpoint(own_cache):
    class Idle(Studio):
        def choose_slate(self, ideas, costs):
            return np.zeros(ideas.uid.size, bool)

    own_way = simulate(SMALL, studio_types={"major": Idle}, keep_checkpoints=True)
    assert not list((own_cache / "checkpoints").glob("*.npz"))
    assert own_way.hash != simulate(SMALL).hash == simulate(SMALL, use_checkpoints=False).hash


def test_the_same_seed_gives_the_same_recording_in_another_process_and_folder(tmp_path):
    code = ("from datetime import date; from model.scenario import Scenario; from model.simulate import simulate; "
            "print(simulate(Scenario.named('baseline').varied(scale=0.02, until=date(2015, 12, 28))).hash)")
    hashes = set()
    for hash_seed in ("0", "4242"):
        folder = tmp_path / hash_seed
        folder.mkdir()
        root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True,
                              env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": root})
        hashes.add(done.stdout.strip())
    assert hashes == {simulate(SMALL).hash}


def test_another_setting_gives_another_recording():
    other = SMALL.varied(set={"referral.share": 0.2})
    assert simulate(other).hash != simulate(SMALL).hash


LATE = Scenario.named("baseline").varied(scale=0.01, start="2026-04-20", until=date(2027, 1, 4))
AI_FIRST = LATE.varied(set={"worlds.entrant": 2, "worlds.incumbents": 1, "ai_tasks.rework": 0.1,
                            "ai_people.learning_days": 20})


def test_worlds_have_their_history_in_common(own_cache):
    simulate(LATE)
    kept = set((own_cache / "checkpoints").glob("*.npz"))
    from_common_history = simulate(AI_FIRST)
    assert set((own_cache / "checkpoints").glob("*.npz")) == kept
    assert from_common_history.hash == simulate(AI_FIRST, use_checkpoints=False).hash


def test_nothing_of_ai_is_read_before_worlds_part():
    markets = [LaborMarket(each.params(), scale=0.01, seed=7) for each in (LATE, AI_FIRST)]
    for market in markets:
        market.advance_to(WORLDS_PART)
    assert same(*markets)


def test_a_lever_of_later_years_does_not_part_worlds_earlier():
    later = {"TaxCredit.rate": 0.45, "TaxCredit.from": "2027-01-04"}
    levers = LATE.varied(levers=later)
    assert checkpoint_name(levers, 1, WORLDS_PART) == checkpoint_name(LATE, 1, WORLDS_PART)
    assert checkpoint_name(levers, 1, WORLDS_PART + 52) != checkpoint_name(LATE, 1, WORLDS_PART + 52)
