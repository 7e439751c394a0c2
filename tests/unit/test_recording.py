"""Recordings on disk: whole or not at all, versioned, and refused with a sentence when they are not ours."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from model.errors import CallSheetError
from model.recording import BY_DISTRICT, FORMAT, Recording
from model.scenario import Scenario
from model.simulate import simulate
from model.tables import districts, kinds


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
    start, followed = market.state.crew.status.copy(), 0
    market.advance_to(recording.weeks)
    for row in range(0, start.size, 97):
        life = recording.life(row)
        calls = [each for each in life if each["event"] not in ("exit", "return")]  # these leave a spell as it is
        if life:
            ends_on_call = life[-1]["event"].startswith("hired")
            assert (market.state.crew.status[row] == 2) == ends_on_call
        else:
            assert market.state.crew.status[row] == start[row]
        if calls:
            assert market.state.crew.since[row] == calls[-1]["week"]
            followed += 1
    assert followed > 5


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


def test_a_recording_with_any_bit_of_its_data_turned_is_refused_with_a_sentence(recording, saved):
    series = saved / "series.npz"
    whole = series.read_bytes()
    refused = 0
    for at in np.linspace(0, len(whole) - 1, 120).astype(int):
        turned = bytearray(whole)
        turned[at] ^= 1 << at % 8
        series.write_bytes(bytes(turned))
        try:
            read = Recording.load(saved)
        except CallSheetError:
            refused += 1
        else:  # what an archive says of its own making is nobody's data
            assert all(np.array_equal(read.series[name], values) for name, values in recording.series.items())
    assert refused > 60, refused


def test_a_recording_over_another_leaves_nothing_of_the_other(recording, saved):
    without_titles = {name: table[:0] for name, table in recording.tables.items()}
    other = Recording(dict(recording.manifest), recording.series, None, without_titles)
    other.manifest.pop("hash", None)
    other.save(saved)
    assert Recording.load(saved).hash == other.hash
    recording.save(saved)
    assert Recording.load(saved).hash == recording.hash


def test_a_newer_format_is_refused_with_its_number(saved):
    manifest = json.loads((saved / "manifest.json").read_text())
    manifest["format"] = FORMAT + 1
    (saved / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(CallSheetError, match=f"format {FORMAT + 1}"):
        Recording.load(saved)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"not json", b'{"format": "1"}', b"\x00" * 64,
                                     b"[" * 200_000, b'"' + b"1" * (1 << 20) + b'"'])
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


class Opens:
    """What a pickle may do when it is opened."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


@pytest.mark.parametrize("part", ["series.npz", "tables.npz"])
def test_a_pickle_inside_an_archive_does_nothing(saved, tmp_path, part):
    trace = tmp_path / "opened"
    held = dict(np.load(saved / part))
    name = next(iter(held))
    np.savez(saved / part, **{**held, name: np.array([Opens(trace)], dtype=object)})
    with pytest.raises(CallSheetError):
        Recording.load(saved)
    assert not trace.exists()
    np.load(saved / part, allow_pickle=True)[name]
    assert trace.exists(), "or this test could not tell"


# Districts


def test_everyone_on_a_call_works_in_a_district_and_lives_in_one(recording):
    s = recording.series
    assert recording.manifest["districts"] == list(districts().names)
    for name, dtype in BY_DISTRICT.items():
        assert s[name].dtype == dtype
        assert s[name].shape == (recording.weeks, districts().n)
    on_call = s["on_call"].sum(axis=1)
    assert on_call.all()
    assert (s["work_by_district"].sum(axis=1) == on_call).all()
    assert (s["home_on_call"].sum(axis=1) == on_call).all()
    assert (s["home_idle"].sum(axis=1) == s["idle"].sum(axis=1)).all()
    assert (s["work_by_district"] != s["home_on_call"]).any(axis=1).all()


def test_every_shoot_of_the_week_is_in_a_district(recording):
    days = kinds().shoot_days
    shoots = (recording.series["shoot_days"] // days).sum(axis=1)
    assert (recording.series["shoot_days"] % days == 0).all()
    assert shoots.any()
    assert (recording.series["shoots_by_district"].sum(axis=1) == shoots).all()


def test_districts_of_the_recording_are_those_of_workers_and_titles():
    """Counted anew from the rows, at the end of a quarter."""
    from model.mechanisms.location import district_of
    from model.simulate import build

    market = build(Scenario.named("baseline").varied(scale=0.02, until=date(2015, 4, 6)), use_checkpoints=False)
    market.advance_to(13)
    crew, titles, flows = market.state.crew, market.state.productions, market.flows
    order = market.state.order
    assert (titles.district[order] == district_of(titles.uid[order], market.world.seed)).all()
    on_call = np.flatnonzero(crew.status == 2)
    rows = crew.call[on_call] // market.world.crafts.n

    def counted(values):
        return np.bincount(values, minlength=districts().n).tolist()

    assert flows.work_by_district.tolist() == counted(titles.district[rows])
    assert flows.home_on_call.tolist() == counted(crew.district[on_call])
    assert flows.home_idle.tolist() == counted(crew.district[crew.status == 1])


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_recording_of_an_earlier_format_still_opens(recording, tmp_path, number):
    later = {*BY_DISTRICT, *(("public_money",) if number < 3 else ())}
    kept = {name: values for name, values in recording.series.items() if name not in later}
    lacks = ("hash", "districts", *later)
    old = Recording(
        {name: value for name, value in recording.manifest.items() if name not in lacks},
        kept,
        recording.events,
        {} if number == 1 else recording.tables,
    )
    old.save(tmp_path / "old")
    path = tmp_path / "old" / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": number}))
    again = Recording.load(tmp_path / "old")
    assert again.manifest["format"] == number
    assert np.array_equal(again.series["on_call"], recording.series["on_call"])
    assert again.life(5) == recording.life(5)


def test_series_of_a_decade_stay_about_a_megabyte(recording):
    weekly = sum(values.nbytes for values in recording.series.values()) / recording.weeks
    assert weekly * 521 <= 1_100_000


def test_a_recording_without_its_tables_is_cut_short(recording, tmp_path):
    recording.save(tmp_path / "run")
    (tmp_path / "run" / "tables.npz").unlink()
    with pytest.raises(CallSheetError, match="a part is missing"):
        Recording.load(tmp_path / "run")
