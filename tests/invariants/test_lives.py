"""A life followed from a checkpoint is the life that was lived, to the cent."""

from datetime import date

import numpy as np
import pytest

from model import checkpoints
from model.errors import CallSheetError
from model.lives import follow
from model.scenario import Scenario
from model.simulate import build, simulate

TWO_YEARS = Scenario.named("baseline").varied(scale=0.02, until=date(2017, 1, 2), levers={
    "BenefitExtension.weeks": 26, "BenefitExtension.from": "2015-09-07"})


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    """A cache folder of the test's own."""
    monkeypatch.setattr(checkpoints, "cache_folder", lambda: tmp_path)
    return tmp_path


def test_a_life_followed_from_a_checkpoint_is_the_one_lived_to_the_cent(own_cache):
    recording = simulate(TWO_YEARS, keep_checkpoints=True)
    assert len(list((own_cache / "checkpoints").glob("*.npz"))) == 2, "January 2015 and one of week 52"
    through = build(TWO_YEARS, use_checkpoints=False)
    through.advance_to(90)
    through.settle()
    for row in (3, 700, int(through.state.crew.count) - 1):
        life = follow(TWO_YEARS, row, 60, 90)
        assert life[-1].savings == through.state.crew.savings[row]
        assert life[-1].days_worked == through.state.crew.days_worked[row]
        turns = [each["week"] for each in recording.life(row) if 60 < each["week"] < 90]
        seen = [b.week for a, b in zip(life, life[1:], strict=False)
                if (a.status, a.production) != (b.status, b.production)]
        assert set(seen) <= set(turns), "what changes between weeks is in the log"


def test_a_later_start_from_checkpoints_equals_one_without(own_cache):
    simulate(TWO_YEARS, keep_checkpoints=True)
    later = TWO_YEARS.varied(start=date(2016, 3, 7))
    assert simulate(later).hash == simulate(later, use_checkpoints=False).hash


def test_worlds_with_other_levers_do_not_share_later_checkpoints(own_cache):
    simulate(TWO_YEARS, keep_checkpoints=True)
    plain = Scenario.named("baseline").varied(scale=0.02, start=date(2016, 3, 7), until=date(2016, 6, 6))
    assert simulate(plain).hash == simulate(plain, use_checkpoints=False).hash


def test_weeks_and_rows_that_are_not_there_are_sentences():
    with pytest.raises(CallSheetError, match="not inside the scenario"):
        follow(TWO_YEARS, 0, 10, 4000)
    with pytest.raises(CallSheetError, match="No worker has the row"):
        follow(TWO_YEARS, 10**6, 0, 2)


def test_a_life_is_plain_json():
    import json

    life = follow(TWO_YEARS, 5, 0, 3)
    assert json.loads(json.dumps([week.plain() for week in life]))[0]["date"] == "2015-01-05"
    assert np.all([week.savings >= 0 for week in life])
