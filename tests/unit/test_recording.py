"""Recordings on disk: whole or not at all, versioned, and refused with a sentence when they are not ours."""

import json
from datetime import date

import numpy as np
import pytest

from model.errors import CallSheetError
from model.recording import FORMAT, Recording
from model.scenario import Scenario
from model.simulate import simulate


@pytest.fixture(scope="module")
def recording():
    """A quarter of a small market."""
    return simulate(Scenario.named("baseline").varied(scale=0.02, until=date(2015, 4, 6)), use_checkpoints=False)


@pytest.fixture
def saved(recording, tmp_path):
    """The folder of a saved recording."""
    recording.save(tmp_path / "run")
    return tmp_path / "run"


def test_a_saved_recording_reads_back_the_same(recording, saved):
    again = Recording.load(saved)
    assert again.hash == recording.hash == again._digest()
    assert all(np.array_equal(values, again.series[name]) for name, values in recording.series.items())
    assert isinstance(again.events, np.memmap)
    assert sorted(path.name for path in saved.parent.iterdir()) == ["run"], "nothing half-written is left"


def test_a_recording_kept_without_its_log_reads_back_under_the_hash_of_the_whole(recording, tmp_path):
    bare = simulate(
        Scenario.named("baseline").varied(scale=0.02, until=date(2015, 4, 6)), use_checkpoints=False, keep_events=False
    )
    bare.save(tmp_path / "bare")
    assert Recording.load(tmp_path / "bare").hash == recording.hash


def test_a_life_read_from_the_log_ends_where_the_worker_stands(recording):
    from model.simulate import build

    market = build(Scenario.named("baseline").varied(scale=0.02, until=date(2015, 4, 6)), use_checkpoints=False)
    start = market.state.crew.status.copy()
    market.advance_to(recording.weeks)
    for row in range(0, start.size, 97):
        life = recording.life(row)
        if life:
            ends_on_call = life[-1]["event"].startswith("hired")
            assert (market.state.crew.status[row] == 2) == ends_on_call
            assert market.state.crew.since[row] == life[-1]["week"]
        else:
            assert market.state.crew.status[row] == start[row]


def test_a_recording_without_its_log_says_so(recording):
    bare = Recording(dict(recording.manifest), recording.series, None)
    with pytest.raises(CallSheetError, match="without its event log"):
        bare.life(0)


@pytest.mark.parametrize("part", ["manifest.json", "series.npz", "events.npy"])
def test_a_recording_cut_short_is_refused_with_a_sentence(saved, part):
    path = saved / part
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(CallSheetError, match="cut short|changed|not a recording"):
        Recording.load(saved)


def test_a_recording_that_was_changed_is_refused(saved):
    events = np.load(saved / "events.npy")
    events[0] ^= 1
    np.save(saved / "events.npy", events)
    with pytest.raises(CallSheetError, match="changed after it was written"):
        Recording.load(saved)


def test_a_newer_format_is_refused_with_its_number(saved):
    manifest = json.loads((saved / "manifest.json").read_text())
    manifest["format"] = FORMAT + 1
    (saved / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(CallSheetError, match=f"format {FORMAT + 1}"):
        Recording.load(saved)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"not json", b'{"format": "1"}', b"\x00" * 64])
def test_a_foreign_file_is_refused_with_a_sentence(saved, content):
    (saved / "manifest.json").write_bytes(content)
    with pytest.raises(CallSheetError):
        Recording.load(saved)


def test_a_folder_that_is_no_recording_is_refused(tmp_path):
    with pytest.raises(CallSheetError, match="cannot be read"):
        Recording.load(tmp_path)


def test_a_pickle_inside_is_never_opened(saved):
    np.save(saved / "events.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(CallSheetError):
        Recording.load(saved)


def test_series_of_a_decade_stay_under_a_megabyte(recording):
    weekly = sum(values.nbytes for values in recording.series.values()) / recording.weeks
    assert weekly * 521 <= 1_000_000
