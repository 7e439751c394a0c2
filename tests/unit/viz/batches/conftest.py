"""A folder with two studies, one of them with runs that failed."""

import shutil

import pytest

from tests.unit.viz.batches.made_studies import made


@pytest.fixture(scope="session")
def made_before(tmp_path_factory):
    home = tmp_path_factory.mktemp("out")
    made(home, "plain")
    made(home, "holed", function="ishigami_with_a_hole", holds=None, uncertainties={
        "x1": {"values": [0.5, 1.0]}, "x2": {"values": [0.0, 2.0]}, "x3": {"values": [0.0]}}, design={
        "kind": "grid", "futures": 2})
    return home


@pytest.fixture
def home(made_before, tmp_path):
    shutil.copytree(made_before, tmp_path / "out")
    return tmp_path / "out"
