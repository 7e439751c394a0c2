"""What claims C6 and C8 show beside their number: titles delayed, what standing still cost, and work by stage."""

import json
import math

import numpy as np
import pytest

from experiments.claims import sheets
from experiments.claims.evidence import more
from experiments.claims.measures import MEASURES, crafts, incidents
from experiments.claims.outputs import write_outputs
from experiments.claims.spreads import spreads
from experiments.claims.worlds import Chance, Worlds
from model import tables
from model.recording import Recording
from model.state.books import FINISHED, SIXTHS, Line
from model.vocabulary import Area
from viz.pages.claims import shipped

SCALE = 0.03
STAGES = ["development", "prep", "shoot", "effects", "post"]


@pytest.fixture(scope="module")
def worlds():
    return Worlds({"ai_providers.outages": 6.0}, Chance(0, 0, SCALE))


def recording(areas=None, finished=None):
    series = {} if areas is None else {"people_by_area": np.array(areas, np.int32)}
    return Recording({"scale": 0.1}, series, None, {} if finished is None else {"finished": finished})


def test_titles_delayed_and_money_lost_by_hand():
    """Two of three titles of the producer stood still, at 60 and 40 USD of budgets of 500; the last is another's."""
    finished = np.zeros(4, FINISHED)
    finished["maker"], finished["shadow"], finished["rest"] = [0, 0, 1, -1], 10_000, [10_000, 5_000, 5_000, 0]
    finished["lines"][:, Line.DISRUPTION] = -SIXTHS * np.array([6_000, 0, 4_000, 9_999])
    found = incidents.delayed(recording(finished=finished))
    assert found["delayed"] == pytest.approx(2 / 3)
    assert found["standstill"] == pytest.approx(0.2)
    assert found["standstill_musd"] == pytest.approx(100 / 0.1 / 1e6)


def test_a_producer_that_delivered_nothing_has_no_titles_to_delay():
    found = incidents.delayed(recording(finished=np.zeros(0, FINISHED)))
    assert all(math.isnan(each) for each in found.values())


def test_work_by_stage_by_hand():
    without, with_all = recording([[10, 20, 40, 8, 0]] * 2), recording([[10, 10, 20, 16, 0]] * 2)
    found = crafts.stages(without, with_all)
    assert found == pytest.approx({"development": 0.0, "prep": -0.5, "shoot": -0.5, "effects": 1.0})


def test_people_by_stage_are_all_people_on_calls_and_effects_their_crafts(worlds):
    for each in (worlds.w0, worlds.w2):
        areas, on_call = each.series["people_by_area"], each.series["on_call"]
        assert areas.sum(axis=1).tolist() == on_call.sum(axis=1).tolist()
        assert areas[:, Area.VFX].tolist() == on_call[:, tables.image_crafts()].sum(axis=1).tolist()
        assert (areas.sum(axis=0) > 0).all()


def test_titles_are_delayed_only_where_crews_stood_still(worlds):
    found = MEASURES["C6"](worlds)
    assert found["value"] > 0
    assert 0 < found["titles"]["delayed"] <= 1
    assert 0 < found["titles"]["standstill"] < 1
    assert found["titles"]["standstill_musd"] > 0
    finished = worlds.w0.tables["finished"]
    assert finished.size == 0  # without the producer nobody depends on a provider


def test_the_page_shows_both():
    titles = [{"delayed": 0.5, "standstill": 0.01, "standstill_musd": 3.0}] * 2
    row = {"id": "C6", "measured": {"mean": 0.01}}
    shown = more(row, {"over_futures": spreads([{"causes": {"held": 0.01}, "titles": each} for each in titles])})
    assert [sheet.name for sheet in shown[1]] == ["C6_causes", "C6_titles"]
    assert [cells[1].value for cells in shown[1][1].rows] == [0.5, 0.01, 3.0]

    changes = {"crafts": {"grip": -0.1}, "experience": {"veterans": -0.2}, "stages": dict.fromkeys(STAGES, -0.3)}
    sheet = sheets.crafts({"over_futures": spreads([changes] * 2), "over_points": spreads([changes])})
    labels = [cells[0].text for cells in sheet.rows]
    assert labels[-5:] == [f"stage: {name}" for name in STAGES]
    assert [cells[1].value for cells in sheet.rows[-5:]] == [-0.3] * 5


def test_the_manifest_of_a_study_says_more_than_that_of_the_claims_and_stays(tmp_path):
    manifest = tmp_path / "manifest.json"
    manifest.write_text('{"sessions": []}')
    write_outputs(tmp_path, shipped().found, manifest=False)
    assert manifest.read_text() == '{"sessions": []}'
    write_outputs(tmp_path, shipped().found)
    assert set(json.loads(manifest.read_text())) == {"model", "ended"}
