"""Lives read through the index are those of the raw log, of the table of workers and of the state week by week."""

from dataclasses import replace

import numpy as np
import pytest

from model.errors import CallSheetError
from model.lives import follow
from model.recording import Recording
from model.simulate import build
from model.state import events as event_log
from model.vocabulary import Event, Status
from model.world import WORLDS_PART
from viz.lives import Lives
from viz.lives_index import index_of, made
from viz.spells import CALL, COURSE, OUT, SEARCH, Spell, searches, with_courses

STATUS = {CALL: "on_call", SEARCH: "idle", COURSE: "idle", OUT: "out"}


@pytest.fixture(scope="module")
def lives(ai_pairs):
    return Lives(*ai_pairs[0])


def by_week(spells, begin, end):
    """What a worker does in each week; fails where two spells overlap or a week is in none."""
    found = {}
    for spell in spells:
        for week in range(spell.first, spell.end):
            assert week not in found
            found[week] = spell
    assert sorted(found) == list(range(begin, end))
    return [found[week] for week in range(begin, end)]


def test_the_index_lists_every_event_of_every_worker_once_in_order_of_time(ai_pairs):
    recording = ai_pairs[0][0]
    index, rows = made(recording.events), event_log.rows(np.asarray(recording.events))
    assert sorted(index.places.tolist()) == list(range(rows.size))
    for row in (0, 7, 700, int(rows.max())):
        assert index.of(row).tolist() == np.flatnonzero(rows == row).tolist()
    assert index.of(int(rows.max()) + 1).size == 0
    assert index.of(-1).size == 0


def test_turns_are_those_that_the_recording_tells(lives):
    recording = lives.mine.recording
    for row in lives.workers["row"][:40].tolist():
        told = [(turn["week"], turn["event"], turn["production"]) for turn in recording.life(row)]
        assert [(week, Event(what).name.lower(), uid) for week, what, uid in lives.mine.turns(row).tolist()] == told


def test_the_index_lies_beside_a_recording_and_is_taken_from_there_only_if_it_fits(ai_pairs, tmp_path):
    ai_pairs[0][0].save(tmp_path / "kept")
    recording = Recording.load(tmp_path / "kept")
    first = index_of(recording)
    (path,) = (tmp_path / "kept").glob("lives-*.npy")
    written = path.read_bytes()
    again = index_of(Recording.load(tmp_path / "kept"))
    assert isinstance(again.places, np.memmap), "read through a memory map"
    assert np.array_equal(first.places, again.places)
    assert np.array_equal(first.starts, again.starts)
    whole = np.load(path)
    backwards, beyond, falling = whole.copy(), whole.copy(), whole.copy()
    backwards[1 + whole[0] :] = backwards[1 + whole[0] :][::-1]
    beyond[1 + whole[0] :] += recording.events.size
    falling[2] = whole[-1] + 1_000_000
    for wrong in (backwards, beyond, falling, whole.astype(np.int64), whole[:2]):
        np.save(path, wrong)
        assert np.array_equal(index_of(recording).places, first.places)
        assert path.read_bytes() == written, "made anew"
    for broken in (written[:-8], b"", written[:200], b"\x80\x04no array"):
        path.write_bytes(broken)
        assert np.array_equal(index_of(recording).places, first.places)
        assert path.read_bytes() == written, "made anew"


def test_a_recording_without_its_log_has_no_index(ai_pairs):
    with pytest.raises(CallSheetError, match="without its event log"):
        index_of(replace(ai_pairs[0][0], events=None))


def test_spells_are_the_status_of_the_state_week_by_week(lives, ai_scenario):
    for at in (7, 300, 1500):
        row = int(lives.workers["row"][at])
        spells = by_week(lives.mine.spells(row), lives.begin, lives.end)
        for week, spell in zip(follow(ai_scenario, row, WORLDS_PART, WORLDS_PART + 104), spells, strict=False):
            assert STATUS[spell.what] == week.status, week.week
            if spell.what == CALL:
                assert spell.title == week.production, "a call has the identity of its title"


def test_weeks_on_calls_are_those_of_the_spells_and_agree_with_the_days_of_the_table(lives):
    for world in lives.worlds:
        days = world.workers["days_after"]
        for at, row in enumerate(world.workers["row"].tolist()):
            spells = world.spells(row)
            on_call = sum(spell.weeks for spell in spells if spell.what == CALL)
            assert on_call == world.weeks_on_call[at]
            assert on_call <= days[at] <= 7 * on_call
            last = spells[-1].what
            assert STATUS[last] == Status(int(world.workers["status_after"][at])).name.lower()
            assert spells[0].first == lives.begin
            assert spells[-1].end == lives.end


def test_a_row_is_the_same_person_in_both_worlds(lives, ai_pairs):
    people = []
    for world in lives.worlds:
        market = build(replace(world.scenario, until=world.scenario.start.replace(year=2027)), 0)
        crew, rows = market.state.crew, world.workers["row"]
        people.append([np.array(getattr(crew, name)[rows]) for name in ("uid", "talent", "craft", "district")])
        assert np.array_equal(people[-1][2], world.workers["craft"])
        assert np.array_equal(people[-1][3], world.workers["district"])
    assert all(np.array_equal(one, other) for one, other in zip(*people, strict=True))
    assert lives.mine.at(int(lives.workers["row"][3]))["days"] == lives.other.at(int(lives.workers["row"][3]))["days"]


def test_a_course_lies_in_the_search_that_it_ends_in():
    search = Spell(10, 30, SEARCH, began=Event.WRAP, ended=Event.HIRED_FROM_OPEN_CALL)
    call = Spell(40, 5, CALL, 9)
    found = with_courses([search, call], [(14, 30)])
    assert [(spell.first, spell.end, spell.what) for spell in found] == [
        (10, 14, SEARCH), (14, 30, COURSE), (30, 40, SEARCH), (40, 45, CALL)
    ]  # fmt: skip
    assert found[2].ended == Event.HIRED_FROM_OPEN_CALL
    assert found[1].ended == Event.RETRAINED
    early = with_courses([Spell(20, 10, SEARCH)], [(8, 24)])
    assert [(spell.first, spell.end, spell.what) for spell in early] == [(20, 24, COURSE), (24, 30, SEARCH)]
    to_the_day = with_courses([Spell(20, 10, SEARCH)], [(20, 30)])
    assert [(spell.first, spell.end, spell.what) for spell in to_the_day] == [(20, 30, COURSE)]
    assert with_courses([call], []) == (call,)
    assert searches(found) == [30], "whoever learns goes on looking"
    assert searches([Spell(0, 3, SEARCH), call, Spell(45, 2, OUT), Spell(47, 4, SEARCH)]) == [3, 4]


def test_whoever_is_retrained_was_in_a_course_for_as_long_as_one_takes(lives):
    retrained = 0
    for row in lives.workers["row"].tolist():
        weeks = [week for week, what, _ in lives.mine.turns(row).tolist() if what == Event.RETRAINED]
        courses = [spell for spell in lives.mine.spells(row) if spell.what == COURSE]
        assert [spell.end for spell in courses] == weeks
        assert all(spell.weeks == lives.mine.course_weeks or spell.first == lives.begin for spell in courses)
        retrained += len(weeks)
    assert retrained > 0


def test_titles_have_the_kind_and_the_use_of_ai_that_the_books_hold(lives):
    books = lives.mine.recording.tables["titles"]
    with_ai = books[books["ai"] != 0]["uid"]
    assert with_ai.size
    assert lives.mine.title(int(with_ai[0]))[1] is True
    assert lives.mine.title(-5) == ("", None)
    assert lives.mine.title(1 << 40) == ("", None)


def test_worlds_that_cannot_be_compared_say_why(ai_pairs):
    mine, other = ai_pairs[0]
    assert Lives(mine, other).notice == ""
    assert "Nothing is compared" in Lives(mine).notice
    workers = other.tables["workers"].copy()
    workers["craft"][0] += 1
    changed = Lives(mine, replace(other, tables={**other.tables, "workers": workers}))
    assert "differ before April 2026" in changed.notice
    assert changed.other is None
    assert "event log" in Lives(mine, replace(other, events=None)).notice
    assert "event log" in Lives(replace(mine, events=None)).nobody
    shorter = replace(other, manifest={**other.manifest, "weeks": other.weeks - 1})
    assert "same week" in Lives(mine, shorter).notice
