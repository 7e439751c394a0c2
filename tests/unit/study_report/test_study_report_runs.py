"""Reports of studies that were really run, by design, and of parts that are missing."""

import json

import pytest

from tests.unit.study_report import study_answers
from tests.unit.study_report.reports_read import column, drawn, read


@pytest.fixture(scope="module")
def run_before(tmp_path_factory):
    """Studies of a function, really run, by design."""
    home = tmp_path_factory.mktemp("studies")
    designs = {
        "lhs": {"kind": "lhs", "points": 40},
        "sobol": {"kind": "sobol", "base": 16},
        "morris": {"kind": "morris", "trajectories": 8},
        "surface": {"kind": "surface", "start": 16, "points": 24, "batch": 8, "futures": 1},
    }
    more = {"lhs": {"holds": {"outcome": "y", "at_least": 4.0}}}
    return {kind: study_answers.of_function(home / kind, design, **more.get(kind, {}))
            for kind, design in designs.items()}


def test_a_latin_hypercube_that_was_run(run_before):
    _, reader = read(run_before["lhs"])
    assert {"chart-spread", "chart-scores", "chart-prim"} == set(json.loads(reader.scripts["figures"]))
    assert sum(drawn(reader, "chart-spread")[0]["y"]) == 40


@pytest.mark.parametrize("kind", ["sobol", "morris"])
def test_indices_that_were_run(run_before, kind):
    found = run_before[kind]
    _, reader = read(found)
    ranked = [each["value"] for each in found["indices"]["ranked"]]
    assert drawn(reader, "chart-indices")[0]["x"] == ranked == column(reader, "indices", 0)
    if kind == "sobol":
        assert drawn(reader, "chart-indices")[-1]["x"] == [each["first"] for each in found["indices"]["ranked"]]
    assert not any(name.startswith("settings") for name in reader.tables)


def test_a_surface_that_was_run(run_before):
    found = run_before["surface"]["surface"]
    text, reader = read(run_before["surface"])
    heat, _, border, points = drawn(reader, "chart-surface")
    assert heat["z"] == found["grid"] == reader.tables["surface"][1:]
    assert reader.tables["surface_above"][1:] == found["above"]
    assert border["contours"]["start"] == pytest.approx(-border["contours"]["end"])
    assert len(points["x"]) == 24
    assert {"chart-surface-0", "chart-surface-1", "chart-surface-2"} < set(json.loads(reader.scripts["figures"]))
    assert "root mean square" in text


def test_a_list_lies_on_an_axis_at_its_mean():
    text, reader = read(study_answers.surface())
    points = drawn(reader, "chart-surface")[-1]
    assert points["y"] == pytest.approx([1.0, 0.7875, 0.575, 0.2875, 0.0])
    assert "[60%, 60%, 70%, 40%]" in text
    assert "off by 0.4% (root mean square)" in text
    assert "Take care." in text


def test_every_section_may_be_missing(run_before):
    bare = {key: run_before["lhs"][key] for key in ("study", "headline", "runs")}
    assert "Run it again" in read(bare)[0]
    empty = {**run_before["lhs"], "spread": {"headline": {"points": 0}, "values": [None], "points": [], "holds": None,
                                             "scores": None, "prim": None, "cart": None}}  # fmt: skip
    assert "No point has an answer" in read(empty)[0]
    for part in ("indices", "surface", "front", "spread", "verdicts"):
        assert "Run it again" in read({**bare, part: None})[0]
