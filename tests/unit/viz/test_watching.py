"""What the page plays is what the model did: everyone's place each week, and the figures of the recording."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from model import measures, tables
from model.recording import Recording
from model.simulate import simulate
from viz import data
from viz.runs import tasks
from viz.runs.store import Store
from viz.runs.watch import COLUMNS, WITH_AI
from viz.runs.wishes import World
from viz.shown import MEASURES, columns
from viz.view import named

WORLD = World(replace(named("ai_first"), scale=0.02, until=date(2027, 2, 1)))
ROW = (1 << 20) - 1


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = Store(tmp_path_factory.mktemp("results"), 1 << 30)
    made.start()
    grown = []
    for done, _ in tasks.run_world(made, WORLD):
        if not done:  # the years before
            continue
        folder = made.weeks_of(WORLD.key)
        grown.append(len(data.fixed(folder, "series", 0, 2000)) // 8 // len(columns()))
    made.grown = grown
    return made


@pytest.fixture(scope="module")
def ask(store):
    app = Starlette(routes=[Route("/data/{key}/{what}", data.weeks)])
    app.state.store = store
    return TestClient(app).get


def decoded(content, weeks):
    """Where everyone is, week by week: {row: (state, craft)}, and the homes."""
    words, at, people, homes, found = np.frombuffer(content, "<u4"), 0, {}, {}, []
    for _ in range(weeks):
        n_new, n_changed = int(words[at]), int(words[at + 1])
        for word in words[at + 2 : at + 2 + n_new].tolist():
            homes[word & ROW] = word >> 25
        for word in words[at + 2 + n_new : at + 2 + n_new + n_changed].tolist():
            people[word & ROW] = ((word >> 20) & 15, word >> 24)
        at += 2 + n_new + n_changed
        found.append(dict(people))
    assert at == words.size
    return found, homes


def test_weeks_grow_while_the_run_goes_on(store):
    assert store.grown[0] == tasks.FIRST_SLICE
    assert store.grown == sorted(store.grown)
    assert store.grown[-1] == WORLD.scenario.weeks
    assert not list(store.running.iterdir())


def test_the_recording_is_that_of_the_headless_half(store):
    assert store.recording(WORLD.key).hash == simulate(WORLD.scenario).hash


def test_figures_are_those_of_the_recording(store, ask):
    weeks = WORLD.scenario.weeks
    found = np.frombuffer(ask(f"/data/{WORLD.key}/series?from=0&to={weeks}").content, "<f8").reshape(weeks, -1)
    recording = simulate(WORLD.scenario)
    for at, name in enumerate(MEASURES):
        assert np.array_equal(found[:, at], measures.measure(name).weekly(recording)), name
    assert np.array_equal(found[:, len(MEASURES):], recording.series["on_call"] / recording.scale)


def test_everyone_is_on_the_board_where_the_model_has_them(store, ask):
    weeks = WORLD.scenario.weeks
    found, homes = decoded(ask(f"/data/{WORLD.key}/board?from=0&to={weeks}&every=1").content, weeks)
    recording: Recording = store.recording(WORLD.key)
    for week in (0, 7, weeks - 1):
        states = np.array([state for state, _ in found[week].values()])
        crafts = np.array([craft for _, craft in found[week].values()])
        for code in range(len(recording.manifest["crafts"])):
            of = states[crafts == code] % WITH_AI
            assert np.count_nonzero(of > 1) == recording.series["on_call"][week, code]
            assert np.count_nonzero(of == 1) == recording.series["idle"][week, code]
        assert states.max() < WITH_AI + len(COLUMNS)
    assert set(homes) == set(found[-1])
    assert max(homes.values()) < len(tables.rows("districts.csv"))


def test_a_sample_is_the_same_people_all_the_time(ask):
    weeks = WORLD.scenario.weeks
    everyone, _ = decoded(ask(f"/data/{WORLD.key}/board?from=0&to={weeks}&every=1").content, weeks)
    sampled, _ = decoded(ask(f"/data/{WORLD.key}/board?from=0&to={weeks}&every=10").content, weeks)
    for whole, part in zip(everyone, sampled, strict=True):
        assert part == {row: state for row, state in whole.items() if row % 10 == 0}


def test_a_craft_holds_everyone_who_is_in_it(ask):
    weeks = WORLD.scenario.weeks
    everyone, _ = decoded(ask(f"/data/{WORLD.key}/board?from=0&to={weeks}&every=1").content, weeks)
    grips, _ = decoded(ask(f"/data/{WORLD.key}/board?from=0&to={weeks}&every=1&craft=grip").content, weeks)
    code = tables.crafts().names.index("grip")
    for whole, part in zip(everyone, grips, strict=True):
        assert {row: each for row, each in part.items() if each[0]} == {
            row: each for row, each in whole.items() if each[1] == code and each[0]}


def test_weeks_asked_for_in_parts_are_those_asked_for_at_once(ask):
    whole = ask(f"/data/{WORLD.key}/board?from=0&to=20").content
    assert whole == b"".join(ask(f"/data/{WORLD.key}/board?from={k}&to={k + 5}").content for k in range(0, 20, 5))


def test_an_answer_holds_no_more_weeks_than_a_page_takes_at_once(ask, monkeypatch):
    monkeypatch.setitem(data.AT_ONCE, 10, 5)
    assert ask(f"/data/{WORLD.key}/board?from=3&to=20").content == ask(f"/data/{WORLD.key}/board?from=3&to=8").content


def test_an_answer_is_compressed_before_the_server_sends_it(ask):
    asked = f"/data/{WORLD.key}/series?from=0&to=20"
    plain, small = (ask(asked, headers={"accept-encoding": each}) for each in ("identity", "gzip"))
    assert small.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert small.content == plain.content


@pytest.mark.parametrize("what", ["board?from=x&to=3", "board?from=5&to=2", "board?from=0&to=99999", "board?every=3",
                                  "board?from=0&to=4&craft=nobody", "board?from=-1&to=4", "series?from=0&to=1e3"])
def test_a_wrong_question_gets_a_sentence(ask, what):
    answer = ask(f"/data/{WORLD.key}/{what}")
    assert answer.status_code == 400
    assert answer.text.startswith("Ask for weeks")


@pytest.mark.parametrize("path", ["../../etc/passwd/series", "%2e%2e%2f%2e%2e/series", "0" * 32 + "/series",
                                  WORLD.key.upper() + "/series", WORLD.key + "/recording",
                                  WORLD.key + "/..%2fmanifest"])
def test_nothing_but_a_known_run_is_served(ask, path):
    assert ask(f"/data/{path}?from=0&to=1").status_code == 404


def test_results_used_longest_ago_make_room(store, tmp_path):
    small = Store(tmp_path, 1)
    small.start()
    (small.pairs / f"{'a' * 32}.npz").write_bytes(b"123")
    small.tidy()
    assert not list(small.pairs.iterdir())


def test_what_was_cut_off_is_dropped_at_the_start(tmp_path):
    cut = Store(tmp_path, 1 << 20)
    cut.start()
    cut.growing("b" * 32)
    cut.start()
    assert cut.weeks_of("b" * 32) is None


def test_a_second_server_leaves_alone_what_the_first_is_running(tmp_path):
    first, second = Store(tmp_path, 1 << 20), Store(tmp_path, 1 << 20)
    first.start()
    growing = first.growing("b" * 32)
    second.start()
    assert second.weeks_of("b" * 32) == growing


def test_a_world_may_be_begun_again_before_the_run_that_was_dropped_knows_it(tmp_path):
    made = Store(tmp_path, 1 << 30)
    made.start()
    dropped, again = tasks.run_world(made, WORLD), tasks.run_world(made, WORLD)
    for each in (dropped, again):
        while not next(each)[0]:  # the years before
            pass
    dropped.close()
    assert len(data.fixed(made.weeks_of(WORLD.key), "series", 0, 2000)) == tasks.FIRST_SLICE * 8 * len(columns())
    for _ in again:
        pass
    assert made.has(WORLD)
    assert not list(made.running.iterdir())


def test_the_years_before_are_run_in_slices_and_leave_the_same_world(tmp_path, monkeypatch):
    monkeypatch.setenv("CALLSHEET_CACHE", str(tmp_path / "cache"))
    made = Store(tmp_path / "results", 1 << 30)
    made.start()
    edited = World(WORLD.scenario.varied(set={"demand.level": 1.2}))
    turns = list(tasks.run_world(made, edited))
    before = [done for done, _ in turns if done < 0]
    assert len(before) > 20, "the years before are many turns, not one"
    assert before == sorted(before), "each turn leaves fewer weeks to go"
    assert list(tasks.years_before(edited.scenario, 0)) == []
    assert made.recording(edited.key).hash == simulate(edited.scenario, use_checkpoints=False).hash
