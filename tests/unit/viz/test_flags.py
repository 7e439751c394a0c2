"""Flags of the timeline are the events of the recording, and what a scenario dates."""

import zipfile
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from model.scenario import Scenario
from model.state.call_board import BREACHED, SENT_HOME, STOPPED_BY_PROVIDER
from viz.flags import ENTRY, FAILURE, OUTAGE, POLICY, SERIES, STOP, flags, series_of

WEEKS = 60


def of(found, kind):
    return [each for each in found if each["kind"] == kind]


def recorded(stopped=(), active=()):
    """Series of a recording: ``stopped`` as {week: (titles, people, cause)}, ``active`` as first and last week."""
    series = {"outage_stopped": np.zeros(WEEKS, np.int32), "active": np.zeros((WEEKS, 4), np.int8),
              "standing": np.zeros((WEEKS, 2, len(STOPPED_BY_PROVIDER)), np.int32)}
    for week, (titles, people, cause) in dict(stopped).items():
        series["outage_stopped"][week] = titles
        series["standing"][week, 0, STOPPED_BY_PROVIDER.index(cause)] = people
    for at, (first, last) in enumerate(active):
        series["active"][first : last + 1, at] = 1
    return series


def ten_years(**more):
    return replace(Scenario.named("ai_first"), scale=0.5, **more)


def test_weeks_in_which_clouds_stand_still_are_those_of_the_recording(ai_pairs, ai_scenario):
    for mine, _ in ai_pairs:
        series = {name: mine.series[name] for name in SERIES}
        found = flags(ai_scenario, series)
        assert [each["week"] for each in of(found, OUTAGE)] == np.flatnonzero(series["outage_stopped"]).tolist()
        present = series["active"].astype(int)
        begun = sorted(np.argwhere(np.diff(present, axis=0, prepend=0) > 0)[:, 0].tolist())
        ended = sorted(np.argwhere(np.diff(present, axis=0, prepend=0) < 0)[:, 0].tolist())
        assert [each["week"] for each in of(found, ENTRY)] == begun
        assert [each["week"] for each in of(found, FAILURE)] == ended
    assert any(mine.series["active"].any() for mine, _ in ai_pairs)


def test_a_standstill_says_how_much_stopped_and_why():
    found = of(flags(ten_years(), recorded({3: (2, 40, SENT_HOME), 9: (1, 6, BREACHED)})), OUTAGE)
    assert [each["week"] for each in found] == [3, 9]
    assert found[0]["text"] == "Titles stopped: about 4, with 80 people held or sent home (outage)."
    assert found[1]["text"] == "Titles stopped: about 2, with 12 people held or sent home (breach)."


def test_a_producer_that_fails_has_a_flag_and_one_that_lasts_has_none():
    found = flags(ten_years(), recorded(active=[(2, 10), (20, WEEKS - 1)]))
    assert [(each["week"], each["kind"]) for each in found] == [(2, ENTRY), (11, FAILURE), (20, ENTRY)]
    assert "first AI-first producer" in found[1]["text"]
    assert "second" in found[2]["text"]


def test_before_the_run_is_finished_the_planned_entry_is_shown_and_nothing_of_chance():
    planned = flags(ten_years())
    assert {each["kind"] for each in planned} == {ENTRY}
    assert planned[0]["week"] < 10
    assert of(flags(Scenario.named("baseline")), ENTRY) == []


def test_an_entrant_who_works_the_traditional_way_is_not_called_ai_first():
    entries = of(flags(Scenario.named("traditional_entrant")), ENTRY)
    assert entries
    assert all("AI" not in each["label"] + each["text"] for each in entries)


def test_strikes_begin_and_end_on_their_days_and_those_left_out_have_no_flag():
    horizon = {"start": date(2023, 1, 2), "until": date(2024, 1, 1)}
    found = of(flags(replace(Scenario.named("baseline"), **horizon)), STOP)
    performers = [each for each in found if each["label"].startswith("Performers' strike: ")]
    assert [each["label"] for each in performers] == ["Performers' strike: begins", "Performers' strike: ends"]
    assert [each["text"] for each in performers] == ["July 14, 2023.", "November 9, 2023."]
    assert [each["week"] for each in performers] == [27, 44]  # weeks from Monday, January 2
    assert of(flags(replace(Scenario.named("no_strikes"), **horizon)), STOP) == []


def test_a_lever_flies_when_it_begins_and_when_it_ends_and_not_if_it_is_neutral():
    moved = ten_years().varied(levers={"TaxCredit.rate": "0.45", "TaxCredit.from": "2028-01-03",
                                       "TaxCredit.to": "2030-01-07"})
    found = of(flags(moved), POLICY)
    assert [each["week"] for each in found] == [90, 195]
    assert found[1]["label"].endswith(": ends")
    assert of(flags(ten_years()), POLICY) == []


def test_only_what_a_finished_recording_holds_is_read(tmp_path, ai_pairs):
    assert series_of(tmp_path / "none") is None
    mine = ai_pairs[0][0]
    mine.save(tmp_path / "recording", compressed=False)
    held = series_of(tmp_path / "recording")
    assert all(np.array_equal(held[name], mine.series[name]) for name in SERIES)
    np.savez(tmp_path / "series.npz", active=held["active"])
    assert series_of(tmp_path) is None


@pytest.mark.parametrize("compressed", [True, False])
def test_of_a_recording_that_was_damaged_nothing_is_read(tmp_path, ai_pairs, compressed):
    ai_pairs[0][0].save(tmp_path / "recording", compressed=compressed)
    path = tmp_path / "recording" / "series.npz"
    whole, held = path.read_bytes(), series_of(path.parent)
    with zipfile.ZipFile(path) as inside:
        parts = [inside.getinfo(f"{name}.npy") for name in SERIES]
    inner = [each.header_offset + 30 + len(each.filename) + 20 + each.compress_size // 2 for each in parts]
    for at in inner:
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        assert series_of(path.parent) is None, at
    for content in (b"", b"no series", whole[: len(whole) // 2], whole[:-10], whole[len(whole) // 2 :]):
        path.write_bytes(content)
        assert series_of(path.parent) is None
    for at in range(0, len(whole), len(whole) // 150):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        found = series_of(path.parent)
        assert found is None or all(np.array_equal(found[name], held[name]) for name in SERIES), at


@pytest.mark.parametrize("name", ["ai_first", "baseline", "larger_credit", "no_strikes"])
def test_every_flag_lies_on_the_track_and_explains_itself(name):
    scenario = Scenario.named(name)
    for each in flags(scenario):
        assert 0 <= each["week"] < scenario.weeks
        assert each["label"]
        assert each["text"].endswith(".")
