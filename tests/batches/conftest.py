"""What tests of batches are given: a way to run cases, and a cluster."""

import json

import pytest

from experiments.batch.coordinator import Batch, Limits
from experiments.batch.engines.choose import engine
from experiments.batch.folder import Folder
from tests.batches.asking import GOOD
from tests.batches.trials import RUN_LIMIT, OwnCluster


@pytest.fixture
def run(tmp_path):
    """Run cases in a folder; the batch, its engine stopped."""

    def go(cases, name="results", engine_name="local", workers=2, limits=None, progress=None):
        folder = Folder(tmp_path / name)
        with folder.owned():
            batch = Batch(folder, lambda: engine(engine_name, workers, RUN_LIMIT), limits or Limits(), progress)
            try:
                batch.run(cases)
            finally:
                batch.close()
        return batch

    return go


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    held = OwnCluster(tmp_path_factory.mktemp("cluster"))
    try:
        yield held.ready()
    finally:
        held.stop()


@pytest.fixture
def study(tmp_path):
    """Writes the study of a function, with changes; its path."""

    def write(**changes):
        path = tmp_path / "mine.yaml"
        path.write_text(json.dumps({**GOOD, **changes}))
        return str(path)

    return write
